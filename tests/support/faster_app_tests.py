"""What costs a test much and tells it nothing: done once for all the tests of a process."""

from functools import cache
from typing import Any

from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner

from core.store import database

STATEMENTS = 10_000  # more than all tests of a process have between them


def everywhere() -> None:
    """From now on; a server does these once for all the pages that it shows, too."""
    # Each AppTest asks every installed package for components: more than half of what a page's test cost.
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    engines: Any = database
    engines.create_engine = _sharing(engines.create_engine)


def _sharing(create: Any) -> Any:
    """Engines of one kind of database that compile a statement once for all of them."""
    firsts: dict[str, Engine] = {}

    def created(url: Any, **how: Any) -> Engine:
        engine: Engine = create(url, query_cache_size=STATEMENTS, **how)
        first = firsts.get(engine.dialect.name)
        # Private, for want of a public way to share compiled statements: each test has an engine of its own, and would
        # compile every statement anew.
        if first is None or first.dialect.server_version_info is None:  # it has not connected to any server yet
            firsts[engine.dialect.name] = engine
        elif "dialect" in first.__dict__:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    return created
