"""Percentiles of every figure: numpy's linear interpolation, with the number of values."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Text, cast, func

QUANTILES = (0.5, 0.85, 0.95)
DURATION_BITS = 48  # of a duration in ms: nine thousand years
HALF = 1 << DURATION_BITS - 1  # clocks differ: a duration may be negative


class Spread(NamedTuple):
    """Percentiles of `n` durations in ms; None without any."""

    n: int = 0
    p50: float | None = None
    p85: float | None = None
    p95: float | None = None


def spread(durations: Sequence[int] | npt.NDArray[Any]) -> Spread:
    """Return the percentiles of durations."""
    if not len(durations):
        return Spread()
    return Spread(len(durations), *(float(value) for value in np.quantile(durations, QUANTILES, method="linear")))


class Grouped(NamedTuple):
    """The number of durations per group, and its percentiles (groups × quantiles), NaN without any."""

    n: npt.NDArray[np.int64]
    at: npt.NDArray[np.float64]

    def spread(self, group: int) -> Spread:
        """Return the percentiles of one group at QUANTILES."""
        return Spread(int(self.n[group]), *self.at[group].tolist()) if self.n[group] else Spread()


def grouped(
    groups: npt.NDArray[Any], took: npt.NDArray[Any], count: int, quantiles: Sequence[float] = QUANTILES
) -> Grouped:
    """Return the percentiles of the durations of groups 0 to `count` - 1.

    Equals `np.quantile` with linear interpolation, with a single sort for all groups.
    """
    return of_ordered(ordered(groups, took), count, quantiles)


def ordered(groups: npt.NDArray[Any], took: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Encode groups and durations as numbers, sorted by group and then by duration."""
    keys: npt.NDArray[np.int64] = (groups.astype(np.int64) << DURATION_BITS) + (took + HALF)
    keys.sort()
    return keys


def merged(many: npt.NDArray[np.int64], few: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Merge two sorted arrays, which is cheaper than sorting again."""
    return np.insert(many, np.searchsorted(many, few), few)


def of_ordered(keys: npt.NDArray[np.int64], count: int, quantiles: Sequence[float] = QUANTILES) -> Grouped:
    """Return the percentiles of durations encoded by `ordered`."""
    n = np.diff(np.searchsorted(keys, np.arange(count + 1) << DURATION_BITS))
    at = np.full((count, len(quantiles)), np.nan)
    present = np.flatnonzero(n)
    last = n[present] - 1
    first = np.cumsum(n)[present] - n[present]
    for column, quantile in enumerate(quantiles):
        place = last * quantile
        below = np.floor(place).astype(np.int64)
        low, high = (
            ((keys[first + offset] & (2 * HALF - 1)) - HALF).astype(np.float64)
            for offset in (below, np.minimum(below + 1, last))
        )
        part = place - below
        # Interpolated from the nearer end, as numpy does it.
        at[present, column] = np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))
    return Grouped(n, at)


def listed(value: ColumnElement[Any]) -> Any:
    """Aggregate all values into one text, so that one value is fetched instead of one per row."""
    return func.aggregate_strings(cast(value, Text), ",")
