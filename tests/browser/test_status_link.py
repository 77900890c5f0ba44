"""The status link: made on the case page, opened by somebody without a session, withdrawn."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.process.terms import Kind
from core.store import tables
from tests.browser.browser_user import PICTURES, BrowserUser, UserFactory
from tests.browser.server import Server
from tests.browser.window_pool import NARROW

pytestmark = pytest.mark.browser


def waiting_for_its_client(server: Server) -> tuple[str, str, str]:
    """A case that waits for its client's environment: code, client, and who opened it."""
    cases, items = tables.cases.c, tables.work_items.c
    asked = (
        select(cases.code, tables.clients.c.name, tables.people.c.name)
        .select_from(
            tables.work_items.join(tables.cases)
            .join(tables.clients)
            .join(tables.people, tables.people.c.id == cases.opened_by)
        )
        .where(items.ended_at.is_(None), items.kind == Kind.VALIDATE, items.phase == 6)
    )
    with server.db.reading() as connection:
        code, client, person = connection.execute(asked).first() or ("", "", "")
    return code, client, person


def opens(one: BrowserUser, path: str) -> int:
    """Open an address that Streamlit does not draw; the status of the answer."""
    answer = one.page.goto(one.server.url + path)
    assert answer is not None
    return answer.status


def picture(one: BrowserUser, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    one.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def made(one: BrowserUser, code: str) -> str:
    """Make a link on the case page; its path."""
    one.case(code, view="link")
    one.click("Crear enlace")
    one.sees("El enlace está listo.")
    shown = one.main.get_by_test_id("stCode").inner_text().strip()
    assert shown.startswith(f"{one.server.url}/estado/")
    return urlsplit(shown).path


def test_a_link_is_read_without_a_session_until_it_is_withdrawn(
    signed_in: UserFactory, new_user: UserFactory, server: Server
) -> None:
    code, client, person = waiting_for_its_client(server)
    insider = signed_in("proceso")
    path = made(insider, code)
    insider.picture("caso-enlace")
    for name, how in (("claro", {}), ("oscuro", {"dark": True}), ("estrecho", {"size": NARROW})):
        guest = new_user(**how)
        assert opens(guest, path) == 200
        expect(guest.page.get_by_role("heading", level=2)).to_have_text("Fase 6 de 9: Implementación")
        expect(guest.page.get_by_text("Su ambiente de pruebas.")).to_be_visible()
        expect(guest.page.locator("li[aria-current=step]")).to_have_text("Implementación en curso")
        whole = guest.page.content()
        assert not [inside for inside in (client, person, "CRO", "Proceso") if inside in whole]
        assert guest.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        picture(guest, f"estado-{name}")
        guest.page.get_by_role("link", name="English").click()
        expect(guest.page.get_by_role("heading", level=2)).to_have_text("Phase 6 of 9: Implementación")
        assert guest.context.cookies() == []
        assert (guest.outside, guest.troubles) == ([], [])
    insider.main.get_by_role("button", name="Retirar", exact=True).first.click()  # the newest stands first
    insider.sees("El enlace se retiró")
    guest = new_user(language="en")
    assert opens(guest, path) == 404
    expect(guest.page.get_by_role("heading")).to_have_text("This link is not available")
    picture(guest, "estado-retirado")


def test_the_page_of_a_link_keeps_to_itself(signed_in: UserFactory, new_user: UserFactory, server: Server) -> None:
    path = made(signed_in("proceso"), waiting_for_its_client(server)[0])
    guest = new_user()
    answer = guest.page.request.get(server.url + path)
    headers = answer.headers
    assert answer.status == 200
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert (headers["referrer-policy"], headers["x-frame-options"], headers["x-content-type-options"]) == (
        "no-referrer",
        "DENY",
        "nosniff",
    )
    assert (headers["x-robots-tag"], headers["cache-control"]) == ("noindex, nofollow", "no-store")
    nowhere = [guest.page.request.get(f"{server.url}/estado/{token}") for token in ("x", "y" * 43, "%C3%A1%ff")]
    assert {(each.status, each.text()) for each in nowhere} == {(404, nowhere[0].text())}
    assert guest.page.request.post(server.url + path).status == 405
