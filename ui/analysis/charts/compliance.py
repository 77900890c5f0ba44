"""The charts of Cumplimiento, from frames."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import PHASES, phase_name
from core.process.terms import Role
from ui.analysis.charts.style import (
    OUTLINE,
    QUIET,
    TEXT,
    axis,
    bar,
    bar_labels,
    days,
    heatmap,
    phase_layout,
    role_heads,
)
from ui.words.format import Format
from ui.words.messages import text

SHOWN = 10
CELL = 40  # px a phase
SHADES = [[0, "rgba(204, 54, 80, 0.65)"], [1, "rgba(204, 54, 80, 0.03)"]]  # stronger for more late work


def deadlines(frame: pd.DataFrame, language: str) -> go.Figure:
    """Phase × role: the share of the work within its deadline, and the number of items.

    `frame` has phase, role, within, late, overdue (work items) and share (of 1).
    """
    fmt = Format(language, 0)
    roles = [role for role in Role if role in set(frame["role"])]
    phases = sorted(set(frame["phase"]))
    lanes = {(row["phase"], row["role"]): row for row in frame.to_dict("records")}

    def label(row: dict[Any, Any] | None) -> str:
        return f"{fmt.percent(row['share'])}<br>{fmt.number(_all(row))}" if row else ""

    grid = [[lanes.get((phase, role.value)) for role in roles] for phase in phases]
    cells = {
        "x": role_heads(roles),
        "y": [phase_name(phase) for phase in phases],
        "z": [[round(row["share"], 3) if row else None for row in line] for line in grid],
        "text": [[label(row) for row in line] for line in grid],
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
        "colorscale": SHADES,
    }
    return heatmap(language, cells, {"color": TEXT, "size": 11}, CELL * len(phases) + 110)


def variants(frame: pd.DataFrame, language: str) -> go.Figure:
    """The most frequent paths with their share and median duration.

    `frame` has variant (a code), cases, share (of 1) and p50 (ms), the most frequent first.
    """
    fmt = Format(language, 0)
    top = frame.head(SHOWN)
    rows = top.assign(phase=range(1, len(top) + 1))
    names = [path_name(variant, language) for variant in top["variant"]]
    labels = [
        text(
            language, "variants-said", n=row["cases"], share=fmt.percent(row["share"]), days=days(row["p50"], language)
        )
        for row in rows.to_dict("records")
    ]
    most = max([int(cases) for cases in rows["cases"]], default=1)
    bars = bar(rows, rows["cases"], text(language, "variants-name"), color=QUIET, line=OUTLINE, names=names)
    figure = go.Figure(
        [bars, *bar_labels(rows, most, labels, names=names)], phase_layout(rows, language, showlegend=False)
    )
    ticks = {"dtick": 1} if most < 10 else {"tickformat": ",d"}
    figure.update_xaxes(axis(most, text(language, "variants-axis")), **ticks)
    return figure


def path_name(variant: str, language: str) -> str:
    """«Cerró · ↺ F2, F4 ×2»: the end of a path and its returns; code: «closed-9-2010», a digit per phase."""
    outcome, reached, returns = variant.split("-")
    digits = f"{int(returns):0{len(PHASES)}d}"[::-1]
    back = [
        text(language, "cohort-phase", n=phase) + (f" ×{digit}" if digit != "1" else "")
        for phase, digit in enumerate(digits, start=1)
        if digit != "0"
    ]
    end = text(language, f"path-{outcome}", phase=reached)
    return f"{end} · ↺ {', '.join(back)}" if back else end


def _all(row: dict[Any, Any]) -> int:
    return int(row["within"] + row["late"] + row["overdue"])
