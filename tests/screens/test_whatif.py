"""The page ¿Y si…?: a change is chosen, simulated in sight, and answered in words, in both languages."""

from collections.abc import Callable, Iterator

import pytest
import streamlit as st

from core.figures.pages.whatif import past_flow, simulation
from core.process.terms import Role
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import PROCESO
from tests.support.screen import Screen

See = Callable[..., Screen]


@pytest.fixture
def little(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """One finished visit is enough, and two replications."""
    monkeypatch.setattr(past_flow, "ENOUGH", 1)
    monkeypatch.setattr(simulation, "REPLICATIONS", 2)
    countable_cases.play(world)
    return world


@pytest.mark.parametrize(
    ("language", "run", "said", "trust"),
    [
        ("es", "Simular", "El p85 de la duración", "Hoy simulado"),
        ("en", "Simulate", "The p85 of the cycle", "The simulation of today"),
    ],
)
@pytest.mark.usefixtures("little")
def test_one_more_person_is_simulated_and_answered(see: See, language: str, run: str, said: str, trust: str):
    screen = see(PROCESO, language).go("y_si")
    assert not screen.at.get("plotly_chart")
    screen.click(run)
    assert screen.at.subheader[0].value.startswith(said)
    assert len(screen.at.get("plotly_chart")) == 1
    assert any(each.value.startswith(f"##### {trust}") for each in screen.at.markdown)
    assert len(screen.at.table[0].value) == 5


@pytest.mark.usefixtures("little")
def test_another_deadline_says_that_it_makes_nobody_faster(see: See):
    screen = see(PROCESO).go("y_si").choose("Qué cambia", "deadlines").click("Simular")
    assert screen.at.subheader[0].value.startswith("Las tareas vencidas")
    assert any("no la velocidad" in each.value for each in screen.at.markdown)


@pytest.mark.usefixtures("little")
def test_an_answer_goes_when_the_question_is_another(see: See):
    screen = see(PROCESO).go("y_si").click("Simular")
    screen.choose("Rol", Role.GERENTE_COMERCIAL)
    assert not screen.at.get("plotly_chart")
    assert screen.at.subheader[0].value.startswith("¿Qué pasaría si algo cambiara?")


@pytest.mark.usefixtures("little")
def test_a_run_that_is_left_keeps_nothing(see: See, monkeypatch: pytest.MonkeyPatch):
    closed = []

    def halfway(*_: object, **__: object) -> Iterator[simulation.SimulationStep]:
        try:
            yield simulation.SimulationStep(0.5)
            st.stop()  # as Streamlit ends a run when a button is clicked in the middle of it
        finally:
            closed.append(True)

    screen = see(PROCESO).go("y_si")
    monkeypatch.setattr(simulation, "answer", halfway)
    screen.click("Simular")
    assert closed == [True]
    assert "whatif_answer" not in screen.at.session_state


def test_without_enough_of_the_past_it_says_what_is_missing(world: World, see: See):
    countable_cases.play(world)
    screen = see(PROCESO).go("y_si")
    assert screen.at.info[0].value.startswith("Todavía no hay con qué simular: en las últimas 26 semanas")
