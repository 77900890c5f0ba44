"""The charts of Cuellos de botella hold exactly the numbers of their frames, and say in a sentence what they show."""

from typing import Any

import pandas as pd
import pytest

from core.process.terms import PROCESS_ROLES, Role
from tests.support.people import DAY
from ui.analysis.charts import bottlenecks as charts
from ui.analysis.sentences import bottlenecks as findings

COLUMNS = (
    "phase", "role", "share", "time", "held_time", "n", "p85", "waiting", "overdue", "within", "before_p85", "trend",
)  # fmt: skip
NONE = float("nan")
SLOW = (4, Role.RESPONSABLE_IMPLEMENTACION_B2B, 0.31, 31 * DAY, 11 * DAY, 20, 6.2 * DAY, 9, 0, 0.9, 3 * DAY, "worse")
LATE = (1, Role.MESA_DE_AYUDA, 0.0624, 6 * DAY, 0, 1200, 0.5 * DAY, 0, 1, 0.4, 0.7 * DAY, "better")
NEW = (9, Role.PROCESO, 0.02, 2 * DAY, 2 * DAY, 0, NONE, 0, 2, 0.0, NONE, "")
LANES = pd.DataFrame([SLOW, LATE, NEW], columns=COLUMNS)
EMPTY = LANES.head(0)
ROLES = pd.DataFrame(
    [
        (
            role,
            waiting,
            held,
            waiting + held,
            people,
            (waiting + held) / people if people else NONE,
            n,
            kept,
            over,
            w,
        )
        for role, waiting, held, people, n, kept, over, w in (
            (PROCESS_ROLES[0], 3, 1, 2, 10, 9, 2, 0.75),
            (PROCESS_ROLES[1], 0, 5, 1, 1500, 1200, 0, 0.8),
            (PROCESS_ROLES[5], 0, 0, 0, 0, 0, 0, NONE),
        )
    ],
    columns=["role", "waiting", "held", "queue", "people", "per_person", "n", "kept", "overdue", "within"],
)


def bars(figure: Any) -> dict[str, list[Any]]:
    return {trace.name: list(trace.x) for trace in figure.data if trace.type == "bar"}


def words(figure: Any) -> list[list[str]]:
    return [list(trace.text) for trace in figure.data if trace.type == "scatter"]


@pytest.mark.parametrize(
    ("language", "slow", "late", "hover"),
    [
        ("es", "31,0 %<br>6,2 d", "6,2 %<br>0,5 d", "20 terminadas, 9 esperando"),
        ("en", "31.0%<br>6.2 d", "6.2%<br>0.5 d", "20 finished, 9 waiting"),
    ],
)
def test_the_heatmap_writes_share_and_p85_into_each_lane_of_each_phase(
    language: str, slow: str, late: str, hover: str
) -> None:
    figure = charts.heat(LANES, language)
    (cells,) = figure.data
    assert list(cells.y)[3] == "4 Análisis Técnico"
    assert list(cells.x)[4] == "Responsable<br>Implementación<br>B2B"
    assert [[z for z in row if z is not None] for row in cells.z] == [[0.0624], [], [], [0.31], [], [], [], [], [0.02]]
    assert (cells.z[3][4], cells.z[0][1], cells.z[8][5]) == (0.31, 0.0624, 0.02)
    assert (cells.text[3][4], cells.text[0][1]) == (slow, late)
    assert cells.hovertext[3][4] == f"Responsable Implementación B2B · 4 Análisis Técnico<br>{hover}"
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (3.5, 4.5, 2.5, 3.5)


def test_the_ranking_parts_the_share_of_each_lane_into_waiting_and_held() -> None:
    figure = charts.ranking(LANES, "es")
    assert bars(figure) == {
        "Esperando: nadie la ha tomado": [20, 6.24, None],
        "Tomada por una persona": [11, None, 2],
    }
    assert words(figure) == [
        [
            "<b>Responsable Implementación B2B · 4 Análisis Técnico</b>",
            "<b>Mesa de Ayuda · 1 Inicio</b>",
            "<b>Proceso · 9 Cierre Comercial</b>",
        ],
        ["31,0 %", "6,2 %", "2,0 %"],
    ]
    assert list(bars(charts.ranking(LANES, "en"))) == ["Waiting: nobody holds it", "Held by a person"]


