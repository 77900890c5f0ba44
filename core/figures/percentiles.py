"""Percentiles as every figure shows them: numpy's linear interpolation, with how many there were beside them."""

from typing import Any, NamedTuple

import msgspec
import numpy as np
from sqlalchemy import ColumnElement, Text, cast, func

QUANTILES = (0.5, 0.85, 0.95)


class Spread(NamedTuple):
    """How long `n` finished stretches took, in ms; no percentiles without any."""

    n: int = 0
    p50: float | None = None
    p85: float | None = None
    p95: float | None = None


def spread(durations: list[int]) -> Spread:
    """The percentiles of some durations."""
    if not durations:
        return Spread()
    return Spread(len(durations), *(float(value) for value in np.quantile(durations, QUANTILES, method="linear")))


def listed(value: ColumnElement[Any]) -> Any:
    """Every value in one text: one to fetch for a phase instead of one for each visit."""
    return func.aggregate_strings(cast(value, Text), ",")


def durations(text: str | None) -> list[int]:
    """The values that `listed` put into a text."""
    return msgspec.json.decode(f"[{text or ''}]", type=list[int])
