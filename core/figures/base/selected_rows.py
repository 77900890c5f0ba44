"""The rows of the selected cases as columns: from the cache for ended cases, from the tables for the others.

Each function returns one array per column, all in the same order. Columns are those of
`core.store.ended_cases.ARRAYS`, with texts as positions in its tuples; MISSING stands for NULL. The phase of a
selection is left to the caller (`in_phase`), because figures of whole cases need all of their phases.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

import numpy as np
from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, case, null, select

from core.figures.base.columns import arrays, listing
from core.figures.base.ended_cache import Array, CachedCases, Columns, cached_cases
from core.figures.base.in_order import in_order
from core.figures.base.running_cache import running_memo
from core.queries.selection import Selection
from core.store import tables
from core.store.ended_cases import ENDINGS, KINDS, MISSING, OUTCOMES, ROLES, WITHDRAWN

KEY_BITS = 24
LISTINGS = 64  # equals the number of moments cached in `rows_as_of`


class WaitRows(NamedTuple):
    """The basis of waits: work items, when they were held, and waits of phases for the client's environment.

    `holdings` and `blocks` have ended; `waiting` are the visits that wait at the moment: case, phase, since.
    """

    items: Columns
    holdings: Columns
    blocks: Columns
    waiting: Columns


def visits(connection: Connection, selection: Selection) -> Columns:
    """Return the visits of every phase."""
    running = _read(connection, selection, _visits(selection), outcome=OUTCOMES)
    return _join(cached_cases(connection), "visits", selection, running)


def items(connection: Connection, selection: Selection, ended_since: int | None = None) -> Columns:
    """Return work items; `since`: since when an open one is held. Cases ended by `ended_since` are left out."""
    return _join(cached_cases(connection), "items", selection, running_items(connection, selection), ended_since)


def blocks(connection: Connection, selection: Selection, ended_since: int | None = None) -> Columns:
    """Return the ended waits of phases for the client's environment."""
    running = _read(connection, selection, _over(selection, tables.blocks, "phase"))
    return _join(cached_cases(connection), "blocks", selection, running, ended_since)


def waiting(connection: Connection, selection: Selection, moment: int) -> Columns:
    """Return the visits that wait for their client's environment at the moment: case, phase, since."""
    blocked = _read(connection, selection, _blocked(selection))
    return take(blocked, blocked["since"] <= moment)


def running_items(connection: Connection, selection: Selection) -> Columns:
    """Return the work items of the selected running cases; `since`: since when an open one is held."""
    return _read(connection, selection, _items(selection), role=ROLES, kind=KINDS, ending=ENDINGS)


def only_running(columns: Columns) -> Columns:
    """Return only the rows of running cases."""
    return columns.running if isinstance(columns, _JoinedColumns) else columns


def running(connection: Connection, selection: Selection, moment: int) -> WaitRows:
    """Return the basis of waits of the selected running cases."""
    return WaitRows(
        running_items(connection, selection),
        _read(connection, selection, _over(selection, tables.holdings, "item")),
        _read(connection, selection, _over(selection, tables.blocks, "phase")),
        waiting(connection, selection, moment),
    )


def ended(cache: CachedCases) -> WaitRows:
    """Return the basis of waits of every ended case; none of them waits now."""
    items = cache.rows["items"]
    none = {name: np.zeros(0, np.int64) for name in ("case", "phase", "since")}
    items = with_columns(items, since=np.full(len(items["case"]), MISSING))
    return WaitRows(items, cache.rows["holdings"], cache.rows["blocks"], none)


def cases(visits: Columns, phase: int | None) -> Columns:
    """Return the cases of visits, with the phase that they reached; only those that entered `phase`, if given."""
    last = visits["outcome"] != OUTCOMES.index("advanced")
    if phase:
        last &= np.isin(visits["case"], visits["case"][visits["phase"] == phase])
    names = {"case": "case", "reached": "phase", "opened": "opened", "ended": "left", "outcome": "outcome"}
    return {name: visits[column][last] for name, column in names.items()}


def in_phase(columns: Columns, phase: int | None) -> Columns:
    """Return only the rows of a phase, if given."""
    return take(columns, columns["phase"] == phase) if phase else columns


def is_among(column: Array, places: Sequence[int]) -> Array:
    """Return whether each value of a column of small numbers is among `places`, by a lookup table."""
    chosen = np.zeros(int(column.max(initial=max(places))) + 2, np.bool_)  # the last for MISSING
    chosen[list(places)] = True
    mask: Array = chosen[column]
    return mask


