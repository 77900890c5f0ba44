"""The charts of Trabajo en curso hold exactly the numbers of their frames, and say in a sentence what they show."""

from typing import Any

import pandas as pd
import pytest

from tests.support.people import DAY, START
from ui.analysis.charts import wip as charts
from ui.analysis.sentences import wip as words

NOTHING = float("nan")
AGES = pd.DataFrame(
    [(1, 2, 9, DAY, 2 * DAY, 4 * DAY, 2, 1, 0), (2, 0, 0, NOTHING, NOTHING, NOTHING, 0, 0, 0)],
    columns=["phase", "running", "n", "p50", "p85", "p95", "over_50", "over_85", "over_95"],
)
OLDEST = pd.DataFrame([(1, "S-2026-0007", 3 * DAY), (1, "S-2026-0008", 1.5 * DAY)], columns=["phase", "code", "age"])
FLOW = pd.DataFrame(
    [
        {"at": START + n * 7 * DAY, "closed": n, "rejected": 1, **{f"phase_{p}": p + n for p in range(1, 10)}}
        for n in range(6)
    ]
)
WEEKS = pd.DataFrame(
    [("2026-03-02", 4, 5, ""), ("2026-03-09", 2, 9, "beyond"), ("2026-03-16", 3, 4, "")],
    columns=["week", "arrived", "finished", "signal"],
)
LIMITS = (3, 6.0, 3.5, 8.5)
CHANGES = pd.DataFrame([("2026-03-09", "rules"), ("2026-03-09", "deadlines")], columns=["week", "setting"])


def test_open_cases_stand_over_the_bands_of_the_past() -> None:
    *bands, points, names, said = charts.ages(AGES, OLDEST, "es").data
    assert [list(bar.x) for bar in bands] == [[1, None], [1, None], [2, None]]
    assert [bar.marker.pattern.shape for bar in bands] == ["", "", "/"]
    assert (list(points.x), list(points.y)) == ([3, 1.5], [-1.12, -1.12])
    assert list(names.text) == ["<b>1 Inicio</b>", "<b>2 Envío Propuesta</b>"]
    assert list(said.text) == ["2 en curso · 1 sobre p85", "0 en curso · 0 sobre p85"]


def test_the_flow_is_stacked_from_the_finished_to_the_first_phase() -> None:
    areas = charts.flow(FLOW, "en").data
    assert [area.name for area in areas][:3] == ["Closed", "Rejected", "9 Cierre Comercial"]
    assert areas[-1].name == "1 Inicio"
    assert (list(areas[0].y), list(areas[-1].y)) == ([0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6])
    assert {area.stackgroup for area in areas} == {"all"}
    long = pd.concat([FLOW] * 17)
    assert len(charts.flow(long, "es").to_json()) < 60_000


def test_each_week_has_what_came_in_and_what_was_finished() -> None:
    arrived, finished = charts.weeks(WEEKS, "es").data
    assert (arrived.name, list(arrived.y)) == ("Llegaron", [4, 2, 3])
    assert (finished.name, list(finished.y)) == ("Terminaron", [5, 9, 4])


def test_signals_stand_out_and_changes_are_marked() -> None:
    figure = charts.behaviour(WEEKS, LIMITS, CHANGES, "es")
    line, signal = figure.data
    assert (list(line.y), list(signal.x), list(signal.y)) == ([5, 9, 4], ["2026-03-09"], [9])
    assert list(signal.text) == ["fuera de los límites"]
    assert [note.text for note in figure.layout.annotations] == [
        "media 6",
        "inferior 3,5",
        "superior 8,5",
        "regla, plazos",
    ]
    assert len(figure.layout.shapes) == 4


def test_the_flow_has_no_band_for_a_phase_without_cases() -> None:
    areas = charts.flow(FLOW.assign(**{f"phase_{n}": 0 for n in range(1, 9)}), "es").data
    assert [area.name for area in areas] == ["Cerrado", "Rechazado", "9 Cierre Comercial"]


def test_charts_need_no_data() -> None:
    assert len(charts.ages(AGES[1:], OLDEST[:0], "es").data) == 6
    assert charts.behaviour(WEEKS[:0], (0, None, None, None), CHANGES[:0], "es").layout.shapes == ()


@pytest.mark.parametrize(
    ("said", "spanish", "english"),
    [
        (
            lambda language: words.ages_finding(AGES, language),
            "1 de 2 casos en curso lleva en su fase más que 85 de cada 100 de los anteriores; donde más: "
            "Fase 1 Inicio (1).",
            "1 of 2 cases in progress has been in its phase for longer than 85 of every 100 before it; "
            "most of them in Phase 1 Inicio (1).",
        ),
        (
            lambda language: words.beyond_finding(AGES, language),
            "Casos que pasan del p50 de su fase: 2; del p85: 1; del p95: 0.",
            "Cases past the p50 of their phase: 2; past its p85: 1; past its p95: 0.",
        ),
        (
            lambda language: words.flow_finding(FLOW, language),
            "90 casos en curso; hace 4 semanas, 54.",
            "90 cases in progress; 4 weeks ago 54.",
        ),
        (
            lambda language: words.weeks_finding(WEEKS, language),
            "En las últimas 3 semanas completas llegaron 9 casos y terminaron 18.",
            "In the last 3 whole weeks 9 cases came in and 18 were finished.",
        ),
        (
            lambda language: words.behaviour_finding(WEEKS.assign(low=3.5, high=8.5), language),
            "La última semana completa (4 terminados) está dentro de lo usual: de 3,5 a 8,5. Semanas con señal: 1.",
            "The last whole week (4 finished) is within the usual range: from 3.5 to 8.5. Weeks with a signal: 1.",
        ),
        (
            lambda language: words.behaviour_finding(WEEKS[:2].assign(low=3.5, high=8.5), language),
            "La última semana completa (9 terminados) es una señal: fuera de los límites; lo usual va de 3,5 a 8,5. "
            "Semanas con señal: 1.",
            "The last whole week (9 finished) is a signal: beyond the limits; the usual is from 3.5 to 8.5. "
            "Weeks with a signal: 1.",
        ),
        (
            lambda language: words.behaviour_finding(WEEKS.assign(low=None, high=None), language),
            "Todavía son pocas semanas para decir qué es lo usual.",
            "There are too few weeks to say what is usual.",
        ),
    ],
)
def test_each_chart_says_its_finding(said: Any, spanish: str, english: str) -> None:
    assert (said("es"), said("en")) == (spanish, english)
