"""Replay finds whatever is stored and does not follow from the events, and rebuilds a case at any past moment."""

from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, Table, select, text

from core.process.terms import Channel, Flow
from core.state import evolve, rebuild
from core.store import derived, replay
from core.store import tables as store_tables
from core.store.database import Database
from core.store.derived import DERIVED_KEYS, MISSING
from core.store.projection import writes
from core.store.replay import Difference, differences
from tests.support.case_in_every_table import case_in_every_table
from tests.support.drive_case import World
from tests.support.world_snapshots import once

LOOSE = ("seen_at", "attempts", "next_at", "trouble")  # a look at a link and a try to deliver are no events
COLUMNS = [
    (table, column)
    for table, key in DERIVED_KEYS.items()
    for column in (each.name for each in table.c)
    if column not in ("id", *LOOSE, *key)  # the row's own number is the database's; another key is another row
]


@pytest.fixture
def lived(both: World) -> str:
    """The code of a case with something in every table; a second one stands beside it."""
    return once(both, _live)[0]


def _live(both: World) -> list[str]:
    code = case_in_every_table(both)
    both.validate(both.open("b", channel=Channel.MESA_DE_AYUDA), "no")
    assert list(differences(both.db)) == []
    return [code]


@contextmanager
def tampering(db: Database) -> Any:
    """A connection that no trigger and no foreign key stops."""
    with db.engine.connect() as connection:
        if db.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            triggers = select(text("name")).select_from(text("sqlite_master")).where(text("type = 'trigger'"))
            for name in connection.scalars(triggers).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection
        connection.commit()


def other(table: Table, column: str, value: Any) -> Any:
    kind = table.c[column].type
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, Integer):
        return (value or 0) + 1
    return f"{value}x"


def first_row(db: Database, table: Table) -> Any:
    with db.reading() as connection:
        return connection.execute(select(table).order_by(*table.primary_key)).first()


def where(table: Table, row: Any) -> Any:
    keys = DERIVED_KEYS.get(table) or [column.name for column in table.primary_key]
    condition = table.c[keys[0]] == getattr(row, keys[0])
    for key in keys[1:]:
        condition &= table.c[key] == getattr(row, key)
    return condition


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: getattr(part, "name", part))
def test_a_changed_value_is_found_where_it_stands(both: World, lived: str, table: Table, column: str):
    row = first_row(both.db, table)
    changed = other(table, column, getattr(row, column))
    if "_by" in column or column.endswith("person_id"):
        changed = 3  # somebody who exists, and had no part in it
    with tampering(both.db) as connection:
        connection.execute(table.update().where(where(table, row)).values({column: changed}))
    name = ", ".join(f"{key}={getattr(row, key)}" for key in DERIVED_KEYS[table])
    assert list(differences(both.db)) == [
        Difference(lived, table.name, name, column, changed, getattr(row, column)),
    ]


@pytest.mark.parametrize("table", DERIVED_KEYS, ids=lambda table: table.name)
def test_a_row_that_is_gone_and_one_that_is_too_many_are_found(both: World, lived: str, table: Table):
    row = first_row(both.db, table)
    with tampering(both.db) as connection:
        connection.execute(table.delete().where(where(table, row)))
    (gone,) = differences(both.db)
    assert (gone.case, gone.table, gone.column, gone.stored) == (lived, table.name, "(row)", MISSING)
    unique = {each.name: other(table, each.name, getattr(row, each.name)) for each in table.c if each.unique}
    second = dict(row._mapping) | unique | {"case_id": 2, DERIVED_KEYS[table][-1]: 99}
    with tampering(both.db) as connection:
        connection.execute(table.insert().values(**row._mapping))
        connection.execute(table.insert().values(**{k: v for k, v in second.items() if k != "id"}))
    (extra,) = differences(both.db)
    assert (extra.table, extra.column, extra.rebuilt) == (table.name, "(row)", MISSING)
    assert extra.case != lived


