"""A browser whose connection breaks goes on where it was, and only as whoever is signed in to it."""

import pytest
from playwright.sync_api import WebSocketRoute, expect

from core.demo.documents import pdf
from core.process.terms import Flow, Kind, Role
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import PASSWORD, Server
from tests.browser.test_documents import under_review
from tests.browser.test_form_state import returns
from tests.browser.test_own_sessions import name_of
from tests.browser.test_two_people import waiting
from ui.shell.cookie import COOKIE

pytestmark = pytest.mark.browser
PROPOSAL = pdf("Propuesta", ["Precio"])


class Line:
    """A window's connection to the app, which can break; the browser makes a new one by itself."""

    def __init__(self, user: BrowserUser) -> None:
        self.page = user.page
        self.made: list[WebSocketRoute] = []
        user.page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, browser: WebSocketRoute) -> None:
        app = browser.connect_to_server()
        browser.on_message(app.send)
        app.on_message(browser.send)
        self.made.append(browser)

    def breaks(self) -> None:
        """And is there again."""
        before = len(self.made)
        self.made[-1].close(code=1001, reason="lost")
        while len(self.made) == before:
            self.page.wait_for_timeout(50)
        expect(self.page.get_by_test_id("stConnectionStatus")).to_have_count(0)


def session_cookie(user: BrowserUser) -> str:
    return next(cookie["value"] for cookie in user.context.cookies() if cookie["name"] == COOKIE)


def test_a_form_goes_on_after_the_connection_was_lost(signed_in: UserFactory, server: Server) -> None:
    code = under_review(server, "sin red", PROPOSAL, "propuesta.pdf", Flow.ESTANDAR).code
    one = signed_in("comercial")
    line = Line(one)
    one.case(code)
    one.click("Todos cumplen")
    one.field("Motivo").fill("Falta el plazo")
    line.breaks()
    expect(one.field("Motivo")).to_have_value("Falta el plazo")
    one.button("Devolver").click()
    one.settle()
    one.sees("Devolvió")
    assert "Falta el plazo" in returns(server, code)


def test_a_form_goes_on_in_the_window_that_signed_in(new_user: UserFactory, server: Server) -> None:
    code = under_review(server, "sin red otra vez", PROPOSAL, "propuesta.pdf", Flow.ESTANDAR).code
    one = new_user()
    line = Line(one)
    one.sign_in("comercial", path=f"/caso?caso={code}")
    line.breaks()
    one.button("Todos cumplen").click()
    one.settle()
    one.field("Motivo").fill("Falta la garantía")
    line.breaks()
    one.button("Devolver").click()
    one.settle()
    one.sees("Devolvió")
    assert "Falta la garantía" in returns(server, code)


def test_the_sign_in_form_goes_on_after_the_connection_was_lost(new_user: UserFactory, server: Server) -> None:
    one = new_user()
    line = Line(one)
    one.go()
    line.breaks()
    one.fill_sign_in("comercial", PASSWORD)
    expect(one.page.get_by_test_id("stSidebar")).to_contain_text(name_of(server, "comercial"))


def test_a_window_of_somebody_who_signed_out_elsewhere_does_not_go_on_as_them(
    new_user: UserFactory, server: Server
) -> None:
    code = waiting(server, Role.GERENTE_COMERCIAL, Kind.REVIEW)
    before = len(returns(server, code))
    one = new_user()
    line = Line(one)
    one.sign_in("comercial", path=f"/caso?caso={code}")
    one.field("Motivo").fill("Ya no debe contar")
    first = session_cookie(one)
    elsewhere = one.context.new_page()
    elsewhere.goto(server.url)
    elsewhere.get_by_role("button", name="Salir").click()
    elsewhere.get_by_label("Usuario", exact=True).fill("alianzas")
    elsewhere.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    elsewhere.get_by_role("button", name="Ingresar", exact=True).click()
    expect(elsewhere.get_by_test_id("stSidebar")).to_contain_text(name_of(server, "alianzas"))
    while session_cookie(one) == first:
        one.page.wait_for_timeout(50)
    line.breaks()
    one.button("Devolver").click()
    one.settle()
    expect(one.page.get_by_test_id("stSidebar")).to_contain_text(name_of(server, "alianzas"))
    expect(one.page.get_by_test_id("stSidebar")).not_to_contain_text(name_of(server, "comercial"))
    assert len(returns(server, code)) == before
