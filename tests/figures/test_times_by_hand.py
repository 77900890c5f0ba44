"""Times, waiting and its causes, counted by hand."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.figures.pages import funnel, times
from core.figures.pages.times import Times
from core.figures.waiting.causes import Cause
from core.figures.waiting.overload import PER_PERSON
from core.process.terms import PROCESS_ROLES, Environment, Flow, Kind, Role
from core.queries.selection import Selection
from core.services import cases
from core.store.database import Database
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, DAY, HOUR, ID, MINUTE, START

END = START + 250 * DAY
NINE = range(1, 10)


def computed(db: Database, now: int, **chosen: Any) -> Times:
    with db.reading() as connection:
        return times.compute(connection, Selection(**chosen), now)


def of(frame: pd.DataFrame, clock: str, *columns: str) -> list[tuple[Any, ...]]:
    return list(frame[frame["clock"] == clock][list(columns)].itertuples(index=False, name=None))


# --- the twelve cases ---
def test_the_cases_of_the_twelve_take_what_the_funnel_says_and_less_by_working_time(both: World) -> None:
    countable_cases.play(both)
    found = computed(both.db, both.now)
    with both.db.reading() as connection:
        cycle = funnel.compute(connection, Selection(), both.now).cases.cycle
    assert of(found.cases, "calendar", "n", "p50", "p85", "p95") == [cycle]
    # Opened at 8:01, 9:38 and 12:15: closed at 9:37, 12:14 (14 minutes of the break) and 16:15 (45 minutes of it).
    # The fourth: 16:16 to 20:17; the fifth and the sixth began after five and ended before eight.
    took = [96 * MINUTE, 142 * MINUTE, 195 * MINUTE, 44 * MINUTE, 0, 0]
    points = found.points[found.points["clock"] == "working"]
    assert points["took"].tolist() == took
    assert points["outcome"].tolist() == ["closed"] * 3 + ["rejected"] * 3
    expected = tuple(np.quantile(took, (0.5, 0.85, 0.95)))
    assert of(found.cases, "working", "n", "p50", "p85", "p95") == [(6, *expected)]


def test_the_stays_of_the_twelve_are_those_of_the_funnel(both: World) -> None:
    countable_cases.play(both)
    found = computed(both.db, both.now)
    columns = ("phase", "n", "p50", "p85", "p95")
    assert of(found.stays, "calendar", *columns) == list(found.phases[list(columns)].itertuples(index=False, name=None))
    # The working day of 2 March ends at 17:00: of phase 1, case 4 has 44 of its 4 h 1 min, case 7 and later begin anew.
    assert of(found.stays, "working", "phase", "n")[0] == (1, 11)


def test_a_lane_has_the_work_that_it_did_and_not_what_was_withdrawn(both: World) -> None:
    countable_cases.play(both)
    found = {role: (n, p50) for role, n, p50 in of(computed(both.db, both.now).lanes, "calendar", "role", "n", "p50")}
    # The estándar case alone asks all four: in eight phases Implementación is the third and Proceso the last of them;
    # phase 6 to 9 with one more, and Alianzas returned two documents.
    assert found[Role.PROCESO] == (7, 4 * MINUTE)
    assert found[Role.RESPONSABLE_IMPLEMENTACION_B2B] == (7, 3 * MINUTE)
    assert list(found) == list(PROCESS_ROLES)


# --- waiting, by hand ---
def test_a_task_waits_until_it_is_taken_and_again_after_it_is_given_back(both: World) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.REVIEW)
    opened = both.now
    both.now = opened + HOUR - MINUTE
    take(both, code)
    both.now += 2 * HOUR - MINUTE
    give_back(both, code)
    both.now += 30 * MINUTE - MINUTE
    take(both, code)
    both.now += 15 * MINUTE - MINUTE
    both.review(code)
    found = computed(both.db, both.now)
    done = found.waits[(found.waits["phase"] == 2) & (found.waits["clock"] == "calendar")].iloc[0]
    before = 2 * MINUTE  # validated and sent: a minute of waiting for each
    attached = MINUTE  # a file, while the task to produce waits on
    assert (done["waiting"] - before - attached, done["held"]) == (90 * MINUTE, 135 * MINUTE)


def test_each_moment_of_waiting_has_one_cause(both: World) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    entered = both.now
    both.tick(2 * HOUR - MINUTE)
    both.register(code, Environment.TEST)
    both.tick(30 * MINUTE - MINUTE)
    both.validate(code)
    found = computed(both.db, both.now, phase=6)
    causes = dict(of(found.causes, "working", "wait", "waited"))
    assert both.now == entered + 2 * HOUR + 30 * MINUTE
    assert causes[Cause.PREREQUISITE] == 2 * HOUR
    assert causes[Cause.NOBODY] == 30 * MINUTE
    assert sum(causes.values()) == 150 * MINUTE


def test_waiting_over_a_night_lies_outside_of_hours_by_the_calendar_alone(both: World) -> None:
    both.open(flow=Flow.B2B)  # at 8:01
    both.now = START + DAY + 2 * HOUR  # Tuesday, 10:00
    found = computed(both.db, both.now)
    calendar, working = (dict(of(found.causes, clock, "wait", "waited")) for clock in ("calendar", "working"))
    # Of 25 h 59 min: 3 h 59 min, 4 h, 2 h are working time.
    assert calendar[Cause.OUTSIDE_HOURS] == 16 * HOUR
    assert calendar[Cause.NOBODY] == working[Cause.NOBODY] == 9 * HOUR + 59 * MINUTE
    assert working[Cause.OUTSIDE_HOURS] == 0


def test_work_that_comes_to_a_role_with_too_much_open_waits_for_its_load(both: World) -> None:
    for n in range(PER_PERSON + 2):
        both.open(f"k{n}", flow=Flow.B2B)
    found = computed(both.db, both.now)
    items = dict(of(found.causes, "calendar", "wait", "items"))
    # Nobody has ended any work of the role yet, which counts as one person; the newest has not waited.
    assert (items[Cause.OVERLOADED], items[Cause.NOBODY]) == (1, PER_PERSON)


def take(world: World, code: str) -> None:
    cases.take(world.db, ID[COMERCIAL], code, world.item(code).item, world.tick())


def give_back(world: World, code: str) -> None:
    cases.give_back(world.db, ID[COMERCIAL], code, world.item(code).item, world.tick())


# --- many cases: a grid instead of points ---
def test_many_cases_become_cells_that_hold_as_many(both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    countable_cases.play(both)
    monkeypatch.setattr(times, "POINTS", 5)
    points = computed(both.db, both.now).points
    assert points.groupby(["clock", "outcome"])["cases"].sum().to_dict() == {
        (clock, outcome): 3 for clock in ("calendar", "working") for outcome in ("closed", "rejected")
    }


def test_without_any_case_there_are_rows_without_percentiles(both: World) -> None:
    found = computed(both.db, both.now)
    assert of(found.cases, "calendar", "n") == [(0,)]
    assert of(found.stays, "working", "phase", "n") == [(phase, 0) for phase in NINE]
    assert found.stays["p50"].isna().all()
    assert of(found.waits, "calendar", "items", "waiting", "held") == [(0, 0, 0)] * 9
    assert set(found.causes["waited"]) == {0}
