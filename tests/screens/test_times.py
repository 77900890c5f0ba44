"""The page Tiempos: exact figures by the clock that the address names, in both languages, each with its cases."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import countable_cases
from tests.support.drive_case import World
from ui.words.messages import text

Visit = Callable[..., AppTest]


@pytest.fixture
def tiempos(visit: Visit, world: World) -> Visit:
    """Open Tiempos over the twelve cases."""
    countable_cases.play(world)
    return lambda language="es", **address: visit("tiempos", language=language, **address)


def titles(app: AppTest) -> list[str]:
    return [m.value.removeprefix("##### ") for m in app.markdown if m.value.startswith("##### ")]


@pytest.mark.parametrize(
    ("language", "clock", "expected"),
    [
        ("es", "calendar", "85 de cada 100 casos terminan en 0,2 días o menos (6 casos terminados)."),
        ("es", "working", "85 de cada 100 casos terminan en 0,3 días laborales o menos (6 casos terminados)."),
        ("en", "calendar", "85 of every 100 cases finish in 0.2 days or less (6 finished cases)."),
        ("en", "working", "85 of every 100 cases finish in 0.3 working days or less (6 finished cases)."),
    ],
)
def test_the_title_is_the_service_level_expectation_by_the_chosen_clock(
    tiempos: Visit, language: str, clock: str, expected: str
) -> None:
    app = tiempos(language, reloj=clock)
    assert app.subheader[0].value == expected
    assert len(titles(app)) == len(app.get("plotly_chart")) == 5
    for chart in ("stays", "lanes", "waits"):
        app.session_state[f"{chart}_part"] = text(language, "tab-numbers")
    assert [table.value.shape for table in app.run().dataframe] == [
        (9, 9 if clock == "calendar" else 7),
        (6, 7),
        (9, 4),
    ]


def test_the_clock_goes_into_the_address(tiempos: Visit) -> None:
    app = tiempos()
    app.segmented_control(key="filter_reloj").set_value("working").run()
    assert app.query_params["reloj"] == "working"
    assert "laborales" in app.subheader[0].value


def test_a_number_of_a_cause_leads_to_its_cases(tiempos: Visit) -> None:
    app = tiempos(detras="cause_correction")
    assert not app.exception
    said = [m.value for m in app.markdown]
    assert any(text.startswith("Tareas que esperaron por esta causa: 4") for text in said)
    assert any("El que se elige en la página" in text for text in said)
