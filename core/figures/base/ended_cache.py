"""The ended cases in memory, column by column: read once per process, then only those that ended since.

A row of `ended_cases` only changes by a rebuild, so cached rows stay valid until then; each use checks for new ones. A
million events take about 15 MB. Times in ms.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Engine, func, select

from core.figures.base.in_order import in_order
from core.figures.base.memo import Memo
from core.queries.selection import Selection
from core.store.ended_cases import ARRAYS, positions
from core.store.tables import ended_cases, last_rebuild

Array = npt.NDArray[Any]
Columns = Mapping[str, Array]
LATE = 24 * 60 * 60_000  # by how much a case may have ended before one written earlier: clocks differ
BATCH = 1_000  # rows fetched at a time
OF_CASE = ("case_id", "client_id", "flow", "channel", "international", "opened_at", "ended_at")
TEXTS = {
    "reviews": list[tuple[int, tuple[str, ...], tuple[str, ...]]],
    "returns": list[tuple[int, str, tuple[str, ...]]],
}
_c = ended_cases.c
_stamp = select(func.count(), func.coalesce(func.sum(_c.case_id), 0), func.max(_c.ended_at), last_rebuild)
_rows = select(*(_c[name] for name in (*OF_CASE, *ARRAYS, *TEXTS))).order_by(_c.case_id)


@dataclass(frozen=True)
class CachedCases(Memo):
    """The cached ended cases; `cases` has OF_CASE.

    `stamp`: their number, the sum of their ids, the latest end, and the last rebuild of a case before they were read.
    `rows`: the columns of each of ARRAYS, and `of`: the place of each row's case. `texts`: for each of TEXTS the
    distinct texts, and the place of each case's text among them.
    """

    stamp: tuple[Any, ...] = (0, 0, None, None)
    cases: Columns = field(default_factory=dict)
    rows: Mapping[str, Columns] = field(default_factory=lambda: {name: _none(dtype) for name, dtype in ARRAYS.items()})
    of: Mapping[str, Array] = field(default_factory=dict)
    texts: Mapping[str, tuple[list[str], Array]] = field(default_factory=dict)

    def rows_of(self, name: str, selection: Selection, ended_since: int | None = None) -> Array | None:
        """Return the places of the chosen cases' rows in one of ARRAYS; None for all of them."""
        chosen = self.chosen(selection, ended_since) if self.cases else None
        return None if chosen is None else np.flatnonzero(chosen[self.of[name]])

    def chosen(self, selection: Selection, ended_since: int | None = None) -> Array | None:
        """Return a mask of the selected cases that ended after a moment; None for all of them."""
        case = self.cases
        equal = {"flow": selection.flow, "channel": selection.channel, "client_id": selection.client}
        conditions = [case[name] == value for name, value in equal.items() if value is not None]
        if selection.international is not None:
            conditions.append(case["international"] == selection.international)
        for name, first, before in (
            ("opened_at", selection.opened_from, selection.opened_before),
            ("ended_at", selection.closed_from, selection.closed_before),
            ("ended_at", _after(ended_since), _after(selection.as_of)),
        ):
            conditions += [] if first is None else [case[name] >= first]
            conditions += [] if before is None else [case[name] < before]
        return np.logical_and.reduce(conditions) if conditions else None

    def counted(self, name: str, selection: Selection) -> Iterator[tuple[Any, int]]:
        """Yield the distinct values of one of TEXTS among the chosen cases, with the number of cases."""
        if not self.cases:
            return iter(())
        texts, place = self.texts[name]
        values = self.cached(name, lambda: [msgspec.json.decode(text, type=TEXTS[name]) for text in texts])
        chosen = self.chosen(selection)
        counts = np.bincount(place if chosen is None else place[chosen], minlength=len(texts)).tolist()
        return ((value, n) for value, n in zip(values, counts, strict=True) if n)


def _none(dtype: np.dtype[Any]) -> Columns:
    return {name: np.zeros(0, dtype[name]) for name in dtype.names or ()}


def _after(moment: int | None) -> int | None:
    return None if moment is None else moment + 1


