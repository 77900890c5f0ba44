"""As of a past moment every figure, and every row behind it, is what a database that ended then would have."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.figures.pages import compliance
from core.process.terms import Channel, Environment, Flow, Kind
from core.queries.selection import Selection
from core.services import cases
from core.store import tables
from core.store.database import Database
from core.store.replay import differences
from core.store.rows_as_of import as_stood, waits_since
from tests.support import countable_cases
from tests.support.absences import leave
from tests.support.database_as_of import compare, same_rows
from tests.support.drive_case import World
from tests.support.people import (
    COMERCIAL,
    COMERCIAL_2,
    DAY,
    EVERYTHING,
    HOUR,
    ID,
    LIVED_UNTIL,
    MINUTE,
    START,
    VALIDATOR,
)
from tests.support.selection import slow

END = LIVED_UNTIL
Same = Callable[[Database, int, Path], None]
# Every figure follows from the rows: `make test` compares these, `make test-rest` the figures of each moment too.
SAME = pytest.mark.parametrize("same", [same_rows, *slow(compare)])


@pytest.mark.slow
@given(back=st.integers(0, 240 * DAY), on_event=st.booleans(), turn=st.integers(0, 7))
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_past_of_a_long_life_is_what_a_database_that_ended_then_would_have(
    lived: Database, tmp_path_factory: pytest.TempPathFactory, back: int, on_event: bool, turn: int
) -> None:
    at = END - back
    if on_event:  # the moment of an event itself belongs to the past
        with lived.reading() as connection:
            at = connection.scalar(select(func.max(tables.events.c.at)).where(tables.events.c.at <= at)) or at
    compare(lived, at, tmp_path_factory.mktemp("then") / "then.db", turn)


@pytest.fixture(scope="module")
def twelve_cases(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The twelve cases, played once; whoever reviews was away for a day."""
    folder = tmp_path_factory.mktemp("twelve")
    shutil.copy(sqlite_template, folder / "approvals.db")
    world = World(Database(f"sqlite:///{folder / 'approvals.db'}"), folder / "files")
    for who in (COMERCIAL, COMERCIAL_2, EVERYTHING):
        leave(world, who, {}, 2, 2)
    countable_cases.play(world)
    yield world.db
    world.db.engine.dispose()


SHORT = (13, 40, 90)  # of these `make test` makes do with three
HOURS = [
    pytest.param(turn, hours, marks=[] if hours in SHORT else [pytest.mark.slow])
    for turn, hours in enumerate([0, 2, 5, 13, 20, 26, 40, 55, 70, 90])
]


@pytest.mark.parametrize(("turn", "hours"), HOURS)
def test_the_past_of_the_twelve_cases(twelve_cases: Database, tmp_path: Path, turn: int, hours: int) -> None:
    compare(twelve_cases, START + hours * HOUR, tmp_path / "then.db", turn)


def test_a_wait_ends_begins_again_with_an_expiry_and_is_known_at_each_moment(both: World) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    entered = both.case(code).entered_at
    registered = entered + HOUR
    both.now = registered - MINUTE
    both.register(code, Environment.TEST, expires_at=registered + 2 * HOUR)
    both.now = registered + 5 * HOUR - MINUTE
    both.register(code, Environment.TEST)

    def visit(at: int) -> tuple[int | None, int]:
        rows = as_stood(at)
        chosen = select(waits_since(rows.visits, at), rows.visits.c.blocked).where(rows.visits.c.phase == 6)
        with both.db.reading() as connection:
            return tuple(connection.execute(chosen).one())

    assert visit(entered) == (entered, 0)
    assert visit(registered - 1) == (entered, 0)
    assert visit(registered) == (None, HOUR)
    assert visit(registered + 2 * HOUR - 1) == (None, HOUR)
    assert visit(registered + 4 * HOUR) == (registered + 2 * HOUR, HOUR)
    assert visit(registered + 5 * HOUR) == (None, 4 * HOUR)
    both.validate(code)
    assert visit(both.now) == (None, 4 * HOUR)
    assert visit(registered + 4 * HOUR) == (registered + 2 * HOUR, HOUR)


def test_a_return_belongs_to_the_past_from_its_own_moment_on(both: World) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.REVIEW)
    both.tick(HOUR)
    both.review(code, verdict="return", reason="corregir")

    def returns(at: int) -> int | None:
        visits = as_stood(at).visits.c
        with both.db.reading() as connection:
            return connection.scalar(select(visits.returns).where(visits.phase == 2))

    assert (returns(both.now - 1), returns(both.now)) == (0, 1)


