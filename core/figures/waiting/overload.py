"""Whether a role was overloaded when a work item was opened.

People of a role are those who have ended work of it; the work of every case counts, not only of the selected ones.
Moments have the role in their upper bits, so that they sort by role and then by time.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.figures.base.ended_cache import Array, Columns
from core.store.ended_cases import MISSING, ROLES, WITHDRAWN

PER_PERSON = 5
ROLE_BITS = 48  # of a moment in ms: thousands of years
PERSON_BITS = 32
OF_QUEUE = ("role", "opened", "ended", "ending", "by")
Mask = npt.NDArray[np.bool_]


class Queue(NamedTuple):
    """Work items as a queue: sorted arrivals and departures, and the people who ended any.

    In the order of `came`: `places` among all `size` rows; `ahead`, how many were open at each arrival, including
    those of the roles that sort before.
    """

    came: Array
    places: Array
    gone: Array
    people: Array
    ahead: Array
    size: int

    @classmethod
    def of(cls, items: Columns, some: Array | None = None) -> "Queue":
        """Build from work items; only from those at `some` places, if given."""
        size = len(items["role"])
        if some is not None:
            items = {name: items[name][some] for name in OF_QUEUE}
        at = _of_role(items, items["opened"])
        places = np.argsort(at)
        came, gone = at[places], np.sort(_of_role(items, items["ended"])[items["ended"] != MISSING])
        done = (items["ending"] != WITHDRAWN) & (items["by"] != MISSING)
        people = np.unique((items["role"][done].astype(np.int64) << PERSON_BITS) + items["by"][done])
        return cls(came, places if some is None else some[places], gone, people, _open_at(came, came, gone), size)


class Load(NamedTuple):
    """The work of every case: of ended and of running ones."""

    past: Queue
    running: Queue

    def of_past(self) -> Mask:
        """Return for each past work item whether its role was overloaded at its arrival."""
        came = self.past.came
        # Search the few among the many, which is faster than the reverse.
        more = _reached(came, self.running.came, "right") - _reached(came, self.running.gone, "left")
        per_role = np.diff(np.searchsorted(came, np.arange(len(ROLES) + 1) << ROLE_BITS))
        overloaded = np.zeros(self.past.size, np.bool_)
        overloaded[self.past.places] = self.past.ahead + more >= np.repeat(self._limits(), per_role)
        return overloaded

    def of(self, items: Columns) -> Mask:
        """Return the same for any work items."""
        at = _of_role(items, items["opened"])
        queue = sum(_open_at(at, part.came, part.gone) for part in self)
        overloaded: Mask = queue >= self._limits()[items["role"]]
        return overloaded

    def _limits(self) -> Array:
        """Return how many open items make each role overloaded, including those of the roles that sort before."""
        first = np.arange(len(ROLES)) << ROLE_BITS
        before = sum(_open_at(first, part.came, part.gone) for part in self)
        people = np.bincount(np.union1d(*(part.people for part in self)) >> PERSON_BITS, minlength=len(ROLES))
        return before + PER_PERSON * np.maximum(people, 1)


def _of_role(items: Columns, moments: Array) -> Array:
    return (items["role"].astype(np.int64) << ROLE_BITS) + moments


def _open_at(moments: Array, came: Array, gone: Array) -> Array:
    """Return how many items had arrived before each moment and were still open."""
    return np.searchsorted(came, moments, side="left") - np.searchsorted(gone, moments, side="right")


def _reached(moments: Array, others: Array, side: str) -> Array:
    """Return how many of `others` are before each of the sorted moments ("right"), or also at it ("left")."""
    places = np.searchsorted(moments, others, side=side)  # type: ignore[call-overload]
    return np.cumsum(np.bincount(places, minlength=len(moments) + 1)[:-1])
