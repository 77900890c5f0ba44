"""A pool of browser windows: a window is cleared after use and reused by the next user.

The browser cache is kept, because loading and compiling the app's scripts takes longer than most tests.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Playwright

# The headless shell has less overhead.
CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
LOCALES = {"es": "es-CO", "en": "en-GB"}
WIDE, NARROW = (1400, 900), (400, 800)


class WindowOptions(NamedTuple):
    """The options of a window: width and height, theme and language."""

    size: tuple[int, int] = WIDE
    dark: bool = False
    language: str = "es"


def launched(playwright: Playwright) -> Browser:
    """Launch the system's browser, or else the one that Playwright provides."""
    path_found = next((path for path in CHROMIUMS if path.exists()), None)
    return playwright.chromium.launch(args=list(FLAGS), executable_path=path_found)


class Windows:
    """The free windows, by their options."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._free: dict[WindowOptions, list[BrowserContext]] = defaultdict(list)

    def take(self, options: WindowOptions, cookies: Iterable[Any]) -> BrowserContext:
        """Take or open a window with the cookies and without a page."""
        context = self._free[options].pop() if self._free[options] else self._opened(options)
        context.add_cookies(list(cookies))
        return context

    def give_back(self, options: WindowOptions, context: BrowserContext) -> None:
        """Clear a window for reuse: close its pages and delete cookies and stored data."""
        blank = context.new_page()
        for page in context.pages:
            if page is not blank:
                page.close()
        context.clear_cookies()
        stored = {"origin": self._url, "storageTypes": "local_storage,indexeddb,service_workers,cache_storage"}
        context.new_cdp_session(blank).send("Storage.clearDataForOrigin", stored)
        blank.close()
        self._free[options].append(context)

    def _opened(self, options: WindowOptions) -> BrowserContext:
        return self._browser.new_context(
            viewport={"width": options.size[0], "height": options.size[1]},
            color_scheme="dark" if options.dark else "light",
            locale=LOCALES[options.language],
            timezone_id="America/Bogota",
            reduced_motion="reduce",  # animations are slow without a graphics card
            accept_downloads=True,
        )
