"""Who is available to decide, and when: the holders of each role, their absences and their substitutes.

A substitute decides only for the person who named them: substitutions are not transitive, and a substitute who is
absent decides for nobody. Times are ms since 1970 UTC; the end of an absence is exclusive.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Select, and_, bindparam, exists, not_, select

from core.case.commands import Actor
from core.process.terms import Role
from core.process.working_time import Calendar
from core.store import tables as store_tables
from core.store.database import Transaction
from core.store.person_names import shown_name
from core.text import by_name

_a, _s = store_tables.absences.c, store_tables.absence_substitutes.c
_people, _roles = store_tables.people.c, store_tables.person_roles.c
_at, _person = bindparam("at", type_=BigInteger), bindparam("person", type_=Integer)
_mine = store_tables.absences.alias("mine")


def _covers(absence: Any) -> ColumnElement[bool]:
    return and_(absence.from_at <= _at, absence.until_at > _at, absence.withdrawn_at.is_(None))


def _in_force(*columns: Any) -> Select[Any]:
    """Substitutions in force at `at`: both active, the absent person holds the role, the substitute is not absent."""
    substitute = store_tables.people.alias("substitute")
    tables = (
        store_tables.absence_substitutes.join(store_tables.absences, _a.id == _s.absence_id)
        .join(store_tables.people, _people.id == _a.person_id)
        .join(store_tables.person_roles, and_(_roles.person_id == _a.person_id, _roles.role == _s.role))
        .join(substitute, substitute.c.id == _s.person_id)
    )
    here = not_(exists().where(_mine.c.person_id == _s.person_id, _covers(_mine.c)))
    return select(*columns).select_from(tables).where(_covers(_a), _people.active, substitute.c.active, here)


_substitutions = _in_force(_a.person_id, shown_name(), _s.role, _a.until_at).where(_s.person_id == _person)
_ordered_substitutions = _substitutions.order_by(_a.id, _s.role)
_for_one = _in_force(_s.role).where(_s.person_id == _person, _a.person_id == bindparam("absent", type_=Integer))
substitutes_in_role = _in_force(_s.person_id)  # takes the parameter `at`; callers add a condition on the role


class Substitution(NamedTuple):
    """The absent person for whom somebody decides, the roles in which they do, and the end of the absence."""

    person: int
    name: str
    roles: frozenset[Role]
    until_at: int


def substitutions_of(connection: Connection, person: int, at: int) -> tuple[Substitution, ...]:
    """The people whom a person substitutes at a moment."""
    by_absent: dict[int, Substitution] = {}
    for absent, name, role, until_at in connection.execute(_ordered_substitutions, {"person": person, "at": at}):
        before = by_absent.get(absent)
        roles = (before.roles if before else frozenset()) | {Role(role)}
        by_absent[absent] = Substitution(absent, name, roles, until_at)
    return tuple(by_absent.values())


def roles_for(tx: Transaction, person: int, absent: int, at: int) -> frozenset[Role]:
    """The roles in which a person substitutes an absent one at a moment; may be empty."""
    return frozenset(Role(role) for (role,) in tx.rows(_for_one, person=person, absent=absent, at=at))


def actors(own: Actor, for_others: Iterable[Substitution]) -> tuple[Actor, ...]:
    """The actors as whom a person may act: first themself, then for each absent person."""
    return (own, *(Actor(own.person, substitution.roles, substitution.person) for substitution in for_others))


class Absence(NamedTuple):
    """An absence of a person, with their substitute in each role."""

    id: int
    person: int
    from_at: int
    until_at: int
    substitutes: Mapping[Role, int]

    def overlaps(self, from_at: int, until_at: int) -> bool:
        return self.from_at < until_at and from_at < self.until_at


class Staff(NamedTuple):
    """The names of active people by id, the holders of each role, and current and future absences."""

    names: Mapping[int, str]
    holders: Mapping[Role, frozenset[int]]
    absences: tuple[Absence, ...]

    def away(self, person: int, at: int) -> Absence | None:
        return next((a for a in self.absences if a.person == person and a.from_at <= at < a.until_at), None)

    def acting(self, at: int) -> dict[Role, tuple[Actor, ...]]:
        """Who may decide in each role at a moment, as a holder or as a substitute."""
        return {role: tuple(self._in_role(role, at)) for role in Role}

    def _in_role(self, role: Role, at: int) -> Iterator[Actor]:
        for person in sorted(self.holders[role]):
            absence = self.away(person, at)
            if absence is None:
                yield Actor(person, frozenset({role}))
                continue
            substitute = absence.substitutes.get(role)
            if substitute is None or substitute not in self.names or self.away(substitute, at):
                continue
            if substitute not in self.holders[role]:  # holders already act in their own name
                yield Actor(substitute, frozenset({role}), person)

    def moments(self, at: int) -> list[int]:
        """This moment and every later start or end of an absence, in order."""
        later = {moment for a in self.absences for moment in (a.from_at, a.until_at) if moment > at}
        return [at, *sorted(later)]

    def planning(self, absence: Absence) -> "Staff":
        """The staff with one more absence."""
        return self._replace(absences=(*self.absences, absence))


_names = select(_people.id, shown_name()).where(_people.active).order_by(_people.id)
_held = (
    select(_roles.role, _roles.person_id)
    .select_from(store_tables.person_roles.join(store_tables.people, _people.id == _roles.person_id))
    .where(_people.active)
)
_absences = (
    select(_a.id, _a.person_id, _a.from_at, _a.until_at, _s.role, _s.person_id)
    .select_from(store_tables.absences.outerjoin(store_tables.absence_substitutes, _s.absence_id == _a.id))
    .where(_a.until_at > _at, _a.withdrawn_at.is_(None))
    .order_by(_a.from_at, _a.id, _s.role)
)
Rows = Callable[..., Iterable[Any]]


def staff_in(tx: Transaction, at: int) -> Staff:
    """Read the staff with absences from a moment on, within a transaction."""
    return _staff(tx.rows, at)


def staff(connection: Connection, at: int) -> Staff:
    """Read the staff with absences from a moment on."""
    return _staff(lambda statement, **params: connection.execute(statement, params), at)


def _staff(rows: Rows, at: int) -> Staff:
    holders_of: dict[Role, set[int]] = {role: set() for role in Role}
    for role, person in rows(_held):
        holders_of[Role(role)].add(person)
    by_id: dict[int, Absence] = {}
    for number, person, from_at, until_at, role, substitute in rows(_absences, at=at):
        before = by_id.get(number)
        substitutes = {**(before.substitutes if before else {}), **({Role(role): substitute} if role else {})}
        by_id[number] = Absence(number, person, from_at, until_at, substitutes)
    holders = {role: frozenset(people) for role, people in holders_of.items()}
    return Staff(by_name(dict(map(tuple, rows(_names)))), holders, tuple(by_id.values()))


class Day(NamedTuple):
    """A working day: its start, and who may decide in each role on it."""

    at: int
    acting: Mapping[Role, tuple[Actor, ...]]


def working_days(staff: Staff, calendar: Calendar, first: date, last: date) -> list[Day]:
    """The working days from the first to the last, with who may decide on each."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    starts = ((calendar.midnight(day), calendar.midnight(day + timedelta(days=1))) for day in days)
    return [Day(start, staff.acting(start)) for start, end in starts if calendar.working_ms(start, end)]


def today(calendar: Calendar, at: int) -> date:
    """The date of a moment in the calendar's time zone."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(calendar.time_zone)).date()
