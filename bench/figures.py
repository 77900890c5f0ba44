"""Every figure of the analysis on a long history, compared with plain SQL on the same rows and PM4Py on the same log.

Figures are for all cases as of now. Pages and their plain SQL alternate in this process; the first run of each page
(`first_ms`) reads the ended cases, later runs find them in memory. Memory and PM4Py are measured in a
separate process: `python -m bench.figures memory|pm4py FILE`. Pages without plain SQL run once and
are reported separately.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pandas as pd
from pysqlite3 import dbapi2 as sqlite3

from bench import say
from bench.history import UNTIL, history
from core.figures.catalogue import PAGES
from core.queries.selection import Selection
from core.store.database import Database

WEEK, MONTH = 7 * 86_400_000, 30 * 86_400_000
TIMES = 5
FACTS_MS = 52  # the reference time for such a set of figures
PHASES = range(1, 10)
QUANTILES = (0.5, 0.85, 0.95)


def figures(folder: Path, events: int) -> dict[str, Any]:
    """Milliseconds (medians) of each page and of its plain SQL, memory in MB, seconds of PM4Py."""
    path = folder / "figures.db"
    return measured(history(path, events), path)


def measured(db: Database, path: Path) -> dict[str, Any]:
    """Measure an existing history."""
    say(f"the figures of {', '.join(COMPARED)}, {TIMES} times each; of every other page once")
    gc.collect()
    gc.freeze()  # exclude the objects left by generating the history
    with closing(sqlite3.connect(path)) as plain:
        page_runs = {name: partial(_page, db, compute) for name, compute in COMPARED.items()}
        sql_runs = {name: lambda ask=REFERENCE[name]: ask(plain) for name in COMPARED}
        first = {name: round(_seconds(run) * 1000, 1) for name, run in page_runs.items()}
        pages, reference = _in_turn(partial(_decide, plain), page_runs, sql_runs)
        others = {
            name: round(_seconds(partial(_page, db, compute)) * 1000, 1)
            for name, compute in PAGES.items()
            if name not in COMPARED
        }
    say("PM4Py on the same log")
    pm4py = _in_own_process("pm4py", path)
    return {
        "events": pm4py["events"],
        "pages_ms": pages,
        "all_ms": round(sum(pages.values()), 1),
        "first_ms": first,
        "others_ms": others,
        "reference_ms": reference,
        "of_facts": round(sum(pages.values()) / FACTS_MS, 2),
        "ratio": round(sum(pages.values()) / sum(reference.values()), 2),
        "memory": _in_own_process("memory", path),
        "pm4py": pm4py,
        "times_pm4py": round(sum(pm4py["seconds"].values()) * 1000 / sum(pages.values()), 1),
    }


def _page(db: Database, compute: Callable[..., object]) -> object:
    """Compute as a page does, in its own transaction."""
    with db.reading() as connection:
        return compute(connection, Selection(), UNTIL)


def _decide(plain: Any) -> None:
    """Change a running case as a decision does, which invalidates the caches of running cases."""
    plain.execute(
        "UPDATE cases SET version = version + 1 WHERE id = (SELECT min(id) FROM cases WHERE ended_at IS NULL)"
    )
    plain.commit()


def _in_turn(decided: Callable[[], object], *groups: Mapping[str, Callable[[], object]]) -> list[dict[str, float]]:
    """The median ms of each function; they alternate, the first round is not counted, `decided` runs before each."""
    durations: list[dict[str, list[float]]] = [{name: [] for name in group} for group in groups]
    for turn in range(TIMES + 1):
        decided()
        for group, times in zip(groups, durations, strict=True):
            for name, run in group.items():
                seconds = _seconds(run)
                if turn:
                    times[name].append(seconds * 1000)
    return [{name: round(median(times_ms), 1) for name, times_ms in times.items()} for times in durations]


def _seconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


# --- plain SQL: the queries of each page, written by hand for SQLite ---
def _funnel(plain: Any) -> list[Any]:
    results = [
        _all(plain, "SELECT phase, outcome, count(*), sum(returns) FROM phase_visits GROUP BY phase, outcome"),
        _all(plain, "SELECT outcome, count(*), sum(ended_at > ?) FROM cases GROUP BY outcome", UNTIL - MONTH),
        _all(
            plain,
            "SELECT strftime('%Y-%m', opened_at / 1000, 'unixepoch') AS month, outcome, max_phase, count(*) FROM cases"
            " JOIN (SELECT case_id, max(phase) AS max_phase FROM phase_visits GROUP BY case_id) ON case_id = id"
            " GROUP BY month, outcome, max_phase",
        ),
    ]
    ended = _all(plain, "SELECT ended_at - opened_at FROM cases WHERE ended_at IS NOT NULL ORDER BY 1")
    return [*results, [ended[int(q * (len(ended) - 1))] for q in QUANTILES]]


def _times(plain: Any) -> list[Any]:
    results = []
    for phase in PHASES:
        ((n,),) = _all(plain, "SELECT count(duration) FROM phase_visits WHERE phase = ?", phase)
        ordered = "SELECT duration FROM phase_visits WHERE phase = ? AND duration IS NOT NULL ORDER BY duration"
        results += [_all(plain, f"{ordered} LIMIT 1 OFFSET ?", phase, int(q * max(n - 1, 0))) for q in QUANTILES]
    return [*results, _all(plain, "SELECT phase, blocked FROM phase_visits WHERE blocked > 0 ORDER BY phase, blocked")]


def _bottlenecks(plain: Any) -> list[Any]:
    return [
        _all(
            plain,
            "SELECT phase, role, kind, count(*), sum(ended_at - opened_at), sum(ended_at <= due_at),"
            " sum(ended_at IS NULL), sum(ended_at IS NULL AND due_at < ?) FROM work_items GROUP BY phase, role, kind",
            UNTIL,
        ),
        _all(plain, "SELECT phase, role, ended_at - opened_at FROM work_items ORDER BY phase, role, 3"),
    ]


def _wip(plain: Any) -> list[Any]:
    return [
        _all(plain, "SELECT phase, entered_at FROM phase_visits WHERE left_at IS NULL"),
        _all(plain, "SELECT phase, entered_at / ?, count(*) FROM phase_visits GROUP BY 1, 2", WEEK),
        _all(plain, "SELECT ended_at / ?, outcome, count(*) FROM cases GROUP BY 1, 2", WEEK),
        _all(plain, "SELECT opened_at / ?, count(*) FROM cases GROUP BY 1", WEEK),
        _times(plain),
    ]


def _quality(plain: Any) -> list[Any]:
    return [
        _all(plain, "SELECT phase, count(*), sum(returns > 0), sum(outcome = 'rejected') FROM phase_visits GROUP BY 1"),
        _all(
            plain,
            "SELECT document, cycle, verdict, count(*) FROM verdicts JOIN work_items USING (case_id, item)"
            " GROUP BY document, cycle, verdict",
        ),
        _all(plain, "SELECT phase, role, verdict, count(*) FROM verdicts GROUP BY 1, 2, 3"),
    ]


REFERENCE: Mapping[str, Callable[[Any], list[Any]]] = {
    "funnel": _funnel,
    "times": _times,
    "bottlenecks": _bottlenecks,
    "wip": _wip,
    "quality": _quality,
}


COMPARED = {name: compute for name, compute in PAGES.items() if name in REFERENCE}


def _all(plain: Any, statement: str, *values: object) -> list[Any]:
    return list(plain.execute(statement, values))


# --- in a separate process ---
def _in_own_process(measure: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.figures", measure, str(path)]
    completed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1])  # noqa: S603
    result: dict[str, Any] = json.loads(completed.stdout.splitlines()[-1])
    return result


def memory(path: Path) -> dict[str, float]:
    """Growth and peak of the process's memory while it computes each compared page once, in MB."""
    db = Database(f"sqlite:///{path}")
    with db.reading() as connection:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # reset the peak
        before = _status("VmRSS")
        for compute in COMPARED.values():
            compute(connection, Selection(), UNTIL)
    return {"grown_mb": round(_status("VmHWM") - before, 1), "process_mb": round(_status("VmHWM"), 1)}


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def pm4py(path: Path) -> dict[str, Any]:
    """Seconds of PM4Py's functions on a data frame of all events (built beforehand), and the peak memory in MB."""
    import pm4py as miner  # noqa: PLC0415  (slow, and only here)

    statement = "SELECT case_id, kind || ' ' || phase AS activity, at, person_id FROM events ORDER BY case_id, seq"
    with closing(sqlite3.connect(path)) as plain:
        rows = _all(plain, statement)
    log = pd.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp", "org:resource"])
    log["case:concept:name"] = log["case:concept:name"].astype(str)
    log["time:timestamp"] = pd.to_datetime(log["time:timestamp"], unit="ms", utc=True)
    functions: Sequence[Callable[[pd.DataFrame], object]] = (
        miner.get_cycle_time,
        miner.get_variants,
        miner.get_rework_cases_per_activity,
        miner.discover_performance_dfg,
    )
    seconds = {function.__name__: round(_seconds(lambda function=function: function(log)), 3) for function in functions}  # type: ignore[misc]
    return {"events": len(log), "seconds": seconds, "process_mb": round(_status("VmHWM"), 1)}


if __name__ == "__main__":
    print(json.dumps({"memory": memory, "pm4py": pm4py}[sys.argv[1]](Path(sys.argv[2]))))
