"""The page Cuellos de botella: its title is the finding, each sentence has its cases, and Embudo leads to it."""

import pytest

from core.process.terms import ROLE_NAMES, Role
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import HOUR, MINUTE, OUTSIDER, PROCESO
from tests.support.screen import Screen
from ui.analysis import evidence_panel

FIRST = ROLE_NAMES[Role.OPERADOR_OPERACION]
COUNTS = {
    "es": "Tareas: 18 · Terminadas: 17 · Abiertas: 1",
    "en": "Tasks: 18 · Finished: 17 · Open: 1",
}
PAGE = {
    "es": ("Cuellos de botella", "El cuello de botella: trabajo de", "Ver casos"),
    "en": ("Bottlenecks", "The bottleneck: work of", "See cases"),
}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    return world


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.usefixtures("played")
def test_the_title_is_the_bottleneck_and_each_sentence_leads_to_its_cases(see, language: str) -> None:
    title, finding, evidence = PAGE[language]
    page: Screen = see(PROCESO, language).go("cuellos")
    assert page.titles[-1] == title
    assert page.tasks[0].startswith(f"{finding} {FIRST} ")
    assert page.lines[0].startswith("**1.** ")
    assert [each.label for each in page.at.main.button].count(evidence) == 5
    assert len(page.at.get("plotly_chart")) == 4
    page.click(evidence)
    assert page.address[evidence_panel.FIGURE] == "share_of_time:1:operador_operacion"
    assert len(page.at.dataframe[-1].value) == 10
    assert page.lines[-3].startswith(COUNTS[language])


@pytest.mark.usefixtures("played")
def test_the_exact_numbers_are_those_of_the_figures(see) -> None:
    table = see(PROCESO).go("cuellos").numbers("heat").at.dataframe[0].value
    first = dict(zip(table.columns, table.to_numpy().tolist()[0], strict=True))
    shown = [first[name] for name in ("Fase", "Rol", "Terminadas", "p50")]
    assert shown == ["1 Inicio", FIRST, 17, HOUR + MINUTE]


@pytest.mark.usefixtures("played")
def test_the_first_page_of_the_section_leads_there_with_its_filters(see) -> None:
    page = see(PROCESO).go("embudo", flujo="b2b")
    assert ("Ver los cuellos de botella →", "cuellos", {"flujo": "b2b"}) in page.links()


def test_without_work_the_page_says_what_to_do(see) -> None:
    page = see(PROCESO).go("cuellos")
    assert page.infos[0].startswith("Todavía no hay tareas abiertas, ni terminadas desde el ")
    chosen = see(PROCESO).go("cuellos", flujo="b2b")
    assert chosen.infos[0].startswith("Con esta selección no hay tareas abiertas, ni terminadas desde el ")
    assert len(page.at.get("plotly_chart")) == 0
    assert see(OUTSIDER).go("cuellos").warned[0].startswith("Esta página es para Proceso")
