"""The database: engine from DATABASE_URL, fair write transactions, plain reads.

Statements are SQLAlchemy Core. Writes go through `Transaction`, which compiles each statement once per dialect and
hands it to the driver directly: a decision is a dozen small statements, and building each anew would cost more than
its commit.
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

try:  # Debian's SQLite has the WAL-reset bug that 3.51.3 mended; the wheel carries a newer one.
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:  # pragma: no cover  (no wheel for this platform: the standard library's SQLite serves)
    import sqlite3

for words in (Role, Flow, Channel, Environment, Outcome, Document, Kind):  # or the driver tries two protocols on each
    sqlite3.register_adapter(words, str)

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's word for a lock that was waited for too long
BUSY_SECONDS = 5
Row = tuple[Any, ...]
Clock = Callable[[], int]  # now, in ms since 1970 UTC


def database_url() -> str:
    """DATABASE_URL, or the SQLite file under data/."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'approvals.db'}"


def insert_into(table: Table) -> Insert:
    """The insert of one row that names every column; the database numbers an `id` of its own."""
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

    def moment(self, asked: int, last: int = 0) -> int:
        """When what is written here happens: now by the database's clock, without one when it was `asked` for.

        Never before `last`, the moment of what it follows: clocks are set back, and those of two instances differ. Take
        it after the lock on what is written, so that the wait for the lock is no part of it.
        """
        return max(self._clock() if self._clock else asked, last)

    def _compiled(self, statement: Executable) -> Compiled:
        found = self._cache.get(statement)
        return found or self._cache.setdefault(statement, Compiled(statement, self._engine))

    def rows(self, statement: Executable, **given: Any) -> list[Row]:
        """Every row of a statement that is kept at module level (it stays compiled)."""
        compiled = self._compiled(statement)
        self._cursor.execute(compiled.sql, compiled.bind(given))
        return self._cursor.fetchall()  # type: ignore[no-any-return]

    def row(self, statement: Executable, **given: Any) -> Row | None:
        found = self.rows(statement, **given)
        return found[0] if found else None

    def run(self, statement: Executable, *given: Mapping[str, Any]) -> int:
        """Carry a statement out once per set of parameters (once with none); how many rows it touched."""
        compiled = self._compiled(statement)
        if len(given) > 1:
            self._cursor.executemany(compiled.sql, [compiled.bind(values) for values in given])
        else:
            self._cursor.execute(compiled.sql, compiled.bind(given[0] if given else {}))
        return self._cursor.rowcount  # type: ignore[no-any-return]


class Database:
    """An engine, and how to read and write through it.

    With a `clock`, as in the product, the moment of what is written is read from it within the transaction. Without
    one it is the moment that the caller names: the demonstration and the tests move their own time.
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
        # isolation_level None leaves the driver in autocommit: begin a read explicitly, or it sees two moments.
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return engine

    def create(self) -> None:
        """Create the tables and the triggers that keep the record; does nothing where they exist."""
        with self.engine.begin() as connection:
            fresh = not inspect(connection).has_table("events")
            tables.metadata.create_all(connection)
            if fresh:
                for statement in triggers.creation(self.is_sqlite):
                    connection.exec_driver_sql(statement)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the database, for reading."""
        with self.engine.connect() as connection:
            # PostgreSQL shows each statement a moment of its own unless asked; SQLite's transaction sees one.
            yield connection if self.is_sqlite else connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One durable write transaction: all of it, or nothing. Busy when the database stays taken."""
        with self._lock, self._transaction("BEGIN IMMEDIATE") as tx:
            yield tx

    @contextmanager
    def rehearsing(self) -> Iterator[Transaction]:
        """What a write transaction would read, without waiting for a turn to write; nothing may be written."""
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
        """What the driver raises when a uniqueness of the schema is broken."""
        return self.engine.dialect.loaded_dbapi.IntegrityError


def _begin(cursor: Any, begin: str) -> None:
    try:
        cursor.execute(begin)
    except sqlite3.OperationalError as cause:
        raise Busy("database_busy", seconds=BUSY_SECONDS) from cause


def _configure_postgresql(connection: Any, _: object) -> None:
    """Once per connection, so that no decision pays for it: each lock is waited for as long as SQLite's turn."""
    connection.execute(f"SET lock_timeout = {round(BUSY_SECONDS * 1000)}")
    connection.commit()  # or the first rollback forgets it


def _configure_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
