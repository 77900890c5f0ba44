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

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import BigInteger, Connection, case, func, literal, null

from core import schema
from core.figures.arrays import MISSING, Column, arrays, place
from core.figures.clock import CLOCKS, WorkingClock
from core.figures.evidence import Clock
from core.figures.rows import Rows, waits_since
from core.figures.selection import Selection
from core.figures.unattended import lost, spells
from core.figures.work import people_of
from core.process import PHASES
from core.settings import policy
from core.terms import PROCESS_ROLES, Kind

PER_PERSON = 5
KINDS = tuple(Kind)
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


class Waits(NamedTuple):
    """`phases`: clock, phase, items, waiting, held. `causes`: clock, cause, items, waited. Times in ms, summed up.

    `items` of a phase are all its work items; those of a cause waited and are put down to it, be it outside of hours.
    One that waited for several causes counts for each of PREREQUISITE, OUTSIDE_HOURS, AWAY, and for one of the others.
    """

    phases: pd.DataFrame
    causes: pd.DataFrame


class _Items(NamedTuple):
    """The chosen work items, up to a moment; `taken`: since when whoever has it now has it, or MISSING."""

    case: Column
    item: Column
    phase: Column
    role: Column
    kind: Column
    opened: Column
    taken: Column
    ended: Column


class _Stretches(NamedTuple):
    """Some time of some work items: of which (their places), from when and to when."""

    of: npt.NDArray[np.intp]
    begun: Column
    ended: Column

    @classmethod
    def real(cls, of: Any, begun: Any, ended: Any) -> "_Stretches":
        """Without the empty ones."""
        of, begun, ended = np.asarray(of, np.intp), np.asarray(begun, np.int64), np.asarray(ended, np.int64)
        some = ended > begun
        return cls(of[some], begun[some], ended[some])

    def added_up(self, clock: WorkingClock, count: int) -> dict[Clock, Column]:
        """For each of `count` work items how long they are together, by either clock."""
        times = {Clock.CALENDAR: self.ended - self.begun, Clock.WORKING: clock.between(self.begun, self.ended)}
        return {name: np.bincount(self.of, each, count).astype(np.int64) for name, each in times.items()}


class Measured(NamedTuple):
    """The chosen work items, when they waited, when of that for their client's environment, and when for somebody."""

    items: _Items
    clock: WorkingClock
    waits: _Stretches
    gates: _Stretches
    away: Column


def measure(connection: Connection, selection: Selection, now: int) -> Measured:
    """What every figure of waiting is added up from; `away` is working time, in ms, of each work item."""
    rows, moment = selection.rows, selection.moment(now)
    items = _items(connection, selection, rows, moment)
    clock = WorkingClock.over(policy(connection).calendar, items.opened, items.ended)
    waits = _waiting(connection, items, moment)
    gates = _gated(connection, rows, items, waits, moment)
    # What is to be corrected or produced waits for that, whoever is away.
    roles = np.where(np.isin(items.kind, [KINDS.index(kind) for kind in EXPLAINED]), MISSING, items.role)
    return Measured(items, clock, waits, gates, lost(spells(connection, moment), roles, waits, gates, clock))


def compute(connection: Connection, selection: Selection, now: int) -> Waits:
    """What the chosen work items waited and were held, up to the moment of the figures."""
    rows = selection.rows
    items, clock, waits, gates, away = measure(connection, selection, now)
    count = len(items.opened)
    whole = _Stretches(np.arange(count), items.opened, items.ended).added_up(clock, count)
    waiting, gated = (each.added_up(clock, count) for each in (waits, gates))
    rest = waiting[Clock.WORKING] - gated[Clock.WORKING]
    why = _why(connection, rows, items)
    phases: list[tuple[Any, ...]] = []
    causes: list[tuple[Any, ...]] = []
    for name in CLOCKS:
        phases += _by_phase(name, items.phase, waiting[name], whole[name] - waiting[name])
        outside = waiting[name] - gated[name] - rest
        first = {Cause.PREREQUISITE: gated[name], Cause.OUTSIDE_HOURS: outside, Cause.AWAY: away}
        causes += _by_cause(name, first, why, rest - away, waiting[Clock.CALENDAR] > 0)
    return Waits(
        pd.DataFrame(phases, columns=["clock", "phase", "items", "waiting", "held"]),
        pd.DataFrame(causes, columns=["clock", "wait", "items", "waited"]),
    )


def _items(connection: Connection, selection: Selection, rows: Rows, moment: int) -> _Items:
    item = rows.items.c
    found = arrays(
        connection,
        selection.on(rows.items, rows),
        case=item.case_id,
        item=item.item,
        phase=item.phase,
        role=place(item.role, PROCESS_ROLES),
        kind=place(item.kind, KINDS),
        opened=item.opened_at,
        taken=case((item.ended_at.is_(None), item.held_since), else_=null()),
        ended=func.coalesce(item.ended_at, moment),
    )
    return _Items(**found)


