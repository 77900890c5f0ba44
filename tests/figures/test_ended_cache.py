"""The ended cases in memory: read once, then only what has ended since, and anew when it does not add up."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest
from sqlalchemy import event

from core.figures.base.ended_cache import TEXTS, CachedCases, cached_cases
from core.process.terms import Flow
from core.queries.selection import Selection
from core.store import tables
from core.store.database import Database
from core.store.ended_cases import ARRAYS
from tests.support.drive_case import World
from tests.support.statement_counter import recorded_statements


def read(db: Database) -> CachedCases:
    with db.reading() as connection:
        return cached_cases(connection)


def ended(world: World, client: str, answer: str = "no", flow: Flow = Flow.ESTANDAR) -> str:
    code = world.open(client, flow=flow)
    if answer == "no":
        world.validate(code, "no")
    else:
        world.to_end(code)
    return code


@pytest.fixture
def fetched(both: World) -> Iterator[list[str]]:
    """The statements that read whole rows of ended cases from here on."""
    with recorded_statements(both.db, "ended_cases.visits") as said:
        yield said


@pytest.fixture
def asked(both: World) -> Iterator[list[str]]:
    """Each time that it is asked whether any case has ended since."""
    with recorded_statements(both.db, "sum(ended_cases.case_id)") as said:
        yield said


def same(one: CachedCases, other: CachedCases) -> bool:
    """Whether two have the same cases with the same rows, in whatever order they ended."""
    for name in ARRAYS:
        rows = [
            sorted(zip(*(columns[each].tolist() for each in sorted(columns)), strict=True))
            for columns in (one.rows[name], other.rows[name])
        ]
        if rows[0] != rows[1]:
            return False
    texts = [sorted(found) for found in ([*each.counted(name, Selection())] for name in TEXTS for each in (one, other))]
    return one.stamp == other.stamp and texts[0::2] == texts[1::2]


def test_without_an_ended_case_there_is_nothing(both: World):
    both.open()
    found = read(both.db)
    assert (found.stamp[0], dict(found.cases), list(found.counted("returns", Selection()))) == (0, {}, [])


def test_what_was_read_is_kept_and_only_what_ended_since_is_read(both: World, fetched: list[str]):
    ended(both, "a")
    first = read(both.db)
    assert read(both.db) is first
    assert len(fetched) == 1
    ended(both, "b", "yes", Flow.B2B)
    grown = read(both.db)
    assert len(fetched) == 2
    assert "NOT IN" in fetched[1]
    assert grown.cases["case_id"].tolist() == [1, 2]
    fresh = Database(both.db.engine.url.render_as_string(hide_password=False))
    assert same(grown, read(fresh))
    fresh.engine.dispose()


@contextmanager
def without(db: Database, case_id: int) -> Iterator[None]:
    """For a while there is no such row: it is not written yet, or lost with a database that was restored."""
    table = tables.ended_cases
    here = table.c.case_id == case_id
    with db.engine.begin() as connection:
        row = connection.execute(table.select().where(here)).one()
        connection.execute(table.delete().where(here))
    yield
    with db.engine.begin() as connection:
        connection.execute(table.insert().values(row._asdict()))


def test_a_database_that_was_restored_is_read_anew(both: World):
    ended(both, "a")
    ended(both, "b")
    before = read(both.db)
    with without(both.db, 1):
        assert read(both.db).cases["case_id"].tolist() == [2]
    assert same(read(both.db), before)


def test_what_does_not_add_up_is_read_anew(both: World):
    ended(both, "a")
    read(both.db)
    for client in ("b", "c"):
        ended(both, client)
    with without(both.db, 1):  # more than were read, and yet one of those is gone
        assert read(both.db).cases["case_id"].tolist() == [2, 3]


def test_an_end_that_is_written_late_is_found(both: World):
    """Two servers' clocks differ: what ended earlier by the one is written after what ended later by the other."""
    ended(both, "a")
    both.tick(60_000)
    ended(both, "b")
    with without(both.db, 1):
        assert read(both.db).cases["case_id"].tolist() == [2]
    assert read(both.db).cases["case_id"].tolist() == [2, 1]


def test_a_selection_chooses_among_them_as_sql_does(both: World):
    for client, answer, flow in (("a", "no", Flow.ESTANDAR), ("b", "yes", Flow.B2B), ("c", "no", Flow.B2B)):
        ended(both, client, answer, flow)
        both.tick(60 * 60_000)
    found, columns = read(both.db), tables.ended_cases.c
    last = int(found.cases["ended_at"][1])
    for selection in (
        Selection(flow=Flow.B2B),
        Selection(client=2),
        Selection(international=False),
        Selection(opened_from=int(found.cases["opened_at"][1])),
        Selection(opened_before=int(found.cases["opened_at"][1])),
        Selection(closed_from=last, closed_before=last + 1),
        Selection(flow=Flow.B2B, client=1),
        Selection(),
    ):
        chosen = found.chosen(selection)
        ids = found.cases["case_id"] if chosen is None else found.cases["case_id"][chosen]
        with both.db.reading() as connection:
            told = connection.scalars(
                tables.ended_cases.select().with_only_columns(columns.case_id).where(*selection.of_case(columns))
            ).all()
        assert ids.tolist() == sorted(told), selection
    as_of = found.chosen(Selection(as_of=last))
    assert as_of is not None
    assert as_of.tolist() == [True, True, False]
    since = found.rows_of("visits", Selection(), ended_since=last)
    assert since is not None
    assert np.unique(found.rows["visits"]["case"][since]).tolist() == [3]


def test_a_transaction_asks_once_and_the_next_one_anew(both: World, asked: list[str]):
    ended(both, "a")
    with both.db.reading() as connection:
        first = cached_cases(connection)
        assert cached_cases(connection) is first
        assert len(asked) == 1
    ended(both, "b")
    assert read(both.db).cases["case_id"].tolist() == [1, 2]
    assert len(asked) == 2


def test_two_who_come_at_once_read_them_once(both: World, fetched: list[str], asked: list[str]):
    ended(both, "a")

    def wait_for_the_other(*told: object) -> None:
        if "ended_cases.visits" in str(told[2]):
            until = time.monotonic() + 10
            while len(asked) < 2 and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(0.1)  # and for a while longer, in which it would begin to read as well

    event.listen(both.db.engine, "before_cursor_execute", wait_for_the_other)
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(read, [both.db, both.db])
    event.remove(both.db.engine, "before_cursor_execute", wait_for_the_other)
    assert one is other
    assert (len(asked), len(fetched)) == (2, 1)
