"""Who is there to decide, and when: the holders of each role, who of them is away, and who decides for them meanwhile.

A substitute decides only for whoever named them: what somebody does for another is never passed on, and whoever is
away themself decides for nobody. Times are ms since 1970 UTC; the end of an absence is no longer part of it.
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
    """Who stands in for whom at the moment `at`: both active, the absent one holds the role, the other is there."""
    substitute = store_tables.people.alias("substitute")
    tables = (
        store_tables.absence_substitutes.join(store_tables.absences, _a.id == _s.absence_id)
        .join(store_tables.people, _people.id == _a.person_id)
        .join(store_tables.person_roles, and_(_roles.person_id == _a.person_id, _roles.role == _s.role))
        .join(substitute, substitute.c.id == _s.person_id)
    )
    here = not_(exists().where(_mine.c.person_id == _s.person_id, _covers(_mine.c)))
    return select(*columns).select_from(tables).where(_covers(_a), _people.active, substitute.c.active, here)


_standing = _in_force(_a.person_id, shown_name(), _s.role, _a.until_at).where(_s.person_id == _person)
_ordered = _standing.order_by(_a.id, _s.role)
_for_one = _in_force(_s.role).where(_s.person_id == _person, _a.person_id == bindparam("absent", type_=Integer))
standing_in_role = _in_force(_s.person_id)  # with the parameter `at`; narrow it by the role


class Substitution(NamedTuple):
    """For whom somebody decides at this moment, in which roles, and until when."""

    person: int
    name: str
    roles: frozenset[Role]
    until_at: int


def standing(connection: Connection, person: int, at: int) -> tuple[Substitution, ...]:
    """For whom a person decides at that moment."""
    found: dict[int, Substitution] = {}
    for absent, name, role, until_at in connection.execute(_ordered, {"person": person, "at": at}):
        before = found.get(absent)
        roles = (before.roles if before else frozenset()) | {Role(role)}
        found[absent] = Substitution(absent, name, roles, until_at)
    return tuple(found.values())


def roles_for(tx: Transaction, person: int, absent: int, at: int) -> frozenset[Role]:
    """The roles in which a person decides for an absent one at that moment; none when they do not stand in."""
    return frozenset(Role(role) for (role,) in tx.rows(_for_one, person=person, absent=absent, at=at))


def actors(own: Actor, for_others: Iterable[Substitution]) -> tuple[Actor, ...]:
    """A person as those they may act as, themself first."""
    return (own, *(Actor(own.person, each.roles, each.person) for each in for_others))


class Absence(NamedTuple):
    """The days on which somebody is away, and who decides for them in each role."""

    id: int
    person: int
    from_at: int
    until_at: int
    substitutes: Mapping[Role, int]

    def overlaps(self, from_at: int, until_at: int) -> bool:
        return self.from_at < until_at and from_at < self.until_at


class Staff(NamedTuple):
    """The active people by id, who holds each role, and the absences that are not over."""

    names: Mapping[int, str]
    holders: Mapping[Role, frozenset[int]]
    absences: tuple[Absence, ...]

    def away(self, person: int, at: int) -> Absence | None:
        return next((a for a in self.absences if a.person == person and a.from_at <= at < a.until_at), None)

    def acting(self, at: int) -> dict[Role, tuple[Actor, ...]]:
        """Who may decide in each role at that moment, for themself or for somebody who is away."""
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
            if substitute not in self.holders[role]:  # else they are there in their own role, which wins
                yield Actor(substitute, frozenset({role}), person)

    def moments(self, at: int) -> list[int]:
        """This moment, and every later one at which somebody leaves or comes back."""
        later = {moment for a in self.absences for moment in (a.from_at, a.until_at) if moment > at}
        return [at, *sorted(later)]

    def planning(self, absence: Absence) -> "Staff":
        """As it would be with one more absence."""
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
    """Who is there from that moment on, read in this transaction."""
    return _staff(tx.rows, at)


def staff(connection: Connection, at: int) -> Staff:
    """Who is there from that moment on, for reading pages."""
    return _staff(lambda statement, **given: connection.execute(statement, given), at)


def _staff(rows: Rows, at: int) -> Staff:
    held: dict[Role, set[int]] = {role: set() for role in Role}
    for role, person in rows(_held):
        held[Role(role)].add(person)
    found: dict[int, Absence] = {}
    for number, person, from_at, until_at, role, substitute in rows(_absences, at=at):
        before = found.get(number)
        named = {**(before.substitutes if before else {}), **({Role(role): substitute} if role else {})}
        found[number] = Absence(number, person, from_at, until_at, named)
    holders = {role: frozenset(people) for role, people in held.items()}
    return Staff(by_name(dict(map(tuple, rows(_names)))), holders, tuple(found.values()))


class Day(NamedTuple):
    """A working day: when it begins, and who may decide in each role on it."""

    at: int
    acting: Mapping[Role, tuple[Actor, ...]]


def working_days(found: Staff, calendar: Calendar, first: date, last: date) -> list[Day]:
    """The working days from the first to the last, each with who is there."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    starts = ((calendar.midnight(day), calendar.midnight(day + timedelta(days=1))) for day in days)
    return [Day(start, found.acting(start)) for start, end in starts if calendar.working_ms(start, end)]


def today(calendar: Calendar, at: int) -> date:
    """The date of a moment where the calendar's clock is read."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(calendar.time_zone)).date()
