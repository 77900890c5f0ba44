"""Both clocks, for many stretches at once: calendar time, and working time by the calendar that is in force.

Working time is never made from calendar time: it is what lies within the spans of the working calendar.
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
LONG = 30 * 24 * 60 * 60_000  # clocks are laid out, and remembered, for whole stretches of so many ms


class Clock(StrEnum):
    """How time is counted: by the calendar, by working time, by either as one chooses, or not at all (at a moment)."""

    MOMENT = "moment"
    OPENING = "opening"
    CALENDAR = "calendar"
    WORKING = "working"
    CHOSEN = "chosen"


CLOCKS = (Clock.CALENDAR, Clock.WORKING)


class WorkingClock(NamedTuple):
    """What working time has passed by any moment between two.

    Every span begins and ends a whole number of `step` ms after `first`; `passed_by` is the working time by each step,
    so that between two of them all or nothing is working time: looked up, a moment costs a tenth of a search for it.
    """

    first: int
    step: int
    passed_by: Times

    @classmethod
    def over(cls, calendar: Calendar, *moments: npt.NDArray[Any]) -> "WorkingClock":
        """A clock for these moments (ms since 1970 UTC)."""
        every = [each for each in moments if each.size]
        begin, end = (min(e.min() for e in every), max(e.max() for e in every)) if every else (0, 0)
        return _laid_out(calendar, int(begin) // LONG, int(end) // LONG + 1)

    def passed(self, moments: npt.NDArray[Any]) -> Times:
        """Working ms by each moment, since the first span."""
        since = np.maximum(moments - self.first, 0)
        steps = np.minimum(since // self.step, len(self.passed_by) - 2)
        by = self.passed_by[steps]
        return by + np.minimum(since - steps * self.step, self.passed_by[steps + 1] - by)  # type: ignore[no-any-return]

    def between(self, begun: Times, ended: Times) -> Times:
        """Working ms of each stretch; 0 when it does not end after its beginning."""
        return np.where(ended > begun, self.passed(ended) - self.passed(begun), 0)

    def both(self, begun: Times, ended: Times) -> Mapping[Clock, Times]:
        """How long each stretch took, by the one clock and by the other."""
        return {Clock.CALENDAR: ended - begun, Clock.WORKING: self.between(begun, ended)}


@lru_cache(maxsize=16)
def _laid_out(calendar: Calendar, first_long: int, last_long: int) -> WorkingClock:
    begin, end = first_long * LONG, last_long * LONG
    starts, ends = (np.array(each, np.int64) for each in calendar.spans(begin, end))
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
    """The clock of the calendar in force, for these moments."""
    return WorkingClock.over(policy(connection).calendar, *moments)
