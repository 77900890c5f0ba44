"""Playing a long story once per process and restoring its rows and files in worlds that begin alike."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, select

from core.store import tables as store_tables
from core.store.database import Row
from tests.support.drive_case import World, dump

Rows = dict[str, list[Row]]
Story = Callable[[World], list[str]]


class Snapshot(NamedTuple):
    """The effects of a story: its result, clock and files, and the rows removed and added, by table."""

    result: list[str]
    now: int
    attached: int
    files: dict[str, bytes]
    removed: Rows
    added: Rows


_snapshots: dict[tuple[Story, str], Snapshot] = {}


def once(world: World, story: Story) -> list[str]:
    """Play or restore a story; returns its result."""
    before = dump(world.db)
    beginning = hashlib.sha256(repr((before, world.now, world._files)).encode()).hexdigest()
    snapshot = _snapshots.get((story, beginning))
    if snapshot is None:
        result = story(world)
        _snapshots[story, beginning] = _snapshot(world, result, before)
        return list(result)
    _restore(world, snapshot)
    return list(snapshot.result)


def _snapshot(world: World, result: list[str], before: Rows) -> Snapshot:
    root, after = world.store.root, dump(world.db)
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    removed, added = _difference(before, after), _difference(after, before)
    return Snapshot(list(result), world.now, world._files, files, removed, added)


def _difference(these: Rows, those: Rows) -> Rows:
    known = {name: set(map(repr, rows)) for name, rows in those.items()}
    return {name: [row for row in rows if repr(row) not in known[name]] for name, rows in these.items()}


def _restore(world: World, snapshot: Snapshot) -> None:
    tables = store_tables.metadata.sorted_tables
    with world.db.engine.begin() as connection:
        for table in reversed(tables):
            for row in snapshot.removed[table.name]:
                key = zip(table.c, row, strict=True)
                connection.execute(delete(table).where(*(c == value for c, value in key if c.primary_key)))
        for table in tables:
            if rows := [dict(zip(table.c.keys(), row, strict=True)) for row in snapshot.added[table.name]]:
                connection.execute(insert(table), rows)
                _advance_sequence(connection, table)
    for name, content in snapshot.files.items():
        path = world.store.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    world.now, world._files = snapshot.now, snapshot.attached


def _advance_sequence(connection: Connection, table: Table) -> None:
    """Advance PostgreSQL's sequence past the inserted rows; SQLite does so by itself."""
    own = table.autoincrement_column
    if own is not None and connection.dialect.name == "postgresql":
        highest = select(func.max(own)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, own.name), highest)))
