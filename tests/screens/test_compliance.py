"""The page Cumplimiento: findings and exact numbers in both languages, and the check of the records by a button."""

import pytest
from sqlalchemy import insert

from core.conformance import check
from core.store import tables
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import PROCESO

MAIN = {
    "es": "99 % de 162 tareas se hicieron dentro de su plazo; "
    "todavía no se ha comprobado si las historias siguen el proceso.",
    "en": "99% of 162 tasks were done within their deadline; "
    "whether the histories follow the process has not been checked yet.",
}
PATHS = {
    "es": "##### 6 casos terminados siguieron 4 caminos distintos; el más frecuente, Cerró: 33 % de los casos, "
    "la mitad en 0,1 días o menos.",
    "en": "##### 6 finished cases took 4 different paths; the most frequent, Closed: 33% of the cases, "
    "half of them in 0.1 days or less.",
}
UNCHECKED = {
    "es": "##### Todavía no se ha comprobado si la historia de los 12 casos sigue el proceso.",
    "en": "##### Whether the history of the 12 cases follows the process has not been checked yet.",
}
CHECK = {"es": "Comprobar 12 casos", "en": "Check 12 cases"}
CHECKED = {
    "es": "##### La historia de los 12 casos comprobados sigue el proceso: 100 %.",
    "en": "##### The histories of the 12 checked cases follow the process: 100%.",
}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    return world


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.usefixtures("played")
def test_cumplimiento_says_its_findings_and_checks_the_records(see, language: str) -> None:
    screen = see(PROCESO, language).go("cumplimiento")
    assert screen.tasks == [MAIN[language]]
    assert {PATHS[language], UNCHECKED[language]} <= set(screen.lines)
    assert len(screen.at.get("plotly_chart")) == 2
    screen.numbers("sla", "variants")
    deadlines, paths = (each.value.to_numpy().tolist() for each in screen.at.dataframe[:2])
    assert deadlines[0] == ["1 Inicio", "Mesa de Ayuda", 1, 3, 0, 0]
    assert [row[1] for row in paths] == [2, 2, 1, 1]
    screen.click(CHECK[language])
    assert CHECKED[language] in screen.lines
    assert CHECK[language] not in screen.buttons


def test_a_deviating_case_is_named_with_its_rule(see, played: World) -> None:
    check.check(played.db, played.now)
    with played.db.reading() as connection:
        row = connection.execute(tables.conformance.select().where(tables.conformance.c.case_id == 3)).one()
    with played.db.writing() as tx:
        tx.run(tables.conformance.delete().where(tables.conformance.c.case_id == 3))
        tx.run(insert(tables.conformance), {**row._mapping, "rule": "four_eyes", "seq": 20})
        tx.run(insert(tables.further_deviations), {"case_id": 3, "rule": "work_out_of_turn", "seq": 31})
    screen = see(PROCESO).go("cumplimiento")
    assert "##### 1 caso se aparta del proceso: la historia de 91,67 % de los 12 comprobados lo sigue." in screen.lines
    assert screen.at.dataframe[-1].value.to_numpy().tolist() == [
        ["S-2026-0003", 20, "Quien envió el documento lo revisó"],
        ["S-2026-0003", 31, "Se abrió una tarea que no correspondía, o faltó la que seguía"],
    ]
    captions = [each.value for each in screen.at.caption]
    assert any(said.startswith("De cada caso consta lo que se aparta hasta la primera entrada") for said in captions)
