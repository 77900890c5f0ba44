"""The database keeps the record, writes all or nothing, says when it is busy, and serves writers in turn."""

import subprocess
import sys
import threading

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DatabaseError

from core.errors import Busy, NotStored, Stale
from core.paths import ROOT
from core.process.terms import Flow
from core.services import cases, execute, record
from core.store import database, tables
from core.store.database import Database, insert_into
from core.store.fair_lock import FairLock
from core.store.replay import differences
from tests.support.drive_case import World, dump
from tests.support.people import ID, PROCESO

pytestmark = pytest.mark.sql
RECORD = [table.name for table in tables.RECORD]
KILLED_MID_WAY = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from core.services import record
from core.store.database import Database
from tests.support.drive_case import World

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

world = World(Database({url!r}), Path({files!r}))
world.now = {now}
setattr({module}, {step!r}, die)
world.validate({code!r})
"""


def tried(db: Database, statement: str) -> None:
    with pytest.raises(DatabaseError, match="written once"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("table", RECORD)
def test_the_record_is_neither_changed_nor_deleted(both: World, table: str):
    both.to(both.open(flow=Flow.B2B), 3)
    before = dump(both.db)
    tried(both.db, f"UPDATE {table} SET at = at + 1")  # noqa: S608
    tried(both.db, f"DELETE FROM {table}")  # noqa: S608
    if not both.db.is_sqlite:
        tried(both.db, f"TRUNCATE {table} CASCADE")
    assert dump(both.db) == before


@pytest.mark.parametrize("table", RECORD)
def test_the_record_is_not_replaced_by_an_insert(both: World, table: str):
    both.to(both.open(flow=Flow.B2B), 3)
    before = dump(both.db)
    if both.db.is_sqlite:
        tried(both.db, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
    else:
        key = ", ".join(column.name for column in tables.metadata.tables[table].primary_key)
        sql = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET at = 0"  # noqa: S608
        tried(both.db, sql)
    assert dump(both.db) == before


def test_an_exception_on_the_way_leaves_nothing_half_written(both: World, monkeypatch: pytest.MonkeyPatch):
    code = both.open()
    before = dump(both.db)

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    for step in ("append", "apply", "case_columns"):
        with monkeypatch.context() as patched:
            patched.setattr(record, step, broken)
            with pytest.raises(RuntimeError):
                both.validate(code)
        assert dump(both.db) == before
    both.validate(code)
    assert list(differences(both.db)) == []


@pytest.mark.parametrize(("module", "step"), [("record", "apply"), ("record", "case_columns")])
def test_a_process_that_is_killed_on_the_way_leaves_nothing_half_written(both: World, module: str, step: str):
    code = both.open()
    before = dump(both.db)
    url = both.db.url.render_as_string(hide_password=False)
    script = KILLED_MID_WAY.format(
        root=str(ROOT),
        url=url,
        files=str(both.store.root),
        now=both.now,
        module=module,
        step=step,
        code=code,
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    assert dump(both.db) == before
    both.validate(code)
    assert list(differences(both.db)) == []


def test_a_row_that_was_changed_behind_a_decision_s_back_refuses_it_whole(both: World):
    code = both.open()
    with both.db.engine.begin() as connection:
        connection.execute(tables.work_items.update().values(ended_at=1))
    before = dump(both.db)
    with pytest.raises(Stale) as refused:
        both.validate(code)
    assert refused.value.code == "case_changed"
    assert dump(both.db) == before


def test_a_taken_database_is_said_to_be_busy_and_nothing_is_written(both: World, monkeypatch: pytest.MonkeyPatch):
    code = both.open("a")
    before = dump(both.db)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    elsewhere = Database(both.db.url.render_as_string(hide_password=False))
    waiting = World(elsewhere, both.store.root)
    with both.db.writing() as tx:
        tx.rows(execute._state, code=code)  # on PostgreSQL what is taken is the case
        for _ in range(2):  # and a connection that has waited once waits no longer the next time
            with pytest.raises(Busy) as refused:
                waiting.validate(code)
            assert refused.value.params == {"seconds": 0.05}
    assert dump(both.db) == before
    waiting.validate(code)
    elsewhere.engine.dispose()
    assert list(differences(both.db)) == []


def test_a_full_disk_is_said_nothing_is_written_and_reading_goes_on(world: World):
    code = world.open()
    before = dump(world.db)

    def no_more_pages(connection, _record, _proxy) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used}")

    def until_full() -> None:
        while True:
            cases.comment(world.db, ID[PROCESO], code, "x" * 4000, world.tick())
            before.update(dump(world.db))

    event.listen(world.db.engine, "checkout", no_more_pages)
    with pytest.raises(NotStored) as refused:
        until_full()
    assert refused.value.code == "not_stored"
    assert dump(world.db) == before
    event.remove(world.db.engine, "checkout", no_more_pages)
    world.db.engine.dispose()
    cases.comment(world.db, ID[PROCESO], code, "there is room again", world.tick())
    assert list(differences(world.db)) == []


def test_a_reading_sees_one_moment(both: World):
    both.open("a")
    codes = select(tables.cases.c.code)
    with both.db.reading() as connection:
        before = connection.scalars(codes).all()
        both.open("b")
        assert connection.scalars(codes).all() == before
    with both.db.reading() as connection:
        assert len(connection.scalars(codes).all()) == 2


def test_writers_are_served_in_the_order_of_their_asking():
    lock, served = FairLock(), []

    def write(number: int) -> None:
        with lock:
            served.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    with lock:
        for number, writer in enumerate(writers):
            writer.start()
            while len(lock._waiting) <= number:  # asked, but not yet served
                pass
    for writer in writers:
        writer.join()
    assert served == list(range(20))


def test_sqlite_writes_durably_and_keeps_references(sqlite: Database):
    with sqlite.reading() as connection:
        asked = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous")}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert asked == {"journal_mode": "wal", "synchronous": 2}


def test_creating_again_changes_nothing(db: Database):
    before = dump(db)
    db.create()
    assert dump(db) == before


def test_a_reference_to_nobody_is_refused(db: Database):
    row = {"at": 1, "by_id": None, "person_id": 99, "kind": "x", "data": "{}"}
    with pytest.raises(db.conflicts), db.writing() as tx:
        tx.run(insert_into(tables.people_events), row)
    assert not [each for each in dump(db)["people_events"] if 99 in each]


def test_the_address_in_the_environment_chooses_the_database(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@example/approvals")
    assert not Database().is_sqlite
    monkeypatch.delenv("DATABASE_URL")
    assert str(Database().url).endswith("data/approvals.db")
