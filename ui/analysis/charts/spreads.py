"""Percentiles as a line for each phase, from a frame."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import phase_name
from ui.analysis.charts.style import ACCENT, OUTLINE, QUIET, axis, bar_labels, days, phase_layout, places
from ui.words.format import DAY
from ui.words.messages import text

QUANTILES = ("p50", "p85", "p95")
SHAPES = {"p50": "circle", "p85": "diamond", "p95": "square"}
SIGNS = {"p50": "●", "p85": "◆", "p95": "■"}


def cycle_times(frame: pd.DataFrame, language: str) -> go.Figure:
    """A line per phase from the 50th to the 95th percentile of its finished visits, in days of 24 hours.

    `frame` has phase, n, and p50, p85, p95 in ms (missing where n is 0).
    """
    in_days = frame[["phase", *QUANTILES]].assign(**{name: frame[name] / DAY for name in QUANTILES})
    labels = [_cycle_label(row, language) for row in frame.to_dict("records")]
    marks = [_mark(in_days, name, language) for name in QUANTILES]
    longest = float(in_days["p95"].max())
    longest = longest if longest > 0 else 1.0
    counts = [text(language, "cycle-n", n=int(n)) if n else "" for n in frame["n"]]
    figure = go.Figure(
        [_range(in_days), *marks, *bar_labels(frame, longest, labels, counts)], phase_layout(frame, language)
    )
    figure.update_xaxes(axis(longest, text(language, "cycle-axis")))
    return figure


def _cycle_label(row: dict[Any, Any], language: str) -> str:
    if not row["n"]:
        return text(language, "cycle-nobody")
    values = "  ".join(f"{SIGNS[name]} {days(row[name], language)}" for name in QUANTILES)
    return text(language, "cycle-days", values=values)


def _range(days: pd.DataFrame) -> go.Scatter:
    """The lines from the first percentile to the last, separated by None."""
    ends = zip(days["p50"], days["p95"], places(days, -0.12), strict=True)
    x: list[float | None] = []
    y: list[float | None] = []
    for low, high, place in ends:
        if not pd.isna(low):
            x += [round(low, 3), round(high, 3), None]
            y += [place, place, None]
    return go.Scatter(x=x, y=y, mode="lines", line={"color": OUTLINE, "width": 3}, hoverinfo="skip", showlegend=False)


def _mark(days: pd.DataFrame, name: str, language: str) -> go.Scatter:
    return go.Scatter(
        x=[None if pd.isna(value) else round(value, 3) for value in days[name]],
        y=places(days, -0.12),
        mode="markers",
        name=text(language, f"cycle-{name}"),
        cliponaxis=False,
        hovertext=[phase_name(phase) for phase in days["phase"]],
        hovertemplate="%{hovertext}: %{x:.1f}",
        marker={
            "symbol": SHAPES[name],
            "size": 11,
            "color": ACCENT if name == "p50" else QUIET,
            "line": {"color": ACCENT if name == "p50" else OUTLINE, "width": 1.5},
        },
    )
