"""Being away and standing in on the screen: Mi cuenta, the inbox, the return, Cobertura, in both languages."""

from datetime import date

import pytest

from core.case.events import Reviewed
from core.people import absences, accounts
from core.process.terms import Flow, Kind, Role
from core.services import cases
from core.services.cases import SeenItem
from tests.support.absences import leave
from tests.support.drive_case import MEETS, World
from tests.support.people import ADMIN, ALIANZAS, COMERCIAL, COMERCIAL_2, DAY, EVERYTHING, ID, MESA, PROCESO, ROLES
from tests.support.screen import LANGUAGES, Screen

LAST = ("Último día", "Last day")
NAMED = {Role.GERENTE_COMERCIAL: ALIANZAS}


def said(language: str, spanish: str, english: str) -> str:
    return spanish if language == "es" else english


def in_review(w: World) -> str:
    code = w.open(flow=Flow.B2B)
    w.to(code, 2, Kind.REVIEW)
    return code


def only_carla(w: World) -> None:
    for who in (COMERCIAL_2, EVERYTHING):
        accounts.set_roles(w.db, who, set(ROLES[who]) - {Role.GERENTE_COMERCIAL}, None, w.tick())


def fill(screen: Screen, last: date, substitute: str = "") -> Screen:
    """Open the form of an absence and choose."""
    language = screen.at.session_state["language"]
    toggle = next(
        each for each in screen.at.toggle if each.label == said(language, "Registrar una ausencia", "Set an absence")
    )
    toggle.set_value(True)
    screen.run()
    screen.write(said(language, *LAST), last.isoformat())
    if substitute:
        screen.choose(said(language, "Decide como Gerente Comercial", "Decides as Gerente Comercial"), ID[substitute])
    return screen


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_says_when_one_is_away_and_who_decides(see, world: World, language: str):
    screen = fill(see(COMERCIAL, language).go("cuenta"), date(2026, 3, 4), ALIANZAS)
    assert (
        said(
            language,
            "Así quedarían sus roles en esos días laborales; al guardar se revisa además que cada caso en curso "
            "tenga quien lo decida:",
            "Your roles on these working days would be as follows; on saving, each open case is checked too "
            "for somebody who can decide it:",
        )
        in screen.captions
    )
    assert screen.done == [
        said(
            language,
            "Todos los roles tienen a alguien en cada día laboral.",
            "Every role has somebody on each working day.",
        )
    ]
    screen.click(said(language, "Guardar ausencia", "Save the absence"))
    assert screen.done[0] == said(
        language,
        "Quedó registrada la ausencia del lun 2 mar al mié 4 mar.",
        "The absence from Mon 2 Mar to Wed 4 Mar was saved.",
    )
    with world.db.reading() as connection:
        (kept,) = absences.of_person(connection, ID[COMERCIAL], world.now)
    assert dict(kept.substitutes) == {Role.GERENTE_COMERCIAL: ID[ALIANZAS]}
    screen.click(said(language, "Terminar hoy la ausencia", "End the absence today"))
    with world.db.reading() as connection:
        assert absences.of_person(connection, ID[COMERCIAL], world.now) == []


def test_what_was_chosen_is_there_after_a_reload_and_each_problem_stands_once(see):
    fill(see(COMERCIAL).go("cuenta"), date(2026, 2, 27), ALIANZAS)
    again = see(COMERCIAL).go("cuenta")
    assert (again.value("Primer día"), again.value("Último día")) == ("2 mar 2026", "27 feb 2026")
    assert again.at.selectbox[-1].value == ID[ALIANZAS]
    ends = "El último día es anterior al primero"
    assert [line for line in again.captions if ends in line] != []
    again.click("Guardar ausencia")
    assert [line for line in [*again.captions, *again.lines] if ends in line and ":red" in line] == [
        rf":red[:small[↑ {ends}\. Corrija uno de los dos\.]]"
    ]
    again.write("Último día", "4/3/2026").click("Guardar ausencia")
    assert again.done[0].startswith("Quedó registrada la ausencia del lun 2 mar al mié 4 mar.")
    assert not next(each for each in see(COMERCIAL).go("cuenta").at.toggle).value


def test_a_day_that_was_chosen_stays_in_the_other_language_and_back(see):
    screen = fill(see(COMERCIAL).go("cuenta"), date(2026, 1, 4))
    for asked, answer, fields, days in (
        ("Idioma", "en", ("First day", "Last day"), ("2 Mar 2026", "4 Jan 2026")),
        ("Language", "es", ("Primer día", "Último día"), ("2 mar 2026", "4 ene 2026")),
    ):
        screen.answer(asked, answer)
        for _ in range(2):
            assert tuple(map(screen.value, fields)) == days
            screen.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_leave_a_case_to_nobody_is_foreseen_and_refused(see, world: World, language: str):
    only_carla(world)
    code = world.open(flow=Flow.B2B)
    screen = fill(see(COMERCIAL, language).go("cuenta"), date(2026, 3, 3))
    assert screen.refused == [
        said(
            language,
            "Gerente Comercial: 2 días laborales sin nadie, desde el lun 2 mar. "
            "Nombre a un sustituto o dé el rol a otra persona.",
            "Gerente Comercial: 2 working days with nobody, from Mon 2 Mar. "
            "Name a substitute or give the role to somebody else.",
        )
    ]
    screen.click(said(language, "Guardar ausencia", "Save the absence"))
    assert code in screen.refused[0]
    assert screen.value(said(language, *LAST)) == ("3 mar 2026" if language == "es" else "3 Mar 2026")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_substitute_finds_the_inbox_and_decides_for_the_absent_person(see, world: World, language: str):
    code = in_review(world)
    leave(world, COMERCIAL, NAMED)
    screen = see(ALIANZAS, language).go("gerente_comercial")
    whose = said(language, "Por Carla, hasta el vie 6 mar", "For Carla, until Fri 6 Mar")
    assert f":violet-badge[{whose}]" in screen.lines
    assert any(
        f":violet-badge[{said(language, 'por', 'for')} Carla]" in line and "Revisar" in line for line in screen.lines
    )
    screen.case(code)
    assert any(f":violet-badge[{whose}]" in line for line in screen.lines)
    screen.click(said(language, "Todos cumplen", "All met"))
    screen.click(said(language, "Aprobar", "Approve"))
    assert len(screen.done) == 1
    assert [e.for_person for e in world.record(code) if isinstance(e.body, Reviewed)] == [ID[COMERCIAL]]
    who = said(language, "Alba por Carla", "Alba for Carla")
    assert who in {cell for row in screen.table for cell in row}


