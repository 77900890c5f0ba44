"""The charts of Calidad, trace by trace, and what they say, in both languages."""

from typing import Any

import pandas as pd
import pytest

from core.figures.pages.quality.returns import OverallQuality
from ui.analysis.charts import quality as charts
from ui.analysis.sentences import quality as findings
from ui.words.format import DAY
from ui.words.messages import LANGUAGES

DOCUMENTS = pd.DataFrame(
    {
        "phase": [2, 3, 4],
        "reviewed": [8, 4, 0],
        "first_pass": [5, 4, 0],
        "sent_back": [3, 0, 0],
        "in_review": [1, 0, 0],
        "share": [0.625, 1.0, None],
        "n": [2, 0, 0],
        "p50": [1.0 * DAY, None, None],
        "p85": [2.0 * DAY, None, None],
        "p95": [3.5 * DAY, None, None],
        "total": [9 * DAY, 0, 0],
    }
)
CRITERIA = pd.DataFrame(
    {
        "criterion": ["<b>Precio</b>", "SLA"],
        "reviewed": [4, 2],
        "first_pass": [1, 2],
        "failed": [3, 0],
        "share": [0.25, 1],
    }
)
CAUSES = pd.DataFrame(
    {"cause": ["Precio *alto*", "SLA"], "times": [3, 1], "share": [0.75, 0.25], "cumulative": [0.75, 1.0]}
)
MANY = pd.DataFrame({"cause": [f"c{n:02}" for n in range(12)], "times": [10] * 12, "share": [1 / 12] * 12}).assign(
    cumulative=lambda frame: frame["share"].cumsum()
)
GATES = pd.DataFrame(
    {
        "phase": [1, 2, 3],
        "validated": [40, 30, 0],
        "refused": [2, 0, 0],
        "reviewed": [0, 50, 0],
        "returned": [0, 5, 0],
        "cases": [0, 25, 0],
        "silent": [False, True, False],
        "silent_review": [False, False, False],
    }
)


def texts(trace: Any) -> list[str]:
    return list(trace.text)


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        ("es", ["Aprobado a la primera", "Devuelto"], ["62 % · 5 de 8", "100 % · 4 de 4", "sin revisiones"]),
        ("en", ["Approved at first", "Returned"], ["62% · 5 of 8", "100% · 4 of 4", "no reviews"]),
    ],
)
def test_the_yield_is_a_whole_bar_per_phase(language: str, names: list[str], said: list[str]) -> None:
    passed, back, begun, ends = charts.first_pass(DOCUMENTS, language).data
    assert [passed.name, back.name] == names
    assert (list(passed.x), list(back.x)) == ([62, 100, None], [38, None, None])
    assert texts(begun) == ["<b>2 Envío Propuesta</b>", "<b>3 Análisis Comercial</b>", "<b>4 Análisis Técnico</b>"]
    assert texts(ends) == said


def test_a_criterion_is_drawn_as_it_is_written() -> None:
    passed, back, begun, ends = charts.criteria(CRITERIA, "es").data
    assert (passed.name, back.name) == ("Cumple", "No cumple")
    assert (list(passed.x), list(back.x)) == ([25, 100], [75, None])
    assert texts(begun) == ["<b>&lt;b&gt;Precio&lt;/b&gt;</b>", "<b>SLA</b>"]
    assert list(passed.hovertext) == ["&lt;b&gt;Precio&lt;/b&gt;", "SLA"]
    assert texts(ends) == ["25 % · 1 de 4", "100 % · 2 de 2"]


@pytest.mark.parametrize(
    ("language", "said", "others"),
    [
        ("es", ["3 · 75 % · hasta aquí 75 %", "1 · 25 % · hasta aquí 100 %"], "<b>Otros (2)</b>"),
        ("en", ["3 · 75% · up to here 75%", "1 · 25% · up to here 100%"], "<b>Others (2)</b>"),
    ],
)
def test_the_causes_stand_in_their_order_and_the_rest_is_one_bar(language: str, said: list[str], others: str) -> None:
    bars, begun, ends = charts.pareto(CAUSES, language).data
    assert (list(bars.x), texts(begun), texts(ends)) == ([3, 1], ["<b>Precio *alto*</b>", "<b>SLA</b>"], said)
    bars, begun, ends = charts.pareto(MANY, language).data
    assert list(bars.x) == [10] * 10 + [20]
    assert begun.text[-1] == others


def test_a_long_reason_is_broken_into_lines_and_whole_beside_the_pointer() -> None:
    reason = "El nombre del representante legal tiene un error de escritura & la firma no es la suya"
    figure = charts.pareto(CAUSES.assign(cause=[reason, "SLA"]), "es")
    bars, begun, _ = figure.data
    assert begun.text[0] == "<b>El nombre del representante legal<br>tiene un error de escritura &amp; la…</b>"
    assert bars.hovertext[0].replace("<br>", " ") == reason.replace("&", "&amp;")
    assert begun.text[1] == "<b>SLA</b>"
    assert figure.layout.height > charts.pareto(CAUSES, "es").layout.height


