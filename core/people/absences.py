"""Absences with dated days and a substitute per role, set by the person, an administrator or Proceso.

An absence is refused if it would leave open cases undecidable on some of its days.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from core.errors import Invalid, NotAllowed, NotFound, Problem, Stale
from core.process.terms import PROCESS_ROLES, Role
from core.process.working_time import Calendar
from core.staff import availability, coverage
from core.staff.actors import actor_in
from core.staff.availability import Absence, Staff, staff_in
from core.store import tables
from core.store.database import Database, Transaction, insert_into
from core.store.people_log import record
from core.store.settings import policy_in

MAX_DAYS = 366
FOR_OTHERS = frozenset({Role.ADMINISTRADOR, Role.PROCESO})
_a, _s, _people = tables.absences.c, tables.absence_substitutes.c, tables.people.c
_add = insert_into(tables.absences).returning(_a.id)
_name = insert_into(tables.absence_substitutes)
_one = select(_a.person_id, _a.from_at, _a.until_at, _a.withdrawn_at).where(_a.id == bindparam("absence"))
_withdraw = (
    tables.absences.update()
    .where(_a.id == bindparam("absence"), _a.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"), withdrawn_by=bindparam("by"))
)


class Days(NamedTuple):
    """A range of days, both ends included."""

    first: date
    last: date

    def span(self, calendar: Calendar) -> tuple[int, int]:
        """From the start of the first day to the end of the last, in ms since 1970 UTC."""
        return calendar.midnight(self.first), calendar.midnight(self.last + timedelta(days=1))


def set_absence(db: Database, person: int, days: Days, substitutes: Mapping[Role, int], by: int, at: int) -> int:
    """Set an absence of a person with substitutes by role; returns its id.

    Raises Invalid by field (`first`, `last`, a role), NotAllowed without the right or with cases left undecidable.
    """
    with db.writing() as tx:
        coverage.take_turns(tx)
        at = tx.moment(at)
        _check_allowed(tx, person, by)
        if not actor_in(tx, person).roles & set(PROCESS_ROLES):
            raise NotAllowed("process_role_needed")
        absence = check_absence(staff_in(tx, at), policy_in(tx).calendar, person, days, substitutes, at)
        with coverage.keep_decidable(tx, at):
            number = _write(tx, absence, by, at)
        by_role = {role.value: substitute for role, substitute in absence.substitutes.items()}
        dates = {"first": days.first.isoformat(), "last": days.last.isoformat()}
        record(tx, person, "absence_set", at, by, **dates, substitutes=by_role)
    return number


def check_absence(
    staff: Staff, calendar: Calendar, person: int, days: Days, substitutes: Mapping[Role, int], at: int
) -> Absence:
    """The absence as it would be stored; raises Invalid with every wrong field."""
    problems = dict(_days_problems(staff, calendar, person, days, at))
    if problems:
        raise Invalid(problems)
    from_at, until_at = days.span(calendar)
    absence = Absence(0, person, from_at, until_at, dict(substitutes))
    problems = dict(_substitute_problems(staff, absence))
    if problems:
        raise Invalid(problems)
    return absence


def _days_problems(staff: Staff, calendar: Calendar, person: int, days: Days, at: int) -> Iterator[tuple[str, Problem]]:
    if days.first < availability.today(calendar, at):
        yield "first", Problem("absence_in_the_past")
    if days.last < days.first:
        yield "last", Problem("absence_ends_before")
        return
    if (days.last - days.first).days >= MAX_DAYS:
        yield "last", Problem("absence_too_long", {"limit": MAX_DAYS})
        return
    span = days.span(calendar)
    for other in staff.absences:
        if other.person == person and other.overlaps(*span):
            yield "first", Problem("absence_overlaps", _day_params(other))
            return


def _substitute_problems(staff: Staff, absence: Absence) -> Iterator[tuple[str, Problem]]:
    """Require that substitutes are active, take part in the process and are available on all days."""
    taking_part = frozenset[int]().union(*(staff.holders[role] for role in PROCESS_ROLES))
    for role, substitute in absence.substitutes.items():
        if role not in PROCESS_ROLES or absence.person not in staff.holders[role]:
            yield role.value, Problem("substitute_role_not_held", {"role": role})
        elif substitute == absence.person:
            yield role.value, Problem("substitute_is_oneself")
        elif substitute not in taking_part:
            yield role.value, Problem("substitute_takes_no_part")
        else:
            away = (a for a in staff.absences if a.person == substitute)
            for other in away:
                if other.overlaps(absence.from_at, absence.until_at):
                    params = {"person": staff.names[substitute], **_day_params(other)}
                    yield role.value, Problem("substitute_away", params)
                    break


def _day_params(absence: Absence) -> dict[str, int]:
    return {"from_day": absence.from_at, "last_day": absence.until_at - 1}


def _write(tx: Transaction, absence: Absence, by: int, at: int) -> int:
    columns = {"created_at": at, "created_by": by, "withdrawn_at": None, "withdrawn_by": None, "read_at": None}
    span = {"from_at": absence.from_at, "until_at": absence.until_at}
    added = tx.row(_add, person_id=absence.person, **span, **columns)
    assert added is not None
    for role, substitute in absence.substitutes.items():
        tx.run(_name, {"absence_id": added[0], "role": role.value, "person_id": substitute})
    return int(added[0])


def end_absence(db: Database, absence: int, by: int, at: int) -> None:
    """End or cancel an absence from this moment on; raises Stale when it is already over."""
    with db.writing() as tx:
        coverage.take_turns(tx)
        at = tx.moment(at)
        row = tx.row(_one, absence=absence)
        if row is None:
            raise NotFound("absence_unknown")
        person, from_at, until_at, withdrawn_at = row
        _check_allowed(tx, person, by)
        if withdrawn_at is not None or until_at <= at:
            raise Stale("absence_over")
        tx.run(_withdraw, {"absence": absence, "at": at, "by": by})
        record(tx, person, "absence_ended", at, by, begun=from_at <= at)


def _check_allowed(tx: Transaction, person: int, by: int) -> None:
    roles = actor_in(tx, by).roles
    if by != person and not roles & FOR_OTHERS:
        raise NotAllowed("absence_of_another")


def of_person(connection: Connection, person: int, at: int) -> list[Absence]:
    """A person's current and future absences, the next one first."""
    return [absence for absence in availability.staff(connection, at).absences if absence.person == person]
