"""Waiting and held: how long work items waited for somebody to take them, why, and how long somebody held them.

A work item waits while nobody holds it, from its opening to its end (or now): before it is taken, and again after it
was given back. Waiting + held = what elapsed, by either clock. Held is not the same as worked on.

Each moment of waiting has one cause, the first of these that is true of it:

1. PREREQUISITE: the visit of the phase waited for its client's environment (`blocks`, or the wait that goes on).
2. OUTSIDE_HOURS: it lies outside the working calendar. By the clock of working time there is no such moment.
3. CORRECTION: the work is to correct a returned document (`work_items.kind`).
4. DOCUMENT: the work is to produce a document, which is missing until then (`work_items.kind`).
5. AWAY: every active person of the role was away, and nobody stood in (`core.figures.unattended` tells when).
6. OVERLOADED: when the work item came in, its role had at least PER_PERSON other ones open for each of its people.
   People of a role are those who have ended work of it; the work of every case counts, not only of the chosen ones.
7. NOBODY: nothing of all that; somebody could have taken it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from core.ended import KINDS, MISSING, ROLES
from core.figures import chosen
from core.figures.chosen import Told
from core.figures.clock import CLOCKS, WorkingClock
from core.figures.evidence import Clock
from core.figures.overload import overloaded
from core.figures.resident import Array, Columns, Resident, resident
from core.figures.selection import Selection
from core.figures.unattended import Spell, lost, spells
from core.process import PHASES
from core.settings import policy
from core.terms import Kind
from core.workdays import Calendar

EXPLAINED = (Kind.CORRECT, Kind.PRODUCE)  # the work itself says what it waits for


class Cause(StrEnum):
    """Why a work item waits, in the order in which it is asked."""

    PREREQUISITE = "prerequisite"
    OUTSIDE_HOURS = "outside_hours"
    CORRECTION = "correction"
    DOCUMENT = "document"
    AWAY = "away"
    OVERLOADED = "overloaded"
    NOBODY = "nobody"


CAUSES = tuple(Cause)


class Waits(NamedTuple):
    """`phases`: clock, phase, items, waiting, held. `causes`: clock, cause, items, waited. Times in ms, summed up.

    `items` of a phase are all its work items; those of a cause waited and are put down to it, be it outside of hours.
    One that waited for several causes counts for each of PREREQUISITE, OUTSIDE_HOURS, AWAY, and for one of the others.
    """

    phases: pd.DataFrame
    causes: pd.DataFrame


class _Stretches(NamedTuple):
    """Some time of some work items: of which (their places), from when and to when."""

    of: npt.NDArray[np.intp]
    begun: Array
    ended: Array

    @classmethod
    def real(cls, of: Any, begun: Any, ended: Any) -> "_Stretches":
        """Without the empty ones."""
        of, begun, ended = np.asarray(of, np.intp), np.asarray(begun, np.int64), np.asarray(ended, np.int64)
        some = ended > begun
        return cls(of[some], begun[some], ended[some])

    def added_up(self, clock: WorkingClock, count: int) -> dict[Clock, Array]:
        """For each of `count` work items how long they are together, by either clock."""
        times = clock.both(self.begun, self.ended)
        return {name: np.bincount(self.of, each, count).astype(np.int64) for name, each in times.items()}


class Measured(NamedTuple):
    """Work items with what elapsed of each, was in somebody's hands, waited for the client's environment.

    All by either clock; `away`: what it waited while its role had nobody, of working time. In ms.
    """

    items: Columns
    elapsed: Mapping[Clock, Array]
    held: Mapping[Clock, Array]
    gated: Mapping[Clock, Array]
    away: Array

    def of(self, items: Columns, change: Callable[[Array, Array], Array], other: "Measured") -> "Measured":
        """Other work items, with each time made from two."""
        elapsed, held, gated = (
            {name: change(ours[name], theirs[name]) for name in CLOCKS}
            for ours, theirs in zip(self[1:4], other[1:4], strict=True)
        )
        return Measured(items, elapsed, held, gated, change(self.away, other.away))


def measure(connection: Connection, selection: Selection, now: int) -> Measured:
    """What every figure of waiting is added up from: the chosen work items."""
    calendar, moment = policy(connection).calendar, selection.moment(now)
    kept = resident(connection)
    running = _measured(chosen.running(connection, selection, moment), spells(connection, moment), calendar, moment)
    if not kept.cases:
        found = running
    else:
        ended = kept.once(("waits", calendar), lambda: _of_ended(connection, kept, calendar))
        some = kept.rows_of("items", selection)
        items = chosen.with_ended(kept, selection, running.items)
        found = ended.of(items, lambda e, r: np.concatenate([e if some is None else e[some], r]), running)
    if selection.phase is None:
        return found
    here = found.items["phase"] == selection.phase
    return found.of(chosen.those(found.items, here), lambda each, _: each[here], found)


def _of_ended(connection: Connection, kept: Resident, calendar: Calendar) -> Measured:
    """Of every case that has ended: nothing of it changes any more."""
    last = int(kept.cases["ended_at"].max())
    return _measured(chosen.ended(kept), spells(connection, last), calendar, last)


def _measured(told: Told, nobody: Sequence[Spell], calendar: Calendar, moment: int) -> Measured:
    items = told.items
    items = chosen.beside(items, until=np.where(items["ended"] == MISSING, moment, items["ended"]))
    clock = WorkingClock.over(calendar, items["opened"], items["until"])
    count = len(items["case"])
    held = _held(items, told.holdings)
    gates = _gated(items, told, held, moment)
    away = _away(items, held, gates, clock, nobody)
    elapsed = clock.both(items["opened"], items["until"])
    return Measured(items, elapsed, held.added_up(clock, count), gates.added_up(clock, count), away)


def compute(connection: Connection, selection: Selection, now: int) -> Waits:
    """What the chosen work items waited and were held, up to the moment of the figures."""
    return of_measured(connection, selection, measure(connection, selection, now))


def of_measured(connection: Connection, selection: Selection, found: Measured) -> Waits:
    """The same of what is measured already."""
    items, elapsed, held, gated, away = found
    waiting = {name: elapsed[name] - held[name] for name in CLOCKS}
    rest = waiting[Clock.WORKING] - gated[Clock.WORKING]
    why = _why(connection, selection, items)
    phases: list[tuple[Any, ...]] = []
    causes: list[tuple[Any, ...]] = []
    for name in CLOCKS:
        phases += _by_phase(name, items["phase"], waiting[name], held[name])
        outside = waiting[name] - gated[name] - rest
        first = {Cause.PREREQUISITE: gated[name], Cause.OUTSIDE_HOURS: outside, Cause.AWAY: away}
        causes += _by_cause(name, first, why, rest - away, waiting[Clock.CALENDAR] > 0)
    return Waits(
        pd.DataFrame(phases, columns=["clock", "phase", "items", "waiting", "held"]),
        pd.DataFrame(causes, columns=["clock", "wait", "items", "waited"]),
    )


def _away(items: Columns, held: _Stretches, gates: _Stretches, clock: WorkingClock, nobody: Sequence[Spell]) -> Array:
    """What each work item waited, beside its gate, while its role had nobody."""
    # What is to be corrected or produced waits for that, whoever is away.
    explained = np.isin(items["kind"], [KINDS.index(kind) for kind in EXPLAINED])
    roles = np.where(explained, MISSING, items["role"])
    touched = np.zeros(len(roles), np.bool_)
    for spell in nobody:
        then = (items["opened"] < spell.until) & (items["until"] > spell.begun)
        touched |= then & (roles == ROLES.index(spell.role))
    return lost(nobody, roles, _between(items, held, touched), gates, clock)


def _held(items: Columns, over: Columns) -> _Stretches:
    """When somebody held the work items, in their order and that of time."""
    here = np.flatnonzero(np.isin(items["case"], over["case"]))
    found, past = chosen.pairs(chosen.key(items, "item")[here], chosen.key(over, "item"))
    now = np.flatnonzero(items["since"] != MISSING)
    of = np.concatenate([here[found], now])
    begun = np.concatenate([over["since"][past], items["since"][now]])
    ended = np.concatenate([over["until"][past], items["until"][now]])
    order = np.lexsort((begun, of))
    return _Stretches.real(of[order], begun[order], ended[order])


def _gated(items: Columns, told: Told, held: _Stretches, moment: int) -> _Stretches:
    """The parts of the waits in which the phase waited for its client's environment."""
    over, running = told.blocks, told.waiting
    blocked = np.concatenate([chosen.key(over, "phase"), chosen.key(running, "phase")])
    since = np.concatenate([over["since"], running["since"]])
    until = np.concatenate([over["until"], np.full(len(running["since"]), moment)])
    gate = chosen.key(items, "phase")
    waits = _between(items, held, np.isin(gate, blocked))
    place, block = chosen.pairs(gate[waits.of], blocked)
    begun, ended = np.maximum(waits.begun[place], since[block]), np.minimum(waits.ended[place], until[block])
    return _Stretches.real(waits.of[place], begun, ended)