def test_the_rework_is_a_range_in_days() -> None:
    figure = charts.rework(DOCUMENTS, "es")
    line, *marks, _, ends = figure.data
    assert list(line.x) == [1, 3.5, None]
    assert [list(mark.x) for mark in marks] == [[1, None, None], [2, None, None], [3.5, None, None]]
    assert figure.layout.xaxis.title.text == "Días calendario hasta la aprobación (de 24 horas)"
    assert ends.text[0] == "● 1,0  ◆ 2,0  ■ 3,5 días"


def test_the_refusals_and_the_gates_per_phase() -> None:
    bars, _, ends = charts.refusals(GATES, "es").data
    assert (list(bars.x), texts(ends)) == ([2, None, None], ["2 de 40 · 5,0 %", "0 de 30 · 0,0 %", "sin decisiones"])
    validation, review, _, ends = charts.gates(GATES, "es").data
    assert (list(validation.x), list(review.x)) == ([5, 0, None], [None, 10, None])
    assert (validation.marker.symbol, review.marker.symbol) == ("circle", "diamond")
    assert texts(ends) == ["No 5 %", "validación: nunca No (30 casos) · devuelto 10 %", "sin decisiones"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("chart", "frame"),
    [
        (charts.first_pass, DOCUMENTS),
        (charts.criteria, CRITERIA),
        (charts.pareto, CAUSES),
        (charts.rework, DOCUMENTS),
        (charts.refusals, GATES),
        (charts.gates, GATES),
    ],
)
def test_a_chart_needs_no_data(chart: Any, frame: pd.DataFrame, language: str) -> None:
    nothing = frame.iloc[:0] if "phase" not in frame else frame.assign(**{n: 0 for n in frame if n != "phase"})
    assert len(chart(nothing, language).data) >= 3


def test_the_findings_say_what_the_charts_show() -> None:
    whole = OverallQuality(0.625, 8, 3, 2, 1)
    assert findings.quality_finding(whole, DOCUMENTS, "es") == (
        "Un caso pasa todas las revisiones sin devoluciones con una probabilidad del 62 %; "
        "el documento que más se devuelve es Propuesta Comercial: 38 % en su primera revisión."
    )
    assert findings.first_pass_finding(DOCUMENTS, "es") == (
        "75 % de 12 documentos se aprobaron en la primera revisión; el más bajo es Propuesta Comercial, con 62 %."
    )
    assert findings.criteria_finding(CRITERIA, "es") == (
        "El criterio que menos se cumple a la primera es «\\<b\\>Precio\\</b\\>»: falla en 75 % de 4 documentos."
    )
    assert findings.failures_finding(CAUSES, "en") == (
        "“Precio \\*alto\\*” is the criterion that returns most: 75% of 4 failures; 2 criteria explain 80%."
    )
    assert findings.reasons_finding(CAUSES, "es") == (
        "El motivo más frecuente es «Precio \\*alto\\*»: 75 % de 4 devoluciones con motivo escrito; "
        "2 motivos explican el 80 %."
    )
    assert findings.rework_finding(DOCUMENTS, "es") == (
        "Corregir 2 documentos devueltos ha costado 9,0 días en total; 100 % de ellos en Propuesta Comercial."
    )
    assert findings.refusals_finding(GATES, "es") == (
        "2 de 70 validaciones rechazaron la solicitud; donde más: Fase 1 Inicio (2)."
    )
    assert findings.gates_finding(GATES, "es") == (
        "Nunca ha dicho no en al menos 20 casos: la validación de la Fase 2 Envío Propuesta. ¿Hace falta?"
    )


def test_without_a_no_the_findings_say_so() -> None:
    nothing = DOCUMENTS.assign(reviewed=0, first_pass=0, share=None, n=0, total=0)
    assert findings.quality_finding(OverallQuality(None, 0, 0, 0, 0), nothing, "es") == (
        "Todavía no ha terminado la primera revisión de ningún documento."
    )
    good = DOCUMENTS.assign(sent_back=0, first_pass=DOCUMENTS["reviewed"], share=[1, 1, None])
    assert findings.quality_finding(OverallQuality(1, 8, 0, 0, 0), good, "es") == (
        "Ningún documento se ha devuelto: todos se aprobaron en la primera revisión (8 casos)."
    )
    assert findings.rework_finding(nothing, "en") == "No return has come to an approval yet."
    none = GATES.assign(refused=0, silent=False)
    assert findings.refusals_finding(none, "es") == "Ninguna de las 70 validaciones rechazó la solicitud."
    assert findings.gates_finding(none, "es") == (
        "Todas las compuertas que decidieron al menos 20 casos han dicho no alguna vez."
    )


def test_of_a_single_phase_its_document_is_spoken_of_alone() -> None:
    whole = OverallQuality(first_pass=0.62, cases=8, reworked=3, repeat=3, redo=0)
    said = "Propuesta Comercial: 62 % de 8 documentos se aprobaron en la primera revisión."
    assert findings.quality_finding(whole, DOCUMENTS[:1], "es") == said
    assert findings.first_pass_finding(DOCUMENTS[:1], "es") == said
