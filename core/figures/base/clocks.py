"""Calendar and working time of many intervals at once, by the working calendar in force.

Working time is never estimated from calendar time: it is the part within the spans of the working calendar.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from core.process.working_time import Calendar
from core.store.settings import policy

Times = npt.NDArray[np.int64]
BLOCK = 30 * 24 * 60 * 60_000  # clocks are built and cached for whole blocks of this many ms


class Clock(StrEnum):
    """How time is counted: calendar time, working time, either as chosen, or none (at a moment)."""

    MOMENT = "moment"
    OPENING = "opening"
    CALENDAR = "calendar"
    WORKING = "working"
    CHOSEN = "chosen"


CLOCKS = (Clock.CALENDAR, Clock.WORKING)


class WorkingClock(NamedTuple):
    """The working time passed by any moment of a range.

    Every span begins and ends a whole number of `step` ms after `first`; `passed_by` is the working time by each step,
    so that each step is either all working time or none. A lookup costs a tenth of a binary search.
    """

    first: int
    step: int
    passed_by: Times

    @classmethod
    def over(cls, calendar: Calendar, *moments: npt.NDArray[Any]) -> "WorkingClock":
        """Return a clock that covers these moments (ms since 1970 UTC)."""
        arrays = [array for array in moments if array.size]
        begin, end = (min(a.min() for a in arrays), max(a.max() for a in arrays)) if arrays else (0, 0)
        return _build(calendar, int(begin) // BLOCK, int(end) // BLOCK + 1)

    def passed(self, moments: npt.NDArray[Any]) -> Times:
        """Return the working ms by each moment, since the first span."""
        since = np.maximum(moments - self.first, 0)
        steps = np.minimum(since // self.step, len(self.passed_by) - 2)
        by = self.passed_by[steps]
        return by + np.minimum(since - steps * self.step, self.passed_by[steps + 1] - by)  # type: ignore[no-any-return]

    def between(self, begun: Times, ended: Times) -> Times:
        """Return the working ms of each interval; 0 when it does not end after its beginning."""
        return np.where(ended > begun, self.passed(ended) - self.passed(begun), 0)

    def both(self, begun: Times, ended: Times) -> Mapping[Clock, Times]:
        """Return the duration of each interval by either clock, in ms."""
        return {Clock.CALENDAR: ended - begun, Clock.WORKING: self.between(begun, ended)}


@lru_cache(maxsize=16)
def _build(calendar: Calendar, first_block: int, last_block: int) -> WorkingClock:
    begin, end = first_block * BLOCK, last_block * BLOCK
    starts, ends = (np.array(moments, np.int64) for moments in calendar.spans(begin, end))
    within = (ends > begin) & (starts < end)
    starts, ends = starts[within], ends[within]
    if not len(starts):
        return WorkingClock(0, 1, np.zeros(2, np.int64))
    first, last = int(starts[0]), int(ends[-1])
    step = int(np.gcd.reduce(np.concatenate([starts, ends]) - first))
    steps = np.arange(first, last + step + 1, step)
    span = np.searchsorted(starts, steps, side="right") - 1
    return WorkingClock(first, step, np.cumsum(ends - starts)[span] - np.maximum(ends[span] - steps, 0))


def working_clock(connection: Connection, *moments: npt.NDArray[Any]) -> WorkingClock:
    """Return the clock of the calendar in force for these moments."""
    return WorkingClock.over(policy(connection).calendar, *moments)
