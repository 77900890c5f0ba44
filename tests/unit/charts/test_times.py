"""The charts of Tiempos hold exactly the numbers of their frames, by either clock, and say what they show."""

from typing import Any

import pandas as pd
import pytest

from tests.support.people import DAY, HOUR, START
from ui.analysis.charts import times as charts
from ui.analysis.sentences import times as words

NAMES = ("p5", "p25", "p50", "p75", "p85", "p95")


def spread(n: int, *values: float, **of: Any) -> dict[str, Any]:
    return {**of, "n": n, **dict(zip(NAMES, values or [float("nan")] * 6, strict=True))}


CASES = pd.DataFrame([spread(91, DAY, 20 * DAY, 40 * DAY, 45 * DAY, 51.6 * DAY, 60 * DAY)])
POINTS = pd.DataFrame(
    [
        ("closed", START, 41 * DAY, 1),
        ("closed", START + DAY, 20 * DAY, 1),
        ("rejected", START + DAY, 2 * HOUR, 1),
    ],
    columns=["outcome", "at", "took", "cases"],
)
STAYS = pd.DataFrame(
    [
        spread(12, HOUR, 6 * HOUR, DAY, 2 * DAY, 3 * DAY, 4 * DAY, phase=1),
        spread(5, DAY, 2 * DAY, 4 * DAY, 5 * DAY, 8 * DAY, 100 * DAY, phase=2),
        spread(0, phase=3),
    ]
)
WAITS = pd.DataFrame(
    [(1, 3, 6 * DAY, 2 * DAY), (2, 1, 0, DAY), (3, 0, 0, 0)], columns=["phase", "items", "waiting", "held"]
)
CAUSES = pd.DataFrame(
    [("prerequisite", 2, DAY), ("outside_hours", 4, 5 * DAY), ("nobody", 3, 3 * DAY)],
    columns=["wait", "items", "waited"],
)


def test_each_finished_case_is_a_point_with_three_lines_that_name_themselves() -> None:
    figure = charts.scatter(POINTS, CASES, "es", "calendar")
    closed, rejected = figure.data
    assert (closed.name, list(closed.x), list(closed.y)) == ("Cerrado", ["2026-03-02", "2026-03-03"], [41, 20])
    assert (rejected.name, list(rejected.y), rejected.marker.symbol) == ("Rechazado", [0.1], "x-thin")
    assert [round(line.y0, 1) for line in figure.layout.shapes] == [40, 51.6, 60]
    assert [line.line.dash for line in figure.layout.shapes] == ["dot", "solid", "dash"]
    said = ["<b>p50</b> 40,0", "<b>p85</b> 51,6", "<b>p95</b> 60,0"]
    assert [note.text for note in figure.layout.annotations] == said
    assert figure.layout.yaxis.title.text == "Días calendario (de 24 horas)"


def test_by_working_time_a_day_has_eight_hours_and_the_axis_says_so() -> None:
    figure = charts.scatter(POINTS[2:], CASES, "en", "working")
    assert list(figure.data[1].y) == [0.2]
    assert figure.layout.annotations[1].text == "<b>p85</b> 155"
    assert figure.layout.yaxis.title.text == "Working days (of 8 hours)"


def test_groups_of_cases_are_larger_the_more_they_are() -> None:
    grouped = POINTS.assign(cases=[1, 4, 9])
    closed, rejected = charts.scatter(grouped, CASES, "es", "calendar").data
    assert (list(closed.marker.size), list(closed.customdata)) == ([8, 11], [1, 4])
    assert list(rejected.marker.size) == [14]


