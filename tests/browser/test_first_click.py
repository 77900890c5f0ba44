"""A click that somebody saw happen happens: nothing but people's own acts makes a page run again."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import PASSWORD

pytestmark = pytest.mark.browser
TRIES = 40
BUSY = 3
AT_ONCE = 60_000  # ms: a click that was lost never signs in, however long one waits


def runs(user: BrowserUser) -> list[BackMsg]:
    """What the window asks the app to run, as it comes."""
    asked: list[BackMsg] = []

    def sent(frame: str | bytes) -> None:
        message = BackMsg.FromString(bytes(frame)) if isinstance(frame, bytes) else BackMsg()
        if message.HasField("rerun_script"):
            asked.append(message)

    def opened(line: WebSocket) -> None:
        line.on("framesent", sent)

    user.page.on("websocket", opened)
    return asked


def test_the_sign_in_runs_when_the_page_is_opened_and_when_the_button_is_clicked(new_user: UserFactory) -> None:
    """Each run more, of a component that answers, would overtake a click of that moment."""
    one = new_user()
    asked = runs(one)
    one.go()
    one.page.wait_for_load_state("networkidle")
    one.settle()
    assert len(asked) == 1
    one.fill_sign_in("comercial", PASSWORD)
    one.wait_for_cookie()
    one.page.wait_for_load_state("networkidle")
    one.settle()
    assert len(asked) == 2


WORK = "import os; tests = os.getppid()\nwhile os.getppid() == tests: pass"  # it ends with the tests, however they end


@pytest.fixture
def busy() -> Iterator[None]:
    """Other work beside the app, more than there are processors."""
    others = [subprocess.Popen([sys.executable, "-c", WORK]) for _ in range(BUSY)]
    yield
    for other in others:
        other.kill()
        other.wait()


@pytest.mark.usefixtures("busy")
def test_each_click_on_the_sign_in_signs_in(new_user: UserFactory) -> None:
    one = new_user()
    for tried in range(TRIES):
        one.page.goto("about:blank")
        one.context.clear_cookies()
        one.page.goto(one.server.url, wait_until="commit")
        one.fill_sign_in("comercial", PASSWORD)
        expect(one.page.get_by_test_id("stSidebar"), f"try {tried}").to_be_visible(timeout=AT_ONCE)
