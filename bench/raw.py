"""The raw limit: writing exactly the rows of the services with the same driver and nothing else.

`transcribing` records the writing statements of every transaction while the services carry out courses; `Raw` replays
them on a plain connection: prepared statements, WAL, synchronous FULL, one transaction per decision, without reads,
checks or computations. Its tables have our keys, indexes and triggers; `unchecked` drops
triggers and foreign keys.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy.sql import Executable

from core.store import database, tables

Statement = tuple[str, list[Sequence[Any] | Mapping[str, Any]]]
Written = list[list[Statement]]


@contextmanager
def transcribing() -> Iterator[Written]:
    """Record what transactions write within the block: one list of statements per transaction."""
    transactions: Written = []
    plain = database.Transaction

    class Noting(database.Transaction):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self._written: list[Statement] = []
            transactions.append(self._written)

        def rows(self, statement: Executable, **given: Any) -> list[database.Row]:
            if not statement.is_select:
                self._note(statement, given)
            return super().rows(statement, **given)

        def run(self, statement: Executable, *given: Mapping[str, Any]) -> int:
            self._note(statement, *given)
            return super().run(statement, *given)

        def _note(self, statement: Executable, *given: Mapping[str, Any]) -> None:
            compiled = self._compiled(statement)
            self._written.append((compiled.sql, [compiled.bind(_plain(values)) for values in given]))

    database.Transaction = Noting  # type: ignore[misc, assignment]
    try:
        yield transactions
    finally:
        database.Transaction = plain  # type: ignore[misc]


def _plain(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Replace enumerations by text, which the driver binds faster."""
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in values.items()}


class Raw:
    """Writes to a copy of the database `original` at `path` with the driver only."""

    def __init__(self, original: Path, path: Path, *, unchecked: bool = False) -> None:
        with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"foreign_keys={'OFF' if unchecked else 'ON'}"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._cursor = self._connection.cursor()
        if unchecked:
            for (name,) in self._cursor.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                self._cursor.execute(f"DROP TRIGGER {name}")

    def write(self, transactions: Written) -> None:
        """Write each transaction's rows and commit durably."""
        cursor = self._cursor
        for transaction in transactions:
            cursor.execute("BEGIN IMMEDIATE")
            for sql, rows in transaction:
                if len(rows) == 1:
                    cursor.execute(sql, rows[0])
                else:
                    cursor.executemany(sql, rows)
                if "RETURNING" in sql:
                    cursor.fetchall()
            cursor.execute("COMMIT")


def differing_tables(one: Path, other: Path) -> list[str]:
    """The tables whose rows differ between two databases."""
    with closing(sqlite3.connect(one)) as connection:
        connection.execute("ATTACH ? AS other", (str(other),))
        return [name for name in tables.metadata.tables if not _same(connection, name)]


def _same(connection: Any, name: str) -> bool:
    """Whether both tables have the same rows."""
    here, there = f"SELECT * FROM main.{name}", f"SELECT * FROM other.{name}"  # noqa: S608  (names of our own tables)
    return not any(
        connection.execute(f"SELECT 1 FROM ({left} EXCEPT {right}) LIMIT 1").fetchone()  # noqa: S608
        for left, right in ((here, there), (there, here))
    )