@SAME
def test_what_was_taken_back_had_happened_until_then(both: World, tmp_path: Path, same: Same) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 5, Kind.REVIEW)
    item = both.item(code).item
    cases.take(both.db, ID[COMERCIAL], code, item, taken := both.tick())
    both.tick(HOUR)
    both.review(code)
    decided = both.now
    both.tick(HOUR)
    cases.take_back(both.db, ID[COMERCIAL], code, item, "era otro", back := both.tick())
    both.tick(HOUR)
    both.review(code, verdict="return", reason="corregir")
    returned = both.now
    cases.take_back(both.db, ID[COMERCIAL], code, item + 2, "era otro", both.tick())

    def told(at: int) -> tuple[int, int | None, str | None, int]:
        """Of phase 5: the furthest phase of the case, when it was left and how, and its returns."""
        rows = as_stood(at)
        visit = rows.visits.c
        with both.db.reading() as connection:
            reached = connection.scalar(select(rows.cases.c.phase))
            left = connection.execute(select(visit.left_at, visit.outcome, visit.returns).where(visit.phase == 5)).one()
        return reached, *left

    def held(at: int) -> tuple[int | None, int | None, int]:
        items = as_stood(at).items.c
        with both.db.reading() as connection:
            chosen = select(items.held_by, items.held_since, items.held).where(items.item == item)
            return tuple(connection.execute(chosen).one())

    assert told(decided - 1) == (5, None, None, 0)
    assert told(decided) == told(back - 1) == (6, decided, "advanced", 0)
    assert told(back) == told(returned - 1) == (5, None, None, 0)
    assert told(returned) == (5, None, None, 1)
    assert told(both.now) == (5, None, None, 0)
    assert held(taken - 1) == (None, None, 0)
    assert held(decided - 1) == (ID[COMERCIAL], taken, 0)
    assert held(decided) == (ID[COMERCIAL], taken, decided - taken)
    for at in (decided - 1, decided, back - 1, back, returned, both.now):
        same(both.db, at, tmp_path / f"{at}.db")


def test_a_gate_that_is_open_again_waits_again(both: World, tmp_path: Path) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    both.register(code, Environment.TEST, expires_at=both.now + DAY)
    item = both.item(code)
    both.validate(code)
    cases.take_back(both.db, ID[VALIDATOR[item.role]], code, item.item, "era otro", both.tick())
    with both.db.reading() as connection:
        waits = select(tables.phase_visits.c.blocks_at).where(tables.phase_visits.c.phase == 6)
        assert connection.scalar(waits) == both.case(code).environments[Environment.TEST]
    both.tick(2 * DAY)
    compare(both.db, both.now, tmp_path / "then.db")


@SAME
def test_a_gate_that_opens_again_after_its_environment_expired_waits_from_then_on(
    both: World, tmp_path: Path, same: Same
) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    both.register(code, Environment.TEST, expires_at=(expires := both.now + HOUR))
    item = both.item(code)
    both.validate(code)
    both.tick(2 * HOUR)
    cases.take_back(both.db, ID[VALIDATOR[item.role]], code, item.item, "era otro", again := both.tick())
    assert both.case(code).blocked_since(both.tick(HOUR)) == again
    for at in (expires - 1, expires, again - 1, again, both.now):
        same(both.db, at, tmp_path / f"open-{at}.db")
    both.register(code, Environment.TEST)
    for at in (expires - 1, expires, again - 1, again, both.now - 1, both.now):
        same_rows(both.db, at, tmp_path / f"over-{at}.db")
    with both.db.reading() as connection:
        waited = connection.execute(select(tables.blocks.c.since, tables.blocks.c.until)).all()
    assert waited[-1] == (again, both.now)
    assert list(differences(both.db)) == []


def test_a_channel_and_a_deadline_are_what_they_were_before_they_changed(both: World, tmp_path: Path) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    opened = both.item(code)
    both.tick(2 * DAY)
    both.register(code, Environment.TEST)
    first, once = both.now, both.item(code)
    both.register(code, Environment.TEST, expires_at=both.now + HOUR)
    both.tick(2 * DAY)
    both.register(code, Environment.TEST)
    second, twice = both.now, both.item(code)
    both.hand_over(code)
    assert opened.due_at < once.due_at < twice.due_at

    def told(at: int) -> tuple[str, int, int]:
        rows = as_stood(at)
        item = rows.items.c
        with both.db.reading() as connection:
            channel = connection.scalar(select(rows.cases.c.channel))
            times = select(item.due_at, item.soon_at).where(item.phase == 6, item.kind == Kind.VALIDATE)
            return channel, *connection.execute(times).one()

    # A moment belongs to what happened in it, and the millisecond before does not.
    deadlines = [
        (opened, opened.opened_at, first - 1),
        (once, first, second - 1),
        (twice, second, both.now - 1),
    ]
    for item, *moments in deadlines:
        for at in moments:
            assert told(at) == (Channel.OPERACION, item.due_at, item.soon_at)
    assert told(both.now) == (Channel.MESA_DE_AYUDA, twice.due_at, twice.soon_at)
    for at in (first - 1, first, second - 1, second):
        same_rows(both.db, at, tmp_path / f"{at}.db")


def test_work_is_overdue_from_the_millisecond_after_its_deadline_then_as_now(both: World) -> None:
    code = both.open(flow=Flow.B2B)
    due = both.item(code).due_at
    both.now = due + DAY

    def overdue(**when: int) -> int:
        with both.db.reading() as connection:
            told = compliance.compute(connection, Selection(**when), both.now).lanes
        return int(told["overdue"].sum())

    assert [overdue(as_of=due), overdue(as_of=due + 1), overdue()] == [0, 1, 1]
