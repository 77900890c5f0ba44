"""Whether a role had more work than its people should have when a work item came in.

People of a role are those who have ended work of it; the work of every case counts, not only of the chosen ones.
Moments are numbers with the role in their upper bits, in whose order they are sorted within each role.
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
    """Work items as a queue sees them: when they came and went, in order; who ended any.

    In the order of `came`: `places`, theirs among all `size` rows; `ahead`, how many were open when each came, and
    those of the roles before its own.
    """

    came: Array
    places: Array
    gone: Array
    people: Array
    ahead: Array
    size: int

    @classmethod
    def of(cls, items: Columns, some: Array | None = None) -> "Queue":
        """Of these work items; without the others, when some places are named."""
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
    """The work of every case: of those that have ended, and of the others."""

    past: Queue
    running: Queue

    def of_past(self) -> Mask:
        """Of each work item of the past whether its role had more open than its people should have, as it came in."""
        came = self.past.came
        # The few are sought among the many, not the many among the few.
        more = _reached(came, self.running.came, "right") - _reached(came, self.running.gone, "left")
        each = np.diff(np.searchsorted(came, np.arange(len(ROLES) + 1) << ROLE_BITS))
        found = np.zeros(self.past.size, np.bool_)
        found[self.past.places] = self.past.ahead + more >= np.repeat(self._limits(), each)
        return found

    def of(self, items: Columns) -> Mask:
        """The same of any work items."""
        at = _of_role(items, items["opened"])
        queue = sum(_open_at(at, part.came, part.gone) for part in self)
        found: Mask = queue >= self._limits()[items["role"]]
        return found

    def _limits(self) -> Array:
        """From how many open ones on each role has too many, with those of the roles before it."""
        first = np.arange(len(ROLES)) << ROLE_BITS
        before = sum(_open_at(first, part.came, part.gone) for part in self)
        people = np.bincount(np.union1d(*(part.people for part in self)) >> PERSON_BITS, minlength=len(ROLES))
        return before + PER_PERSON * np.maximum(people, 1)


def _of_role(items: Columns, moments: Array) -> Array:
    return (items["role"].astype(np.int64) << ROLE_BITS) + moments


def _open_at(moments: Array, came: Array, gone: Array) -> Array:
    """How many had come before each moment, and were not gone by it."""
    return np.searchsorted(came, moments, side="left") - np.searchsorted(gone, moments, side="right")


def _reached(moments: Array, others: Array, side: str) -> Array:
    """How many of some others lie before each of many moments that are in order ("right"), or at it too ("left")."""
    places = np.searchsorted(moments, others, side=side)  # type: ignore[call-overload]
    return np.cumsum(np.bincount(places, minlength=len(moments) + 1)[:-1])
