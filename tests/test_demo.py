"""The demonstration: made by the services, the same each time, and with something to do for everybody now."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from core import demo, replay, schema
from core.db import Database
from core.documents import Store
from core.terms import PROCESS_ROLES, Role
from core.workdays import MINUTE

END = int(datetime(2026, 11, 25, 15, 20, tzinfo=UTC).timestamp()) * 1000
SMALL = 30
items = schema.work_items.c


def filled(folder: Path, cases: int = SMALL, end: int = END) -> Database:
    db = Database(f"sqlite:///{folder / 'demo.db'}")
    demo.fill(db, Store(folder / "files"), end, cases=cases)
    return db


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def db(folder: Path) -> Iterator[Database]:
    made = filled(folder)
    yield made
    made.engine.dispose()


def rows(db: Database, *what: object) -> list[tuple[object, ...]]:
    with db.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*what))]  # type: ignore[call-overload]


def test_the_record_replays_to_what_is_stored(db: Database) -> None:
    assert replay.cases(db) == SMALL
    assert list(replay.differences(db)) == []


@pytest.mark.parametrize("role", PROCESS_ROLES)
@pytest.mark.parametrize("end", [END, END + 3 * 24 * 60 * MINUTE], ids=["a working day", "a Saturday"])
def test_each_role_has_work_of_every_urgency(tmp_path_factory: pytest.TempPathFactory, role: Role, end: int) -> None:
    made = _filled_once(tmp_path_factory, end)
    mine = [row for row in rows(made, items.role, items.soon_at, items.due_at, items.cycle, items.ended_at)]
    mine = [row for row in mine if row[0] == role and row[4] is None]
    assert len(mine) >= 5
    assert any(due <= end for _, _, due, _, _ in mine)
    assert any(soon <= end < due for _, soon, due, _, _ in mine)
    assert any(cycle == 2 for _, _, _, cycle, _ in mine)
