"""The time of runs of the analysis pages on the demonstration, with Streamlit's AppTest.

Fresh runs compute their figures; reruns find them in the cache, as after a click within half a minute.
It runs in a separate process: `python -m bench.pages FOLDER REPEATS CASES FRESH`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time, time_ns
from typing import Any, NamedTuple

import numpy as np

from bench import say

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # timeout of a run in seconds
FRESH = 5


class Run(NamedTuple):
    """A run of a page: elapsed and CPU time in ms."""

    ms: float
    cpu: float = 0.0


def reruns(folder: Path, repeats: int, cases: int = 120, fresh: int = FRESH) -> dict[str, Any]:
    """p95 in ms of the reruns of all pages, and by page of reruns and fresh runs."""
    say(f"every page of the analysis {repeats} times, on the demonstration")
    command = [sys.executable, "-m", "bench.pages", str(folder), str(repeats), str(cases), str(fresh)]
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'demo' / 'approvals.db'}",
        "COOKIE_SECRET": "a secret of the bench that is long enough",
    }
    completed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment)  # noqa: S603
    result: dict[str, Any] = json.loads(completed.stdout.splitlines()[-1])
    return result


def measured(folder: Path, repeats: int, cases: int, fresh_runs: int) -> dict[str, Any]:
    """Measure in this process; see `reruns`."""
    import streamlit as st  # noqa: PLC0415  (it reads the environment)

    from ui.shell.menu import ANALYSIS  # noqa: PLC0415

    app = _signed_in_app(folder, cases)
    repeated: dict[str, list[Run]] = {}
    fresh: dict[str, list[Run]] = {}
    for page in ANALYSIS:
        app.switch_page(f"pages/{page}.py")
        _run(app)
        fresh[page] = []
        for _ in range(fresh_runs):
            st.cache_data.clear()
            st.cache_resource.clear()
            fresh[page].append(_run(app))
        repeated[page] = [_run(app) for _ in range(repeats)]
    return {
        "pages": list(ANALYSIS),
        "rerun_p95_ms": _p95([run for runs in repeated.values() for run in runs]),
        "rerun_cpu_p95_ms": _p95([Run(run.cpu) for runs in repeated.values() for run in runs]),
        "by_page_p95_ms": {page: _p95(runs) for page, runs in repeated.items()},
        "fresh_p95_ms": {page: _p95(runs) for page, runs in fresh.items()},
    }


def _signed_in_app(folder: Path, cases: int) -> Any:
    """An AppTest of the app on a new demonstration, signed in as Proceso."""
    from streamlit.runtime.pages_manager import PagesManager  # noqa: PLC0415
    from streamlit.testing.v1 import AppTest, app_test  # noqa: PLC0415

    from core.demo import fill  # noqa: PLC0415
    from core.documents.store import Store  # noqa: PLC0415
    from core.people import sessions  # noqa: PLC0415
    from core.process.terms import Role  # noqa: PLC0415
    from core.store.database import Database  # noqa: PLC0415

    # As on a server after its first page: the entry script runs for every page.
    PagesManager.uses_pages_directory = False
    app_test.PagesManager = type("Forgetful", (PagesManager,), {})  # type: ignore[assignment, attr-defined]
    (folder / "demo").mkdir()
    db, now = Database(), time_ns() // 1_000_000
    cast = fill.fill(db, Store(folder / "demo" / "files"), now, cases=cases)
    coordinator = next(member.login for member in cast.people if Role.PROCESO in member.roles)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.session_state["token"] = sessions.sign_in(db, coordinator, cast.password, now)
    app.run()
    return app


def _run(app: Any) -> Run:
    began, cpu_began = perf_counter(), process_time()
    app.run()
    assert not app.exception, app.exception
    return Run((perf_counter() - began) * 1000, (process_time() - cpu_began) * 1000)


def _p95(runs: list[Run]) -> float:
    return round(float(np.percentile([run.ms for run in runs], 95)), 1)


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
