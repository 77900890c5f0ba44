"""Triggers that refuse to update, delete or replace rows of the record."""

from collections.abc import Iterator

from sqlalchemy import Table

from core.store import tables

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION record_is_written_once() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the record is written once'; END $$"
)


def creation(is_sqlite: bool) -> Iterator[str]:
    """Yield the statements that protect every table of the record in a new database."""
    if not is_sqlite:
        yield _FUNCTION
    for table in tables.RECORD:
        yield from _sqlite(table).values() if is_sqlite else [_postgresql(table)]


def removal(table: Table, is_sqlite: bool) -> list[str]:
    """Return the statements that allow changes of a table, until `restoration` in the same transaction."""
    if is_sqlite:
        return [f"DROP TRIGGER IF EXISTS {name}" for name in _sqlite(table)]
    return [f"ALTER TABLE {table.name} DISABLE TRIGGER {table.name}_written_once"]


def restoration(table: Table, is_sqlite: bool) -> list[str]:
    """Return the statements that protect a table again."""
    if is_sqlite:
        return list(_sqlite(table).values())
    return [f"ALTER TABLE {table.name} ENABLE TRIGGER {table.name}_written_once"]


def _sqlite(table: Table) -> dict[str, str]:
    """Return the statements that create the triggers of a table, by trigger name."""
    name = table.name
    refuse = "BEGIN SELECT RAISE(ABORT, 'the record is written once'); END"
    # INSERT OR REPLACE deletes without firing the delete trigger: refuse an existing key.
    same = " AND ".join(f"{column.name} = NEW.{column.name}" for column in table.primary_key)
    exists = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608  (names of our own tables)
    return {
        f"{name}_no_update": f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}",
        f"{name}_no_delete": f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}",
        f"{name}_no_replace": f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {exists} {refuse}",
    }


def _postgresql(table: Table) -> str:
    return (
        f"CREATE TRIGGER {table.name}_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_is_written_once()"
    )
