"""Rebuild every case from its events and compare it, row by row and column by column, with what is stored.

`differences(db)` yields what differs, case after case, and nothing when all is equal; `cases(db)` says how many cases
there are to compare. Cases are read in batches within one moment of the database, so memory stays flat.
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
from core.store.projection import kept, writes

BATCH = 200
MISSING = "(missing)"
FOLLOWING: Mapping[Table, tuple[str, ...]] = {
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
    """One value that is not what the record says; an absent row differs in the column `(row)`."""

    case: str
    table: str
    key: str
    column: str
    stored: Any
    rebuilt: Any


class Stored(NamedTuple):
    """One case as it is stored: its row, its record, the rows of each following table, what is kept since it ended."""

    case: Mapping[str, Any]
    record: Sequence[Row[Any]]
    rows: Mapping[Table, Rows]
    ended: Mapping[str, Any] | None


def cases(db: Database) -> int:
    """How many cases are stored."""
    with db.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tables.cases)) or 0


def differences(db: Database) -> Iterator[Difference]:
    """Everything stored that differs from what the events say, case after case; nothing when all is equal."""
    with db.reading() as connection:
        yield from _orphans(connection)
        for stored in _stored_cases(connection):
            yield from compare(stored)


def compare(stored: Stored) -> Iterator[Difference]:
    """What differs in one case."""
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
    key = tuple(write.key[column] for column in FOLLOWING[write.table])
    if write.gone:
        del rows[key]
    elif write.new:
        rows[key] = {**write.key, **write.values}
    else:
        rows[key].update(write.values)


def _event_columns(code: str, seq: int, row: Row[Any], event: Event) -> Iterator[Difference]:
    """The columns beside an event's JSON say what the JSON says, and no event is missing before it."""
    told = {**happened.as_row(row.case_id, event), "seq": seq}
    for column in ("seq", "kind", "role", "position"):
        if getattr(row, column) != told[column]:
            yield Difference(code, "events", f"seq={row.seq}", column, getattr(row, column), told[column])


def _case_columns(stored: Stored, case: Case) -> Iterator[Difference]:
    code, key = stored.case["code"], f"id={stored.case['id']}"
    columns = kept(case)
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
    if not state["moment"]:  # it was kept before there was this field: the next decision adds it
        state["moment"] = case.moment
    for field, rebuilt in asdict(case).items():
        if state[field] != rebuilt:
            yield Difference(code, "cases", key, f"state.{field}", state[field], rebuilt)


def _tables_differ(code: str, table: Table, stored: Rows, rebuilt: Rows) -> Iterator[Difference]:
    for key in sorted(stored.keys() | rebuilt.keys()):
        name = ", ".join(f"{column}={value}" for column, value in zip(FOLLOWING[table], key, strict=True))
        there, told = stored.get(key), rebuilt.get(key)
        if there is None or told is None:
            yield Difference(code, table.name, name, "(row)", there or MISSING, told or MISSING)
            continue
        for column, value in told.items():
            if there[column] != value:
                yield Difference(code, table.name, name, column, there[column], value)


def _ended_differs(stored: Stored, case: Case, rebuilt: Mapping[Table, Rows]) -> Iterator[Difference]:
    """What is kept of a case that has ended is what the rebuilt rows say."""
    code, key, there = stored.case["code"], f"case_id={stored.case['id']}", stored.ended
    told = None
    if case.outcome is not None:
        told = ended_cases.kept(case, {table: rebuilt.get(table, {}).values() for table in ended_cases.TABLES})
    if told is None or there is None:
        if told is not there:
            yield Difference(code, "ended_cases", key, "(row)", there or MISSING, told or MISSING)
        return
    for column, value in told.items():
        if there[column] != value:
            yield Difference(code, "ended_cases", key, column, there[column], value)


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
        rows = {table: _by_case(connection, table, first, last) for table in FOLLOWING}
        at_end = _by_case(connection, tables.ended_cases, first, last)
        for case in batch:
            following = {table: _keyed(table, rows[table].get(case.id, [])) for table in FOLLOWING}
            (of_ended,) = at_end.get(case.id, [None])
            kept_at_end = of_ended and dict(of_ended._mapping)
            yield Stored(dict(case._mapping), records.get(case.id, []), following, kept_at_end)


def _by_case(connection: Connection, table: Table, first: int, last: int) -> dict[int, list[Row[Any]]]:
    chosen = select(table).where(table.c.case_id.between(first, last))
    order = (table.c.case_id, table.c.seq) if table is tables.events else (table.c.case_id,)
    found = connection.execute(chosen.order_by(*order))
    return {case: list(rows) for case, rows in groupby(found, key=lambda row: row.case_id)}


def _keyed(table: Table, rows: Sequence[Row[Any]]) -> Rows:
    return {tuple(getattr(row, column) for column in FOLLOWING[table]): dict(row._mapping) for row in rows}


def _orphans(connection: Connection) -> Iterator[Difference]:
    """Rows of a case that is not there (a foreign key was switched off)."""
    for table in (tables.events, tables.ended_cases, *FOLLOWING):
        lost = select(table.c.case_id).distinct().where(table.c.case_id.not_in(select(tables.cases.c.id)))
        for case_id in connection.scalars(lost):
            yield Difference("", table.name, f"case_id={case_id}", "(row)", "rows of no case", MISSING)
