"""Rebuild derived rows that differ from their events, while the app is in use.

Cases are first compared as in `core.store.replay`, without a lock. One that differs is locked, read again and written
in its own transaction: a concurrent decision is either in the record that is read, or waits for that one case.
Values that no event records are left alone: ids of rows, when a link was last used, attempts to deliver a call.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, select, text
from sqlalchemy.sql import Executable

from core.store import tables, triggers
from core.store.database import Database, Transaction, insert_into
from core.store.derived import DERIVED_KEYS, MISSING, Rows, derive, locked_case, stored_cases
from core.store.projected.write import Write
from core.store.projection import apply
from core.store.replay import Difference, compare, orphans

_log = insert_into(tables.rebuilds)
_forget_ended = delete(tables.ended_cases).where(tables.ended_cases.c.case_id == bindparam("case"))
_keep_ended = insert_into(tables.ended_cases)
NO_CASE = "(no case)"  # the code of a case without a row in `cases`
_no_case = {
    table: delete(table).where(
        table.c.case_id.not_in(select(tables.cases.c.id)), table.c.case_id.not_in(select(tables.events.c.case_id))
    )
    for table in (tables.ended_cases, *DERIVED_KEYS)
}
_sql = cache(text)


class Rebuilt(NamedTuple):
    """The result for a case: how many values differed and were rebuilt, or the damage that prevents it."""

    code: str
    differed: int = 0
    damage: Difference | None = None


def rebuild(db: Database, at: int) -> Iterator[Rebuilt]:
    """Rebuild every case that differs from its events; yield the result of every case.

    Rows without a case and events are deleted first; events without a case are damage. It may be stopped after any
    case, and run again.
    """
    yield from _orphaned_records(db)
    with db.reading() as connection:
        for stored in stored_cases(connection):
            right = next(compare(stored), None) is None
            yield Rebuilt(stored.case["code"]) if right else _rebuild_case(db, stored.case["id"], at)


def _rebuild_case(db: Database, case_id: int, at: int) -> Rebuilt:
    with db.writing() as tx:
        stored = locked_case(tx, case_id)
        assert stored is not None  # no case is ever deleted
        code, differences = stored.case["code"], list(compare(stored))
        if damage := next((value for value in differences if value.table == tables.events.name), None):
            return Rebuilt(code, damage=damage)
        derived = derive(stored.record)
        tx.run(_set_case(tuple(derived.case)), {**derived.case, "case": case_id})
        for table in DERIVED_KEYS:
            _overwrite(db, tx, table, stored.rows[table], derived.rows.get(table, {}))
        tx.run(_forget_ended, {"case": case_id})
        if derived.ended:
            tx.run(_keep_ended, {"case_id": case_id, **derived.ended})
        tx.run(_log, {"at": tx.moment(at), "case_id": case_id})
        return Rebuilt(code, len(differences))


def _overwrite(db: Database, tx: Transaction, table: Table, stored: Rows, derived: Rows) -> None:
    """Replace the stored rows of one case in a table with the derived ones."""
    gone = [Write(table, _named(table, key), {}, gone=True) for key in stored.keys() - derived.keys()]
    new = [Write(table, _named(table, key), derived[key], new=True) for key in derived.keys() - stored.keys()]
    changed = [row for key, row in derived.items() if key in stored and _differs(stored[key], row)]
    with _writable(db, tx, table, needed=bool(gone or changed)):
        apply(tx, gone)
        for row in changed:
            tx.run(_set_row(table, tuple(row)), {**row, **{f"key_{name}": row[name] for name in DERIVED_KEYS[table]}})
        apply(tx, new)


def _named(table: Table, key: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(DERIVED_KEYS[table], key, strict=True))


def _differs(stored: Mapping[str, Any], derived: Mapping[str, Any]) -> bool:
    return any(stored[column] != value for column, value in derived.items())


@cache
def _set_case(columns: tuple[str, ...]) -> Executable:
    same_key = tables.cases.c.id == bindparam("case")
    return tables.cases.update().where(same_key).values({name: bindparam(name) for name in columns})


@cache
def _set_row(table: Table, columns: tuple[str, ...]) -> Executable:
    same_key = [table.c[name] == bindparam(f"key_{name}") for name in DERIVED_KEYS[table]]
    return table.update().where(*same_key).values({name: bindparam(name) for name in columns})


@contextmanager
def _writable(db: Database, tx: Transaction, table: Table, *, needed: bool) -> Iterator[None]:
    """Suspend the triggers that protect a table; a rollback restores them as well."""
    lifted = needed and table in tables.RECORD
    for statement in triggers.removal(table, db.is_sqlite) if lifted else ():
        tx.run(_sql(statement))
    yield
    for statement in triggers.restoration(table, db.is_sqlite) if lifted else ():
        tx.run(_sql(statement))


def _orphaned_records(db: Database) -> Iterator[Rebuilt]:
    """Delete rows without a case and events; yield records without a case."""
    with db.reading() as connection:
        orphaned = list(orphans(connection))
    if orphaned:
        with db.writing() as tx:
            for table in {table for table, _ in orphaned} & _no_case.keys():
                with _writable(db, tx, table, needed=True):
                    tx.run(_no_case[table])
    for table, case_id in orphaned:
        if table is tables.events:
            damage = Difference("", table.name, f"case_id={case_id}", "(row)", "events of no case", MISSING)
            yield Rebuilt(NO_CASE, damage=damage)
