"""Compare every case, row by row and column by column, with its events.

`differences(db)` yields the differences, case after case; `cases(db)` returns the number of cases to compare.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, Table, func, select

from core.case import events as happened
from core.case.model import load
from core.store import tables
from core.store.database import Database
from core.store.derived import DERIVED_KEYS, MISSING, Damaged, Derived, Rows, Stored, derive, stored_cases


class Difference(NamedTuple):
    """One value that differs from the record; an absent row differs in the column `(row)`."""

    case: str
    table: str
    key: str
    column: str
    stored: Any
    rebuilt: Any


def cases(db: Database) -> int:
    """Return the number of stored cases."""
    with db.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tables.cases)) or 0


def differences(db: Database) -> Iterator[Difference]:
    """Yield every stored value that differs from the events, case after case."""
    with db.reading() as connection:
        for table, case_id in orphans(connection):
            yield Difference("", table.name, f"case_id={case_id}", "(row)", "rows of no case", MISSING)
        for stored in stored_cases(connection):
            yield from compare(stored)


def compare(stored: Stored) -> Iterator[Difference]:
    """Yield the differences of one case."""
    code = stored.case["code"]
    try:
        derived = derive(stored.record)
    except Damaged as damage:
        yield Difference(code, "events", damage.key, damage.column, damage.stored, damage.expected)
        return
    yield from _record_differs(stored, derived)
    yield from _case_differs(stored, derived)
    for table in DERIVED_KEYS:
        yield from _tables_differ(code, table, stored.rows[table], derived.rows.get(table, {}))
    yield from _ended_differs(stored, derived)


def _record_differs(stored: Stored, derived: Derived) -> Iterator[Difference]:
    """Check that an event's columns agree with its JSON and that no event is missing before it."""
    for seq, (row, event) in enumerate(zip(stored.record, derived.events, strict=True), start=1):
        expected = {**happened.as_row(row.case_id, event), "seq": seq}
        for column in ("seq", "kind", "role", "position"):
            value = getattr(row, column)
            if value != expected[column]:
                yield Difference(stored.case["code"], "events", f"seq={row.seq}", column, value, expected[column])


def _case_differs(stored: Stored, derived: Derived) -> Iterator[Difference]:
    code, key = stored.case["code"], f"id={stored.case['id']}"
    for column, rebuilt in derived.case.items():
        if column != "state" and stored.case[column] != rebuilt:
            yield Difference(code, "cases", key, column, stored.case[column], rebuilt)
    try:
        state = asdict(load(stored.case["state"]))
    except (msgspec.ValidationError, msgspec.DecodeError) as damage:
        yield Difference(code, "cases", key, "state", stored.case["state"], f"cannot be read: {damage!r}")
        return
    if not state["moment"]:  # stored by a version without this field: the next decision adds it
        state["moment"] = derived.state.moment
    for field, rebuilt in asdict(derived.state).items():
        if state[field] != rebuilt:
            yield Difference(code, "cases", key, f"state.{field}", state[field], rebuilt)


def _tables_differ(code: str, table: Table, stored: Rows, rebuilt: Rows) -> Iterator[Difference]:
    for key in sorted(stored.keys() | rebuilt.keys()):
        name = ", ".join(f"{column}={value}" for column, value in zip(DERIVED_KEYS[table], key, strict=True))
        stored_row, expected = stored.get(key), rebuilt.get(key)
        if stored_row is None or expected is None:
            yield Difference(code, table.name, name, "(row)", stored_row or MISSING, expected or MISSING)
            continue
        for column, value in expected.items():
            if stored_row[column] != value:
                yield Difference(code, table.name, name, column, stored_row[column], value)


def _ended_differs(stored: Stored, derived: Derived) -> Iterator[Difference]:
    """Compare the row in `ended_cases` with the one made from the rebuilt rows."""
    code, key = stored.case["code"], f"case_id={stored.case['id']}"
    stored_row, expected = stored.ended, derived.ended
    if expected is None or stored_row is None:
        if expected is not stored_row:
            yield Difference(code, "ended_cases", key, "(row)", stored_row or MISSING, expected or MISSING)
        return
    for column, value in expected.items():
        if stored_row[column] != value:
            yield Difference(code, "ended_cases", key, column, stored_row[column], value)


def orphans(connection: Connection) -> Iterator[tuple[Table, int]]:
    """Yield tables with rows of a case that does not exist (foreign keys were switched off), and the case id."""
    for table in (tables.events, tables.ended_cases, *DERIVED_KEYS):
        lost = select(table.c.case_id).distinct().where(table.c.case_id.not_in(select(tables.cases.c.id)))
        for case_id in connection.scalars(lost):
            yield table, case_id