@pytest.mark.parametrize("cells", [1, 2])
def test_many_points_and_many_cells_are_small(cells: int) -> None:
    many = pd.DataFrame(
        [("closed", START + n * DAY, n * HOUR * 3, cells) for n in range(250 // cells)],
        columns=["outcome", "at", "took", "cases"],
    )
    assert len(charts.scatter(many, CASES, "es", "calendar").to_json()) < 11_000


@pytest.mark.parametrize(
    ("language", "names", "starts", "ends"),
    [
        (
            "es",
            ["la mitad central, con la mediana (p50)", "85 de cada 100 (p85)"],
            ["<b>1 Inicio</b> · 12", "<b>2 Envío Propuesta</b> · 5"],
            ["│ 1,0  ◆ 3,0", "│ 4,0  ◆ 8,0", "nada terminado"],
        ),
        (
            "en",
            ["the middle half, with the median (p50)", "85 of 100 (p85)"],
            ["<b>1 Inicio</b> · 12", "<b>2 Envío Propuesta</b> · 5"],
            ["│ 1.0  ◆ 3.0", "│ 4.0  ◆ 8.0", "nothing finished"],
        ),
    ],
)
def test_a_box_is_drawn_from_its_percentiles(
    language: str, names: list[str], starts: list[str], ends: list[str]
) -> None:
    box, most, begun, said = charts.boxes(STAYS, language, "calendar").data
    assert [box.name, most.name] == names
    drawn = [list(box[name]) for name in ("lowerfence", "q1", "median", "q3", "upperfence", "y")]
    assert drawn == [[0.042, 1], [0.25, 2], [1, 4], [2, 5], [4, 100], [-1.12, -2.12]]
    assert (list(most.x), list(most.y)) == ([3, 8], [-1.12, -2.12])
    assert list(begun.text)[:2] == starts
    assert list(said.text) == ends


def test_a_lane_is_named_by_its_role() -> None:
    lanes = STAYS.drop(columns="phase").assign(role=["proceso", "mesa_de_ayuda", "gerente_alianzas"])
    figure = charts.boxes(lanes, "es", "working")
    assert [name.split("</b>")[0] for name in figure.data[2].text] == [
        "<b>Proceso",
        "<b>Mesa de Ayuda",
        "<b>Gerente Alianzas",
    ]
    assert list(figure.data[0].median) == [3, 12]


def test_waiting_and_held_stand_one_after_the_other() -> None:
    waiting, held, _, said = charts.waits(WAITS, "es", "calendar").data
    assert [(bar.name, list(bar.x)) for bar in (waiting, held)] == [
        ("En espera", [6, None, None]),
        ("Alguien la tiene", [2, 1, None]),
    ]
    assert (waiting.marker.pattern.shape, held.marker.pattern.shape) == ("", "/")  # as in Cuellos de botella
    assert list(said.text) == ["75 % en espera", "0 % en espera", "sin tareas"]


def test_the_largest_cause_stands_on_top() -> None:
    bar, names, said = charts.causes(CAUSES, "en", "calendar").data
    assert list(bar.x) == [5, 3, 1]
    assert list(names.text) == [
        "<b>Outside working hours</b>",
        "<b>Nobody assigned</b>",
        "<b>The client's environment</b>",
    ]
    assert list(said.text) == ["56% · 4 tasks", "33% · 3 tasks", "11% · 2 tasks"]


@pytest.mark.parametrize("clock", ["calendar", "working"])
def test_charts_need_no_data(clock: str) -> None:
    none = pd.DataFrame([spread(0)])
    assert charts.scatter(POINTS[:0], none, "es", clock).layout.shapes == ()
    assert len(charts.boxes(STAYS[2:], "es", clock).data) == 4
    assert len(charts.waits(WAITS[2:], "es", clock).data) == 4
    assert len(charts.causes(CAUSES[:0], "es", clock).data) == 3


@pytest.mark.parametrize(
    ("said", "spanish", "english"),
    [
        (
            lambda language: words.expectation(CASES, language, "calendar"),
            "85 de cada 100 casos terminan en 51,6 días o menos (91 casos terminados).",
            "85 of every 100 cases finish in 51.6 days or less (91 finished cases).",
        ),
        (
            lambda language: words.expectation(CASES.assign(n=4), language, "working"),
            "Todavía no se puede decir en cuánto tiempo termina un caso: han terminado menos de 5.",
            "It is too early to say how long a case takes: fewer than 5 have finished.",
        ),
        (
            lambda language: words.scatter_finding(CASES, language, "working"),
            "La mitad de los casos tarda 120 días laborales o menos; 5 de cada 100, más de 180 días laborales: "
            "1,5 veces lo usual.",
            "Half of the cases take 120 working days or less; 5 of every 100 take more than 180 working days: "
            "1.5 times the usual.",
        ),
        (
            lambda language: words.stays_finding(STAYS, language, "calendar"),
            "La Fase 2 Envío Propuesta es la más lenta: la mitad de los casos la termina en 4,0 días o menos, y 85 de "
            "cada 100 en 8,0 días o menos (5 casos).",
            "Phase 2 Envío Propuesta is the slowest: half of the cases finish it in 4.0 days or less, and 85 of every "
            "100 in 8.0 days or less (5 cases).",
        ),
        (
            lambda language: words.waits_finding(WAITS, language, "working"),
            "El 67 % del tiempo laboral de las tareas es espera: nadie las tiene.",
            "67% of the working time of all tasks is waiting: nobody has them.",
        ),
        (
            lambda language: words.causes_finding(CAUSES, language, "calendar"),
            "El 56 % de la espera cae fuera del horario laboral; la causa principal del resto: Nadie asignado "
            "(75 % del resto).",
            "56% of the waiting lies outside working hours; the main cause of the rest: Nobody assigned "
            "(75% of the rest).",
        ),
        (
            lambda language: words.causes_finding(CAUSES.iloc[[0, 2]], language, "working"),
            "La causa principal de la espera en horario laboral: Nadie asignado (75 %).",
            "The main cause of waiting within working hours: Nobody assigned (75%).",
        ),
    ],
)
def test_each_chart_says_its_finding(said: Any, spanish: str, english: str) -> None:
    assert said("es") == spanish
    assert said("en") == english


def test_the_slowest_lane_is_named_when_it_has_done_enough() -> None:
    lanes = STAYS.drop(columns="phase").assign(role=["proceso", "mesa_de_ayuda", "gerente_alianzas"])
    assert words.lanes_finding(lanes, "es", "calendar").startswith("Mesa de Ayuda es el rol más lento:")
    assert words.lanes_finding(lanes.assign(n=4), "en", "calendar") == (
        "It is too early to say which role is the slowest: each has finished fewer than 5 tasks."
    )
    assert words.waits_finding(WAITS[2:], "es", "calendar") == "Todavía no hay tareas."
