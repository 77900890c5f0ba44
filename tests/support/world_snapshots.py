"""A long story is lived once in each process; a world that begins as that one did gets its rows and files."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, select

from core.store import tables as store_tables
from core.store.database import Row
from tests.support.drive_case import World, dump

Rows = dict[str, list[Row]]
Story = Callable[[World], list[str]]


class Lived(NamedTuple):
    """What a story left: what it told, its clock, its files, and the rows that went and came, by table."""

    told: list[str]
    now: int
    attached: int
    files: dict[str, bytes]
    gone: Rows
    come: Rows


_lived: dict[tuple[Story, str], Lived] = {}


def once(world: World, story: Story) -> list[str]:
    """What the story tells, and the world as the story leaves it."""
    before = dump(world.db)
    beginning = hashlib.sha256(repr((before, world.now, world._files)).encode()).hexdigest()
    found = _lived.get((story, beginning))
    if found is None:
        told = story(world)
        _lived[story, beginning] = _kept(world, told, before)
        return list(told)
    _bring(world, found)
    return list(found.told)


def _kept(world: World, told: list[str], before: Rows) -> Lived:
    root, after = world.store.root, dump(world.db)
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    gone, come = _less(before, after), _less(after, before)
    return Lived(list(told), world.now, world._files, files, gone, come)


def _less(these: Rows, those: Rows) -> Rows:
    known = {name: set(map(repr, rows)) for name, rows in those.items()}
    return {name: [row for row in rows if repr(row) not in known[name]] for name, rows in these.items()}


def _bring(world: World, lived: Lived) -> None:
    tables = store_tables.metadata.sorted_tables
    with world.db.engine.begin() as connection:
        for table in reversed(tables):
            for row in lived.gone[table.name]:
                key = zip(table.c, row, strict=True)
                connection.execute(delete(table).where(*(c == value for c, value in key if c.primary_key)))
        for table in tables:
            if rows := [dict(zip(table.c.keys(), row, strict=True)) for row in lived.come[table.name]]:
                connection.execute(insert(table), rows)
                _number_on(connection, table)
    for name, content in lived.files.items():
        path = world.store.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    world.now, world._files = lived.now, lived.attached


def _number_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers the next row after those that it numbered itself; SQLite after those that are there."""
    own = table.autoincrement_column
    if own is not None and connection.dialect.name == "postgresql":
        highest = select(func.max(own)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, own.name), highest)))
