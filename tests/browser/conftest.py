"""Fixtures: one app and one browser for all tests, and windows that are reused from test to test."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server, started
from tests.browser.window_pool import Windows, launched


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("server")) as running:
        yield running
        output = running.log.read_text(encoding="utf-8")
    assert "Traceback" not in output, output
    assert running.outgoing.read_text(encoding="utf-8") == ""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def windows(server: Server, browser: Browser) -> Windows:
    return Windows(browser, server.url)


@pytest.fixture
def new_user(windows: Windows, server: Server) -> Iterator[UserFactory]:
    """Open a window without a session; it is closed after the test."""
    users: list[BrowserUser] = []

    def open_window(**options: Any) -> BrowserUser:
        users.append(BrowserUser(windows, server, **options))
        return users[-1]

    yield open_window
    for user in users:
        user.leave()


@pytest.fixture(scope="package")
def cookies() -> dict[str, list[Any]]:
    """The session cookies of people who have signed in, by login."""
    return {}


@pytest.fixture
def signed_in(new_user: UserFactory, cookies: dict[str, list[Any]]) -> UserFactory:
    """Open a window of a person who is signed in, given by login."""

    def open_window(login: str, **options: Any) -> BrowserUser:
        user = new_user(**options)
        user.sign_in_once(login, cookies)
        return user

    return open_window