def test_the_load_is_waiting_and_held_work_and_how_much_of_it_each_person_has() -> None:
    figure = charts.load(ROLES, "es")
    assert list(bars(figure).values()) == [[3, None, None], [1, 5, None]]
    assert words(figure)[1] == ["2,0 por persona", "5,0 por persona", "sin personas"]
    assert words(charts.load(ROLES, "en"))[1] == ["2.0 per person", "5.0 per person", "no people"]


def test_deadlines_are_kept_missed_or_already_over() -> None:
    figure = charts.deadlines(ROLES, "es")
    assert bars(figure) == {
        "Terminada en plazo": [9, 1200, None],
        "Terminada tarde": [1, 300, None],
        "Abierta y vencida": [2, None, None],
    }
    assert words(figure)[1] == ["75 %", "80 %", ""]
    assert list(bars(charts.deadlines(ROLES, "en"))) == [
        "Finished within deadline",
        "Finished late",
        "Open and overdue",
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_chart_is_small_and_needs_no_data(language: str) -> None:
    assert charts.heat(EMPTY, language).layout.shapes == ()
    assert bars(charts.ranking(EMPTY, language))
    many = pd.concat([LANES] * 16)
    for figure in (charts.heat(many, language), charts.ranking(many, language), charts.deadlines(ROLES, language)):
        assert len(figure.to_json()) < 12_000


def test_a_lane_is_told_as_a_consultant_would() -> None:
    slow, late, new = LANES.to_dict("records")
    assert findings.sentence(slow, "es") == (
        "Revisión de Responsable Implementación B2B en Fase 4 Análisis Técnico: 31 % del tiempo total, p85 6,2 días, "
        "9 esperando, peor que el trimestre anterior (3,0 días)."
    )
    assert findings.sentence(late, "es") == (
        "Trabajo de Mesa de Ayuda en Fase 1 Inicio: 6,2 % del tiempo total, p85 0,5 días, 1 vencida, "
        "solo 40 % en plazo, mejor que el trimestre anterior (0,7 días)."
    )
    assert findings.sentence(new, "es") == (
        "Cierre de Proceso en Fase 9 Cierre Comercial: 2,0 % del tiempo total, ninguna tarea terminada, 2 vencidas."
    )
    assert findings.sentence({**new, "n": 1}, "en") == (
        "Close by Proceso in Phase 9 Cierre Comercial: 2.0% of all time, only 1 finished task, 2 overdue."
    )
    assert findings.sentence({**slow, "trend": "same"}, "en").endswith("9 waiting, the same as the quarter before.")


def test_the_title_names_the_bottleneck_or_says_that_nothing_stands_out() -> None:
    assert findings.main_finding(LANES, "es").startswith("El cuello de botella: revisión de Responsable")
    assert findings.main_finding(LANES, "es") != findings.sentence(LANES.iloc[0].to_dict(), "es")
    assert "p85" not in findings.main_finding(LANES, "es")  # the ranking says the rest
    assert findings.main_finding(LANES[1:2], "en").startswith("The bottleneck: work of Mesa de Ayuda")
    even = pd.concat([LANES.head(1), LANES.head(1).assign(share=0.25)])
    assert findings.main_finding(even, "es").startswith("Nada se destaca; lo primero es revisión de Responsable")


def test_every_chart_says_what_it_shows() -> None:
    assert findings.heat_finding(LANES, "es") == "3 de 3 carriles ocupan el 39 % del tiempo."
    assert findings.heat_finding(LANES.head(1), "en") == "A single lane takes 31% of the time."
    assert findings.ranking_finding(LANES, "es") == "Durante el 67 % del tiempo nadie tenía tomado el trabajo."
    assert findings.load_finding(ROLES, "es") == (
        "Mesa de Ayuda tiene más trabajo por persona: 5,0 tareas cada una (5 abiertas, 1 persona)."
    )
    assert findings.load_finding(ROLES.assign(people=0), "en") == "Mesa de Ayuda has 5 open tasks and no active person."
    assert findings.load_finding(ROLES.assign(queue=0), "es") == "Ningún rol tiene trabajo abierto."
    assert (
        findings.deadlines_finding(ROLES, "es")
        == "Operador Operación es quien menos cumple los plazos: 75 % de 12 tareas."
    )
    assert findings.deadlines_finding(ROLES.assign(n=0), "en") == (
        "It is too early to say who meets deadlines: no role has finished 5 tasks."
    )
