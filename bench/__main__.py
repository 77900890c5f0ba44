"""Run with `make bench`: the last line is one JSON object with the figures, their targets and whether each is met."""

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from bench import say
from bench.compare import compare
from bench.deciders import fifty
from bench.figures import figures
from bench.forecast import predict
from bench.inbox import inbox
from bench.pages import reruns

ROOT = Path(__file__).resolve().parent.parent


class Size(NamedTuple):
    """The amount of data and repetitions."""

    cases: int
    seconds: int
    inbox_cases: int
    reads: int
    events: int
    reruns: int


FULL = Size(cases=240, seconds=15, inbox_cases=1_000_000, reads=200, events=1_000_000, reruns=50)
QUICK = Size(cases=24, seconds=3, inbox_cases=50_000, reads=20, events=20_000, reruns=5)


def main() -> None:
    """Measure everything in one process and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run of about a minute: the figures are rough")
    size = QUICK if parser.parse_args().quick else FULL
    cases = int(os.environ.get("BENCH_CASES") or size.inbox_cases)
    folder = _folder()
    try:
        measured = {
            "decisions": compare(folder, size.cases),
            "together": fifty(folder, size.seconds),
            "inbox": inbox(folder, cases, size.reads),
            "analysis": figures(folder, size.events),
            "pages": reruns(folder, size.reruns),
            "forecast": predict(),
        }
    finally:
        shutil.rmtree(folder)
    print(json.dumps({"size": size._asdict(), **measured, "targets": _targets(measured)}))


def _folder() -> Path:
    """Create a folder on the project's disk; a temporary folder may be in memory, where commits cost nothing."""
    within = ROOT / ".artifacts"
    within.mkdir(exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="bench-", dir=within))


def _targets(measured: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Compare the results with their targets."""
    times, analysis, together = measured["decisions"]["services_times"], measured["analysis"], measured["together"]
    at_least = {
        "of_raw": (times["raw"], 0.5),
        "times_spiffworkflow": (times["spiffworkflow"], 5),
        "times_viewflow": (times["viewflow"], 5),
        "times_pm4py": (analysis["times_pm4py"], 100),
    }
    at_most = {
        "inbox_p50_us": (measured["inbox"]["first_p50_us"], 1000),
        "locked": (together["locked"], 0),
        "together_p99_ms": (together["p99_ms"], 100),
        "figures_of_plain_sql": (analysis["ratio"], 2),
        "figures_of_facts": (analysis["of_facts"], 2),
        "figures_mb": (analysis["memory"]["grown_mb"], 150),
        "page_rerun_p95_ms": (measured["pages"]["rerun_p95_ms"], 150),
        "forecast_seconds": (measured["forecast"]["seconds"], 2),
    }
    met = {name: reached >= target for name, (reached, target) in at_least.items()}
    met |= {name: reached <= target for name, (reached, target) in at_most.items()}
    for name, (reached, target) in (at_least | at_most).items():
        say(f"{'reached' if met[name] else 'MISSED '} {name}: {reached:,.2f}, target {target:,}")
    return {
        name: {"reached": round(reached, 3), "target": target, "met": met[name]}
        for name, (reached, target) in (at_least | at_most).items()
    }


if __name__ == "__main__":
    main()
