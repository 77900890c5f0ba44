"""A rebuild makes everything anew that follows from events, whatever was done to it, while people go on deciding."""

from threading import Thread
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Table, delete, func, select, update

from core.conformance import check
from core.figures.base.ended_cache import cached_cases
from core.figures.base.running_cache import running_memo
from core.store import tables, triggers
from core.store.database import Database
from core.store.derived import DERIVED_KEYS
from core.store.ended_cases import ARRAYS
from core.store.rebuild import Rebuilt, rebuild
from core.store.replay import differences
from tests.store.test_replay import other, tampering
from tests.support.case_in_every_table import case_in_every_table
from tests.support.drive_case import World, dump
from tests.support.world_snapshots import once

DERIVED = (*DERIVED_KEYS, tables.ended_cases)
LOOSE = {"id", "seen_at", "attempts", "next_at", "trouble"}  # what follows from no event
FREE = ("rebuilds", "conformance")  # they say when something was rebuilt or checked


@pytest.fixture
def lived(both: World) -> World:
    """Three cases with a row in every derived table: one has ended, two run."""
    once(both, _live)
    return both


def _live(w: World) -> list[str]:
    code = case_in_every_table(w)
    w.to_end(code)
    codes = [code, w.open("b"), w.open("c")]
    w.to(codes[1], 3)
    check.check(w.db, w.now)
    return codes


def damaged(w: World, table: Table, column: str) -> None:
    """Change a column in every row of a table."""
    with tampering(w.db) as connection:
        for row in connection.execute(select(table)).all():
            here = [key == getattr(row, key.name) for key in table.primary_key]
            connection.execute(update(table).where(*here).values({column: _changed(table, column, row)}))


def _changed(table: Table, column: str, row: Any) -> Any:
    value = getattr(row, column)
    if isinstance(value, bytes):
        return value[:-1] + b"\x7f"
    if table.c[column].foreign_keys:
        return value if column == "client_id" else 3
    return other(table, column, value)


