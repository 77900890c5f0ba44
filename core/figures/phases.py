"""The nine phases side by side: who came through each, and how long it took. Times are ms of calendar time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, RowMapping, Select, func, select

from core.figures.percentiles import Spread, durations, listed, spread
from core.figures.selection import Selection
from core.process import PHASES

COUNTS = ("entered", "advanced", "closed", "rejected", "running", "returns")


class PhaseFigures(NamedTuple):
    """One phase of a cohort: entered = advanced + closed + rejected + running; returns are counted apart.

    `cycle` is of finished visits and includes the wait for the client's environment; `blocked` is that wait, of those
    finished visits that had one.
    """

    phase: int
    entered: int = 0
    advanced: int = 0
    closed: int = 0
    rejected: int = 0
    running: int = 0
    returns: int = 0
    cycle: Spread = Spread()
    blocked: Spread = Spread()


def by_phase(connection: Connection, selection: Selection) -> list[PhaseFigures]:
    """The funnel and the cycle time: a row for each of the nine phases, or for the chosen one."""
    found = connection.execute(_visits(selection)).mappings().one()
    numbers = [selection.phase] if selection.phase else [phase.number for phase in PHASES]
    return [_phase_figures(found, number) for number in numbers]


def frame(rows: list[PhaseFigures]) -> pd.DataFrame:
    """A flat row per phase: its counts; `n`, `p50`, `p85`, `p95` of the cycle time; `blocked_n`, `blocked_p50` (ms)."""
    flat = [
        {**row._asdict(), **row.cycle._asdict(), "blocked_n": row.blocked.n, "blocked_p50": row.blocked.p50}
        for row in rows
    ]
    times = dict.fromkeys(("p50", "p85", "p95", "blocked_p50"), "float64")
    return pd.DataFrame(flat).drop(columns=["cycle", "blocked"]).astype(times)


def _visits(selection: Selection) -> Select[Any]:
    """Nine phases side by side in one pass over the visits: to group them, SQLite would sort or jump for every row."""
    rows = selection.rows
    visit = rows.visits.c
    figures = [each.label(f"{name}{p.number}") for p in PHASES for name, each in _of_phase(visit, p.number)]
    return select(*figures).where(*selection.on(rows.visits, rows))


def _of_phase(visit: Any, number: int) -> Iterator[tuple[str, Any]]:
    here = visit.phase == number
    yield "entered", func.count().filter(here)
    for outcome in ("advanced", "closed", "rejected"):
        yield outcome, func.count().filter(here, visit.outcome == outcome)
    yield "running", func.count().filter(here, visit.left_at.is_(None))
    yield "returns", func.sum(visit.returns).filter(here)
    yield "cycle", listed(visit.duration).filter(here)
    yield "blocked", listed(func.nullif(visit.blocked, 0)).filter(here, visit.left_at.is_not(None))


def _phase_figures(found: RowMapping, number: int) -> PhaseFigures:
    counts = (int(found[f"{name}{number}"] or 0) for name in COUNTS)
    spreads = (spread(durations(found[f"{name}{number}"])) for name in ("cycle", "blocked"))
    return PhaseFigures._make((number, *counts, *spreads))
