"""A person's browser window, with helpers for the tests."""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import ConsoleMessage, Download, Locator, Page, Request, expect

from core.paths import ROOT
from core.process.terms import Role
from tests.browser.server import PASSWORD, Server
from tests.browser.window_pool import WindowOptions, Windows
from ui.shell.cookie import COOKIE

# ms: on a machine eight times slower, each step of the sign-in in a new window takes 12 to 15 seconds.
PATIENCE = 60_000
TALLEST = 4000
PICTURES = ROOT / ".artifacts" / "screenshots"
RUN = "[data-testid=stApp]"
WORDS = {"es": ("Usuario", "Contraseña", "Ingresar"), "en": ("Login", "Password", "Sign in")}
expect.set_options(timeout=PATIENCE)


class BrowserUser:
    """A browser window that records console errors and requests to other hosts."""

    def __init__(self, windows: Windows, server: Server, *, cookies: Iterable[Any] = (), **options: Any) -> None:
        self.server = server
        self.options = WindowOptions(**options)
        self.windows = windows
        self.context = windows.take(self.options, cookies)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", self._record_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._requested)

    def _record_console(self, message: ConsoleMessage) -> None:
        # At a page's address Streamlit first looks for its server below the page, and then at the root.
        looked_for = re.search(r"/\w+/_stcore/(health|host-config)$", message.location.get("url", ""))
        if message.type == "error" and not looked_for:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _requested(self, request: Request) -> None:
        ours = (self.server.url, self.server.url.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(ours):
            self.outside.append(request.url)

    # --- moving ---
    def go(self, path: str = "/") -> None:
        """Open a path of the app and wait until its page is drawn."""
        self.page.goto(self.server.url + path)
        self.arrive()

    def arrive(self) -> None:
        """Wait until the page that was opened or reloaded is drawn."""
        self.page.wait_for_selector("[data-testid=stMain] [data-testid=stElementContainer]", state="attached")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has finished and no rerun follows."""
        self.page.wait_for_selector(f"{RUN}[data-test-script-state=notRunning]", state="attached")
        quiet = 0
        while quiet < 2:
            self.page.wait_for_timeout(40)
            state = self.page.locator(RUN).get_attribute("data-test-script-state")
            quiet = quiet + 1 if state == "notRunning" else 0

    def sign_in(self, login: str, password: str = PASSWORD, path: str = "/") -> None:
        """Sign in with the form at `path`."""
        self.go(path)
        self.fill_sign_in(login, password)
        self.wait_for_cookie()
        self.settle()

    def sign_in_once(self, login: str, known: dict[str, list[Any]]) -> None:
        """Switch to a person: with the form the first time, afterwards with the cookie in `known`."""
        self.context.clear_cookies()
        if login in known:
            self.context.add_cookies(known[login])
        else:
            self.sign_in(login)
            known[login] = self.context.cookies()

    def wait_for_cookie(self) -> None:
        """Wait until the browser has the session cookie."""
        deadline = time.monotonic() + PATIENCE / 1000
        while all(cookie["name"] != COOKIE for cookie in self.context.cookies()):
            assert time.monotonic() < deadline, f"no cookie came; the page shows: {self.main.inner_text()}"
            self.page.wait_for_timeout(50)

    def fill_sign_in(self, login: str, password: str) -> None:
        user, secret, button = WORDS[self.options.language]
        self.page.get_by_label(user, exact=True).fill(login)
        self.page.get_by_label(secret, exact=True).fill(password)
        self.page.get_by_role("button", name=button, exact=True).click()

    def inbox(self, role: Role, query: str = "") -> None:
        self.go(f"/{role.value}{query}")

    def case(self, code: str, view: str = "") -> None:
        self.go(f"/caso?caso={code}" + (f"&vista={view}" if view else ""))

    # --- looking ---
    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    @property
    def rows(self) -> Locator:
        """The links of an inbox to its cases."""
        return self.main.get_by_role("link", name=re.compile(r"^S-\d{4}-\d{4}"))

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.main.get_by_text(text).first).to_be_visible()

    def sees_not(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.main.get_by_text(text)).to_have_count(0)

    def messages(self) -> Locator:
        """The messages at the top of the page after an act."""
        return self.main.get_by_test_id("stAlert")

    def button(self, name: str) -> Locator:
        return self.main.get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        """A text field, by its label or options its label begins."""
        return self.main.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))

    # --- acting ---
    def type(self, label: str, text: str, nth: int = 0) -> None:
        """Type into a field and leave it, as with the Tab key."""
        box = self.field(label).nth(nth)
        box.fill(text)
        box.press("Tab")
        self.settle()

    def click(self, name: str) -> None:
        self.button(name).click()
        self.settle()

    def choose(self, name: str, nth: int = 0) -> None:
        """Choose a radio option."""
        self.main.get_by_role("radio", name=name, exact=True).nth(nth).click()
        self.settle()

    def tick(self, *names: str) -> None:
        """Tick checkboxes by their labels."""
        for name in names:
            self.main.get_by_test_id("stCheckbox").filter(has_text=name).locator("label").click()
            self.settle()

    def attach(self, name: str, content: bytes, media_type: str = "application/octet-stream") -> None:
        self.main.locator("input[type=file]").first.set_input_files(
            {"name": name, "mimeType": media_type, "buffer": content}
        )
        self.settle()

    def download(self, name: str | re.Pattern[str]) -> Download:
        with self.page.expect_download() as found:
            self.main.get_by_role("link", name=name).first.click()
        return found.value

    def picture(self, name: str) -> None:
        """Save a screenshot of the whole page for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        height = self.main.evaluate("main => main.scrollHeight")
        size = self.page.viewport_size
        assert size is not None
        if height > size["height"]:
            self.page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
        self.settle()
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)  # lazily loaded parts
        self.page.screenshot(path=PICTURES / f"{name}.png")
        self.page.set_viewport_size(size)

    def leave(self) -> None:
        self.windows.give_back(self.options, self.context)


UserFactory = Callable[..., BrowserUser]  # takes window options
