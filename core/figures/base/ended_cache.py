"""What is kept of ended cases, held in memory column by column: read once by a process, then only what ended since.

A row of `ended_cases` is written once and never changes but for a rebuild, so what has been read stays true until then;
whether any are missing is asked anew each time. Of a million events it holds about 15 MB. Times in ms.
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
from core.figures.base.memo import Once
from core.queries.selection import Selection
from core.store.ended_cases import ARRAYS, positions
from core.store.tables import ended_cases, last_rebuild

Array = npt.NDArray[Any]
Columns = Mapping[str, Array]
LATE = 24 * 60 * 60_000  # how much earlier than one that was written before it an end may be: clocks differ
BATCH = 1_000  # rows that are fetched at once
OF_CASE = ("case_id", "client_id", "flow", "channel", "international", "opened_at", "ended_at")
TEXTS = {
    "reviews": list[tuple[int, tuple[str, ...], tuple[str, ...]]],
    "returns": list[tuple[int, str, tuple[str, ...]]],
}
_c = ended_cases.c
_stamp = select(func.count(), func.coalesce(func.sum(_c.case_id), 0), func.max(_c.ended_at), last_rebuild)
_rows = select(*(_c[name] for name in (*OF_CASE, *ARRAYS, *TEXTS))).order_by(_c.case_id)


@dataclass(frozen=True)
class Resident(Once):
    """The ended cases that were read; OF_CASE of each.

    `stamp`: how many, the sum of their ids, the latest end, and the last rebuild of a case before they were read.
    `rows`: of each of ARRAYS its columns, and `of`: the place of each row's case. `said`: of each of TEXTS its
    different texts, and the place of each case's text among them.
    """

    stamp: tuple[Any, ...] = (0, 0, None, None)
    cases: Columns = field(default_factory=dict)
    rows: Mapping[str, Columns] = field(default_factory=lambda: {name: _none(dtype) for name, dtype in ARRAYS.items()})
    of: Mapping[str, Array] = field(default_factory=dict)
    said: Mapping[str, tuple[list[str], Array]] = field(default_factory=dict)

    def rows_of(self, name: str, selection: Selection, ended_since: int | None = None) -> Array | None:
        """The places of the rows of the chosen cases, among those of one of ARRAYS; None for all of them."""
        chosen = self.chosen(selection, ended_since) if self.cases else None
        return None if chosen is None else np.flatnonzero(chosen[self.of[name]])

    def chosen(self, selection: Selection, ended_since: int | None = None) -> Array | None:
        """Which of the cases a selection chooses, of those that ended after that moment; None for all of them."""
        case = self.cases
        equal = {"flow": selection.flow, "channel": selection.channel, "client_id": selection.client}
        asked = [case[name] == value for name, value in equal.items() if value is not None]
        if selection.international is not None:
            asked.append(case["international"] == selection.international)
        for name, first, before in (
            ("opened_at", selection.opened_from, selection.opened_before),
            ("ended_at", selection.closed_from, selection.closed_before),
            ("ended_at", _after(ended_since), _after(selection.as_of)),
        ):
            asked += [] if first is None else [case[name] >= first]
            asked += [] if before is None else [case[name] < before]
        return np.logical_and.reduce(asked) if asked else None

    def counted(self, name: str, selection: Selection) -> Iterator[tuple[Any, int]]:
        """Each different thing that is said of the chosen cases in one of TEXTS, and of how many of them."""
        if not self.cases:
            return iter(())
        texts, place = self.said[name]
        told = self.once(name, lambda: [msgspec.json.decode(text, type=TEXTS[name]) for text in texts])
        chosen = self.chosen(selection)
        counts = np.bincount(place if chosen is None else place[chosen], minlength=len(texts)).tolist()
        return ((each, n) for each, n in zip(told, counts, strict=True) if n)


def _none(dtype: np.dtype[Any]) -> Columns:
    return {name: np.zeros(0, dtype[name]) for name in dtype.names or ()}


def _after(moment: int | None) -> int | None:
    return None if moment is None else moment + 1


class _Part(NamedTuple):
    """Some rows as they were fetched: OF_CASE, the rows of each of ARRAYS, how many each case has, and TEXTS."""

    cases: Mapping[str, Array]
    rows: Mapping[str, Columns]
    sizes: Mapping[str, Array]
    texts: Mapping[str, list[str]]

    @classmethod
    def of(cls, fetched: Sequence[Any]) -> "_Part":
        columns = dict(zip((*OF_CASE, *ARRAYS, *TEXTS), zip(*fetched, strict=True), strict=True))
        return cls(
            {name: np.array(columns[name]) for name in OF_CASE},
            {name: _columns(b"".join(columns[name]), dtype) for name, dtype in ARRAYS.items()},
            {name: np.array([len(each) for each in columns[name]]) // dtype.itemsize for name, dtype in ARRAYS.items()},
            {name: list(columns[name]) for name in TEXTS},
        )


def _columns(kept: bytes, dtype: np.dtype[Any]) -> Columns:
    rows = np.frombuffer(kept, dtype)
    return in_order({name: positions(name, rows[name]) for name in dtype.names or ()})


_read: "WeakKeyDictionary[Engine, Resident]" = WeakKeyDictionary()
_seen: "WeakKeyDictionary[Any, Resident]" = WeakKeyDictionary()  # by transaction: each sees one moment of the database
_reading = threading.Lock()


def resident(connection: Connection) -> Resident:
    """The ended cases of the database, as the connection's transaction sees them."""
    moment = connection.get_transaction()
    if moment in _seen:
        return _seen[moment]
    stamp = tuple(connection.execute(_stamp).one())
    with _reading:
        held = _read.get(connection.engine, Resident())
        if held.stamp != stamp:
            held = _read[connection.engine] = _grown(connection, held, stamp)
    _seen[connection.get_transaction()] = held
    return held


