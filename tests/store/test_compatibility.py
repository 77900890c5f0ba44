"""A database of another version of the product is refused and left as it is; the demonstration is made anew."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.cli import start
from core.store import compatibility
from core.store.database import Database
from tests.support.cli import core

pytestmark = pytest.mark.sql


def test_a_database_of_another_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    database = tmp_path / "approvals.db"
    core("user", "create", "ana", "Ana Ruiz", "--role", "proceso", database=database)
    with closing(sqlite3.connect(database)) as plain:
        plain.execute("DROP TABLE ended_cases")
        plain.execute("ALTER TABLE work_items DROP COLUMN held")
    before = database.read_bytes()
    for words in (("user", "list"), ("user", "create", "leo", "Leo Paz"), ("replay",)):
        done = core(*words, database=database)
        assert done.returncode == 1
        assert "was made by another version of the product: it has no " in done.stderr
    assert database.read_bytes() == before


@pytest.mark.parametrize("table", sorted(compatibility.ADDED))
def test_a_table_that_was_added_since_is_made_by_the_next_command(tmp_path: Path, table: str) -> None:
    database = tmp_path / "approvals.db"
    core("user", "create", "ana", "Ana Ruiz", database=database)
    with closing(sqlite3.connect(database)) as plain:
        plain.execute(f"DROP TABLE {table}")
        assert core("figures", "--json", database=database).returncode == 0
        tables = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")}
    assert table in tables


def test_everything_that_this_version_writes_has_its_place(db: Database) -> None:
    assert compatibility.missing_columns(db.engine) == []
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ended_cases")
        connection.exec_driver_sql("ALTER TABLE work_items DROP COLUMN held")
    assert compatibility.missing_columns(db.engine) == ["ended_cases", "work_items.held"]


def test_a_demonstration_of_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[Database] = []

    def fill(db: Database) -> None:
        db.create()
        filled.append(db)

    monkeypatch.setattr(start, "DEMO", tmp_path / "demo")
    monkeypatch.setattr(start, "fill", fill)
    start.demo_database(fresh=False)
    made = start.demo_database(fresh=False)
    assert len(filled) == 1
    with made.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ended_cases")
    again = start.demo_database(fresh=False)
    assert len(filled) == 2
    assert compatibility.missing_columns(again.engine) == []
