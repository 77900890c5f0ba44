"""Times of rows, corrected where clocks were set back or differed between instances.

Old records may have an end before its beginning, from before times were kept in order: it counts as the beginning, so
that no duration is negative. Times in ms; MISSING stands for NULL.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from core.store.ended_cases import MISSING

Array = npt.NDArray[Any]
AFTER = {"entered": "opened", "left": "entered", "ended": "opened", "until": "since"}  # in dependency order
LENGTHS = ("blocked", "held")


def in_order(columns: Mapping[str, Array]) -> Mapping[str, Array]:
    """Correct the columns of some rows: no end before its beginning and no negative length."""
    corrected = dict(columns)
    for name, before in AFTER.items():
        if name in columns and before in columns:
            early = (corrected[name] < corrected[before]) & (corrected[name] != MISSING)
            if early.any():
                corrected[name] = np.where(early, corrected[before], corrected[name])
    for name in LENGTHS:
        if name in columns and (columns[name] < 0).any():
            corrected[name] = np.maximum(columns[name], 0)
    return corrected


def lasted(begun: Any, until: Any) -> Array:
    """Return how long each has lasted by a moment; 0 when it begins later."""
    durations: Array = np.maximum(until - begun, 0)
    return durations
