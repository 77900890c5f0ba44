"""The flow figures are what a person counts by hand over the twelve cases of `twelve`."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import select

from core.figures.base import phase_table
from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.base.percentiles import Spread
from core.figures.base.phase_table import PhaseFigures
from core.figures.catalogue import FIGURES
from core.figures.pages import funnel
from core.figures.pages.funnel import CaseFigures
from core.process.terms import Channel, Flow
from core.queries.selection import Selection, begin_of
from core.store.tables import clients
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import DAY, HOUR, MINUTE, START

COUNTS = ("phase", "entered", "advanced", "closed", "rejected", "running", "returns")
EVERYTHING = Selection()


@pytest.fixture
def played(both: World) -> World:
    countable_cases.play(both)
    return both


def by_phase(world: World, filters: Selection = EVERYTHING) -> list[PhaseFigures]:
    with world.db.reading() as connection:
        return phase_table.by_phase(connection, filters)


def of_cases(world: World, filters: Selection = EVERYTHING) -> CaseFigures:
    with world.db.reading() as connection:
        return funnel.compute(connection, filters, world.now).cases


def behind(world: World, of: FigureRef, now: int) -> tuple[list[str], dict[str, int]]:
    """The ends of the codes of the cases behind a figure, and what it leaves out."""
    with world.db.reading() as connection:
        question = question_of(connection, of, EVERYTHING, now)
        told = evidence_of(connection, FIGURES[of.figure], question)
        return sorted(c.code[-2:] for c in cases(connection, FIGURES[of.figure], question, None)), dict(told.excluded)


def counts(figures: list[PhaseFigures]) -> list[tuple[int, ...]]:
    return [tuple(getattr(row, name) for name in COUNTS) for row in figures]


def test_the_funnel_counts_every_case_once_per_phase(played: World) -> None:
    assert counts(by_phase(played)) == [
        # entered, advanced, closed, rejected, running, returns
        (1, 12, 9, 0, 2, 1, 0),
        (2, 9, 7, 0, 0, 2, 4),
        (3, 7, 6, 0, 1, 0, 0),
        (4, 6, 5, 0, 0, 1, 0),
        (5, 5, 5, 0, 0, 0, 0),
        (6, 5, 4, 0, 0, 1, 0),
        (7, 4, 3, 0, 0, 1, 0),
        (8, 3, 3, 0, 0, 0, 0),
        (9, 3, 0, 3, 0, 0, 0),
    ]


def test_nobody_gets_lost_between_two_phases(played: World) -> None:
    rows = by_phase(played)
    assert all(row.entered == row.advanced + row.closed + row.rejected + row.running for row in rows)
    assert [row.advanced for row in rows[:-1]] == [row.entered for row in rows[1:]]


def test_the_cycle_time_of_a_phase_is_of_those_who_left_it(played: World) -> None:
    # Eleven left phase 1: the sixth took 6 h 3 min, the ninth to the eleventh 9, 10 and 11 h, each with 3 min of acts.
    assert by_phase(played)[0].cycle == Spread(
        11, 6 * HOUR + 3 * MINUTE, 9 * HOUR + 33 * MINUTE, 10 * HOUR + 33 * MINUTE
    )


def test_the_wait_for_an_environment_is_shown_apart(played: World) -> None:
    sixth, seventh = by_phase(played)[5:7]
    # Three waited a minute, one two hours and a minute; the case that still waits is not counted.
    assert sixth.blocked == Spread(4, MINUTE, pytest.approx(67 * MINUTE), pytest.approx(103 * MINUTE))
    assert seventh.blocked == Spread(3, MINUTE, MINUTE, MINUTE)
    # Within the phase's time: 4 acts and the registering; for the estándar case 7; for the long wait 2 h more.
    assert sixth.cycle.n == 4
    assert sixth.cycle.p50 == pytest.approx(6.5 * MINUTE)
    assert by_phase(played)[4].blocked == Spread()


def test_cases_are_running_closed_or_rejected(played: World) -> None:
    found = of_cases(played)
    assert found[:5] == (12, 6, 3, 3, 6)
    # Finished: 1:36, 2:36, 4:00, 4:01, 5:01 and 6:11 hours after their opening.
    half_a_minute = MINUTE // 2
    assert found.cycle == Spread(
        6,
        4 * HOUR + half_a_minute,
        pytest.approx(5 * HOUR + 18 * MINUTE + half_a_minute),
        pytest.approx(5 * HOUR + 53 * MINUTE + half_a_minute),
    )
    assert found.closed_cycle.n == 3
    assert found.closed_cycle.p50 == 2 * HOUR + 36 * MINUTE


def test_throughput_is_an_exact_count_of_the_last_thirty_days(played: World) -> None:
    # The fourth case ended 12 h 17 min after START, the fifth and the sixth after that.
    fourth = START + 12 * HOUR + 17 * MINUTE
    with played.db.reading() as connection:
        assert funnel.compute(connection, EVERYTHING, fourth + 30 * DAY).cases.finished_lately == 2
        assert funnel.compute(connection, EVERYTHING, fourth + 30 * DAY - 1).cases.finished_lately == 3


def test_the_list_of_what_ended_lately_has_the_cases_of_the_number(played: World) -> None:
    fourth = START + 12 * HOUR + 17 * MINUTE
    for now, lately in ((fourth + 30 * DAY, ["05", "06"]), (fourth + 30 * DAY - 1, ["04", "05", "06"])):
        assert behind(played, FigureRef("lately"), now) == (lately, {"running": 6, "earlier": 6 - len(lately)})


def test_a_flow_chooses_its_cases(played: World) -> None:
    assert counts(by_phase(played, Selection(flow=Flow.ESTANDAR))) == [
        (1, 1, 1, 0, 0, 0, 0),
        (2, 1, 1, 0, 0, 0, 1),
        *((phase, 1, 1, 0, 0, 0, 0) for phase in range(3, 9)),
        (9, 1, 0, 1, 0, 0, 0),
    ]
    assert of_cases(played, Selection(flow=Flow.B2B))[:4] == (11, 6, 2, 3)


def test_a_case_counts_in_the_channel_that_carries_it_now_in_every_phase(played: World) -> None:
    mesa = by_phase(played, Selection(channel=Channel.MESA_DE_AYUDA))
    assert [row.entered for row in mesa] == [3, 2, 2, 2, 1, 1, 1, 1, 1]
    assert mesa[3].running == 1
    assert of_cases(played, Selection(channel=Channel.MESA_DE_AYUDA))[:4] == (3, 1, 1, 1)


def test_opening_dates_include_the_first_moment_and_not_the_last(played: World) -> None:
    # The third case is opened 1 minute after the second has closed: 1:36 + 2:36 hours and three openings after START.
    third = START + 4 * HOUR + 15 * MINUTE
    assert of_cases(played, Selection(opened_from=third)).opened == 10
    assert of_cases(played, Selection(opened_from=third + 1)).opened == 9
    assert of_cases(played, Selection(opened_before=third)).opened == 2
    assert by_phase(played, Selection(opened_before=third + 1))[0].entered == 3


def test_no_case_gives_nine_empty_phases_and_no_percentiles(both: World) -> None:
    assert by_phase(both) == [PhaseFigures(phase) for phase in range(1, 10)]
    assert of_cases(both) == CaseFigures(0, 0, 0, 0, 0, Spread(), Spread())


def test_the_frame_has_a_flat_row_for_each_phase(played: World) -> None:
    frame = phase_table.frame(by_phase(played))
    assert list(frame.columns) == [*COUNTS, "n", "p50", "p85", "p95", "blocked_n", "blocked_p50"]
    assert frame["n"].tolist() == [11, 7, 7, 5, 5, 4, 3, 3, 3]
    assert frame["blocked_n"].tolist() == [0, 0, 0, 0, 0, 4, 3, 0, 0]
    assert np.isnan(frame["blocked_p50"].iloc[0])


# --- the other filters ---
def entered(world: World, **chosen: object) -> list[int]:
    return [row.entered for row in by_phase(world, Selection(**chosen))]  # type: ignore[arg-type]


def test_a_client_national_or_international_and_the_end_choose_their_cases(played: World) -> None:
    with played.db.reading() as connection:
        client = connection.scalar(select(clients.c.id).where(clients.c.name == "Cliente k9"))
    assert entered(played, client=client) == [1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert entered(played, international=True) == [0] * 9
    assert entered(played, international=False)[0] == 12
    fourth = START + 12 * HOUR + 17 * MINUTE
    assert of_cases(played, Selection(closed_before=fourth))[:4] == (3, 0, 3, 0)
    assert of_cases(played, Selection(closed_from=fourth))[:4] == (3, 0, 0, 3)


def test_a_phase_chooses_its_own_row_and_the_cases_that_reached_it(played: World) -> None:
    assert counts(by_phase(played, Selection(phase=3))) == [(3, 7, 6, 0, 1, 0, 0)]
    assert of_cases(played, Selection(phase=3))[:4] == (7, 3, 3, 1)


# --- cohorts ---
COHORTS = ("earlier", "2026-03", "2026-04")


def test_a_cohort_is_the_cases_opened_in_a_month_where_the_people_are(world: World) -> None:
    april = begin_of(date(2026, 4, 1), "America/Bogota")
    for key, at in (("a", april - 400 * DAY), ("b", april - 1), ("c", april), ("d", april + 20 * DAY)):
        world.now = at - MINUTE
        code = world.open(key, flow=Flow.B2B)
        if key == "b":
            world.to_end(code)
        if key == "c":
            world.validate(code, "no")
        if key == "d":
            world.to(code, 4)
    with world.db.reading() as connection:
        frame = funnel.compute(connection, EVERYTHING, april + 25 * DAY).cohorts
        march = funnel.compute(connection, Selection(as_of=april - 1), april + 25 * DAY).cohorts
    assert frame.to_numpy().tolist() == [
        # opened, closed, rejected, running, reached 2 to 9
        ["", 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ["2026-03", 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
        ["2026-04", 2, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
    ]
    assert march[["month", "opened", "running"]].to_numpy().tolist() == [["", 1, 1], ["2026-03", 1, 1]]
    opened = {month: behind(world, FigureRef("all_opened", detail=month), april + 25 * DAY)[0] for month in COHORTS}
    assert opened == {"earlier": ["01"], "2026-03": ["01"], "2026-04": ["02", "03"]}


def test_the_oldest_of_twelve_cohorts_begins_with_its_month(world: World) -> None:
    may = begin_of(date(2025, 5, 1), "America/Bogota")
    for key, at in (("a", may - 1), ("b", may)):
        world.now = at - MINUTE
        world.open(key)
    now = begin_of(date(2026, 4, 30), "America/Bogota")
    with world.db.reading() as connection:
        cohorts = funnel.compute(connection, EVERYTHING, now).cohorts
    assert cohorts[["month", "opened"]].to_numpy().tolist() == [["", 1], ["2025-05", 1]]
    opened = {month: behind(world, FigureRef("all_opened", detail=month), now)[0] for month in ("earlier", "2025-05")}
    assert opened == {"earlier": ["01"], "2025-05": ["02"]}


def test_the_cohorts_are_the_cases_of_the_funnel(played: World) -> None:
    with played.db.reading() as connection:
        found = funnel.compute(connection, EVERYTHING, played.now)
    assert found.cohorts["opened"].sum() == found.cases.opened == 12
    reached = [int(found.cohorts[f"reached_{n}"].sum()) for n in range(2, 10)]
    assert reached == found.phases["entered"].tolist()[1:]
