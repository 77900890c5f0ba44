"""The forecast: exact on tiny histories, blind to the future, the same for a seed, and calibrated."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.figures.base import survival
from core.figures.base.survival import ENOUGH, RUNNING, Past, kaplan_meier
from core.figures.pages.forecast import remaining_time
from core.figures.pages.forecast.remaining_time import Runs
from core.process.terms import Flow
from core.queries.selection import Selection
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.made_up_visits import Row, random_history, regular, running
from tests.support.people import DAY, HOUR, START


def simulated(rows: list[Row], at: int, seed: int = 1) -> Runs:
    known = Past.of(rows).as_of(at)
    return remaining_time.simulate(known, known.running(), at, np.random.default_rng(seed))


def test_a_case_takes_what_the_phases_ahead_have_always_taken():
    at = 100 * DAY
    runs = simulated([*regular(), running(99, 7, at - 2 * DAY)], at)
    assert np.unique(runs.ends).tolist() == [at + (5 + 8 + 9) * DAY]
    assert runs.closed.all()
    assert runs.why.tolist() == [""]


def test_a_rejection_of_the_past_ends_the_case_where_it_ended_it():
    at = 100 * DAY
    rows = [*regular(), *((case + 50, *rest) for case, *rest in regular(rejected_in=8)), running(99, 8, at)]
    runs = simulated(rows, at)
    assert np.unique(runs.ends[~runs.closed]).tolist() == [at + 8 * DAY]
    assert np.unique(runs.ends[runs.closed]).tolist() == [at + 17 * DAY]
    assert runs.closed.mean() == pytest.approx(0.5, abs=0.05)


def test_the_age_leaves_only_the_visits_that_took_longer():
    at = 1000 * DAY
    lasted = [*(1 for _ in range(30)), *(10 for _ in range(ENOUGH))]
    rows: list[Row] = [(n, Flow.B2B, 9, 0, 0, days * DAY, "closed") for n, days in enumerate(lasted, start=1)]
    runs = simulated([*rows, running(99, 9, at - 4 * DAY)], at)
    assert np.unique(runs.ends).tolist() == [at + 6 * DAY]


def test_without_enough_finished_visits_of_a_phase_ahead_there_are_no_dates():
    at = 100 * DAY
    rows = [row for row in regular() if not (row[2] == 6 and row[0] == 1)]
    runs = simulated([*rows, running(98, 5, at), running(99, 7, at)], at)
    assert runs.why.tolist() == ["few", ""]
    assert np.isnan(runs.ends).all(axis=1).tolist() == [True, False]


def test_a_case_older_than_nearly_all_of_the_past_has_no_dates():
    at = 100 * DAY
    runs = simulated([*regular(), running(99, 9, at - 9 * DAY)], at)
    assert runs.why.tolist() == ["older"]
    assert np.isnan(runs.ends).all()
    assert not runs.closed.any()


def test_a_running_visit_counts_as_at_least_so_long():
    rows: list[Row] = [
        (1, Flow.B2B, 9, 0, 0, 1, "closed"),
        (2, Flow.B2B, 9, 8, 8, None, None),  # 2 at 10
        (3, Flow.B2B, 9, 0, 0, 3, "rejected"),
    ]
    times = kaplan_meier(Past.of(rows), 10)
    assert times.lasted.tolist() == [1, 3]
    assert times.shares.tolist() == [pytest.approx(1 / 3), 1.0]
    assert times.onward.tolist() == [True, False]


def test_closes_by_a_date_are_counted_over_the_runs():
    ends = np.array([[1.0, 1, 1, 5], [2, 9, 2, 9], [1, 1, 1, 1]])
    closed = np.array([[True] * 4, [True] * 4, [False] * 4])
    found = remaining_time.closes(Runs(ends, closed, np.array(["", "", ""])), [0, 2, 9])
    assert found.values.tolist() == [[0, 0, 0], [2, 1, 0], [9, 2, 2]]  # by 2: 2, 1, 2, 0 closed in the four runs


def test_what_happens_later_changes_nothing_in_what_was_said():
    at = 30 * DAY
    rows = [*random_history(120, seed=3)]
    later = [(*row[:5], None, None) if row[5] is not None and row[5] > at else row for row in rows if row[4] <= at]
    assert later != rows
    said = [simulated(history, at) for history in (rows, later)]
    assert np.array_equal(said[0].ends, said[1].ends, equal_nan=True)
    assert np.array_equal(said[0].closed, said[1].closed)


def test_the_same_seed_says_the_same_and_another_one_does_not():
    rows, at = random_history(120, seed=3), 60 * DAY
    first, again, other = (simulated(rows, at, seed).ends for seed in (1, 1, 2))
    assert np.array_equal(first, again, equal_nan=True)
    assert not np.array_equal(first, other, equal_nan=True)


# --- from the database ---
@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """One finished visit is enough."""
    monkeypatch.setattr(survival, "ENOUGH", 1)
    monkeypatch.setattr(remaining_time, "ENOUGH", 1)


def computed(world: World, now: int, **selection: Any) -> remaining_time.Forecast:
    with world.db.reading() as connection:
        return remaining_time.compute(connection, Selection(**selection), now, seed=7)


def test_too_little_data_says_so_for_every_open_case(both: World):
    codes = countable_cases.play(both)
    found = computed(both, both.now)
    assert sorted(found.cases["code"]) == sorted(code for code in codes if both.case(code).outcome is None)
    assert set(found.cases["why"]) == {"few"}
    assert found.sle is None
    assert found.sle_n == 6
    assert found.closes[["p50", "p85"]].to_numpy().tolist() == [[0, 0]] * 12
    assert found.closes["at"].tolist() == [both.now + week * 7 * DAY for week in range(1, 13)]
    assert found.cases["late"].isna().tolist() == [True] * 6  # nothing is known: neither late nor in time


@pytest.mark.usefixtures("little")
def test_as_of_a_moment_it_says_what_it_said_then(both: World):
    countable_cases.play(both)
    then, said = both.now, computed(both, both.now)
    for code in said.cases["code"].tolist()[:3]:
        both.tick(HOUR)
        both.to_end(code)
    again = computed(both, both.now, as_of=then)
    pd.testing.assert_frame_equal(again.cases, said.cases)
    pd.testing.assert_frame_equal(again.closes, said.closes)
    assert again.sle == said.sle
    assert not computed(both, both.now).cases.equals(said.cases)


@pytest.mark.usefixtures("little")
def test_a_phase_chooses_what_is_shown_and_not_the_past(world: World):
    countable_cases.play(world)
    whole = computed(world, world.now)
    phase = int(whole.cases["phase"].max())
    chosen = computed(world, world.now, phase=phase)
    assert set(chosen.cases["phase"]) == {phase}
    expected = whole.cases[whole.cases["phase"] == phase].reset_index(drop=True)
    pd.testing.assert_frame_equal(chosen.cases, expected)
    pd.testing.assert_frame_equal(chosen.phases, whole.phases)


@pytest.mark.usefixtures("little")
def test_closing_dates_narrow_what_is_shown_and_not_the_past(world: World):
    countable_cases.play(world)
    whole = computed(world, world.now)
    chosen = computed(world, world.now, closed_from=world.now)
    assert (chosen.sle, chosen.sle_n) == (whole.sle, 6)
    pd.testing.assert_frame_equal(chosen.phases, whole.phases)


@pytest.mark.parametrize(("ended", "expected"), [(ENOUGH - 1, None), (ENOUGH, 2.0 * DAY)])
def test_exactly_enough_ended_cases_give_a_service_level(ended: int, expected: float | None):
    rows: list[Row] = [(n, Flow.B2B, 9, 0, 0, 2 * DAY, "closed") for n in range(1, ended + 1)]
    assert remaining_time.service_level(Past.of(rows)) == (expected, ended)


def test_running_is_later_than_every_moment():
    assert Past.of([running(1, 1, START)]).left.tolist() == [RUNNING]


# --- the order of risk ---
def test_what_nothing_of_the_past_is_like_stands_first_and_what_nothing_is_known_of_last():
    frame = pd.DataFrame(
        {
            "case_id": [1, 2, 3, 4, 5],
            "late": [0.1, np.nan, 0.9, np.nan, 1.0],
            "p85": [5.0, np.nan, 6.0, np.nan, np.nan],
            "why": ["", "few", "", "older", "older"],
        }
    )
    assert remaining_time.by_risk(frame)["case_id"].tolist() == [4, 5, 3, 1, 2]


@pytest.mark.usefixtures("little")
def test_a_case_that_has_passed_what_is_usual_is_late_for_sure(world: World):
    countable_cases.play(world)
    long = world.now + 400 * DAY
    assert computed(world, long).cases["late"].tolist() == [1.0] * 6
