"""The tab «Enlace»: making a status link, copying it once, withdrawing it."""

import pytest

from core.case.events import LinkMade, LinkWithdrawn
from core.services import status_links
from tests.support.drive_case import World
from tests.support.people import ADMIN, ALIANZAS, DAY, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES
from ui.case.link_tab import address

MAKE = {"es": "Crear enlace", "en": "Make a link"}
TAKE = {"es": "Retirar", "en": "Withdraw"}
NONE = {"es": "Este caso no tiene enlaces.", "en": "This case has no links."}
ROWS = {
    "es": (
        ":green-badge[vigente] Creado por Alba el lun 2 mar, 08:01",
        "vence el mié 1 abr, 08:01 · todavía no se ha visto",
        ":gray-badge[retirado] Creado por Alba el lun 2 mar, 08:01",
        "El enlace se retiró: ya no lleva a ninguna parte.",
    ),
    "en": (
        ":green-badge[open] Made by Alba on Mon 2 Mar, 08:01",
        "expires on Wed 1 Apr, 08:01 · not seen yet",
        ":gray-badge[withdrawn] Made by Alba on Mon 2 Mar, 08:01",
        "The link was withdrawn: it no longer works.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_is_made_shown_once_and_withdrawn(see, world: World, language: str):
    code = world.open()
    screen = see(ALIANZAS, language).case(code, vista="link")
    assert screen.infos == [NONE[language]]
    screen.click(MAKE[language])
    (shown,) = screen._values("code")
    token = shown.rsplit("/", 1)[1]
    assert [body.expires_at for body in world.bodies(code, LinkMade)] == [world.now + 30 * DAY]
    screen.go("inicio").case(code, vista="link")
    opened, expires, withdrawn, done = ROWS[language]
    assert opened in screen.lines
    assert expires in see(OPERADORA, language).case(code, vista="link").captions
    screen = see(PROCESO, language).case(code, vista="link")
    assert screen._values("code") == []
    assert opened in screen.lines
    assert status_links.status(world.db, token, world.now).code == code
    screen.click(TAKE[language])
    assert screen.done == [done]
    assert withdrawn in screen.lines
    assert TAKE[language] not in screen.buttons
    assert world.bodies(code, LinkWithdrawn) == [LinkWithdrawn(1)]
    assert status_links.status(world.db, token, world.now) is None


def test_a_shorter_link_is_chosen_and_a_look_is_told(see, world: World):
    code = world.open()
    screen = see(OPERADORA).case(code, vista="link").answer("Vigencia", 7).click("Crear enlace")
    token = screen._values("code")[0].rsplit("/", 1)[1]
    status_links.status(world.db, token, world.tick())
    screen.run()
    assert "vence el lun 9 mar, 08:01 · visto por última vez el lun 2 mar, 08:02" in screen.captions
    world.tick(7 * DAY)
    screen = see(OPERADORA).case(code, vista="link")
    assert ":gray-badge[vencido] Creado por Olga el lun 2 mar, 08:01" in screen.lines
    assert "Retirar" not in screen.buttons


def test_an_ended_case_takes_no_new_link_but_lets_one_be_withdrawn(see, world: World):
    code = world.open()
    world.link(code)
    world.validate(code, "no")
    screen = see(PROCESO).case(code, vista="link")
    assert "Crear enlace" not in screen.buttons
    screen.click("Retirar")
    assert screen.done == ["El enlace se retiró: ya no lleva a ninguna parte."]


def test_a_link_that_somebody_else_has_withdrawn_meanwhile_is_said(see, world: World):
    code = world.open()
    world.link(code)
    screen = see(PROCESO).case(code, vista="link")
    world.withdraw(code, 1, ALIANZAS)
    screen.click("Retirar")
    assert screen.refused == ["No se guardó: ese enlace no existe o ya se retiró. Vuelva a cargar la página."]


def test_who_takes_no_part_sees_no_links(see, world: World):
    code = world.open()
    world.link(code)
    screen = see(ADMIN).case(code, vista="link")
    assert not [line for line in screen.lines if "Creado por" in line]
    assert "Crear enlace" not in screen.buttons


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("https://casos.example/caso", "https://casos.example/estado/T"),
        ("http://localhost:8501/caso", "http://localhost:8501/estado/T"),
        ("https://example.com/app/caso", "https://example.com/app/estado/T"),
        ("", "/estado/T"),
    ],
)
def test_the_address_stands_beside_the_page(page: str, found: str):
    assert address(page, "T") == found
