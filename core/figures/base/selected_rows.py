"""The rows of the chosen cases as columns: of ended cases what is kept since their end, of the others the rows.

Each function gives one array for each column, all in the same order. Columns are those of
`core.store.ended_cases.ARRAYS`, with texts as positions in its tuples; MISSING stands for NULL. The phase of a
selection is left to the caller (`in_phase`), because what is of a whole case needs all of its phases.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

import numpy as np
from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, case, null, select

from core.figures.base.columns import arrays, listing
from core.figures.base.ended_cache import Array, Columns, Resident, resident
from core.figures.base.in_order import in_order
from core.figures.base.running_cache import standing
from core.queries.selection import Selection
from core.store import tables
from core.store.ended_cases import ENDINGS, KINDS, MISSING, OUTCOMES, ROLES, WITHDRAWN

KEY_BITS = 24
LISTINGS = 64  # as many as the moments of which rows are remembered


class WaitRows(NamedTuple):
    """What waits are told from: work items, who held them when, and waits of phases for the client's environment.

    `holdings` and `blocks` are of what is over, `waiting` of the visits that wait at the moment: case, phase, since.
    """

    items: Columns
    holdings: Columns
    blocks: Columns
    waiting: Columns


def visits(connection: Connection, selection: Selection) -> Columns:
    """Phase visits, of every phase."""
    running = _read(connection, selection, _visits(selection), outcome=OUTCOMES)
    return _both(resident(connection), "visits", selection, running)


def items(connection: Connection, selection: Selection, ended_since: int | None = None) -> Columns:
    """Work items; `since`: since when an open one is held. `ended_since`: without cases that ended up to then."""
    return _both(resident(connection), "items", selection, running_items(connection, selection), ended_since)


def blocks(connection: Connection, selection: Selection, ended_since: int | None = None) -> Columns:
    """Waits of phases for the client's environment, of what is over."""
    running = _read(connection, selection, _over(selection, tables.blocks, "phase"))
    return _both(resident(connection), "blocks", selection, running, ended_since)


def waiting(connection: Connection, selection: Selection, moment: int) -> Columns:
    """The visits that wait for their client's environment at the moment: case, phase, since."""
    blocked = _read(connection, selection, _blocked(selection))
    return those(blocked, blocked["since"] <= moment)


def running_items(connection: Connection, selection: Selection) -> Columns:
    """The work items of the chosen cases that have not ended; `since`: since when an open one is held."""
    return _read(connection, selection, _items(selection), role=ROLES, kind=KINDS, ending=ENDINGS)


def of_running(columns: Columns) -> Columns:
    """Of the rows of chosen cases those of cases that have not ended."""
    return columns.running if isinstance(columns, _Both) else columns


def running(connection: Connection, selection: Selection, moment: int) -> WaitRows:
    """What waits of the chosen cases that have not ended are told from."""
    return WaitRows(
        running_items(connection, selection),
        _read(connection, selection, _over(selection, tables.holdings, "item")),
        _read(connection, selection, _over(selection, tables.blocks, "phase")),
        waiting(connection, selection, moment),
    )


def ended(kept: Resident) -> WaitRows:
    """The same of every case that has ended; none of them waits."""
    items = kept.rows["items"]
    none = {name: np.zeros(0, np.int64) for name in ("case", "phase", "since")}
    items = beside(items, since=np.full(len(items["case"]), MISSING))
    return WaitRows(items, kept.rows["holdings"], kept.rows["blocks"], none)


def cases(visits: Columns, phase: int | None) -> Columns:
    """The cases of some visits, with the phase that they reached; of those that came to `phase`, when there is one."""
    last = visits["outcome"] != OUTCOMES.index("advanced")
    if phase:
        last &= np.isin(visits["case"], visits["case"][visits["phase"] == phase])
    names = {"case": "case", "reached": "phase", "opened": "opened", "ended": "left", "outcome": "outcome"}
    return {name: visits[column][last] for name, column in names.items()}


def in_phase(columns: Columns, phase: int | None) -> Columns:
    """Only what is of that phase, when there is one."""
    return those(columns, columns["phase"] == phase) if phase else columns


def among(column: Array, places: Sequence[int]) -> Array:
    """Whether each of a column of small places, or MISSING, is one of some: looked up, not sought."""
    chosen = np.zeros(int(column.max(initial=max(places))) + 2, np.bool_)  # the last for MISSING
    chosen[list(places)] = True
    found: Array = chosen[column]
    return found


def those(columns: Columns, chosen: Array, *names: str) -> Columns:
    """The rows that a mask, or an order, chooses; of these columns, when some are named."""
    places = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen  # a mask is searched through each time
    return {name: columns[name][places] for name in names or columns}


