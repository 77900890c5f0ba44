"""The chart and the sentences of ¿Y si…? say the numbers of the answer."""

import pytest

from core.figures.pages.whatif.past_flow import Numbers
from core.figures.pages.whatif.simulation import Estimate, SimulationResult
from tests.support.people import HOUR, START
from ui.analysis.charts import whatif
from ui.words.format import Format

WORDS = {language: Format(language, START) for language in ("es", "en")}
DAY = 8 * HOUR
SAME = Estimate(0, 0, 0)


def estimates(p50: float, p85: float, overdue: float) -> dict[str, Estimate]:
    return {
        "throughput": Estimate(3, 2.5, 3.5),
        "p50": Estimate(p50 * DAY, (p50 - 2) * DAY, (p50 + 4) * DAY),
        "p85": Estimate(p85 * DAY, (p85 - 2) * DAY, (p85 + 2) * DAY),
        "wip": Estimate(15, 12, 24),
        "overdue": Estimate(overdue, overdue - 0.02, overdue + 0.03),
    }


ANSWER = SimulationResult(
    Numbers(3.1, 26 * DAY, 40 * DAY, 17, 0.05),
    estimates(22, 41, 0.1),
    estimates(18, 35, 0.2),
    {
        **dict.fromkeys(Numbers._fields, SAME),
        "p85": Estimate(-6 * DAY, -8 * DAY, -DAY),
        "overdue": Estimate(0.1, 0.05, 0.15),
    },
)


def test_the_chart_has_what_happened_the_baseline_and_the_change():
    (cycle,) = whatif.comparison(ANSWER, "p85", WORDS["es"]).data
    assert list(cycle.y) == ["Lo que pasó", "Hoy, simulado", "Con el cambio"]
    assert (list(cycle.x), list(cycle.text)) == ([40, 41, 35], ["40,0", "41,0", "35,0"])
    (overdue,) = whatif.comparison(ANSWER, "overdue", WORDS["en"]).data
    assert (list(overdue.x), list(overdue.text)) == ([5, 10, 20], ["5%", "10%", "20%"])
    assert (list(overdue.error_x.array), list(overdue.error_x.arrayminus)) == ([None, 3, 3], [None, 2, 2])
    assert len(set(overdue.marker.symbol)) == 3


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "El p85 de la duración baja de 41,0 a 35,0 días laborales (intervalo 33,0–37,0)."),
        ("en", "The p85 of the cycle time falls from 41.0 to 35.0 working days (interval 33.0–37.0)."),
    ],
)
def test_the_sentence_says_from_what_to_what(language: str, said: str):
    assert whatif.finding(ANSWER, "p85", WORDS[language]) == said


def test_a_difference_that_may_be_none_is_called_chance():
    chance = ANSWER._replace(difference={**ANSWER.difference, "p85": Estimate(-DAY, -3 * DAY, DAY)})
    assert whatif.finding(chance, "p85", WORDS["es"]).startswith("El p85 de la duración no cambia más que por azar")
    assert whatif.finding(ANSWER, "overdue", WORDS["es"]) == (
        "Las tareas vencidas suben de 10 % a 20 % (intervalo 18 %–23 %)."
    )


def test_it_says_where_the_baseline_misses_what_happened():
    assert whatif.trust(ANSWER, WORDS["es"]) == (
        "Hoy simulado acierta 4 de 5 cifras de lo que pasó; no acierta: Tareas terminadas con el plazo vencido."
    )
    right = ANSWER._replace(happened=ANSWER.happened._replace(overdue=0.1))
    assert whatif.trust(right, WORDS["en"]).startswith("The simulation of today matches what happened: all 5 numbers")


def test_differences_have_their_sign():
    assert [whatif.format_number("p85", days * DAY, WORDS["es"], signed=True) for days in (-1.5, 0, 2)] == [
        "−1,5",
        "0,0",
        "+2,0",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("throughput", -0.02, "0,0"), ("throughput", 0.26, "+0,3"), ("p50", -DAY, "−1,0"), ("overdue", -0.001, "0 %")],
)
def test_what_is_written_as_nothing_has_no_sign(name: str, value: float, said: str):
    assert whatif.format_number(name, value, WORDS["es"], signed=True) == said
