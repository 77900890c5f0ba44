"""The database: engine from DATABASE_URL, fair write transactions, plain reads.

Statements are SQLAlchemy Core. Writes go through `Transaction`, which compiles each statement once per dialect and
passes it to the driver directly: a decision is a dozen small statements, and compiling them each time would cost more
than the commit.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, bindparam, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.sql import Executable

from core.errors import Busy, NotStored
from core.paths import ROOT
from core.process.terms import Channel, Document, Environment, Flow, Kind, Outcome, Role
from core.store import tables, triggers
from core.store.compiled_statements import Compiled
from core.store.fair_lock import FairLock

try:  # Debian's SQLite has the WAL-reset bug fixed in 3.51.3; the wheel ships a newer one.
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:  # pragma: no cover  (no wheel for this platform: use the standard library's SQLite)
    import sqlite3

for enum in (Role, Flow, Channel, Environment, Outcome, Document, Kind):  # or the driver tries two protocols on each
    sqlite3.register_adapter(enum, str)

LOCK_NOT_AVAILABLE = "55P03"  # the SQLSTATE of a lock that timed out
BUSY_SECONDS = 5
Row = tuple[Any, ...]
Clock = Callable[[], int]  # now, in ms since 1970 UTC


def database_url() -> str:
    """DATABASE_URL, or the SQLite file under data/."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'approvals.db'}"


def insert_into(table: Table) -> Insert:
    """Return an insert of one row that names every column except an autoincrement `id`."""
    own = table.autoincrement_column
    return table.insert().values({column: bindparam(column.name) for column in table.c if column is not own})


class Transaction:
    """One write transaction on the driver's own connection."""

    def __init__(
        self, cursor: Any, engine: Engine, cache: dict[Executable, Compiled], clock: Clock | None = None
    ) -> None:
        self._cursor = cursor
        self._engine = engine
        self._cache = cache
        self._clock = clock

    def moment(self, requested: int, last: int = 0) -> int:
        """Return the time of this write in ms: the database clock's, or `requested` when the database has no clock.

        Never before `last`, the time of the preceding entry, because clocks may be set back or differ between
        instances. Call it after locking the rows, so that the wait for the lock is not part of it.
        """
        return max(self._clock() if self._clock else requested, last)

    def _compiled(self, statement: Executable) -> Compiled:
        compiled = self._cache.get(statement)
        return compiled or self._cache.setdefault(statement, Compiled(statement, self._engine))

    def rows(self, statement: Executable, **parameters: Any) -> list[Row]:
        """Return every row of a statement, a module-level constant because its compiled form is cached."""
        compiled = self._compiled(statement)
        self._cursor.execute(compiled.sql, compiled.bind(parameters))
        return self._cursor.fetchall()  # type: ignore[no-any-return]

    def row(self, statement: Executable, **parameters: Any) -> Row | None:
        rows = self.rows(statement, **parameters)
        return rows[0] if rows else None

    def run(self, statement: Executable, *parameters: Mapping[str, Any]) -> int:
        """Execute a statement once per set of parameters (once with none); return the number of rows affected."""
        compiled = self._compiled(statement)
        if len(parameters) > 1:
            self._cursor.executemany(compiled.sql, [compiled.bind(values) for values in parameters])
        else:
            self._cursor.execute(compiled.sql, compiled.bind(parameters[0] if parameters else {}))
        return self._cursor.rowcount  # type: ignore[no-any-return]


class Database:
    """An engine with its read and write transactions.

    With a `clock`, as in the product, the time of a write is read from it within the transaction. Without one the
    caller passes the time: the demonstration and the tests control their own time.
    """

    def __init__(self, url: str | None = None, clock: Clock | None = None) -> None:
        self._clock = clock
        self.url = make_url(url or database_url())
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = FairLock() if self.is_sqlite else nullcontext()
        self._statements: dict[Executable, Compiled] = {}

    @cached_property
    def engine(self) -> Engine:
        if not self.is_sqlite:
            url = self.url.set(drivername="postgresql+psycopg") if "+" not in self.url.drivername else self.url
            engine = create_engine(url, pool_size=20, max_overflow=40)
            event.listen(engine, "connect", _configure_postgresql)
            return engine
        if self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            self.url,
            module=sqlite3,
            pool_size=20,
            max_overflow=40,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 256},
        )
        event.listen(engine, "connect", _configure_sqlite)
        # isolation_level None means autocommit: begin reads explicitly, or each statement sees its own snapshot.
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return engine

    def create(self) -> None:
        """Create the tables and the triggers that protect the record, where they do not exist yet."""
        with self.engine.begin() as connection:
            fresh = not inspect(connection).has_table("events")
            tables.metadata.create_all(connection)
            if fresh:
                for statement in triggers.creation(self.is_sqlite):
                    connection.exec_driver_sql(statement)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read transaction that sees one snapshot of the database."""
        with self.engine.connect() as connection:
            # By default PostgreSQL takes a snapshot per statement, SQLite one per transaction.
            yield connection if self.is_sqlite else connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open one durable, atomic write transaction; raise Busy when the database stays locked."""
        with self._lock, self._transaction("BEGIN IMMEDIATE") as tx:
            yield tx

    @contextmanager
    def rehearsing(self) -> Iterator[Transaction]:
        """Open a transaction for reading as a writer would, without waiting for the write lock; write nothing in it."""
        with self._transaction("BEGIN") as tx:
            yield tx

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Transaction]:
        pooled = self.engine.raw_connection()
        cursor = pooled.cursor()
        try:
            if self.is_sqlite:
                _begin(cursor, begin)
            yield Transaction(cursor, self.engine, self._statements, self._clock)
            pooled.commit()
        except self.engine.dialect.loaded_dbapi.OperationalError as cause:  # disk full, read-only, server gone
            if getattr(cause, "sqlstate", "") == LOCK_NOT_AVAILABLE:
                pooled.rollback()
                raise Busy("database_busy", seconds=BUSY_SECONDS) from cause
            pooled.invalidate(cause)
            raise NotStored("not_stored") from cause
        except BaseException:
            pooled.rollback()
            raise
        finally:
            pooled.close()  # and its cursor with it

    @property
    def conflicts(self) -> type[Exception]:
        """The exception that the driver raises for a violated unique constraint."""
        return self.engine.dialect.loaded_dbapi.IntegrityError


def _begin(cursor: Any, begin: str) -> None:
    try:
        cursor.execute(begin)
    except sqlite3.OperationalError as cause:
        raise Busy("database_busy", seconds=BUSY_SECONDS) from cause


def _configure_postgresql(connection: Any, _: object) -> None:
    """Set the same lock timeout as SQLite's, once per connection so that it costs no decision time."""
    connection.execute(f"SET lock_timeout = {round(BUSY_SECONDS * 1000)}")
    connection.commit()  # or the first rollback undoes it


def _configure_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