def _waiting(connection: Connection, items: _Items, moment: int) -> _Stretches:
    """When the work items waited: between their opening, each time that somebody held them, and their end."""
    over = schema.holdings.c
    past = arrays(
        connection, [over.until <= moment], case=over.case_id, item=over.item, since=over.since, until=over.until
    )
    known = pd.DataFrame({"of": np.arange(len(items.case)), "case": items.case, "item": items.item})
    held = known.merge(pd.DataFrame(past), on=["case", "item"])[["of", "since", "until"]]
    now = np.flatnonzero(items.taken != MISSING)
    running = pd.DataFrame({"of": now, "since": items.taken[now], "until": items.ended[now]})
    held = pd.concat([held, running]).sort_values(["of", "since"])
    before = held.groupby("of")["until"].shift()
    of = held["of"].to_numpy(np.intp)
    begun = before.fillna(pd.Series(items.opened[of], held.index)) if len(held) else before
    last = items.opened.copy()
    np.maximum.at(last, of, held["until"].to_numpy(np.int64))
    return _Stretches.real(
        np.concatenate([of, np.arange(len(last))]),
        np.concatenate([begun, last]),
        np.concatenate([held["since"], items.ended]),
    )


def _gated(connection: Connection, rows: Rows, items: _Items, waits: _Stretches, moment: int) -> _Stretches:
    """The parts of the waits in which the phase waited for its client's environment."""
    over, visit = schema.blocks.c, rows.visits.c
    past = arrays(
        connection, [over.until <= moment], case=over.case_id, phase=over.phase, since=over.since, until=over.until
    )
    since = waits_since(rows.visits, moment)
    running = arrays(
        connection,
        [visit.left_at.is_(None), since.is_not(None)],
        case=visit.case_id,
        phase=visit.phase,
        since=since,
        until=literal(moment, BigInteger),
    )
    blocks = pd.concat([pd.DataFrame(past), pd.DataFrame(running)])
    here = np.isin(items.phase[waits.of], [phase.number for phase in PHASES if phase.needs])
    asked = pd.DataFrame({name: each[here] for name, each in waits._asdict().items()})
    asked["case"], asked["phase"] = items.case[asked["of"]], items.phase[asked["of"]]
    both = asked.merge(blocks, on=["case", "phase"])
    return _Stretches.real(
        both["of"], np.maximum(both["begun"], both["since"]), np.minimum(both["ended"], both["until"])
    )


def _why(connection: Connection, rows: Rows, items: _Items) -> npt.NDArray[np.str_]:
    """The cause of what neither the client nor the hours explain, of each work item."""
    kinds = [items.kind == KINDS.index(Kind.CORRECT), items.kind == KINDS.index(Kind.PRODUCE)]
    conditions = [*kinds, _overloaded(connection, rows, items)]
    return np.select(conditions, [Cause.CORRECTION, Cause.DOCUMENT, Cause.OVERLOADED], Cause.NOBODY)


def _overloaded(connection: Connection, rows: Rows, items: _Items) -> npt.NDArray[np.bool_]:
    """Whether the role had more work open than its people should have, when the item came in."""
    item = rows.items.c
    every = arrays(connection, [], role=place(item.role, PROCESS_ROLES), opened=item.opened_at, ended=item.ended_at)
    people = {row.role: row.people for row in connection.execute(people_of(rows))}
    found = np.zeros(len(items.opened), np.bool_)
    for number, role in enumerate(PROCESS_ROLES):
        here, ours = items.role == number, every["role"] == number
        came = np.sort(every["opened"][ours])
        gone = np.sort(every["ended"][ours & (every["ended"] != MISSING)])
        at = items.opened[here]
        queue = np.searchsorted(came, at, side="left") - np.searchsorted(gone, at, side="right")
        found[here] = queue >= PER_PERSON * people.get(role, 1)
    return found


def _by_phase(clock: Clock, phase: Column, waiting: Column, held: Column) -> Iterator[tuple[Any, ...]]:
    for each in PHASES:
        here = phase == each.number
        yield clock, each.number, int(here.sum()), int(waiting[here].sum()), int(held[here].sum())


def _by_cause(
    clock: Clock,
    first: Mapping[Cause, Column],
    why: npt.NDArray[np.str_],
    rest: Column,
    waited: npt.NDArray[np.bool_],
) -> Iterator[tuple[Any, ...]]:
    for cause in Cause:
        if cause in first:
            yield clock, cause, int((first[cause] > 0).sum()), int(first[cause].sum())
        else:
            here = waited & (why == cause)
            yield clock, cause, int(here.sum()), int(rest[here].sum())
