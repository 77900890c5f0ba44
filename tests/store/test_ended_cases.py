"""What is kept of a case since its end: written with it, found by replay where it differs, and read as it was kept."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.figures.base import selected_rows
from core.figures.base.clocks import WorkingClock
from core.figures.base.ended_cache import Columns
from core.figures.base.percentiles import grouped
from core.process.terms import KIND_CODES, Flow, Kind
from core.process.working_time import Calendar
from core.queries.selection import Selection
from core.services import cases
from core.store import tables
from core.store.derived import MISSING
from core.store.ended_cases import ARRAYS, ENDING_CODES, OUTCOME_CODES
from core.store.replay import differences
from tests.store.test_replay import tampering
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, ID

pytestmark = pytest.mark.sql

HOUR = 60 * 60_000


@pytest.fixture
def closed(both: World) -> str:
    """A closed case whose first review returned a document and was held; a running one stands beside it."""
    code = both.open("a", flow=Flow.B2B)
    both.to(code, 2, Kind.REVIEW)
    item = both.item(code).item
    cases.take(both.db, ID[COMERCIAL], code, item, both.tick())
    both.review(code, verdict="return", answers=FAILS)
    both.to_end(code)
    both.to(both.open("b"), 3)
    return code


def stored(world: World) -> Any:
    with world.db.reading() as connection:
        return connection.execute(select(tables.ended_cases)).all()


def test_a_case_that_ends_has_its_row_and_a_running_one_none(both: World, closed: str):
    (row,) = stored(both)
    case = both.case(closed)
    assert (row.case_id, row.flow, row.channel, row.ended_at) == (1, case.flow, case.channel, case.ended_at)
    visits = np.frombuffer(row.visits, ARRAYS["visits"])
    assert visits["phase"].tolist() == list(range(1, 10))
    assert visits["outcome"].tolist() == [OUTCOME_CODES["advanced"]] * 8 + [OUTCOME_CODES["closed"]]
    items = np.frombuffer(row.items, ARRAYS["items"])
    first = items[(items["phase"] == 2) & (items["kind"] == KIND_CODES[Kind.REVIEW]) & (items["cycle"] == 1)]
    assert ENDING_CODES["return"] in first["ending"].tolist()
    assert len(np.frombuffer(row.holdings, ARRAYS["holdings"])) == 1
    assert list(differences(both.db)) == []


def test_what_is_said_of_a_case_after_its_end_leaves_its_row_as_it_is(both: World):
    code = both.open()
    both.link(code)
    both.validate(code, "no")
    before = stored(both)
    both.withdraw(code)
    assert stored(both) == before != []
    assert list(differences(both.db)) == []


COLUMNS = [column.name for column in tables.ended_cases.c if column.name != "case_id"]


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("column", COLUMNS)
def test_replay_finds_a_kept_value_that_the_record_does_not_say(both: World, column: str):
    (row,) = stored(both)
    kept = getattr(row, column)
    match kept:
        case bool():
            changed: Any = not kept
        case int():
            changed = 2 if column == "client_id" else kept + 1
        case bytes():
            changed = kept[:-1] + bytes([kept[-1] ^ 1]) if kept else b"\1"
        case _:
            changed = f"{kept} "
    with tampering(both.db) as connection:
        connection.execute(tables.ended_cases.update().values({column: changed}))
    (found,) = differences(both.db)
    assert (found.table, found.column, found.stored, found.rebuilt) == ("ended_cases", column, changed, kept)


def test_replay_finds_a_kept_row_that_is_gone_and_one_too_many(both: World, closed: str):
    (row,) = stored(both)
    with tampering(both.db) as connection:
        connection.execute(tables.ended_cases.update().values(case_id=2))
    gone, extra = differences(both.db)
    assert (gone.case, gone.column, gone.stored) == (closed, "(row)", MISSING)
    assert (extra.key, extra.column, extra.rebuilt) == ("case_id=2", "(row)", MISSING)
    assert dict(gone.rebuilt) == {name: getattr(row, name) for name in COLUMNS}


@pytest.mark.usefixtures("closed")
def test_a_case_reads_the_same_before_its_end_is_known_and_after(both: World):
    """As of its end a case is read from what is kept; the moment before, from its rows."""
    (row,) = stored(both)
    for read, number, ended in ((selected_rows.visits, "phase", "left"), (selected_rows.items, "item", "ended")):
        with both.db.reading() as connection:
            now, before = (told(read(connection, Selection(as_of=row.ended_at - ms)), number) for ms in (0, 1))
        over = {each: values for each, values in before.items() if values[ended] != -1}
        assert len(over) > 5
        assert {each: now[each] for each in over} == over


def told(columns: Columns, number: str) -> dict[int, dict[str, int]]:
    """The rows of the first case by a number of theirs."""
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    return {row[number]: row for row in named if row["case"] == 1}


def test_each_key_is_paired_with_every_equal_one():
    ours, theirs = np.array([3, 1, 3, 7]), np.array([7, 3, 2, 3])
    assert [each.tolist() for each in selected_rows.pairs(ours, theirs)] == [[0, 0, 2, 2, 3], [1, 3, 1, 3, 0]]
    assert [each.tolist() for each in selected_rows.pairs(ours[:0], theirs)] == [[], []]
    assert [each.tolist() for each in selected_rows.pairs(ours, theirs[:0])] == [[], []]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-5, 10**12))))
def test_percentiles_of_groups_are_numpy_s(rows: list[tuple[int, int]]):
    groups, took = (np.array([row[n] for row in rows], np.int64) for n in (0, 1))
    found = grouped(groups, took, 5, (0.05, 0.5, 0.85, 0.95))
    for group in range(5):
        here = took[groups == group]
        assert found.n[group] == len(here)
        if len(here):
            assert found.at[group].tolist() == np.quantile(here, [0.05, 0.5, 0.85, 0.95]).tolist()
        else:
            assert np.isnan(found.at[group]).all()


CALENDARS = (
    Calendar(),
    Calendar(country="DE", time_zone="Europe/Berlin", hours=(("08:07", "11:30"), ("22:00", "24:00"))),
    Calendar(hours=(("00:00", "24:00"),), weekdays=tuple(range(7))),
)


@pytest.mark.parametrize("calendar", CALENDARS, ids=["usual", "odd minutes and summer time", "always"])
def test_the_clock_of_many_stretches_is_the_calendar_s(calendar: Calendar):
    begun = np.arange(200) * 37 * HOUR + 1_774_000_000_123  # a summer time begins among them
    ended = begun + np.resize(np.array([-HOUR, 0, 1, HOUR, 100 * HOUR + 7]), 200)
    clock = WorkingClock.over(calendar, begun, ended)
    expected = [calendar.working_ms(int(a), int(b)) for a, b in zip(begun, ended, strict=True)]
    assert clock.between(begun, ended).tolist() == expected
