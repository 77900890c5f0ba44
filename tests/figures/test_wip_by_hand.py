"""Work in progress: counted by hand over the twelve cases, and the rules of the process behaviour chart."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from core.figures.base.evidence import FigureRef, evidence_of, question_of
from core.figures.pages import wip
from core.figures.pages.wip import Limits, Wip, natural, signals
from core.queries.selection import Selection
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import DAY, START


def computed(world: World, now: int, **chosen: object) -> Wip:
    with world.db.reading() as connection:
        return wip.compute(connection, Selection(**chosen), now)


def test_each_open_case_has_its_age_beside_what_the_past_took(both: World) -> None:
    countable_cases.play(both)
    found = computed(both, both.now)
    assert found.ages["running"].tolist() == [1, 2, 0, 1, 0, 1, 1, 0, 0]
    assert found.ages["n"].tolist() == [11, 7, 7, 5, 5, 4, 3, 3, 3]
    assert found.ages["over_95"].tolist() == [1, 2, 0, 0, 0, 1, 1, 0, 0]
    assert [(p, code[-2:]) for p, code in found.oldest[["phase", "code"]].itertuples(index=False)] == [
        (1, "07"),
        (2, "08"),
        (2, "09"),
        (4, "12"),
        (6, "10"),
        (7, "11"),
    ]
    assert (found.oldest["age"] >= 0).all()


def test_at_each_moment_every_case_is_in_a_phase_or_has_ended(both: World) -> None:
    countable_cases.play(both)
    flow = computed(both, both.now).flow
    columns = [*(f"phase_{n}" for n in range(1, 10)), "closed", "rejected"]
    assert flow.iloc[-1][columns].tolist() == [1, 2, 0, 1, 0, 1, 1, 0, 0, 3, 3]
    assert flow[columns].sum(axis=1).is_monotonic_increasing
    assert flow["at"].is_monotonic_increasing


def test_weeks_count_what_came_and_what_was_finished_and_the_running_one_is_none(both: World) -> None:
    countable_cases.play(both)
    assert computed(both, both.now).weeks.empty
    weeks = computed(both, START + 15 * DAY).weeks
    assert weeks[["week", "arrived", "finished"]].to_numpy().tolist() == [["2026-03-02", 12, 6], ["2026-03-09", 0, 0]]
    with both.db.reading() as connection:
        for figure, n in (("arrived", 12), ("week_finished", 6)):
            question = question_of(connection, FigureRef(figure, detail="2026-03-02"), Selection(), START + 15 * DAY)
            assert list(evidence_of(connection, wip.FIGURES[figure], question).counts.values()) == [n]


def test_long_histories_are_told_by_week_in_a_hundred_steps(both: World) -> None:
    countable_cases.play(both)
    for days, most in ((90, 92), (400, 60), (4000, 102)):
        assert len(computed(both, START + days * DAY).flow) <= most


def test_a_deadline_that_changes_is_marked_in_its_week(both: World) -> None:
    countable_cases.play(both)
    both.now = START + 8 * DAY
    both.setting("rules", {"contrato": {"mode": "any", "quorum": 1}})
    both.setting("soon", 60)
    found = computed(both, START + 15 * DAY)
    assert found.changes.to_numpy().tolist() == [["2026-03-09", "rules"]]
    assert computed(both, START + 15 * DAY, as_of=START + 7 * DAY).changes.empty


def test_without_any_case_there_is_nothing_to_count(both: World) -> None:
    found = computed(both, both.now)
    assert (len(found.ages), len(found.oldest), len(found.flow), len(found.weeks)) == (9, 0, 0, 0)
    assert found.limits == Limits(0)


# --- the process behaviour chart ---
def test_the_natural_limits_are_two_and_two_thirds_moving_ranges_from_the_mean() -> None:
    # Moving ranges 2, 4, 2, 2, 4: their mean is 2.8.
    assert natural(np.array([4, 6, 2, 4, 6, 2])) == Limits(6, 4.0, 0.0, pytest.approx(4 + 2.66 * 2.8))
    assert natural(np.array([1, 2, 3, 4, 5])) == Limits(5)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5, 5, 5, 12, 5], ["", "", "", "beyond", ""]),
        ([6] * 8 + [5], [""] * 7 + ["run", ""]),
        ([5, 8, 8, 5, 8], ["", "", "", "", "near"]),
        ([5, 8, 2, 8, 5], [""] * 5),
    ],
)
def test_a_signal_is_beyond_a_limit_a_long_run_or_three_of_four_near_one(
    values: list[int], expected: list[str]
) -> None:
    assert signals(np.array(values), Limits(len(values), 5, 0, 10)) == expected


def test_weeks_begin_on_mondays(both: World) -> None:
    countable_cases.play(both)
    weeks = computed(both, START + 60 * DAY).weeks["week"]
    days = [date.fromisoformat(week) for week in weeks]
    assert {day.weekday() for day in days} == {0}
    assert set(np.diff(pd.Series(days))) == {timedelta(weeks=1)}
