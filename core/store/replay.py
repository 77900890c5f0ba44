"""Rebuild every case from its events and compare it, row by row and column by column, with the stored rows.

`differences(db)` yields the differences, case after case; `cases(db)` returns the number of cases to compare. Cases are
read in batches from one snapshot of the database, so memory use stays constant.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, Row, Table, func, select

from core.case import events as happened
from core.case.events import Event
from core.case.model import Case, load
from core.state import evolve
from core.store import ended_cases, tables
from core.store.database import Database
from core.store.projected.write import Write
from core.store.projection import case_columns, writes

BATCH = 200
MISSING = "(missing)"
DERIVED: Mapping[Table, tuple[str, ...]] = {
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
Key = tuple[Any, ...]
Rows = dict[Key, dict[str, Any]]


class Difference(NamedTuple):
    """One value that differs from the record; an absent row differs in the column `(row)`."""

    case: str
    table: str
    key: str
    column: str
    stored: Any
    rebuilt: Any


class Stored(NamedTuple):
    """A stored case: its row, its record, its rows in each derived table, and its row in `ended_cases`."""

    case: Mapping[str, Any]
    record: Sequence[Row[Any]]
    rows: Mapping[Table, Rows]
    ended: Mapping[str, Any] | None


def cases(db: Database) -> int:
    """Return the number of stored cases."""
    with db.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tables.cases)) or 0


def differences(db: Database) -> Iterator[Difference]:
    """Yield every stored value that differs from the events, case after case."""
    with db.reading() as connection:
        yield from _orphans(connection)
        for stored in _stored_cases(connection):
            yield from compare(stored)


def compare(stored: Stored) -> Iterator[Difference]:
    """Yield the differences of one case."""
    code = stored.case["code"]
    rebuilt: dict[Table, Rows] = defaultdict(dict)
    case: Case | None = None
    for seq, row in enumerate(stored.record, start=1):
        try:
            event = happened.from_row(row.seq, row.at, row.phase, row.person_id, row.for_person_id, row.data)
            yield from _event_columns(code, seq, row, event)
            before, case = case, evolve(case, event)
            for write in writes(row.case_id, before, event, case):
                _apply(write, rebuilt[write.table])
        except (msgspec.ValidationError, msgspec.DecodeError, AssertionError, LookupError, AttributeError) as damage:
            yield Difference(code, "events", f"seq={row.seq}", "data", row.data, f"does not follow: {damage!r}")
            return
    if case is None:
        yield Difference(code, "events", "seq=1", "(row)", MISSING, "CaseOpened")
        return
    yield from _case_columns(stored, case)
    for table in rebuilt.keys() | stored.rows.keys():
        yield from _tables_differ(code, table, stored.rows.get(table, {}), rebuilt[table])
    yield from _ended_differs(stored, case, rebuilt)


def _apply(write: Write, rows: Rows) -> None:
    key = tuple(write.key[column] for column in DERIVED[write.table])
    if write.gone:
        del rows[key]
    elif write.new:
        rows[key] = {**write.key, **write.values}
    else:
        rows[key].update(write.values)


def _event_columns(code: str, seq: int, row: Row[Any], event: Event) -> Iterator[Difference]:
    """Check that an event's columns agree with its JSON and that no event is missing before it."""
    rebuilt = {**happened.as_row(row.case_id, event), "seq": seq}
    for column in ("seq", "kind", "role", "position"):
        if getattr(row, column) != rebuilt[column]:
            yield Difference(code, "events", f"seq={row.seq}", column, getattr(row, column), rebuilt[column])


