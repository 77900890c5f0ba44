"""A window serves one person after the other."""

import pytest
from playwright.sync_api import expect

from tests.browser.browser_user import BrowserUser
from tests.browser.server import Server
from tests.browser.window_pool import Windows

pytestmark = pytest.mark.browser


def test_the_next_person_at_a_window_finds_nothing_of_the_last(windows: Windows, server: Server) -> None:
    first = BrowserUser(windows, server)
    first.sign_in("operador")
    first.page.evaluate("localStorage.setItem('kept', 'here')")
    first.page.emulate_media(color_scheme="dark")
    first.leave()
    second = BrowserUser(windows, server)
    assert second.context is first.context
    assert second.context.cookies() == []
    second.go("/operador_operacion")
    expect(second.button("Ingresar")).to_be_visible()
    assert second.page.evaluate("localStorage.getItem('kept')") is None
    assert second.page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")
    second.leave()
