"""The figures of a week, counted by hand over the twelve cases, and as they stood at its end."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from core.figures.catalogue import plain
from core.figures.pages.weekly import WEEKS, Moved, Week, Weekly, last_complete_week, steps, week_of
from core.process.terms import Flow
from core.queries.phase_durations import ENOUGH
from core.queries.selection import Selection, begin_of
from core.store.tables import phase_visits, work_items
from tests.support import countable_cases
from tests.support.database_as_of import rebuilt
from tests.support.drive_case import World
from tests.support.people import DAY, START

ZONE = "America/Bogota"
FIRST = week_of(date(2026, 3, 2), ZONE)  # all that the twelve do happens in it
SECOND = week_of(date(2026, 3, 9), ZONE)


@pytest.fixture
def played(both: World) -> World:
    """The twelve cases; in the week after, the one that waited is rejected."""
    waiting = countable_cases.play(both)[6]
    both.now = SECOND.first + DAY
    both.validate(waiting, "no")
    return both


def of(world: World, week: Week, **chosen: object) -> Weekly:
    with world.db.reading() as connection:
        *_, found = steps(connection, Selection(**chosen), week, world.now, ZONE)
    assert found is not None
    return found


def test_a_week_begins_on_monday_where_the_people_are():
    week = week_of(date(2026, 11, 29), ZONE)  # a Sunday
    assert (str(week), week.first, week.before) == (
        "2026-W48",
        begin_of(date(2026, 11, 23), ZONE),
        begin_of(date(2026, 11, 30), ZONE),
    )
    assert str(week_of(date(2027, 1, 3), ZONE)) == "2026-W53"
    assert str(week_of(date(2027, 1, 4), ZONE).earlier(1, ZONE)) == "2026-W53"


def test_the_last_whole_week_is_the_one_before_that_of_today():
    assert last_complete_week(START, ZONE) == week_of(date(2026, 2, 23), ZONE)
    assert last_complete_week(START - DAY, ZONE) == week_of(date(2026, 2, 16), ZONE)  # a Sunday: its week is not over


def test_what_moved_in_each_week(played: World):
    assert of(played, FIRST).moved == Moved(
        12, opened=12, closed=3, rejected=3, returned=4, running=6, running_before=0
    )
    assert of(played, SECOND).moved == Moved(
        12, opened=0, closed=0, rejected=1, returned=0, running=5, running_before=6
    )


def test_the_weeks_end_with_the_one_that_was_asked_for(played: World):
    rows = of(played, SECOND).weeks.to_dict("records")
    assert [row["week"] for row in rows[-2:]] == ["2026-W10", "2026-W11"]
    assert len(rows) == WEEKS
    names = ("opened", "closed", "rejected", "running")
    assert [tuple(row[name] for name in names) for row in rows[-3:]] == [(0, 0, 0, 0), (12, 3, 3, 6), (0, 0, 1, 5)]


def test_a_past_week_is_what_a_report_at_its_end_said(played: World, tmp_path: Path):
    later = of(played, FIRST)
    db = rebuilt(played.db, FIRST.before - 1, tmp_path / "then.db")
    with db.reading() as connection:
        *_, then = steps(connection, Selection(), FIRST, FIRST.before - 1, ZONE)
    db.engine.dispose()
    assert plain(later) == plain(then)


def test_the_age_of_every_running_case_stands_beside_the_p85_of_its_phase(played: World):
    played.now += 300 * DAY
    found = of(played, week_of(date(2027, 1, 4), ZONE))
    visit = phase_visits.c
    with played.db.reading() as connection:
        running = connection.execute(select(visit.phase, visit.entered_at).where(visit.left_at.is_(None))).all()
        finished = connection.execute(select(visit.phase, visit.duration).where(visit.left_at.is_not(None))).all()
    durations = {phase: [row.duration for row in finished if row.phase == phase] for phase in range(1, 10)}
    usual = {phase: float(np.quantile(all_, 0.85)) for phase, all_ in durations.items() if len(all_) >= ENOUGH}
    expected = sorted((row.phase, found.at - row.entered_at, row.phase in usual) for row in running)
    assert sorted(zip(found.ages["phase"], found.ages["age"], found.ages["late"], strict=True)) == expected
    assert {late for *_, late in expected} == {True, False}
    assert list(found.ages["late"]) == sorted(found.ages["late"], reverse=True)


def test_what_each_role_has_to_do_and_did(played: World):
    found = of(played, SECOND)
    assert int(found.roles["done"].sum()) == 1
    assert int(found.roles["late"].sum()) == 1  # it had waited since the week before
    with played.db.reading() as connection:
        still = connection.scalar(select(func.count()).where(work_items.c.ended_at.is_(None)))
    assert int(found.roles["open"].sum()) == still
    played.now += 300 * DAY
    found = of(played, SECOND.earlier(-43, ZONE))
    assert int(found.roles["overdue"].sum()) == still - 2  # two wait for an environment: never there, and expired


def test_only_the_chosen_cases_count(played: World):
    assert of(played, FIRST, flow=Flow.ESTANDAR).moved == Moved(1, 1, 1, 0, 1, 0, 0)
    assert of(played, FIRST, as_of=START - 1).moved == Moved(0, 0, 0, 0, 0, 0, 0)
