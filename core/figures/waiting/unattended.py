"""When a role was unattended: all of its active people were away, and nobody stood in for any of them.

Each moment counts as known then: an absence from when it was set until it was withdrawn, a role from when it was
granted, a person while active, a substitute until their substitution ended. So the result for a moment never changes
later, and figures as of a past moment are those that were shown then. Roles, activity and substitutes come from the
record of people; a role without any active person does not count as unattended.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from core.figures.base.clocks import WorkingClock
from core.figures.base.columns import Column
from core.process.terms import PROCESS_ROLES, Role
from core.staff.availability import Absence, Staff
from core.store import tables

Stretches = tuple[npt.NDArray[np.intp], Column, Column]  # places of work items, beginnings, ends
Named = tuple[int, dict[Role, int]]  # the id of the entry of an absence, and its substitutes
Ended = tuple[int, int, int, tuple[Role, int]]  # the id and time of an entry, who is away, the substitute who left
Change = tuple[int, Callable[[], None]]  # the time in ms since 1970 UTC, and the change to apply
_e, _a = tables.people_events.c, tables.absences.c
_people_entries = select(_e.at, _e.person_id, _e.kind, _e.data).order_by(_e.id)
_entries = (
    select(_e.id, _e.at, _e.person_id, _e.kind, _e.data)
    .where(_e.kind.in_(("absence_set", "substitution_ended")))
    .order_by(_e.id)
)
_absences = select(_a.id, _a.person_id, _a.created_at, _a.from_at, _a.until_at, _a.withdrawn_at).order_by(_a.id)
OF_PEOPLE = ("created", "roles_set", "enabled", "disabled")


class Spell(NamedTuple):
    """A period in which a role was unattended: from `begun` inclusive to `until` exclusive, in ms since 1970 UTC."""

    role: Role
    begun: int
    until: int


def spells(connection: Connection, moment: int) -> list[Spell]:
    """Return the unattended periods of all roles up to a moment, at which a continuing one is cut off."""
    past = _Past()
    changes = sorted([*past.of_people(connection, moment), *past.of_absences(connection, moment)], key=itemgetter(0))
    ended: list[Spell] = []
    since: dict[Role, int] = {}
    for at, together in groupby(changes, key=itemgetter(0)):
        for _, change in together:
            change()
        unattended = past.unattended(at)
        for role in PROCESS_ROLES:
            if role in unattended:
                since.setdefault(role, at)
            elif role in since:
                ended.append(Spell(role, since.pop(role), at))
    return [*ended, *(Spell(role, begun, moment) for role, begun in since.items() if begun < moment)]


def holders(connection: Connection, moment: int) -> dict[Role, frozenset[int]]:
    """Return the active people of each role at a moment, away or not."""
    past = _Past()
    for _, change in past.of_people(connection, moment):
        change()
    return past.holders


class _Past:
    """The state of people, updated change by change."""

    def __init__(self) -> None:
        self.roles: dict[int, list[str]] = {}
        self.active: set[int] = set()
        self.holders: dict[Role, frozenset[int]] = {}
        self.away: dict[int, Absence] = {}

    def unattended(self, at: int) -> set[Role]:
        """Return the roles with people none of whom is available, after the changes of that moment."""
        away = {absence.person for absence in self.away.values()}
        left = {role: held for role, held in self.holders.items() if held and held <= away}
        if not left:
            return set()
        holders = dict.fromkeys(Role, frozenset[int]()) | left
        acting = Staff(dict.fromkeys(self.active, ""), holders, tuple(self.away.values())).acting(at)
        return {role for role in left if not acting[role]}

    def of_people(self, connection: Connection, moment: int) -> Iterator[Change]:
        """Yield the changes of people and their roles up to a moment."""
        last: dict[int, int] = {}  # entries of a person are in order, even where a clock was set back
        for at, person, kind, data in connection.execute(
            _people_entries.where(_e.kind.in_(OF_PEOPLE), _e.at <= moment)
        ):
            last[person] = max(at, last.get(person, 0))
            yield last[person], partial(self._change, person, kind, msgspec.json.decode(data))

    def _change(self, person: int, kind: str, fields: dict[str, Any]) -> None:
        if kind in ("created", "roles_set"):
            self.roles[person] = fields["roles" if kind == "created" else "after"]
        if kind in ("created", "enabled"):
            self.active.add(person)
        elif kind == "disabled":
            self.active.discard(person)
        self.holders = {role: frozenset(p for p in self.active if role in self.roles[p]) for role in PROCESS_ROLES}

    def of_absences(self, connection: Connection, moment: int) -> Iterator[Change]:
        """Yield the beginnings and ends of absences and of substitutions up to a moment."""
        entries, ended = _substitutes(connection)
        for number, person, created, first, last, withdrawn in connection.execute(_absences):
            entry, substitutes = next(
                entries.get(person, iter(())), (0, {})
            )  # consumed in order, also for absences that are skipped
            begun, until = max(first, created), last if withdrawn is None else min(last, withdrawn)
            if created > moment or first > moment or begun >= until:
                continue
            yield begun, partial(self._begin_absence, Absence(number, person, begun, until, substitutes))
            for after, at, absent, (role, who) in ended:
                own = absent == person and after > entry and substitutes.get(role) == who
                if own and at <= moment and created <= at < until:
                    yield max(at, begun), partial(self._end_substitution, number, role)
            if until <= moment:
                yield until, partial(self._end_absence, number)

    def _begin_absence(self, absence: Absence) -> None:
        self.away[absence.id] = absence

    def _end_absence(self, number: int) -> None:
        del self.away[number]

    def _end_substitution(self, number: int, role: Role) -> None:
        absence = self.away[number]
        left = {other: who for other, who in absence.substitutes.items() if other != role}
        self.away[number] = absence._replace(substitutes=left)


def _substitutes(connection: Connection) -> tuple[dict[int, Iterator[Named]], list[Ended]]:
    """Return the substitutes of each person's absences, in the order of the absences, and the ended substitutions.

    The time of an entry does not identify its absence: several entries have the same one where a clock was behind.
    """
    named: dict[int, list[Named]] = {}
    ended: list[Ended] = []
    for entry, at, person, kind, data in connection.execute(_entries):
        fields = msgspec.json.decode(data)
        if kind == "absence_set":
            substitutes = {Role(role): who for role, who in fields["substitutes"].items()}
            named.setdefault(person, []).append((entry, substitutes))
        else:
            ended.append((entry, at, person, (Role(fields["role"]), fields["substitute"])))
    return {person: iter(own) for person, own in named.items()}, ended


def unattended_time(
    unattended: Iterable[Spell], roles: Column, waits: Stretches, gates: Stretches, clock: WorkingClock
) -> Column:
    """Return the working ms that each work item waited while its role was unattended, except at its gate.

    `roles`: of each item, as a place in PROCESS_ROLES; `gates` are parts of `waits`.
    """
    times = np.zeros(len(roles), np.int64)
    for spell in unattended:
        of_role = roles == PROCESS_ROLES.index(spell.role)
        for (of, begun, ended), sign in ((waits, 1), (gates, -1)):
            part = clock.between(np.maximum(begun, spell.begun), np.minimum(ended, spell.until))
            times += sign * np.bincount(of, np.where(of_role[of], part, 0), len(roles)).astype(np.int64)
    return times
