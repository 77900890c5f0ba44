"""Every figure of the analysis in one place: what `python -m core figures` prints and what a panel finds by name."""

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
    """Every figure, by page, as plain numbers, texts, lists and dicts; what is missing is None.

    `whatif` simulates the change: without one, the process as it is beside what really happened.
    """
    found = {name: plain(compute(connection, selection, now)) for name, compute in PAGES.items()}
    return {**found, "whatif": plain(simulation.compute(connection, selection, now, change))}


def plain(value: Any) -> Any:
    """A figure as JSON takes it: a frame as a list of rows, a named tuple as an object."""
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        named = getattr(value, "_asdict", None)
        return plain(named()) if named else [plain(each) for each in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    return None if value is None or pd.isna(value) else value