def take(columns: Columns, chosen: Array, *names: str) -> Columns:
    """Return the rows chosen by a mask or by places; only these columns, if named."""
    places = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen  # convert once: a mask is scanned each time
    return {name: columns[name][places] for name in names or columns}


def with_columns(columns: Columns, **more: Array) -> Columns:
    """Add columns without reading the existing ones."""
    return ChainMap(more, cast(dict[str, Array], columns))  # nothing is written into it


def key(columns: Columns, second: str) -> Array:
    """Combine a case with its phase or work item into one number."""
    return columns["case"].astype(np.int64) << KEY_BITS | columns[second]


def pairs(ours: Array, theirs: Array) -> tuple[Array, Array]:
    """Return the places of all pairs of equal keys in two arrays, in the order of the first."""
    order = np.argsort(theirs, kind="stable")
    first, end = (np.searchsorted(theirs[order], ours, side=side) for side in ("left", "right"))
    n = end - first
    nth = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    return np.repeat(np.arange(len(ours)), n), order[np.repeat(first, n) + nth]


def still_running(selection: Selection) -> Any:
    """Select the ids of the chosen running cases."""
    of_case = selection.rows.cases.c
    return select(of_case.id).where(of_case.ended_at.is_(None), *selection.of_case(of_case))


class _JoinedColumns(Mapping[str, Array]):
    """The columns of ended and running cases, concatenated on first access."""

    def __init__(self, ended: Mapping[str, Array], size: int, some: Array | None, running: Columns) -> None:
        self._ended, self._size, self._some, self.running = ended, size, some, running
        self._columns: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._columns:
            others = self.running[name]
            ended = self._ended.get(name)
            if ended is None:
                ended = np.full(self._size, MISSING)
            elif self._some is not None:
                ended = ended[self._some]
            self._columns[name] = np.concatenate([ended, others.astype(ended.dtype)])
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)


def _join(
    cache: CachedCases, name: str, selection: Selection, running: Columns, ended_since: int | None = None
) -> Columns:
    if not cache.cases:
        return running
    some = cache.rows_of(name, selection, ended_since)
    return _JoinedColumns(cache.rows[name], len(cache.of[name]) if some is None else len(some), some, running)


def _read(connection: Connection, selection: Selection, listing: Select[Any], **places: Sequence[str]) -> Columns:
    """Read the columns of running cases; without cache for a past moment, when cases ended since were running."""

    def make() -> Columns:
        return in_order(arrays(connection, listing, places))

    return make() if selection.as_of is not None else running_memo(connection).cached(listing, make)


# --- queries of running cases; cached per selection because building them is expensive ---
@lru_cache(maxsize=LISTINGS)
def _visits(selection: Selection) -> Select[Any]:
    visit = selection.rows.visits.c
    columns = {
        "case": visit.case_id,
        "phase": visit.phase,
        "outcome": visit.outcome,
        "returns": visit.returns,
        "opened": visit.opened_at,
        "entered": visit.entered_at,
        "left": visit.left_at,
        "blocked": visit.blocked,
    }
    return _running(selection, selection.rows.visits, columns)


@lru_cache(maxsize=LISTINGS)
def _blocked(selection: Selection) -> Select[Any]:
    visit = selection.rows.visits.c
    columns = {"case": visit.case_id, "phase": visit.phase, "since": visit.blocks_at}
    return _running(selection, selection.rows.visits, columns, visit.left_at.is_(None), visit.blocks_at.is_not(None))


@lru_cache(maxsize=LISTINGS)
def _items(selection: Selection) -> Select[Any]:
    item = selection.rows.items.c
    columns = {
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
    return _running(selection, selection.rows.items, columns)


@lru_cache(maxsize=LISTINGS)
def _over(selection: Selection, table: Table, what: str) -> Select[Any]:
    """Return the query of ended rows of running cases, up to the moment of the selection."""
    column, until = table.c, selection.as_of
    columns = {"case": column.case_id, what: column[what], "since": column.since, "until": column.until}
    return _running(selection, table, columns, *([] if until is None else [column.until <= until]))


def _running(
    selection: Selection, table: FromClause, columns: Mapping[str, ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> Select[Any]:
    return listing(columns, [table.c.case_id.in_(still_running(selection)), *conditions])
