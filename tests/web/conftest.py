"""The routes for other systems on the test's database, and the token of a system."""

from collections.abc import Iterator

import pytest

from core.integrations import api_clients
from core.process.terms import Channel
from tests.support.drive_case import World
from ui.shell import process
from ui.web import api
from ui.web.rate_limit import Limit


@pytest.fixture
def served(both: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The routes on the test's database, by its clock."""
    monkeypatch.setenv("DATABASE_URL", both.db.url.render_as_string(hide_password=False))
    for module in (api, process):
        monkeypatch.setattr(module, "moment", lambda: both.now)
    monkeypatch.setattr(api, "_limit", Limit(api.PER_MINUTE))
    process.database.cache_clear()
    yield both
    process.database().engine.dispose()
    process.database.cache_clear()


@pytest.fixture
def token(served: World) -> str:
    return api_clients.create(served.db, "sd-crm", Channel.MESA_DE_AYUDA, served.now)
