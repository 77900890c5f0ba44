"""Generated phase visits: regular ones that can be counted by hand, and random ones."""

import numpy as np

from core.figures.base.survival import ENOUGH, LAST
from core.process.terms import Flow
from tests.support.people import DAY

Row = tuple[int, Flow, int, int, int, int | None, str | None]


def regular(cases: int = ENOUGH, *, rejected_in: int = 0) -> list[Row]:
    """Cases opened at 0 that spend n days in phase n, closed or rejected at the end of phase `rejected_in`."""
    rows: list[Row] = []
    for case in range(1, cases + 1):
        entered = 0
        for phase in range(1, (rejected_in or LAST) + 1):
            left = entered + phase * DAY
            how = "rejected" if phase == rejected_in else "closed" if phase == LAST else "advanced"
            rows.append((case, Flow.B2B, phase, 0, entered, left, how))
            entered = left
    return rows


def running(case: int, phase: int, entered: int) -> Row:
    return (case, Flow.B2B, phase, entered, entered, None, None)


def random_history(cases: int, seed: int, every: float = 0.5) -> list[Row]:
    """Cases with random arrivals; each phase takes lognormal time, may loop, and rejects one in twenty."""
    dice = np.random.default_rng(seed)
    rows: list[Row] = []
    arrivals = np.cumsum(dice.exponential(every, cases)) * DAY
    for case, opened in enumerate(arrivals.astype(int).tolist(), start=1):
        entered, flow = opened, (Flow.B2B, Flow.ESTANDAR)[case % 2]
        for phase in range(1, LAST + 1):
            rounds = int(dice.geometric(0.75))
            left = entered + int(dice.lognormal(phase % 3 * 0.4, 0.6, rounds).sum() * DAY)
            how = "rejected" if dice.random() < 0.05 else "closed" if phase == LAST else "advanced"
            rows.append((case, flow, phase, opened, entered, left, how))
            if how == "rejected":
                break
            entered = left
    return rows
