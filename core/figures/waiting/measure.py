"""The measurements behind the figures of waiting: for each work item its elapsed, held and waiting time.

Ended cases are measured once and cached (`core.figures.base.ended_cache`), because they do not change; running ones
are measured each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from core.figures.base import selected_rows
from core.figures.base.clocks import CLOCKS, Clock, WorkingClock
from core.figures.base.ended_cache import Array, CachedCases, Columns, cached_cases
from core.figures.base.memo import Memo
from core.figures.base.selected_rows import WaitRows
from core.figures.waiting.overload import Load, Mask, Queue
from core.figures.waiting.unattended import Spell, spells, unattended_time
from core.process.terms import Kind
from core.process.working_time import Calendar
from core.queries.selection import Selection
from core.store.ended_cases import KINDS, MISSING, ROLES
from core.store.settings import policy

EXPLAINED = (Kind.CORRECT, Kind.PRODUCE)  # kinds of work that explain their own wait
OF_ITEM = ("case", "item", "phase", "role", "kind", "ended", "ending")


class _Intervals(NamedTuple):
    """Intervals of work items: their places, beginnings and ends."""

    of: npt.NDArray[np.intp]
    begun: Array
    ended: Array

    @classmethod
    def non_empty(cls, of: Any, begun: Any, ended: Any) -> "_Intervals":
        """Build without empty intervals."""
        of, begun, ended = np.asarray(of, np.intp), np.asarray(begun, np.int64), np.asarray(ended, np.int64)
        positive = ended > begun
        return cls(of[positive], begun[positive], ended[positive])

    def added_up(self, clock: WorkingClock, count: int) -> dict[Clock, Array]:
        """Return the total duration for each of `count` work items, by either clock."""
        times = clock.both(self.begun, self.ended)
        return {name: np.bincount(self.of, durations, count).astype(np.int64) for name, durations in times.items()}


@dataclass(frozen=True)
class MeasuredItems(Memo):
    """Work items (OF_ITEM) with the time elapsed, held, and waited for the client's environment, by either clock.

    `away`: the working time it waited while its role was unattended. In ms.
    """

    items: Columns
    elapsed: Mapping[Clock, Array]
    held: Mapping[Clock, Array]
    gated: Mapping[Clock, Array]
    away: Array


class MeasuredPart(NamedTuple):
    """Work items, and whether the role of each was overloaded when it was opened."""

    measured: MeasuredItems
    overloaded: Mask

    def only(self, some: Array) -> "MeasuredPart":
        """Return the items chosen by a mask or by places."""
        measured, some = self.measured, np.flatnonzero(some) if some.dtype == np.bool_ else some
        times = (measured.elapsed, measured.held, measured.gated)
        elapsed, held, gated = ({name: of[name][some] for name in CLOCKS} for of in times)
        items = selected_rows.take(measured.items, some, *OF_ITEM)
        return MeasuredPart(MeasuredItems(items, elapsed, held, gated, measured.away[some]), self.overloaded[some])


def measure(connection: Connection, selection: Selection, now: int) -> list[MeasuredPart]:
    """Measure the selected work items: those of ended cases, if any, and those of running cases."""
    calendar, moment = policy(connection).calendar, selection.moment(now)
    cache = cached_cases(connection)
    running = _measured(
        selected_rows.running(connection, selection, moment), spells(connection, moment), calendar, moment
    )
    load = _load(connection, selection, cache, running.items)
    parts = [MeasuredPart(running, load.of(running.items))]
    if cache.cases:
        ended = MeasuredPart(
            cache.cached(("waits", calendar), lambda: _of_ended(connection, cache, calendar)), load.of_past()
        )
        some = cache.rows_of("items", selection)
        parts = [ended if some is None else ended.only(some), *parts]
    if selection.phase is None:
        return parts
    return [part.only(part.measured.items["phase"] == selection.phase) for part in parts]


def _load(connection: Connection, selection: Selection, cache: CachedCases, running: Columns) -> Load:
    """Return the work of every case, selected or not, as of the same moment."""
    unfiltered = Selection(as_of=selection.as_of)
    ended = selected_rows.ended(cache).items
    if selection.as_of is None:
        past = cache.cached("queue", lambda: Queue.of(ended))
    else:
        past = Queue.of(ended, cache.rows_of("items", unfiltered))
    return Load(past, Queue.of(selected_rows.running_items(connection, unfiltered) if selection.chooses else running))


def _of_ended(connection: Connection, cache: CachedCases, calendar: Calendar) -> MeasuredItems:
    """Measure every ended case, which no longer changes."""
    last = int(cache.cases["ended_at"].max())
    return _measured(selected_rows.ended(cache), spells(connection, last), calendar, last)


def _measured(basis: WaitRows, unattended: Sequence[Spell], calendar: Calendar, moment: int) -> MeasuredItems:
    items = basis.items
    now = np.maximum(items["opened"], moment)
    items = selected_rows.with_columns(items, until=np.where(items["ended"] == MISSING, now, items["ended"]))
    clock = WorkingClock.over(calendar, items["opened"], items["until"])
    count = len(items["case"])
    held = _held(items, basis.holdings)
    gates = _gated(items, basis, held, moment)
    away = _away(items, held, gates, clock, unattended)
    elapsed = clock.both(items["opened"], items["until"])
    return MeasuredItems(items, elapsed, held.added_up(clock, count), gates.added_up(clock, count), away)


def _away(
    items: Columns, held: _Intervals, gates: _Intervals, clock: WorkingClock, unattended: Sequence[Spell]
) -> Array:
    """Return how long each work item waited, except at its gate, while its role was unattended."""
    # Corrections and documents to produce have their own cause, whoever is away.
    explained = selected_rows.is_among(items["kind"], [KINDS.index(kind) for kind in EXPLAINED])
    roles = np.where(explained, MISSING, items["role"])
    touched = np.zeros(len(roles), np.bool_)
    for spell in unattended:
        then = (items["opened"] < spell.until) & (items["until"] > spell.begun)
        touched |= then & (roles == ROLES.index(spell.role))
    return unattended_time(unattended, roles, _between(items, held, touched), gates, clock)


def _held(items: Columns, over: Columns) -> _Intervals:
    """Return when the work items were held, sorted by item and time."""
    affected = np.flatnonzero(np.isin(items["case"], over["case"]))
    places, past = selected_rows.pairs(selected_rows.key(items, "item")[affected], selected_rows.key(over, "item"))
    now = np.flatnonzero(items["since"] != MISSING)
    of = np.concatenate([affected[places], now])
    begun = np.concatenate([over["since"][past], items["since"][now]])
    ended = np.concatenate([over["until"][past], items["until"][now]])
    begun, ended = (np.clip(times, items["opened"][of], items["until"][of]) for times in (begun, ended))
    order = np.lexsort((begun, of))
    of, begun, ended = of[order], begun[order], ended[order]
    if (
        (begun[1:] < ended[:-1]) & (of[1:] == of[:-1])
    ).any():  # a clock was set back: holdings of an item never overlap
        latest = pd.Series(ended).groupby(of).cummax().groupby(of).shift(fill_value=0)
        begun = np.maximum(begun, latest.to_numpy())
    return _Intervals.non_empty(of, begun, ended)


def _gated(items: Columns, basis: WaitRows, held: _Intervals, moment: int) -> _Intervals:
    """Return the parts of the waits in which the phase waited for its client's environment."""
    over, running = basis.blocks, basis.waiting
    blocked = np.concatenate([selected_rows.key(over, "phase"), selected_rows.key(running, "phase")])
    since = np.concatenate([over["since"], running["since"]])
    until = np.concatenate([over["until"], np.full(len(running["since"]), moment)])
    gate = selected_rows.key(items, "phase")
    waits = _between(items, held, np.isin(gate, blocked))
    place, block = selected_rows.pairs(gate[waits.of], blocked)
    begun, ended = np.maximum(waits.begun[place], since[block]), np.minimum(waits.ended[place], until[block])
    return _Intervals.non_empty(waits.of[place], begun, ended)


def _between(items: Columns, held: _Intervals, mask: npt.NDArray[np.bool_]) -> _Intervals:
    """Return when some work items waited: between their opening, their holdings, and their end."""
    of = held.of[mask[held.of]]
    begun, ended = held.begun[mask[held.of]], held.ended[mask[held.of]]
    first = np.diff(of, prepend=-1) > 0
    free = np.where(first, items["opened"][of], np.roll(ended, 1))
    last = items["opened"].copy()
    np.maximum.at(last, of, ended)
    places = np.flatnonzero(mask)
    return _Intervals.non_empty(
        np.concatenate([of, places]),
        np.concatenate([free, last[places]]),
        np.concatenate([begun, items["until"][places]]),
    )
