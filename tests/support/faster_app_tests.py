"""Patches that do expensive setup once per process instead of once per test."""

from functools import cache
from typing import Any

from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner

from core.store import database

STATEMENTS = 10_000  # more than all tests of a process have between them


def install() -> None:
    """Install the patches; a server also does these things only once for all pages."""
    # Each AppTest scans all installed packages for components, which took over half the time of a page's test.
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    engines: Any = database
    engines.create_engine = _sharing(engines.create_engine)


def _sharing(create: Any) -> Any:
    """Let engines of the same dialect share their compiled statements."""
    firsts: dict[str, Engine] = {}

    def created(url: Any, **how: Any) -> Engine:
        engine: Engine = create(url, query_cache_size=STATEMENTS, **how)
        first = firsts.get(engine.dialect.name)
        # Private, because there is no public way to share compiled statements: each test has its own engine and would
        # compile every statement again.
        if first is None or first.dialect.server_version_info is None:  # not connected to a server yet
            firsts[engine.dialect.name] = engine
        elif "dialect" in first.__dict__:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    return created
