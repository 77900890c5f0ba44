"""Times of rows in the order in which things happened, whatever clock told them.

Clocks are set back, and those of two instances differ. A record that was written before each moment was kept from
lying before the last one may hold an end before its beginning: it counts as that beginning, so that nothing lasts less
than no time. Times in ms; MISSING stands for NULL.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from core.store.ended_cases import MISSING

Array = npt.NDArray[Any]
AFTER = {"entered": "opened", "left": "entered", "ended": "opened", "until": "since"}  # in the order of a chain
LENGTHS = ("blocked", "held")


def in_order(columns: Mapping[str, Array]) -> Mapping[str, Array]:
    """The columns of some rows, with no end before its beginning and no length below 0."""
    mended = dict(columns)
    for name, before in AFTER.items():
        if name in columns and before in columns:
            early = (mended[name] < mended[before]) & (mended[name] != MISSING)
            if early.any():
                mended[name] = np.where(early, mended[before], mended[name])
    for name in LENGTHS:
        if name in columns and (columns[name] < 0).any():
            mended[name] = np.maximum(columns[name], 0)
    return mended


def lasted(begun: Any, until: Any) -> Array:
    """How long each has lasted by a moment; no time when it is to begin later."""
    found: Array = np.maximum(until - begun, 0)
    return found
