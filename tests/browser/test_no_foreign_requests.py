"""No request goes to other hosts (test_screenshots checks every page), and what people type is only text."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.case.events import Criterion
from core.process.terms import Channel, Flow, Role
from core.services import opening
from core.store import tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server, now

pytestmark = pytest.mark.browser
HOSTILE = (
    "\"Ana\" & 'Co' <b>gorda</b> =1+1 $x$ :red[rojo] 🦄 ![x](http://example.invalid/x.png) [y](http://example.invalid)"
)

# An address in it may hold a sign without width, by which it is no link.
SHOWN = re.compile(f"^{re.escape(HOSTILE)}$".replace("://", ":\u2060?//"))


def test_nothing_is_asked_for_from_outside_the_form_included(new_user: UserFactory) -> None:
    one = new_user()
    one.go()
    one.fill_sign_in("nadie", "nada")
    one.sees("No se pudo ingresar")
    assert not one.outside
    assert not one.troubles


@pytest.fixture(scope="module")
def hostile(server: Server) -> str:
    """A case in which everything that people type is hostile."""
    with server.db.reading() as connection:
        operator = connection.scalars(select(tables.people.c.id).where(tables.people.c.login == "operador")).one()
    request = opening.Request(
        key="hostile",
        flow=Flow.ESTANDAR,
        channel=Channel.OPERACION,
        international=True,
        client=None,
        client_name=HOSTILE,
        contact_name=HOSTILE,
        contact_email="a@b.example",
        contact_phone="",
        service=HOSTILE,
        criteria=(Criterion(HOSTILE, HOSTILE),),
    )
    return opening.open_case(server.db, operator, request, now())


def shows_no_markup(one: BrowserUser) -> None:
    """No tag and no image came of it; an address may be followed, but it never hides behind another text."""
    expect(one.page.locator("b, img[src*=invalid]")).to_have_count(0)
    links = one.page.locator("a[href*=invalid]")
    told = links.evaluate_all("links => links.map(link => [link.getAttribute('href'), link.textContent])")
    assert all(address == text for address, text in told), told


def test_what_people_type_is_text_on_every_page(hostile: str, signed_in: UserFactory) -> None:
    one = signed_in("operador")
    one.inbox(Role.OPERADOR_OPERACION, "?buscar=gorda")
    expect(one.rows).to_have_count(1)
    expect(one.rows.first).to_contain_text("\"Ana\" & 'Co' <b>gorda</b>")
    one.rows.first.click()
    expect(one.main.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{hostile} · {SHOWN.pattern[1:]}"))
    one.settle()
    expect(one.main.get_by_text(SHOWN).first).to_be_visible()
    one.type("Comentario", HOSTILE)
    one.click("Comentar")
    one.sees("Su comentario está en la historia.")
    one.case(hostile, view="client")
    expect(one.main.get_by_text(SHOWN).nth(2)).to_be_visible()
    shows_no_markup(one)
    one.picture("caso-texto-hostil")
    one.go("/casos?buscar=gorda")
    one.go("/nuevo")
    one.choose("Ya registrado")
    one.main.get_by_role("combobox", name="Cliente registrado").click()
    expect(one.page.get_by_role("option", name=HOSTILE, exact=True)).to_be_visible()
    shows_no_markup(one)
    assert not one.outside
    assert not one.troubles


def test_the_answers_of_the_server_carry_their_headers(signed_in: UserFactory, server: Server) -> None:
    one = signed_in("operador")
    answer = one.page.request.get(f"{server.url}/")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src", 1)[1].split(";", 1)[0]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in policy
    assert one.page.request.get(f"{server.url}/_stcore/metrics").status == 404