def comparable(w: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the rows' own numbers and what says when something was rebuilt."""
    rows = {name: rows for name, rows in dump(w.db).items() if name not in FREE}
    return rows | {"work_items": sorted(row[1:] for row in rows["work_items"])}


def test_every_derived_table_is_made_anew_after_all_of_it_was_changed(lived: World):
    before = dump(lived.db)
    for table in DERIVED:
        assert before[table.name], f"{table.name} has rows to damage"
        key = DERIVED_KEYS.get(table, ("case_id",))
        for column in (each.name for each in table.c):
            if column not in (*key, *LOOSE):
                damaged(lived, table, column)
    damaged(lived, tables.cases, "version")
    damaged(lived, tables.cases, "phase")
    damaged(lived, tables.cases, "state")
    damaged(lived, tables.further_deviations, "rule")
    damaged(lived, tables.conformance, "rule")
    found = list(rebuild(lived.db, lived.now))
    assert [(case.code, bool(case.differed), case.damage) for case in found] == [
        (f"S-2026-000{number}", True, None) for number in (1, 2, 3)
    ]
    assert check.check(lived.db, lived.now, anew=True) == 3
    after = dump(lived.db)
    assert [row[2] for row in after.pop("rebuilds")] == [1, 2, 3]
    assert after == {name: rows for name, rows in before.items() if name != "rebuilds"}
    assert list(differences(lived.db)) == []


def test_every_derived_table_is_made_anew_after_all_its_rows_were_lost(lived: World):
    before = comparable(lived)
    with tampering(lived.db) as connection:
        for table in (*DERIVED, tables.conformance):
            connection.execute(delete(table))
    list(rebuild(lived.db, lived.now))
    assert check.check(lived.db, lived.now, anew=True) == 3
    assert comparable(lived) == before | {
        "system_calls": [(*row[:9], None, None, None) for row in before["system_calls"]],
        "status_links": [(*row[:8], None) for row in before["status_links"]],
    }
    assert list(differences(lived.db)) == []


def test_rows_that_follow_from_nothing_are_deleted(lived: World):
    before = comparable(lived)
    with tampering(lived.db) as connection:
        for table in DERIVED:
            row = connection.execute(select(table)).first()
            assert row is not None
            for case_id in (2, 99):  # a case that runs, and one that is not there
                key = {DERIVED_KEYS[table][-1]: 90} if table in DERIVED_KEYS else {}
                hashes = {"token_hash": f"of {case_id}"} if table is tables.status_links else {}
                values = {**row._mapping, **key, **hashes, "case_id": case_id}
                connection.execute(table.insert().values({k: v for k, v in values.items() if k != "id"}))
    list(rebuild(lived.db, lived.now))
    assert comparable(lived) == before


def test_what_is_right_is_neither_written_nor_locked(lived: World):
    before = dump(lived.db)
    with lived.db.writing() as tx:  # a rebuild that asked for a turn to write would wait for this one
        tx.run(select(tables.cases.c.id).with_for_update())
        assert list(rebuild(lived.db, lived.now)) == [Rebuilt(f"S-2026-000{number}") for number in (1, 2, 3)]
    assert dump(lived.db) == before


def rewrite_verdicts(db: Database) -> None:
    """Change every verdict as somebody who lifts the triggers would, and protects the table again."""
    with db.engine.begin() as connection:
        for statement in triggers.removal(tables.verdicts, db.is_sqlite):
            connection.exec_driver_sql(statement)
        connection.execute(update(tables.verdicts).values(reason="otra"))
        for statement in triggers.restoration(tables.verdicts, db.is_sqlite):
            connection.exec_driver_sql(statement)


def verdicts_are_written_once(db: Database) -> None:
    for change in (update(tables.verdicts).values(reason="x"), delete(tables.verdicts)):
        with pytest.raises(Exception, match="the record is written once"), db.engine.begin() as connection:
            connection.execute(change)


def test_the_verdicts_are_written_once_again_afterwards(lived: World):
    before = comparable(lived)
    rewrite_verdicts(lived.db)
    list(rebuild(lived.db, lived.now))
    assert comparable(lived) == before
    verdicts_are_written_once(lived.db)


def test_a_case_whose_rebuilding_breaks_off_stays_as_it_was(lived: World, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> list[str]:
        raise RuntimeError("stopped")

    rewrite_verdicts(lived.db)
    before = dump(lived.db)
    monkeypatch.setattr(triggers, "restoration", fail)
    with pytest.raises(RuntimeError):
        list(rebuild(lived.db, lived.now))
    assert dump(lived.db) == before
    verdicts_are_written_once(lived.db)


def test_a_damaged_record_is_named_and_its_case_left_as_it_is(lived: World):
    with tampering(lived.db) as connection:
        e = tables.events.c
        connection.execute(update(tables.events).where(e.case_id == 1, e.seq == 5).values(data="{"))
        connection.execute(delete(tables.events).where(e.case_id == 2, e.seq == 4))
        connection.execute(update(tables.phase_visits).values(returns=7))
    before = dump(lived.db)
    first, second, third = rebuild(lived.db, lived.now)
    assert first.damage is not None
    assert (first.damage.key, first.damage.column, first.differed) == ("seq=5", "data", 0)
    assert second.damage is not None
    assert (second.damage.table, second.differed) == ("events", 0)
    assert (third.damage, third.differed) == (None, 1)
    after = dump(lived.db)
    assert [row for row in after["phase_visits"] if row[0] != 3] == [
        row for row in before["phase_visits"] if row[0] != 3
    ]


def test_a_record_whose_case_is_gone_is_named_and_nothing_of_it_is_deleted(lived: World):
    with tampering(lived.db) as connection:
        connection.execute(delete(tables.cases).where(tables.cases.c.id == 1))
    before = dump(lived.db)
    lost, *others = rebuild(lived.db, lived.now)
    assert lost.damage is not None
    assert (lost.code, lost.damage.key, lost.damage.stored) == ("(no case)", "case_id=1", "events of no case")
    assert others == [Rebuilt("S-2026-0002"), Rebuilt("S-2026-0003")]
    assert dump(lived.db) == before


# --- the app goes on meanwhile ---
def test_a_decision_between_the_comparison_and_the_rebuilding_of_a_case_is_kept(lived: World):
    """Every case is compared as of the beginning; what was decided since then is in the record that is rebuilt."""
    with lived.db.engine.begin() as connection:
        connection.execute(update(tables.phase_visits).values(returns=7))
    running = rebuild(lived.db, lived.now)
    assert next(running).code == "S-2026-0001"
    lived.step("S-2026-0002")
    lived.validate("S-2026-0003", "no")
    expected = [lived.case(f"S-2026-000{number}").version for number in (2, 3)]
    assert [bool(case.differed) for case in running] == [True, True]
    assert [lived.case(f"S-2026-000{number}").version for number in (2, 3)] == expected
    assert lived.case("S-2026-0003").outcome == "rejected"
    assert list(differences(lived.db)) == []


def test_people_go_on_deciding_while_everything_is_rebuilt_again_and_again(lived: World):
    code = "S-2026-0002"
    failures: list[BaseException] = []

    def decide() -> None:
        try:
            lived.to_end(code)
        except BaseException as failed:
            failures.append(failed)

    def damage() -> None:
        with lived.db.engine.begin() as connection:  # a column that no decision reads
            connection.execute(update(tables.phase_visits).values(opened_at=7))

    damage()
    decider = Thread(target=decide)
    decider.start()
    rebuilt = 0
    while decider.is_alive() or not rebuilt:
        rebuilt += sum(bool(case.differed) for case in rebuild(lived.db, lived.now))
        damage()
    decider.join()
    list(rebuild(lived.db, lived.now))
    assert failures == []
    assert lived.case(code).outcome == "closed"
    assert list(differences(lived.db)) == []


def test_a_running_app_sees_what_was_rebuilt(lived: World):
    with lived.db.reading() as connection:
        right = connection.scalar(select(tables.ended_cases.c["items"]))
    damaged(lived, tables.ended_cases, "items")
    damaged(lived, tables.phase_visits, "returns")

    def held() -> tuple[bytes, int]:
        with lived.db.reading() as connection:
            items = cached_cases(connection).rows["items"]
            returns = select(func.sum(tables.phase_visits.c.returns)).where(tables.phase_visits.c.case_id == 2)
            running = running_memo(connection).cached("returns", lambda: connection.scalar(returns))
            return items["ending"].tobytes(), running

    wrong = held()
    list(rebuild(lived.db, lived.now))
    assert right is not None
    assert held() == (np.frombuffer(right, ARRAYS["items"])["ending"].tobytes(), 0)
    assert held() != wrong
