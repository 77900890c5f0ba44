"""Percentiles as every figure shows them: numpy's linear interpolation, with how many there were beside them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Text, cast, func

QUANTILES = (0.5, 0.85, 0.95)
DURATION_BITS = 48  # of a duration in ms: nine thousand years
HALF = 1 << DURATION_BITS - 1  # clocks differ: a duration may be below 0


class Spread(NamedTuple):
    """How long `n` finished stretches took, in ms; no percentiles without any."""

    n: int = 0
    p50: float | None = None
    p85: float | None = None
    p95: float | None = None


def spread(durations: Sequence[int] | npt.NDArray[Any]) -> Spread:
    """The percentiles of some durations."""
    if not len(durations):
        return Spread()
    return Spread(len(durations), *(float(value) for value in np.quantile(durations, QUANTILES, method="linear")))


class Grouped(NamedTuple):
    """Of each group how many durations it has, and its percentiles (groups × quantiles), NaN without any."""

    n: npt.NDArray[np.int64]
    at: npt.NDArray[np.float64]

    def spread(self, group: int) -> Spread:
        """One group of percentiles at QUANTILES."""
        return Spread(int(self.n[group]), *self.at[group].tolist()) if self.n[group] else Spread()


def grouped(
    groups: npt.NDArray[Any], took: npt.NDArray[Any], count: int, quantiles: Sequence[float] = QUANTILES
) -> Grouped:
    """The percentiles of the durations of each of `count` groups, whose numbers start at 0.

    The same as `np.quantile` with its linear interpolation, for all groups with one sorting.
    """
    return of_ordered(ordered(groups, took), count, quantiles)


def ordered(groups: npt.NDArray[Any], took: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The durations of groups, as numbers in whose order they lie within each group."""
    keys: npt.NDArray[np.int64] = (groups.astype(np.int64) << DURATION_BITS) + (took + HALF)
    keys.sort()
    return keys


def merged(many: npt.NDArray[np.int64], few: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Two of them as one: cheaper than to put all in order."""
    return np.insert(many, np.searchsorted(many, few), few)


def of_ordered(keys: npt.NDArray[np.int64], count: int, quantiles: Sequence[float] = QUANTILES) -> Grouped:
    """The percentiles of durations that are `ordered`."""
    n = np.diff(np.searchsorted(keys, np.arange(count + 1) << DURATION_BITS))
    at = np.full((count, len(quantiles)), np.nan)
    some = np.flatnonzero(n)
    last = n[some] - 1
    first = np.cumsum(n)[some] - n[some]
    for column, quantile in enumerate(quantiles):
        place = last * quantile
        below = np.floor(place).astype(np.int64)
        low, high = (
            ((keys[first + each] & (2 * HALF - 1)) - HALF).astype(np.float64)
            for each in (below, np.minimum(below + 1, last))
        )
        part = place - below
        # Interpolated from the nearer end, as numpy does it.
        at[some, column] = np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))
    return Grouped(n, at)


def listed(value: ColumnElement[Any]) -> Any:
    """Every value in one text: one to fetch for a phase instead of one for each visit."""
    return func.aggregate_strings(cast(value, Text), ",")
