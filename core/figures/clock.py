"""Both clocks, for many stretches at once: calendar time, and working time by the calendar that is in force.

Working time is never made from calendar time: it is what lies within the spans of the working calendar.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from core.figures.evidence import Clock
from core.settings import policy
from core.workdays import Calendar

Times = npt.NDArray[np.int64]
CLOCKS = (Clock.CALENDAR, Clock.WORKING)


class WorkingClock(NamedTuple):
    """What working time has passed by any moment between two."""

    starts: Times
    ends: Times
    totals: Times

    @classmethod
    def over(cls, calendar: Calendar, *moments: Times) -> "WorkingClock":
        """A clock for these moments (ms since 1970 UTC)."""
        every = [each for each in moments if each.size]
        first, last = (min(e.min() for e in every), max(e.max() for e in every)) if every else (0, 0)
        starts, ends = (np.array(each, np.int64) for each in calendar.spans(int(first), int(last)))
        return cls(starts, ends, np.cumsum(ends - starts))

    def passed(self, moments: Times) -> Times:
        """Working ms by each moment, since the first span."""
        span = np.searchsorted(self.starts, moments, side="right") - 1
        running = self.totals[span] - np.maximum(self.ends[span] - moments, 0)
        return np.where(span < 0, 0, running)

    def between(self, begun: Times, ended: Times) -> Times:
        """Working ms of each stretch; 0 when it does not end after its beginning."""
        return np.where(ended > begun, self.passed(ended) - self.passed(begun), 0)


def by_clock(connection: Connection, begun: Times, ended: Times) -> Iterator[tuple[Clock, Times]]:
    """How long each stretch took, by the one clock and by the other."""
    yield Clock.CALENDAR, ended - begun
    yield Clock.WORKING, WorkingClock.over(policy(connection).calendar, begun, ended).between(begun, ended)
