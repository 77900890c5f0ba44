"""Phase visits as arrays: what was known at a moment, and the distribution of a phase's duration."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from core.figures.base import in_order
from core.process.definition import PHASES
from core.process.terms import Flow
from core.queries.selection import Selection

ENOUGH = 10  # finished visits (or longer ones) needed for a forecast
FLOWS = tuple(Flow)
LAST = len(PHASES)
ONWARD = ("advanced", "closed")
RUNNING = np.iinfo(np.int64).max  # of a visit that has not ended

Integers = NDArray[np.int64]


class VisitTimes(NamedTuple):
    """The durations of visits: `lasted` (ms, sorted), their cumulative shares, and whether the case went on."""

    lasted: Integers
    shares: NDArray[np.float64]
    onward: NDArray[np.bool_]

    def longer(self, ages: Integers) -> Integers:
        """Return how many finished visits took longer than each age."""
        return len(self.lasted) - np.searchsorted(self.lasted, ages, side="right")

    def draw(self, chances: NDArray[np.float64], ages: Integers) -> tuple[Integers, NDArray[np.bool_]]:
        """Draw durations longer than each age (a row per age) by chances from 0 to 1, and whether the case went on."""
        first = np.searchsorted(self.lasted, ages, side="right")
        passed = np.concatenate(([0.0], self.shares))[first][:, None]
        place = np.searchsorted(self.shares, passed + chances * (1 - passed), side="right")
        place = np.minimum(place, len(self.lasted) - 1)
        return self.lasted[place], self.onward[place]


@dataclass(frozen=True)
class Past:
    """Phase visits, one per element; `left` is RUNNING and `onward` False while a visit has not ended."""

    case: Integers
    flow: Integers
    phase: Integers
    opened: Integers
    entered: Integers
    left: Integers
    onward: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> Self:
        """Build from rows of case, flow, phase, opened, entered, left (None: running) and outcome."""
        values = [
            (case, FLOWS.index(Flow(flow)), phase, opened, entered, RUNNING if left is None else left, out in ONWARD)
            for case, flow, phase, opened, entered, left, out in rows
        ]
        columns = np.array(values, dtype=np.int64).reshape(-1, 7).T
        case, flow, phase, opened, entered, left, onward = columns
        return cls(case, flow, phase, opened, entered, left, onward.astype(bool))

    def __len__(self) -> int:
        return len(self.case)

    def where(self, chosen: NDArray[np.bool_]) -> "Past":
        return Past(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def as_of(self, at: int) -> "Past":
        """Return what was known then: without later visits, and with those that ended later as running."""
        then = self.where(self.entered <= at)
        ended = then.left <= at
        left = np.where(ended, then.left, RUNNING)
        return Past(then.case, then.flow, then.phase, then.opened, then.entered, left, then.onward & ended)

    def running(self) -> "Past":
        return self.where(self.left == RUNNING)

    def finished(self, phase: int) -> int:
        return int(((self.phase == phase) & (self.left != RUNNING)).sum())

    def _last(self) -> "Past":
        """Return the visits in which a case ended."""
        return self.where((self.left != RUNNING) & (~self.onward | (self.phase == LAST)))

    def ends(self) -> dict[int, int]:
        """Return when each ended case ended."""
        last = self._last()
        return dict(zip(last.case.tolist(), last.left.tolist(), strict=True))

    def cycle_times(self) -> Integers:
        """Return the cycle times of ended cases, in ms."""
        last = self._last()
        return last.left - last.opened


def times_of(known: Past, flow: int, phase: int, at: int) -> VisitTimes | None:
    """Return the durations of a phase in a flow, or in both flows when one has too few; None when both have."""
    of_phase = known.where(known.phase == phase)
    of_flow = of_phase.where(of_phase.flow == flow)
    chosen = of_flow if of_flow.finished(phase) >= ENOUGH else of_phase
    if chosen.finished(phase) < ENOUGH:
        return None
    return kaplan_meier(chosen, at)


def kaplan_meier(visits: Past, at: int) -> VisitTimes:
    """Return the durations of finished visits, weighted for the running ones, which end later than `at`.

    The weight remaining beyond the longest finished visit is assigned to that visit.
    """
    ended = visits.left != RUNNING
    lasted = in_order.lasted(visits.entered, np.where(ended, visits.left, at))
    order = np.lexsort((~ended, lasted))  # of equal durations, the finished ones first
    lasted, ended, onward = lasted[order], ended[order], visits.onward[order]
    at_risk = np.arange(len(lasted), 0, -1)
    survive = np.cumprod(np.where(ended, 1 - 1 / at_risk, 1.0))
    shares = (1 - survive)[ended]
    shares[-1] = 1.0
    return VisitTimes(lasted[ended], shares, onward[ended])


def widened(selection: Selection) -> Selection:
    """Return the selection of the past data for a forecast: without phase and closing dates."""
    return replace(selection, phase=None, closed_from=None, closed_before=None)
