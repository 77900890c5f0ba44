"""The charts of Cumplimiento, trace by trace, and what they say, in both languages."""

import pandas as pd
import pytest

from core.figures.pages.compliance import Checked
from ui.analysis.charts import compliance as charts
from ui.analysis.sentences import compliance as findings
from ui.words.format import DAY

LANES = pd.DataFrame(
    {
        "phase": [1, 2, 2],
        "role": ["operador_operacion", "operador_operacion", "proceso"],
        "within": [9, 4, 3],
        "late": [1, 0, 5],
        "overdue": [0, 0, 2],
        "share": [0.9, 1.0, 0.3],
    }
)
VARIANTS = pd.DataFrame(
    {
        "variant": ["closed-9-0", "rejected-3-10", "closed-9-2010"],
        "cases": [12, 3, 1],
        "share": [0.75, 0.1875, 0.0625],
        "p50": [10.0 * DAY, 2.0 * DAY, 120.0 * DAY],
    }
)


def test_the_deadlines_are_a_cell_per_phase_and_role() -> None:
    (cells,) = charts.deadlines(LANES, "es").data
    assert list(cells.x) == ["Operador<br>Operación", "Proceso"]
    assert list(cells.y) == ["1 Inicio", "2 Envío Propuesta"]
    assert [list(line) for line in cells.z] == [[0.9, None], [1.0, 0.3]]
    assert [list(line) for line in cells.text] == [["90 %<br>10", ""], ["100 %<br>4", "30 %<br>10"]]
    assert cells.colorscale[0] == (0, "rgba(204, 54, 80, 0.65)")


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        (
            "es",
            ["<b>Cerró</b>", "<b>Rechazado en F3 · ↺ F2</b>", "<b>Cerró · ↺ F2, F4 ×2</b>"],
            ["12 · 75 % · p50 10,0 d", "3 · 19 % · p50 2,0 d", "1 · 6 % · p50 120 d"],
        ),
        (
            "en",
            ["<b>Closed</b>", "<b>Rejected in P3 · ↺ P2</b>", "<b>Closed · ↺ P2, P4 ×2</b>"],
            ["12 · 75% · p50 10.0 d", "3 · 19% · p50 2.0 d", "1 · 6% · p50 120 d"],
        ),
    ],
)
def test_a_path_is_its_end_and_its_returns(language: str, names: list[str], said: list[str]) -> None:
    bars, begun, ends = charts.variants(VARIANTS, language).data
    assert (list(bars.x), list(begun.text), list(ends.text)) == ([12, 3, 1], names, said)


def test_the_ten_most_frequent_paths_are_drawn() -> None:
    many = pd.concat([VARIANTS] * 5, ignore_index=True)
    assert len(charts.variants(many, "es").data[0].x) == 10


def test_a_chart_needs_no_data() -> None:
    assert len(charts.variants(VARIANTS.iloc[:0], "es").data) == 3
    assert len(charts.deadlines(LANES.iloc[:0], "es").data) == 1


def test_the_findings_say_what_the_charts_show() -> None:
    assert findings.deadlines_finding(LANES, "es") == (
        "Donde menos se cumple el plazo: Proceso en la Fase 2 Envío Propuesta, con 30 % en plazo; "
        "entre todos, 67 % de 24 tareas."
    )
    assert findings.compliance_finding(LANES, Checked(12, 11, 1, 1), "es") == (
        "67 % de 24 tareas se hicieron dentro de su plazo; 10 de 11 historias comprobadas siguen el proceso."
    )
    assert findings.compliance_finding(LANES, Checked(12, 0, 0, None), "en") == (
        "67% of 24 tasks were done within their deadline; "
        "whether the histories follow the process has not been checked yet."
    )
    assert findings.deadlines_finding(LANES.iloc[:0], "es") == "Todavía no ha terminado ni vencido ninguna tarea."
    assert findings.variants_finding(VARIANTS, "en") == (
        "16 finished cases took 3 different paths; the most frequent, Closed: 75% of the cases, "
        "half of them in 10.0 days or less."
    )
    assert findings.variants_finding(VARIANTS.iloc[:0], "es") == "Ningún caso ha terminado."


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Checked(12, 0, 0, None), "Todavía no se ha comprobado si la historia de los 12 casos sigue el proceso."),
        (Checked(12, 12, 0, 1), "La historia de los 12 casos comprobados sigue el proceso: 100 %."),
        (
            Checked(12, 12, 1, 1),
            "1 caso se aparta del proceso: la historia de 91,67 % de los 12 comprobados lo sigue.",
        ),
    ],
)
def test_the_conformance_says_how_many_records_follow(found: Checked, said: str) -> None:
    assert findings.conformance_finding(found, "es") == said