def _grown(connection: Connection, held: Resident, stamp: tuple[Any, ...]) -> Resident:
    """With what has ended since; all of it anew when that does not add up, as in a database that was restored."""
    if 0 < held.stamp[0] < stamp[0]:
        since = held.stamp[2] - LATE
        again = held.cases["case_id"][held.cases["ended_at"] >= since].tolist()
        found = _with(connection, held, [_c.ended_at >= since, _c.case_id.not_in(again)])
        if found.stamp == stamp:
            return found
    return _with(connection, Resident((0, 0, None, stamp[3])), [])


def _with(connection: Connection, held: Resident, conditions: Sequence[ColumnElement[bool]]) -> Resident:
    fetched = connection.execute(_rows.where(*conditions)).partitions(BATCH)
    parts = [_Part.of(rows) for rows in fetched]
    if not parts:
        return held
    known: list[Any] = [held] if held.cases else []
    cases = _joined(OF_CASE, [part.cases for part in (*known, *parts)])
    before = len(held.cases["case_id"]) if held.cases else 0
    new = np.arange(before, len(cases["case_id"]))
    rows, of = {}, {}
    for name, dtype in ARRAYS.items():
        rows[name] = _joined(dtype.names or (), [part.rows[name] for part in (*known, *parts)])
        sizes = np.concatenate([part.sizes[name] for part in parts])
        of[name] = np.concatenate([held.of.get(name, new[:0]), np.repeat(new, sizes)])
    said = {name: _placed(held.said.get(name), [text for part in parts for text in part.texts[name]]) for name in TEXTS}
    ids = cases["case_id"]
    return Resident((len(ids), int(ids.sum()), int(cases["ended_at"].max()), held.stamp[3]), cases, rows, of, said)


def _joined(names: Iterable[str], parts: Sequence[Any]) -> Columns:
    """One array for each column, of parts that have each under its name."""
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def _placed(before: tuple[list[str], Array] | None, texts: Iterable[str]) -> tuple[list[str], Array]:
    known, places = before or ([], np.zeros(0, np.int64))
    place = {text: n for n, text in enumerate(known)}
    new = [place.setdefault(text, len(place)) for text in texts]
    return list(place), np.concatenate([places, np.array(new, np.int64)])