class _Batch(NamedTuple):
    """A batch of fetched rows: OF_CASE, the rows of each of ARRAYS, their number per case, and TEXTS."""

    cases: Mapping[str, Array]
    rows: Mapping[str, Columns]
    sizes: Mapping[str, Array]
    texts: Mapping[str, list[str]]

    @classmethod
    def of(cls, fetched: Sequence[Any]) -> "_Batch":
        columns = dict(zip((*OF_CASE, *ARRAYS, *TEXTS), zip(*fetched, strict=True), strict=True))
        return cls(
            {name: np.array(columns[name]) for name in OF_CASE},
            {name: _columns(b"".join(columns[name]), dtype) for name, dtype in ARRAYS.items()},
            {name: np.array([len(b) for b in columns[name]]) // dtype.itemsize for name, dtype in ARRAYS.items()},
            {name: list(columns[name]) for name in TEXTS},
        )


def _columns(stored: bytes, dtype: np.dtype[Any]) -> Columns:
    rows = np.frombuffer(stored, dtype)
    return in_order({name: positions(name, rows[name]) for name in dtype.names or ()})


_by_engine: "WeakKeyDictionary[Engine, CachedCases]" = WeakKeyDictionary()
_by_transaction: "WeakKeyDictionary[Any, CachedCases]" = WeakKeyDictionary()  # each sees one snapshot
_reading = threading.Lock()


def cached_cases(connection: Connection) -> CachedCases:
    """Return the ended cases as the connection's transaction sees them."""
    moment = connection.get_transaction()
    if moment in _by_transaction:
        return _by_transaction[moment]
    stamp = tuple(connection.execute(_stamp).one())
    with _reading:
        cache = _by_engine.get(connection.engine, CachedCases())
        if cache.stamp != stamp:
            cache = _by_engine[connection.engine] = _update(connection, cache, stamp)
    _by_transaction[connection.get_transaction()] = cache
    return cache


def _update(connection: Connection, cache: CachedCases, stamp: tuple[Any, ...]) -> CachedCases:
    """Add what has ended since; read everything again when that does not add up, as in a restored database."""
    if 0 < cache.stamp[0] < stamp[0]:
        since = cache.stamp[2] - LATE
        known = cache.cases["case_id"][cache.cases["ended_at"] >= since].tolist()
        updated = _append(connection, cache, [_c.ended_at >= since, _c.case_id.not_in(known)])
        if updated.stamp == stamp:
            return updated
    return _append(connection, CachedCases((0, 0, None, stamp[3])), [])


def _append(connection: Connection, cache: CachedCases, conditions: Sequence[ColumnElement[bool]]) -> CachedCases:
    fetched = connection.execute(_rows.where(*conditions)).partitions(BATCH)
    batches = [_Batch.of(rows) for rows in fetched]
    if not batches:
        return cache
    cached: list[Any] = [cache] if cache.cases else []
    cases = _concatenate(OF_CASE, [batch.cases for batch in (*cached, *batches)])
    before = len(cache.cases["case_id"]) if cache.cases else 0
    new = np.arange(before, len(cases["case_id"]))
    rows, of = {}, {}
    for name, dtype in ARRAYS.items():
        rows[name] = _concatenate(dtype.names or (), [batch.rows[name] for batch in (*cached, *batches)])
        sizes = np.concatenate([batch.sizes[name] for batch in batches])
        of[name] = np.concatenate([cache.of.get(name, new[:0]), np.repeat(new, sizes)])
    texts = {name: _extend(cache.texts.get(name), (t for b in batches for t in b.texts[name])) for name in TEXTS}
    ids = cases["case_id"]
    return CachedCases((len(ids), int(ids.sum()), int(cases["ended_at"].max()), cache.stamp[3]), cases, rows, of, texts)


def _concatenate(names: Iterable[str], parts: Sequence[Any]) -> Columns:
    """Concatenate the columns of several parts."""
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def _extend(previous: tuple[list[str], Array] | None, texts: Iterable[str]) -> tuple[list[str], Array]:
    known, places = previous or ([], np.zeros(0, np.int64))
    place = {text: n for n, text in enumerate(known)}
    new = [place.setdefault(text, len(place)) for text in texts]
    return list(place), np.concatenate([places, np.array(new, np.int64)])
