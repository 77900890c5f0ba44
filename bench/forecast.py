"""The time of forecasting many open cases from a long history of phase visits."""

from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from bench import say
from core.figures.base.survival import FLOWS, LAST, RUNNING, Past
from core.figures.pages.forecast import remaining_time

DAY = 24 * 60 * 60_000
TIMES = 5


def history(cases: int, seed: int = 1) -> Past:
    """Generate closed cases with lognormal phase durations."""
    dice = np.random.default_rng(seed)
    durations = (dice.lognormal(0.5, 0.7, (cases, LAST)) * DAY).astype(np.int64)
    opened = np.arange(cases)[:, None] * (DAY // 120)
    left = opened + durations.cumsum(axis=1)
    case, phase = np.meshgrid(np.arange(cases), np.arange(1, LAST + 1), indexing="ij")
    shape = (cases, LAST)
    columns = (case, case % len(FLOWS), phase, np.broadcast_to(opened, shape), left - durations, left)
    onward: Any = np.ones(cases * LAST, dtype=bool)
    flat: Any = [column.ravel() for column in (*columns, onward)]
    return Past(*flat)


def predict(open_cases: int = 1500) -> dict[str, Any]:
    """Median seconds to forecast the end dates and expected closes of `open_cases`."""
    past = history(20_000)
    at = int(np.quantile(past.left, 0.9))
    known = past.as_of(at)
    running: Any = np.flatnonzero(known.left == RUNNING)[:open_cases]
    open_ = known.where(running)
    seconds = [_once(known, open_, at, seed) for seed in range(TIMES)]
    say(f"forecast of {len(open_):,} open cases: {median(seconds):.2f} s")
    return {"open_cases": len(open_), "visits": len(known), "seconds": round(median(seconds), 3)}


def _once(known: Past, open_: Past, at: int, seed: int) -> float:
    started = perf_counter()
    runs = remaining_time.simulate(known, open_, at, np.random.default_rng(seed))
    np.quantile(runs.ends, [0.5, 0.85], axis=1)
    remaining_time.closes(runs, [at + week * remaining_time.WEEK for week in range(1, remaining_time.WEEKS + 1)])
    return perf_counter() - started
