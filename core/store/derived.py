"""Cases as stored, and the same derived from their events alone.

`stored_cases` reads every case from one snapshot of the database, in batches, so that memory use stays constant;
`locked_case` reads one case in a write transaction, locked against concurrent decisions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Table, bindparam, select

from core.case import events as happened
from core.case.events import Event
from core.case.model import Case
from core.state import evolve
from core.store import ended_cases, tables
from core.store.database import Transaction
from core.store.projected.write import Write
from core.store.projection import case_columns, writes

BATCH = 200
MISSING = "(missing)"
DERIVED_KEYS: Mapping[Table, tuple[str, ...]] = {  # the tables derived from events, with their keys
    tables.work_items: ("case_id", "item"),
    tables.verdicts: ("case_id", "item"),
    tables.documents: ("case_id", "document", "version"),
    tables.phase_visits: ("case_id", "phase"),
    tables.blocks: ("case_id", "phase", "since"),
    tables.hand_overs: ("case_id", "seq"),
    tables.due_moves: ("case_id", "item", "seq"),
    tables.undone_visits: ("case_id", "seq"),
    tables.holdings: ("case_id", "item", "seq"),
    tables.system_calls: ("case_id", "call"),
    tables.status_links: ("case_id", "link"),
}
UNREADABLE = (msgspec.ValidationError, msgspec.DecodeError, AssertionError, LookupError, AttributeError)
Key = tuple[Any, ...]
Rows = dict[Key, dict[str, Any]]

_locked = select(tables.cases).where(tables.cases.c.id == bindparam("case")).with_for_update()
_of_case = {
    table: select(table).where(table.c.case_id == bindparam("case")).order_by(*table.primary_key)
    for table in (tables.events, tables.ended_cases, *DERIVED_KEYS)
}


class Recorded(NamedTuple):
    """A row of `events`, with its columns in order."""

    case_id: int
    seq: int
    at: int
    kind: str
    phase: int
    role: str | None
    position: int | None
    person_id: int | None
    for_person_id: int | None
    data: str


class Stored(NamedTuple):
    """A stored case: its row, its record, its rows in each derived table, and its row in `ended_cases`."""

    case: Mapping[str, Any]
    record: Sequence[Recorded]
    rows: Mapping[Table, Rows]
    ended: Mapping[str, Any] | None


class Derived(NamedTuple):
    """A case derived from its events: the events, the state, and rows as in `Stored`."""

    events: Sequence[Event]
    state: Case
    case: Mapping[str, Any]
    rows: Mapping[Table, Rows]
    ended: Mapping[str, Any] | None


class Damaged(Exception):
    """A record that gives no case: where (`seq=…`), which column, the stored value and the expected one."""

    def __init__(self, key: str, column: str, stored: Any, expected: str) -> None:
        super().__init__(f"{key} {column}: {expected}")
        self.key, self.column, self.stored, self.expected = key, column, stored, expected


def derive(record: Iterable[Recorded]) -> Derived:
    """Derive a case from its record; raise Damaged when its events are inconsistent."""
    events: list[Event] = []
    rows: dict[Table, Rows] = defaultdict(dict)
    case: Case | None = None
    opened_by = None
    for row in record:
        try:
            event = happened.from_row(row.seq, row.at, row.phase, row.person_id, row.for_person_id, row.data)
            before, case = case, evolve(case, event)
            for write in writes(row.case_id, before, event, case):
                _apply(write, rows[write.table])
        except UNREADABLE as damage:
            raise Damaged(f"seq={row.seq}", "data", row.data, f"does not follow: {damage!r}") from damage
        if not events:
            opened_by = row.person_id
        events.append(event)
    if case is None:
        raise Damaged("seq=1", "(row)", MISSING, "CaseOpened")
    ended = None
    if case.outcome is not None:
        ended = ended_cases.row_values(case, {table: rows[table].values() for table in ended_cases.TABLES})
    return Derived(events, case, _case_row(case, opened_by), rows, ended)


def _apply(write: Write, rows: Rows) -> None:
    key = tuple(write.key[column] for column in DERIVED_KEYS[write.table])
    if write.gone:
        del rows[key]
    elif write.new:
        rows[key] = {**write.key, **write.values}
    else:
        rows[key].update(write.values)


def _case_row(case: Case, opened_by: int | None) -> dict[str, Any]:
    """Return the columns of `cases` derived from the events."""
    row = case_columns(case)
    row["version"] = row.pop("now")
    row |= {name: getattr(case, name) for name in ("flow", "international", "service", "opened_at")}
    return row | {"client_id": case.client, "opened_by": opened_by}


def stored_cases(connection: Connection) -> Iterator[Stored]:
    """Yield every stored case, by id."""
    cases, last = tables.cases, 0
    while batch := connection.execute(select(cases).where(cases.c.id > last).order_by(cases.c.id).limit(BATCH)).all():
        first, last = batch[0].id, batch[-1].id
        records = _by_case(connection, tables.events, first, last)
        rows = {table: _by_case(connection, table, first, last) for table in DERIVED_KEYS}
        ended = _by_case(connection, tables.ended_cases, first, last)
        for case in batch:
            record = [Recorded._make(row) for row in records.get(case.id, ())]
            derived = {table: _keyed(table, rows[table].get(case.id, ())) for table in DERIVED_KEYS}
            (ended_row,) = ended.get(case.id, [None])
            yield Stored(dict(case._mapping), record, derived, ended_row and dict(ended_row._mapping))


def _by_case(connection: Connection, table: Table, first: int, last: int) -> dict[int, list[Row[Any]]]:
    chosen = select(table).where(table.c.case_id.between(first, last)).order_by(table.c.case_id, *table.primary_key)
    return {case: list(rows) for case, rows in groupby(connection.execute(chosen), key=lambda row: row.case_id)}


def locked_case(tx: Transaction, case_id: int) -> Stored | None:
    """Return a stored case, locked until the transaction ends; None when its row does not exist."""
    case = tx.row(_locked, case=case_id)
    if case is None:
        return None
    rows = {table: tx.rows(chosen, case=case_id) for table, chosen in _of_case.items()}
    ended = rows[tables.ended_cases]
    return Stored(
        _named(tables.cases, case),
        [Recorded._make(row) for row in rows[tables.events]],
        {table: _keyed(table, rows[table]) for table in DERIVED_KEYS},
        _named(tables.ended_cases, ended[0]) if ended else None,
    )


def _keyed(table: Table, rows: Iterable[Sequence[Any]]) -> Rows:
    named = (_named(table, row) for row in rows)
    return {tuple(row[column] for column in DERIVED_KEYS[table]): row for row in named}


def _named(table: Table, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(table.c.keys(), row, strict=True))
