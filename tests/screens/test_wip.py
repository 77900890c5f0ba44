"""Trabajo en curso: exact figures in both languages, each with its cases."""

import pytest

from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import DAY, PROCESO

SAID = {
    "es": "5 de 6 casos en curso llevan en su fase más que 85 de cada 100 de los anteriores; donde más: "
    "Fase 2 Envío Propuesta (2).",
    "en": "5 of 6 cases in progress have been in their phase for longer than 85 of every 100 before them; "
    "most of them in Phase 2 Envío Propuesta (2).",
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_open_cases_weeks_and_what_is_usual_are_said(world: World, see, language: str):
    countable_cases.play(world)
    screen = see(PROCESO, language).go("en_curso")
    app = screen.at
    assert not app.exception
    assert [each.value for each in app.subheader] == [SAID[language]]
    assert len(app.get("plotly_chart")) == 4
    assert screen.numbers("wip-ages-chart").at.dataframe[0].value.shape == (9, 8)


def test_a_week_leads_to_its_cases(world: World, see):
    countable_cases.play(world)
    world.now += 14 * DAY
    screen = see(PROCESO, "es").go("en_curso")
    screen.at.query_params["detras"] = "arrived:::2026-03-02"
    screen.at.run()
    assert not screen.at.exception
    assert any("Llegaron: 12" in each.value for each in screen.at.markdown)
