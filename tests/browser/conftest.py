"""One app, one browser, and a window for each person, kept open from test to test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browser_user import Seat
from tests.browser.server import House, opened
from tests.browser.window_pool import Windows, launched


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house")) as found:
        yield found
        said = found.log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said
    assert found.outgoing.read_text(encoding="utf-8") == ""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launched(playwright)
        yield found
        found.close()


@pytest.fixture(scope="package")
def windows(house: House, browser: Browser) -> Windows:
    return Windows(browser, house.url)


@pytest.fixture
def seat(windows: Windows, house: House) -> Iterator[Callable[..., Seat]]:
    """A window that is left with the test; nothing is known of anybody in it."""
    seats: list[Seat] = []

    def new(**how: Any) -> Seat:
        seats.append(Seat(windows, house, **how))
        return seats[-1]

    yield new
    for each in seats:
        each.leave()


@pytest.fixture(scope="package")
def cookies() -> dict[str, list[Any]]:
    """The cookies of whoever has signed in, by login."""
    return {}


@pytest.fixture
def at(seat: Callable[..., Seat], cookies: dict[str, list[Any]]) -> Callable[..., Seat]:
    """A window of somebody who has signed in."""

    def sit(login: str, **how: Any) -> Seat:
        found = seat(**how)
        found.becomes(login, cookies)
        return found

    return sit
