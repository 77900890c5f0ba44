"""Fields that people type into: no run tells them what they hold but the one in which they come to the screen."""

from datetime import date
from typing import Any

from core.process.terms import Flow, Kind
from tests.screens.test_absence import fill
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, OPERADORA, PROCESO
from tests.support.screen import Screen

REASON = "Motivo (obligatorio si devuelve sin marcar «No cumple»)"
NAME = "Nombre del cliente"
SWITCHES = ("Secciones del caso", "Parte", "Fase")  # what the address says: nobody types into them
KINDS = ("text_area", "text_input", "checkbox", "button_group", "multiselect", "selectbox")


def told(screen: Screen) -> list[str]:
    """The labels of the fields that the browser is told to show something else in than it has."""
    return [each.label for kind in KINDS for each in screen.at.main.get(kind) if _told(each)]


def _told(field: Any) -> bool:
    return field.proto.set_value and field.label not in SWITCHES


def test_a_run_leaves_what_somebody_types_meanwhile(see, world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    screen = see(COMERCIAL).case(code)
    assert told(screen) == []
    screen.write(REASON, "falta el precio")
    assert (screen.value(REASON), told(screen)) == ("falta el precio", [])
    screen.answer("Precio", "fails").write("Comentario para la historia del caso", "lo vi")
    assert told(screen) == []
    assert screen.run().value(REASON) == "falta el precio"
    assert told(screen) == []
    screen.click("Todos cumplen")
    assert (told(screen), screen.value("Precio"), screen.value("SLA")) == (["Precio", "SLA"], "fails", "meets")


def test_a_form_over_what_is_stored_leaves_what_somebody_types_meanwhile(see):
    screen = see(PROCESO).go("plazos").run()
    assert told(screen) == []


def test_a_filter_that_shows_what_the_address_says_is_not_told_it_again(see):
    screen = see(PROCESO).go("casos", buscar="café").run()
    assert (screen.value("Buscar"), told(screen)) == ("café", [])


def test_a_field_that_comes_back_to_the_screen_holds_what_was_last_typed(see):
    screen = see(OPERADORA).go("nuevo")
    for name in ("Café Uno", "Café Dos", ""):
        screen.write(NAME, name)
        screen.answer("Cliente", "known").run().answer("Cliente", "new")
        assert screen.value(NAME) == name
    screen.write(NAME, "Café Tres").go("casos")
    assert screen.go("nuevo").value(NAME) == "Café Tres"
    assert told(screen.run()) == []


def test_a_draft_of_a_field_that_is_off_the_screen_comes_with_it(see):
    see(OPERADORA).go("nuevo").write(NAME, "Café Uno").answer("Cliente", "known")
    screen = see(OPERADORA).go("nuevo")
    assert NAME not in [each.label for each in screen.at.text_input]
    assert screen.answer("Cliente", "new").value(NAME) == "Café Uno"
    screen.write(NAME, "Café Dos").answer("Cliente", "known").run().answer("Cliente", "new")
    assert screen.value(NAME) == "Café Dos"


def test_a_day_that_comes_back_to_the_screen_is_the_one_that_was_typed(see):
    screen = fill(see(COMERCIAL).go("cuenta"), date(2026, 3, 4))
    for shown in (False, True):
        next(each for each in screen.at.toggle if each.label == "Registrar una ausencia").set_value(shown)
        screen.run()
    assert screen.value("Último día") == "4 mar 2026"