def beside(columns: Columns, **more: Array) -> Columns:
    """With more columns; those that are there are read no sooner than they are asked for."""
    return ChainMap(more, cast(dict[str, Array], columns))  # nothing is written into it


def key(columns: Columns, second: str) -> Array:
    """One number for a case together with a small one of its own: a phase, or a work item."""
    return columns["case"].astype(np.int64) << KEY_BITS | columns[second]


def pairs(ours: Array, theirs: Array) -> tuple[Array, Array]:
    """The places of every two equal keys, of ours (in their order) and of theirs."""
    order = np.argsort(theirs, kind="stable")
    first, end = (np.searchsorted(theirs[order], ours, side=side) for side in ("left", "right"))
    n = end - first
    nth = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    return np.repeat(np.arange(len(ours)), n), order[np.repeat(first, n) + nth]


def still_running(selection: Selection) -> Any:
    """The ids of the chosen cases that have not ended."""
    of_case = selection.rows.cases.c
    return select(of_case.id).where(of_case.ended_at.is_(None), *selection.of_case(of_case))


class _Both(Mapping[str, Array]):
    """The columns of ended cases and those of the others, put one after the other once they are asked for."""

    def __init__(self, ended: Mapping[str, Array], size: int, some: Array | None, running: Columns) -> None:
        self._ended, self._size, self._some, self.running = ended, size, some, running
        self._found: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._found:
            others = self.running[name]
            kept = self._ended.get(name)
            if kept is None:
                kept = np.full(self._size, MISSING)
            elif self._some is not None:
                kept = kept[self._some]
            self._found[name] = np.concatenate([kept, others.astype(kept.dtype)])
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)


def _both(kept: Resident, name: str, selection: Selection, running: Columns, ended_since: int | None = None) -> Columns:
    if not kept.cases:
        return running
    some = kept.rows_of(name, selection, ended_since)
    return _Both(kept.rows[name], len(kept.of[name]) if some is None else len(some), some, running)


def _read(connection: Connection, selection: Selection, listing: Select[Any], **places: Sequence[str]) -> Columns:
    """Of a past moment it is read each time: also what has ended since was running then."""

    def make() -> Columns:
        return in_order(arrays(connection, listing, places))

    return make() if selection.as_of is not None else standing(connection).once(listing, make)


# --- what is read of the cases that have not ended; made once for a selection, which costs more than to look it up ---
@lru_cache(maxsize=LISTINGS)
def _visits(selection: Selection) -> Select[Any]:
    visit = selection.rows.visits.c
    found = {
        "case": visit.case_id,
        "phase": visit.phase,
        "outcome": visit.outcome,
        "returns": visit.returns,
        "opened": visit.opened_at,
        "entered": visit.entered_at,
        "left": visit.left_at,
        "blocked": visit.blocked,
    }
    return _running(selection, selection.rows.visits, found)


@lru_cache(maxsize=LISTINGS)
def _blocked(selection: Selection) -> Select[Any]:
    visit = selection.rows.visits.c
    found = {"case": visit.case_id, "phase": visit.phase, "since": visit.blocks_at}
    return _running(selection, selection.rows.visits, found, visit.left_at.is_(None), visit.blocks_at.is_not(None))


@lru_cache(maxsize=LISTINGS)
def _items(selection: Selection) -> Select[Any]:
    item = selection.rows.items.c
    found = {
        "case": item.case_id,
        "item": item.item,
        "phase": item.phase,
        "role": item.role,
        "kind": item.kind,
        "cycle": item.cycle,
        "opened": item.opened_at,
        "ended": item.ended_at,
        "due": item.due_at,
        "held": item.held,
        "ending": case((item.ended_as.like("withdrawn%"), ENDINGS[WITHDRAWN]), else_=item.ended_as),
        "by": item.ended_by,
        "back": case((item.taken_back_at.is_not(None), 1), else_=0),
        "since": case((item.ended_at.is_(None), item.held_since), else_=null()),
    }
    return _running(selection, selection.rows.items, found)


@lru_cache(maxsize=LISTINGS)
def _over(selection: Selection, table: Table, what: str) -> Select[Any]:
    """What is over of the chosen cases that have not ended; up to the moment of the selection."""
    column, until = table.c, selection.as_of
    found = {"case": column.case_id, what: column[what], "since": column.since, "until": column.until}
    return _running(selection, table, found, *([] if until is None else [column.until <= until]))


def _running(
    selection: Selection, table: FromClause, columns: Mapping[str, ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> Select[Any]:
    return listing(columns, [table.c.case_id.in_(still_running(selection)), *conditions])
