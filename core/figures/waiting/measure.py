"""What every figure of waiting is added up from: of each work item what elapsed, was held, and waited for what.

Of cases that have ended it is measured once and held (`core.figures.base.ended_cache`), because nothing of them
changes; of the others each time.
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
from core.figures.base.ended_cache import Array, Columns, Resident, resident
from core.figures.base.memo import Once
from core.figures.base.selected_rows import WaitRows
from core.figures.waiting.overload import Load, Mask, Queue
from core.figures.waiting.unattended import Spell, lost, spells
from core.process.terms import Kind
from core.process.working_time import Calendar
from core.queries.selection import Selection
from core.store.ended_cases import KINDS, MISSING, ROLES
from core.store.settings import policy

EXPLAINED = (Kind.CORRECT, Kind.PRODUCE)  # the work itself says what it waits for
OF_ITEM = ("case", "item", "phase", "role", "kind", "ended", "ending")


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


@dataclass(frozen=True)
class MeasuredItems(Once):
    """Work items (OF_ITEM) with what elapsed of each, was in somebody's hands, waited for the client's environment.

    All by either clock; `away`: what it waited while its role had nobody, of working time. In ms.
    """

    items: Columns
    elapsed: Mapping[Clock, Array]
    held: Mapping[Clock, Array]
    gated: Mapping[Clock, Array]
    away: Array


class MeasuredPart(NamedTuple):
    """Work items, and of each whether its role had more work than its people should have when it came in."""

    measured: MeasuredItems
    overloaded: Mask

    def only(self, some: Array) -> "MeasuredPart":
        """Those that a mask, or their places, choose."""
        whole, some = self.measured, np.flatnonzero(some) if some.dtype == np.bool_ else some
        times = (whole.elapsed, whole.held, whole.gated)
        elapsed, held, gated = ({name: of[name][some] for name in CLOCKS} for of in times)
        items = selected_rows.those(whole.items, some, *OF_ITEM)
        return MeasuredPart(MeasuredItems(items, elapsed, held, gated, whole.away[some]), self.overloaded[some])


def measure(connection: Connection, selection: Selection, now: int) -> list[MeasuredPart]:
    """The chosen work items: those of cases that have ended, if any, and those of the others."""
    calendar, moment = policy(connection).calendar, selection.moment(now)
    kept = resident(connection)
    running = _measured(
        selected_rows.running(connection, selection, moment), spells(connection, moment), calendar, moment
    )
    load = _load(connection, selection, kept, running.items)
    found = [MeasuredPart(running, load.of(running.items))]
    if kept.cases:
        ended = MeasuredPart(
            kept.once(("waits", calendar), lambda: _of_ended(connection, kept, calendar)), load.of_past()
        )
        some = kept.rows_of("items", selection)
        found = [ended if some is None else ended.only(some), *found]
    if selection.phase is None:
        return found
    return [part.only(part.measured.items["phase"] == selection.phase) for part in found]


def _load(connection: Connection, selection: Selection, kept: Resident, running: Columns) -> Load:
    """The work of every case, chosen or not, as of the same moment."""
    every = Selection(as_of=selection.as_of)
    ended = selected_rows.ended(kept).items
    if selection.as_of is None:
        past = kept.once("queue", lambda: Queue.of(ended))
    else:
        past = Queue.of(ended, kept.rows_of("items", every))
    return Load(past, Queue.of(selected_rows.running_items(connection, every) if selection.chooses else running))


def _of_ended(connection: Connection, kept: Resident, calendar: Calendar) -> MeasuredItems:
    """Of every case that has ended: nothing of it changes any more."""
    last = int(kept.cases["ended_at"].max())
    return _measured(selected_rows.ended(kept), spells(connection, last), calendar, last)


def _measured(told: WaitRows, nobody: Sequence[Spell], calendar: Calendar, moment: int) -> MeasuredItems:
    items = told.items
    now = np.maximum(items["opened"], moment)
    items = selected_rows.beside(items, until=np.where(items["ended"] == MISSING, now, items["ended"]))
    clock = WorkingClock.over(calendar, items["opened"], items["until"])
    count = len(items["case"])
    held = _held(items, told.holdings)
    gates = _gated(items, told, held, moment)
    away = _away(items, held, gates, clock, nobody)
    elapsed = clock.both(items["opened"], items["until"])
    return MeasuredItems(items, elapsed, held.added_up(clock, count), gates.added_up(clock, count), away)


def _away(items: Columns, held: _Stretches, gates: _Stretches, clock: WorkingClock, nobody: Sequence[Spell]) -> Array:
    """What each work item waited, beside its gate, while its role had nobody."""
    # What is to be corrected or produced waits for that, whoever is away.
    explained = selected_rows.among(items["kind"], [KINDS.index(kind) for kind in EXPLAINED])
    roles = np.where(explained, MISSING, items["role"])
    touched = np.zeros(len(roles), np.bool_)
    for spell in nobody:
        then = (items["opened"] < spell.until) & (items["until"] > spell.begun)
        touched |= then & (roles == ROLES.index(spell.role))
    return lost(nobody, roles, _between(items, held, touched), gates, clock)


def _held(items: Columns, over: Columns) -> _Stretches:
    """When somebody held the work items, in their order and that of time."""
    here = np.flatnonzero(np.isin(items["case"], over["case"]))
    found, past = selected_rows.pairs(selected_rows.key(items, "item")[here], selected_rows.key(over, "item"))
    now = np.flatnonzero(items["since"] != MISSING)
    of = np.concatenate([here[found], now])
    begun = np.concatenate([over["since"][past], items["since"][now]])
    ended = np.concatenate([over["until"][past], items["until"][now]])
    begun, ended = (np.clip(each, items["opened"][of], items["until"][of]) for each in (begun, ended))
    order = np.lexsort((begun, of))
    of, begun, ended = of[order], begun[order], ended[order]
    if ((begun[1:] < ended[:-1]) & (of[1:] == of[:-1])).any():  # a clock was set back: nobody held it twice at once
        latest = pd.Series(ended).groupby(of).cummax().groupby(of).shift(fill_value=0)
        begun = np.maximum(begun, latest.to_numpy())
    return _Stretches.real(of, begun, ended)


def _gated(items: Columns, told: WaitRows, held: _Stretches, moment: int) -> _Stretches:
    """The parts of the waits in which the phase waited for its client's environment."""
    over, running = told.blocks, told.waiting
    blocked = np.concatenate([selected_rows.key(over, "phase"), selected_rows.key(running, "phase")])
    since = np.concatenate([over["since"], running["since"]])
    until = np.concatenate([over["until"], np.full(len(running["since"]), moment)])
    gate = selected_rows.key(items, "phase")
    waits = _between(items, held, np.isin(gate, blocked))
    place, block = selected_rows.pairs(gate[waits.of], blocked)
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