def _case_columns(stored: Stored, case: Case) -> Iterator[Difference]:
    code, key = stored.case["code"], f"id={stored.case['id']}"
    columns = case_columns(case)
    columns["version"] = columns.pop("now")
    del columns["state"]
    columns |= {name: getattr(case, name) for name in ("flow", "international", "service", "opened_at")}
    columns |= {"client_id": case.client, "opened_by": stored.record[0].person_id}
    for column, rebuilt in columns.items():
        if stored.case[column] != rebuilt:
            yield Difference(code, "cases", key, column, stored.case[column], rebuilt)
    try:
        state = asdict(load(stored.case["state"]))
    except (msgspec.ValidationError, msgspec.DecodeError) as damage:
        yield Difference(code, "cases", key, "state", stored.case["state"], f"cannot be read: {damage!r}")
        return
    if not state["moment"]:  # stored by a version without this field: the next decision adds it
        state["moment"] = case.moment
    for field, rebuilt in asdict(case).items():
        if state[field] != rebuilt:
            yield Difference(code, "cases", key, f"state.{field}", state[field], rebuilt)


def _tables_differ(code: str, table: Table, stored: Rows, rebuilt: Rows) -> Iterator[Difference]:
    for key in sorted(stored.keys() | rebuilt.keys()):
        name = ", ".join(f"{column}={value}" for column, value in zip(DERIVED[table], key, strict=True))
        stored_row, rebuilt_row = stored.get(key), rebuilt.get(key)
        if stored_row is None or rebuilt_row is None:
            yield Difference(code, table.name, name, "(row)", stored_row or MISSING, rebuilt_row or MISSING)
            continue
        for column, value in rebuilt_row.items():
            if stored_row[column] != value:
                yield Difference(code, table.name, name, column, stored_row[column], value)


def _ended_differs(stored: Stored, case: Case, rebuilt: Mapping[Table, Rows]) -> Iterator[Difference]:
    """Compare the row in `ended_cases` with the one made from the rebuilt rows."""
    code, key, stored_row = stored.case["code"], f"case_id={stored.case['id']}", stored.ended
    rebuilt_row = None
    if case.outcome is not None:
        rebuilt_row = ended_cases.row_values(
            case, {table: rebuilt.get(table, {}).values() for table in ended_cases.TABLES}
        )
    if rebuilt_row is None or stored_row is None:
        if rebuilt_row is not stored_row:
            yield Difference(code, "ended_cases", key, "(row)", stored_row or MISSING, rebuilt_row or MISSING)
        return
    for column, value in rebuilt_row.items():
        if stored_row[column] != value:
            yield Difference(code, "ended_cases", key, column, stored_row[column], value)


def _stored_cases(connection: Connection) -> Iterator[Stored]:
    last = 0
    while True:
        batch = connection.execute(
            select(tables.cases).where(tables.cases.c.id > last).order_by(tables.cases.c.id).limit(BATCH)
        ).all()
        if not batch:
            return
        first, last = batch[0].id, batch[-1].id
        records = _by_case(connection, tables.events, first, last)
        rows = {table: _by_case(connection, table, first, last) for table in DERIVED}
        ended_rows = _by_case(connection, tables.ended_cases, first, last)
        for case in batch:
            derived = {table: _keyed(table, rows[table].get(case.id, [])) for table in DERIVED}
            (ended_row,) = ended_rows.get(case.id, [None])
            ended = ended_row and dict(ended_row._mapping)
            yield Stored(dict(case._mapping), records.get(case.id, []), derived, ended)


def _by_case(connection: Connection, table: Table, first: int, last: int) -> dict[int, list[Row[Any]]]:
    chosen = select(table).where(table.c.case_id.between(first, last))
    order = (table.c.case_id, table.c.seq) if table is tables.events else (table.c.case_id,)
    result = connection.execute(chosen.order_by(*order))
    return {case: list(rows) for case, rows in groupby(result, key=lambda row: row.case_id)}


def _keyed(table: Table, rows: Sequence[Row[Any]]) -> Rows:
    return {tuple(getattr(row, column) for column in DERIVED[table]): dict(row._mapping) for row in rows}


def _orphans(connection: Connection) -> Iterator[Difference]:
    """Yield rows of cases that do not exist (foreign keys were switched off)."""
    for table in (tables.events, tables.ended_cases, *DERIVED):
        lost = select(table.c.case_id).distinct().where(table.c.case_id.not_in(select(tables.cases.c.id)))
        for case_id in connection.scalars(lost):
            yield Difference("", table.name, f"case_id={case_id}", "(row)", "rows of no case", MISSING)
