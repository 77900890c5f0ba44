"""The registry of all figures, for `python -m core figures` and for panels that look one up by name."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from core.figures.base.evidence import Figure
from core.figures.pages import bottlenecks, compliance, funnel, process_map, times, wip
from core.figures.pages.forecast import backtest, remaining_time
from core.figures.pages.quality import evidence, returns
from core.figures.pages.whatif import past_flow, simulation
from core.queries.selection import Selection

Compute = Callable[[Connection, Selection, int], Any]
PAGES: Mapping[str, Compute] = {
    "funnel": funnel.compute,
    "times": times.compute,
    "wip": wip.compute,
    "bottlenecks": bottlenecks.compute,
    "quality": returns.compute,
    "compliance": compliance.compute,
    "map": process_map.compute,
    "forecast": remaining_time.compute,
    "backtest": backtest.compute,
}
FIGURES: Mapping[str, Figure] = {
    **funnel.FIGURES,
    **times.FIGURES,
    **wip.FIGURES,
    **bottlenecks.FIGURES,
    **evidence.FIGURES,
    **compliance.FIGURES,
    **process_map.FIGURES,
    **remaining_time.FIGURES,
    **backtest.FIGURES,
    **past_flow.FIGURES,
}


def everything(
    connection: Connection, selection: Selection, now: int, change: simulation.Scenario = simulation.BASELINE
) -> dict[str, Any]:
    """Return every figure by page as plain numbers, texts, lists and dicts; missing values are None.

    `whatif` simulates the change; by default the current process, compared with what really happened.
    """
    figures = {name: plain(compute(connection, selection, now)) for name, compute in PAGES.items()}
    return {**figures, "whatif": plain(simulation.compute(connection, selection, now, change))}


def plain(value: Any) -> Any:
    """Convert a figure for JSON: a frame to a list of rows, a named tuple to an object."""
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        as_dict = getattr(value, "_asdict", None)
        return plain(as_dict()) if as_dict else [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    return None if value is None or pd.isna(value) else value
