"""Phase visits as arrays: what was known of them at a moment, and how long a visit of a phase takes."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from core.figures.base import in_order
from core.process.definition import PHASES
from core.process.terms import Flow
from core.queries.selection import Selection

ENOUGH = 10  # finished visits (or longer ones than this) below which the past says nothing
FLOWS = tuple(Flow)
LAST = len(PHASES)
ONWARD = ("advanced", "closed")
RUNNING = np.iinfo(np.int64).max  # of a visit that has not ended

Whole = NDArray[np.int64]


class VisitTimes(NamedTuple):
    """How long a visit takes: `lasted` (ms, sorted), their cumulated shares, and whether the case went on."""

    lasted: Whole
    shares: NDArray[np.float64]
    onward: NDArray[np.bool_]

    def longer(self, ages: Whole) -> Whole:
        """How many finished visits took longer than each age."""
        return len(self.lasted) - np.searchsorted(self.lasted, ages, side="right")

    def draw(self, chances: NDArray[np.float64], ages: Whole) -> tuple[Whole, NDArray[np.bool_]]:
        """Visits longer than each age (a row per age), by chances from 0 to 1, with whether they went on."""
        first = np.searchsorted(self.lasted, ages, side="right")
        passed = np.concatenate(([0.0], self.shares))[first][:, None]
        place = np.searchsorted(self.shares, passed + chances * (1 - passed), side="right")
        place = np.minimum(place, len(self.lasted) - 1)
        return self.lasted[place], self.onward[place]


@dataclass(frozen=True)
class Past:
    """Phase visits, an element each; `left` is RUNNING and `onward` False while a visit has not ended."""

    case: Whole
    flow: Whole
    phase: Whole
    opened: Whole
    entered: Whole
    left: Whole
    onward: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> Self:
        """From rows of case, flow, phase, opened, entered, left (None: running) and outcome."""
        found = [
            (case, FLOWS.index(Flow(flow)), phase, opened, entered, RUNNING if left is None else left, out in ONWARD)
            for case, flow, phase, opened, entered, left, out in rows
        ]
        columns = np.array(found, dtype=np.int64).reshape(-1, 7).T
        case, flow, phase, opened, entered, left, onward = columns
        return cls(case, flow, phase, opened, entered, left, onward.astype(bool))

    def __len__(self) -> int:
        return len(self.case)

    def where(self, chosen: NDArray[np.bool_]) -> "Past":
        return Past(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def as_of(self, at: int) -> "Past":
        """What was known then: later visits are absent, those that ended later still run."""
        then = self.where(self.entered <= at)
        ended = then.left <= at
        left = np.where(ended, then.left, RUNNING)
        return Past(then.case, then.flow, then.phase, then.opened, then.entered, left, then.onward & ended)

    def running(self) -> "Past":
        return self.where(self.left == RUNNING)

    def finished(self, phase: int) -> int:
        return int(((self.phase == phase) & (self.left != RUNNING)).sum())

    def _last(self) -> "Past":
        """The visits with which a case ended."""
        return self.where((self.left != RUNNING) & (~self.onward | (self.phase == LAST)))

    def ends(self) -> dict[int, int]:
        """When each ended case ended."""
        last = self._last()
        return dict(zip(last.case.tolist(), last.left.tolist(), strict=True))

    def cycle_times(self) -> Whole:
        """From opening to end, of ended cases."""
        last = self._last()
        return last.left - last.opened


def times_of(known: Past, flow: int, phase: int, at: int) -> VisitTimes | None:
    """How long a phase takes in a flow, or in both where the flow alone has too few visits; None where both have."""
    here = known.where(known.phase == phase)
    own = here.where(here.flow == flow)
    chosen = own if own.finished(phase) >= ENOUGH else here
    if chosen.finished(phase) < ENOUGH:
        return None
    return kaplan_meier(chosen, at)


def kaplan_meier(visits: Past, at: int) -> VisitTimes:
    """The share that each finished visit stands for when the running ones are to end later than `at`.

    What the running ones leave beyond the longest finished visit is given to that one.
    """
    ended = visits.left != RUNNING
    lasted = in_order.lasted(visits.entered, np.where(ended, visits.left, at))
    order = np.lexsort((~ended, lasted))  # of equal times, the finished first
    lasted, ended, onward = lasted[order], ended[order], visits.onward[order]
    at_risk = np.arange(len(lasted), 0, -1)
    survive = np.cumprod(np.where(ended, 1 - 1 / at_risk, 1.0))
    shares = (1 - survive)[ended]
    shares[-1] = 1.0
    return VisitTimes(lasted[ended], shares, onward[ended])


def widened(selection: Selection) -> Selection:
    """The selection of the past that is learned from."""
    return replace(selection, phase=None, closed_from=None, closed_before=None)
