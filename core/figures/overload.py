"""Whether a role had more work than its people should have when a work item came in.

People of a role are those who have ended work of it; the work of every case counts, not only of the chosen ones.
"""

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from core.ended import MISSING, ROLES, WITHDRAWN
from core.figures import chosen
from core.figures.resident import Array, Columns
from core.figures.selection import Selection

PER_PERSON = 5
ROLE_BITS = 48  # of a moment in ms: thousands of years


def overloaded(connection: Connection, selection: Selection, items: Columns) -> npt.NDArray[np.bool_]:
    """Whether the role had more work open than its people should have, when the item came in."""
    every = chosen.items(connection, Selection(as_of=selection.as_of)) if selection.chooses else items
    roles = np.arange(len(ROLES))
    at = _of_role(items, items["opened"])
    came = np.sort(at if every is items else _of_role(every, every["opened"]))
    gone = np.sort(_of_role(every, every["ended"])[every["ended"] != MISSING])
    order = np.argsort(at)  # moments in their order are found in a fraction of the time
    before = np.searchsorted(came, at[order], side="left") - np.searchsorted(gone, at[order], side="right")
    others = np.searchsorted(came, roles << ROLE_BITS) - np.searchsorted(gone, roles << ROLE_BITS)
    queue = np.empty_like(before)
    queue[order] = before
    role = items["role"]
    found: npt.NDArray[np.bool_] = queue - others[role] >= PER_PERSON * np.maximum(_people(every), 1)[role]
    return found


def _of_role(items: Columns, moments: Array) -> Array:
    """Moments as one number with the role, in whose order they are sorted within each role."""
    return (items["role"].astype(np.int64) << ROLE_BITS) + moments


def _people(items: Columns) -> Array:
    """Of each role how many people have ended some of its work."""
    done = (items["ending"] != WITHDRAWN) & (items["by"] != MISSING)
    role, by = items["role"][done], items["by"][done]
    ended = np.zeros((len(ROLES), int(by.max(initial=0)) + 1), np.bool_)
    ended[role, by] = True
    found: Array = np.count_nonzero(ended, axis=1)
    return found
