"""The checklist when another system carries an activity out: how it stands instead of a box to tick."""

import pytest

from tests.support.drive_case import World
from tests.support.people import OPERADOR_2, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES

BOOKING = "Confirmación Booking"
RECEIVED = "Recepción de Solicitud de Servicio - Nuevo Cliente"
STATES = {
    "es": (
        f":blue-badge[… en espera del otro sistema] {BOOKING}",
        f":green-badge[✓ confirmado por el otro sistema] {BOOKING}",
        ":red-badge[✕ el otro sistema no respondió] Hágalo a mano y márquelo: así consta en la historia.",
    ),
    "en": (
        f":blue-badge[… waiting for the other system] {BOOKING}",
        f":green-badge[✓ confirmed by the other system] {BOOKING}",
        ":red-badge[✕ the other system did not answer] Do it by hand and tick it: the history will say so.",
    ),
}
WAITS = {
    "es": "Falta la respuesta del otro sistema\\: Confirmación Booking\\. ",
    "en": "The other system has not answered yet\\: Confirmación Booking\\. ",
}


@pytest.fixture
def code(world: World) -> str:
    world.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    return world.open()


def boxes(screen) -> list[str]:
    return [box.label for box in screen.at.checkbox]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_another_system_does_shows_how_it_stands(see, world: World, code: str, language: str):
    pending, answered, _ = STATES[language]
    screen = see(OPERADOR_2, language).case(code)
    assert pending in screen.lines
    assert boxes(screen) == [RECEIVED]
    screen.tick_all().click(next(each for each in screen.buttons if each.startswith("Sí")))
    assert WAITS[language] in screen.problems[0]
    world.settle(code)
    screen.run()
    assert answered in screen.lines
    assert boxes(screen) == [RECEIVED]
    screen.click(next(each for each in screen.buttons if each.startswith("Sí")))
    assert screen.problems == []
    assert world.item(code).item == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_failed_is_ticked_by_hand(see, world: World, code: str, language: str):
    world.settle(code, outcome="failed")
    screen = see(OPERADOR_2, language).case(code)
    assert STATES[language][2] in screen.captions
    assert boxes(screen) == [RECEIVED, BOOKING]
    screen.tick_all().click(next(each for each in screen.buttons if each.startswith("Sí")))
    assert world.item(code).item == 2


def test_the_history_says_who_did_it(see, world: World, code: str):
    world.settle(code)
    world.validate(code)
    rows = [row[3:] for row in see(PROCESO).case(code).table]
    assert ["Se pidió a otro sistema: Confirmación Booking", "", "Sistema", ""] in rows
    assert ["Respuesta del otro sistema", "confirmado", "Sistema", "HTTP 200 · B-77"] in rows
    assert [BOOKING, "hecho", "Oscar", "lo confirmó el otro sistema"] in rows
    assert see(OPERADORA).case(code).tasks == ["Generar y enviar CRO"]
