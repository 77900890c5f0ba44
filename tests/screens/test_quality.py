"""The page Calidad: its findings and exact numbers in both languages, and the way from a number to its cases."""

import pytest

from core.process.terms import Flow, Kind
from tests.support import countable_cases
from tests.support.drive_case import FAILS, World
from tests.support.people import OUTSIDER, PROCESO

FINDINGS = {
    "es": [
        "Un caso pasa todas las revisiones sin devoluciones con una probabilidad del 56 %; "
        "el documento que más se devuelve es Propuesta Comercial: 44 % en su primera revisión.",
        "##### 89 % de 35 documentos se aprobaron en la primera revisión; "
        "el más bajo es Propuesta Comercial, con 56 %.",
        "##### «Precio» es el criterio que más devuelve: 100 % de 1 incumplimiento; un solo criterio explica el 80 %.",
    ],
    "en": [
        "A case passes every review without a return with a probability of 56%; "
        "the document returned most often is Propuesta Comercial: 44% in its first review.",
        "##### 89% of 35 documents were approved in the first review; the lowest is Propuesta Comercial, with 56%.",
        "##### “Precio” is the criterion that causes most returns: 100% of 1 failure; a single criterion explains 80%.",
    ],
}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    code = world.open("k13", flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS, reason="=corregir")
    return world


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.usefixtures("played")
def test_calidad_says_its_findings_with_exact_numbers(see, language: str) -> None:
    screen = see(PROCESO, language).go("calidad")
    main, first, failures = FINDINGS[language]
    assert screen.tasks == [main]
    assert {first, failures} <= set(screen.lines)
    assert len(screen.at.get("plotly_chart")) == 7
    screen.numbers("yield", "failures")
    documents, causes = (screen.at.dataframe[place].value.to_numpy().tolist() for place in (0, 1))
    assert documents[0] == ["2 Envío Propuesta", 5 / 9, 5, 4, 1]
    assert causes == [["Precio", 1, 1, 1]]


@pytest.mark.usefixtures("played")
def test_the_filters_choose_and_nothing_left_says_so(see) -> None:
    screen = see(PROCESO).go("calidad", flujo="estandar").numbers("yield")
    assert screen.at.dataframe[0].value.to_numpy().tolist()[0][2:] == [0, 1, 0]
    screen.go("calidad", flujo="estandar", canal="mesa_de_ayuda")
    assert screen.infos == [
        "Ningún caso cumple con estos filtros. Cambie la selección o quite los filtros para ver todos los casos."
    ]


@pytest.mark.usefixtures("played")
def test_calidad_without_its_right_says_whose_it_is(see) -> None:
    screen = see(OUTSIDER).go("calidad")
    assert len(screen.warned) == 1
    assert screen.at.get("plotly_chart") == []