def test_without_a_substitution_the_inbox_stays_shut(see, world: World):
    screen = see(ALIANZAS).go("gerente_comercial")
    assert len(screen.warned) == 1
    leave(world, COMERCIAL, NAMED, 1, 2)
    assert len(screen.go("gerente_comercial").warned) == 1


def test_of_proceso_a_substitute_gets_the_inbox_and_not_its_settings(see, world: World):
    leave(world, PROCESO, {Role.PROCESO: ALIANZAS})
    screen = see(ALIANZAS)
    assert screen.go("proceso").titles == ["Proceso"]
    for page in ("plazos", "cobertura"):
        assert len(screen.go(page).warned) == 1


def test_several_are_approved_together_for_the_absent_person(see, world: World):
    code = in_review(world)
    leave(world, COMERCIAL, NAMED)
    screen = see(ALIANZAS).go("gerente_comercial", varios="true")
    screen.click("Elegir todos los de esta página")
    screen.click("Ver lo elegido (1)")
    assert any(":violet-badge[por Carla]" in line for line in screen.lines)
    screen.click("Aprobar")
    assert [e.for_person for e in world.record(code) if isinstance(e.body, Reviewed)] == [ID[COMERCIAL]]


def test_a_window_that_outlives_the_substitution_says_so_and_keeps_what_was_typed(see, world: World):
    code = in_review(world)
    absence = leave(world, COMERCIAL, NAMED)
    screen = see(ALIANZAS).case(code)
    absences.end_absence(world.db, absence, ID[COMERCIAL], world.tick())
    screen.click("Aprobar")
    assert screen.refused == [
        "No se guardó: usted no sustituye hoy a Carla. Vuelva a cargar la página y decida en su propio rol, "
        "o pida a esa persona que registre la ausencia."
    ]
    assert screen.tasks == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_return_one_reads_what_was_done(see, world: World, language: str):
    code = in_review(world)
    leave(world, COMERCIAL, NAMED, 0, 1)
    item = world.item(code)
    on = SeenItem(ID[ALIANZAS], code, item.item, item.version, ID[COMERCIAL])
    cases.review(world.db, on, "approve", world.tick(), answers=MEETS)
    world.tick(3 * DAY)
    screen = see(COMERCIAL, language)
    title = said(
        language,
        "**Durante su ausencia se tomó una decisión en su nombre.**",
        "**While you were away one decision was made in your name.**",
    )
    assert title in screen.lines
    assert [row[0] for row in screen.table] == [code]
    assert screen.table[0][4] == "Alba"
    screen.choose(said(language, "Abrir un caso de la lista", "Open a case of the list"), code)
    assert screen.address == {"caso": code}
    screen = see(COMERCIAL, language)
    screen.click(said(language, "Leído", "I have read it"))
    assert title not in screen.lines
    assert title not in screen.go("cuenta").lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_coverage_shows_the_days_without_anybody_and_the_names(see, world: World, language: str):
    only_carla(world)
    leave(world, COMERCIAL, {}, 1, 2)
    leave(world, MESA, {Role.MESA_DE_AYUDA: ALIANZAS}, 0, 0)
    screen = see(PROCESO, language).go("cobertura")
    assert screen.refused == [
        said(
            language,
            "Gerente Comercial: 2 días laborales sin nadie, desde el mar 3 mar. "
            "Nombre a un sustituto o dé el rol a otra persona.",
            "Gerente Comercial: 2 working days with nobody, from Tue 3 Mar. "
            "Name a substitute or give the role to somebody else.",
        )
    ]
    tables = [table.value for table in screen.at.table]
    assert len(tables) == 7
    week = tables[0].to_numpy().tolist()
    nobody = f":red-badge[✕ {said(language, 'nadie', 'nobody')}]"
    assert week[3] == ["Gerente Comercial", ":orange-badge[1]", nobody, nobody, ":orange-badge[1]", ":orange-badge[1]"]
    assert week[1][:3] == ["Mesa de Ayuda", "3 ⇄", "3"]
    people_there = tables[-1].to_numpy().tolist()
    assert said(language, "Alba por Marta", "Alba for Marta") in people_there[1][1]


def test_an_administrator_sets_the_absence_of_another(see, world: World):
    screen = see(ADMIN).go("cobertura")
    screen.choose("Registrar o retirar la ausencia de", ID[COMERCIAL])
    fill(screen, date(2026, 3, 4))
    screen.click("Guardar ausencia")
    with world.db.reading() as connection:
        assert len(absences.of_person(connection, ID[COMERCIAL], world.now)) == 1
