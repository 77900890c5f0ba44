"""The phases compared: how many cases passed each, and how long it took. Times are ms of calendar time."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from core.figures.base.columns import table
from core.figures.base.ended_cache import Columns
from core.figures.base.percentiles import Spread, grouped
from core.figures.base.selected_rows import visits
from core.process.definition import PHASES
from core.queries.selection import Selection
from core.store.ended_cases import MISSING, OUTCOMES

COUNTS = ("entered", "advanced", "closed", "rejected", "running", "returns")


class PhaseFigures(NamedTuple):
    """One phase of a cohort: entered = advanced + closed + rejected + running; returns are counted separately.

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
    """Return the funnel and the cycle time: a row per phase, or only for the chosen one."""
    return of_visits(visits(connection, selection), selection.phase)


def frame(rows: list[PhaseFigures]) -> pd.DataFrame:
    """Return a row per phase: counts; `n`, `p50`, `p85`, `p95` of the cycle time; `blocked_n`, `blocked_p50` (ms)."""
    counts = {name: [getattr(row, name) for row in rows] for name in ("phase", *COUNTS)}
    times = {name: [getattr(row.cycle, name) for row in rows] for name in ("p50", "p85", "p95")}
    blocked = {"blocked_n": [row.blocked.n for row in rows], "blocked_p50": [row.blocked.p50 for row in rows]}
    return table({**counts, "n": [row.cycle.n for row in rows], **times, **blocked}, *times, "blocked_p50")


def of_visits(visits: Columns, phase: int | None) -> list[PhaseFigures]:
    """Return the same from visits already read; a row per phase, or only for the chosen one."""
    numbers = [phase] if phase else [phase.number for phase in PHASES]
    place, size = visits["phase"], len(PHASES) + 1
    counts = {"entered": np.bincount(place, minlength=size)}
    for name, code in (*((name, OUTCOMES.index(name)) for name in OUTCOMES), ("running", MISSING)):
        counts[name] = np.bincount(place[visits["outcome"] == code], minlength=size)
    counts["returns"] = np.bincount(place, visits["returns"], size).astype(np.int64)
    left = visits["left"] != MISSING
    waited = left & (visits["blocked"] > 0)
    cycle = grouped(place[left], (visits["left"] - visits["entered"])[left], size)
    blocked = grouped(place[waited], visits["blocked"][waited], size)
    return [
        PhaseFigures._make((n, *(int(counts[name][n]) for name in COUNTS), cycle.spread(n), blocked.spread(n)))
        for n in numbers
    ]