@pytest.mark.parametrize(
    "column", ["phase", "channel", "outcome", "ended_at", "version", "flow", "international", "service", "opened_at"]
)
def test_a_changed_case_is_found(both: World, lived: str, column: str):
    row = first_row(both.db, store_tables.cases)
    changed = other(store_tables.cases, column, getattr(row, column))
    with tampering(both.db) as connection:
        connection.execute(
            store_tables.cases.update().where(store_tables.cases.c.id == row.id).values({column: changed})
        )
    found = Difference(lived, "cases", f"id={row.id}", column, changed, getattr(row, column))
    assert list(differences(both.db)) == [found]


@pytest.mark.parametrize(
    ("change", "column"),
    [(('"returns":0', '"returns":7'), "state.returns"), (('"flow":"b2b"', '"flow":"estandar"'), "state.flow")],
)
def test_a_changed_state_is_found_field_by_field(both: World, lived: str, change: tuple[str, str], column: str):
    row = first_row(both.db, store_tables.cases)
    assert change[0] in row.state
    with tampering(both.db) as connection:
        connection.execute(
            store_tables.cases.update()
            .where(store_tables.cases.c.id == row.id)
            .values(state=row.state.replace(*change, 1))
        )
    assert [(d.case, d.column) for d in differences(both.db)] == [(lived, column)]


def test_a_state_that_cannot_be_read_is_found(both: World, lived: str):
    with tampering(both.db) as connection:
        connection.execute(store_tables.cases.update().where(store_tables.cases.c.id == 1).values(state="{"))
    assert [(d.case, d.column) for d in differences(both.db)] == [(lived, "state")]


DAMAGES = {
    "an event in the middle is gone": "DELETE FROM events WHERE case_id = 1 AND seq = 5",
    "the record's end is gone": "DELETE FROM events WHERE case_id = 1 AND seq > 40",
    "the whole record is gone": "DELETE FROM events WHERE case_id = 1",
    "an event's text cannot be read": "UPDATE events SET data = '{' WHERE case_id = 1 AND seq = 5",
    "an event is of an unknown kind": 'UPDATE events SET data = \'{"event":"X"}\' WHERE case_id = 1 AND seq = 5',
    "an event tells something else": "UPDATE events SET data = replace(data, 'estandar', 'b2b'), kind = 'X' "
    "WHERE case_id = 1 AND seq = 1",
    "an event was somebody else's": "UPDATE events SET person_id = 3 WHERE case_id = 1 AND kind = 'Validated'",
    "an event was at another time": "UPDATE events SET at = at + 1 WHERE case_id = 1 AND kind = 'Reviewed'",
    "a case is gone": "DELETE FROM cases WHERE id = 1",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.usefixtures("lived")
def test_a_damaged_record_is_found(both: World, damage: str):
    with tampering(both.db) as connection:
        assert connection.exec_driver_sql(DAMAGES[damage]).rowcount > 0
    found = list(differences(both.db))
    assert found
    assert {difference.case for difference in found} <= {"S-2026-0001", ""}


def test_cases_are_compared_across_batches(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(derived, "BATCH", 2)
    codes = [world.open(key) for key in "abcde"]
    assert replay.cases(world.db) == 5
    with tampering(world.db) as connection:
        connection.execute(store_tables.work_items.update().values(cycle=9))
    assert [difference.case for difference in differences(world.db)] == codes


def test_the_record_up_to_any_moment_rebuilds_the_case_as_it_was_then(world: World):
    code = world.open(flow=Flow.B2B)
    states = [world.case(code)]
    while states[-1].outcome is None:
        world.step(code)
        states.append(world.case(code))
    record = world.record(code)
    for state in states:
        assert rebuild(record[: state.version]) == state
    assert rebuild([]) is None


def test_every_row_that_follows_from_events_is_compared(both: World, lived: str):
    tables, case = set(), None
    for event in both.record(lived):
        before, case = case, evolve(case, event)
        tables |= {write.table for write in writes(1, before, event, case)}
    assert tables == set(DERIVED_KEYS)
