"""One app, one browser, and a window for each person, kept open from test to test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.house import House, opened
from browser.seat import Seat

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house")) as found:
        yield found
        said = found.log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = {"executable_path": CHROMIUM} if os.access(CHROMIUM, os.X_OK) else {}
        found = playwright.chromium.launch(args=list(FLAGS), **chromium)
        yield found
        found.close()


@pytest.fixture
def seat(browser: Browser, house: House) -> Iterator[Callable[..., Seat]]:
    """A window that closes with the test; nothing is known of anybody in it."""
    seats: list[Seat] = []

    def new(**how: Any) -> Seat:
        seats.append(Seat(browser, house, **how))
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
    """A window of somebody who has signed in: through the form the first time, with the cookie afterwards."""

    def sit(login: str, **how: Any) -> Seat:
        found = seat(cookies=cookies.get(login, ()), **how)
        if login not in cookies:
            found.sign_in(login)
            cookies[login] = found.context.cookies()
        return found

    return sit