def _between(items: Columns, held: _Stretches, some: npt.NDArray[np.bool_]) -> _Stretches:
    """When some of the work items waited: between their opening, each time that somebody held them, and their end."""
    of = held.of[some[held.of]]
    begun, ended = held.begun[some[held.of]], held.ended[some[held.of]]
    first = np.diff(of, prepend=-1) > 0
    free = np.where(first, items["opened"][of], np.roll(ended, 1))
    last = items["opened"].copy()
    np.maximum.at(last, of, ended)
    places = np.flatnonzero(some)
    return _Stretches.real(
        np.concatenate([of, places]),
        np.concatenate([free, last[places]]),
        np.concatenate([begun, items["until"][places]]),
    )


def _why(connection: Connection, selection: Selection, items: Columns) -> Array:
    """The cause of what neither the client nor the hours explain, of each work item: its place in CAUSES."""
    kinds = [items["kind"] == KINDS.index(Kind.CORRECT), items["kind"] == KINDS.index(Kind.PRODUCE)]
    conditions = [*kinds, overloaded(connection, selection, items)]
    causes = [CAUSES.index(cause) for cause in (Cause.CORRECTION, Cause.DOCUMENT, Cause.OVERLOADED)]
    return np.select(conditions, causes, CAUSES.index(Cause.NOBODY))


def _by_phase(clock: Clock, phase: Array, waiting: Array, held: Array) -> Iterator[tuple[Any, ...]]:
    count, waited, kept = (np.bincount(phase, each, len(PHASES) + 1) for each in (None, waiting, held))
    for each in PHASES:
        yield clock, each.number, *(int(sums[each.number]) for sums in (count, waited, kept))


def _by_cause(
    clock: Clock, first: Mapping[Cause, Array], why: Array, rest: Array, waited: npt.NDArray[np.bool_]
) -> Iterator[tuple[Any, ...]]:
    items = np.bincount(why[waited], minlength=len(CAUSES))
    times = np.bincount(why[waited], rest[waited], len(CAUSES))
    for number, cause in enumerate(CAUSES):
        if cause in first:
            yield clock, cause, int((first[cause] > 0).sum()), int(first[cause].sum())
        else:
            yield clock, cause, int(items[number]), int(times[number])
