"""The browser's windows: one that nobody sits at any more is taken by the next person, who finds nothing of the last.

What the pages are made of stays in its cache: to fetch and to compile it again costs more than most tests.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Playwright

# The one without a surface of its own does less beside the pages.
CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
LOCALES = {"es": "es-CO", "en": "en-GB"}
WIDE, NARROW = (1400, 900), (400, 800)


class How(NamedTuple):
    """How a window is: its width and height, its theme and its language."""

    size: tuple[int, int] = WIDE
    dark: bool = False
    language: str = "es"


def launched(playwright: Playwright) -> Browser:
    """The system's browser, or else the one that Playwright brings."""
    found = next((path for path in CHROMIUMS if path.exists()), None)
    return playwright.chromium.launch(args=list(FLAGS), executable_path=found)


class Windows:
    """The open windows that are free, by how they are."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._free: dict[How, list[BrowserContext]] = defaultdict(list)

    def take(self, how: How, cookies: Iterable[Any]) -> BrowserContext:
        """A window with these cookies and no page."""
        context = self._free[how].pop() if self._free[how] else self._opened(how)
        context.add_cookies(list(cookies))
        return context

    def give_back(self, how: How, context: BrowserContext) -> None:
        """For the next one: no page, no cookie, and nothing that a page has stored."""
        blank = context.new_page()
        for page in context.pages:
            if page is not blank:
                page.close()
        context.clear_cookies()
        stored = {"origin": self._url, "storageTypes": "local_storage,indexeddb,service_workers,cache_storage"}
        context.new_cdp_session(blank).send("Storage.clearDataForOrigin", stored)
        blank.close()
        self._free[how].append(context)

    def _opened(self, how: How) -> BrowserContext:
        return self._browser.new_context(
            viewport={"width": how.size[0], "height": how.size[1]},
            color_scheme="dark" if how.dark else "light",
            locale=LOCALES[how.language],
            timezone_id="America/Bogota",
            reduced_motion="reduce",  # each frame of an animation is drawn without a graphics card
            accept_downloads=True,
        )
