"""The app of the page tests: on the test's own database, by the clock of its world."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import app_test

from tests.support.drive_case import World
from tests.support.screen import Screen
from ui.shell import process
from ui.words import messages

See = Callable[..., Screen]


class Clock:
    """Stands in for the module `time` where pages ask what time it is."""

    def __init__(self, world: World) -> None:
        self.world = world

    def time_ns(self) -> int:
        return self.world.now * 1_000_000


@pytest.fixture(autouse=True)
def app_of_this_test(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if "visit" in request.fixturenames:  # it starts the app by its entry script at each run
        yield
        return
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COOKIE_SECRET", "a secret of the tests that is long enough")
    for module in (process, messages):
        monkeypatch.setattr(module, "time", Clock(world))
    # As on a server that has served its first page: the entry script draws the frame around every page. AppTest forgets
    # that at each run and would run the files of pages/ in its place; it may forget it for a class of its own.
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", type("Forgetful", (PagesManager,), {}))
    database, store = process.database, process.store  # a test may put others in their place until its end
    database.cache_clear()
    store.cache_clear()
    yield
    database().engine.dispose()
    database.cache_clear()
    store.cache_clear()


@pytest.fixture(autouse=True)
def parts_are_shown(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A page survives a part that fails, but a test does not, unless it is about that (marked `fails`)."""
    yield
    if not request.node.get_closest_marker("fails"):
        assert [
            record.getMessage() for record in caplog.get_records("call") if record.name == "ui.shell.page_parts"
        ] == []


@pytest.fixture
def see(world: World) -> See:
    """Sign somebody in: `see("olga", "en")`."""
    return lambda who="", language="es": Screen(world, who, language)
