"""The charts of Embudo, from frames."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import phase_name
from ui.analysis.charts.style import (
    ACCENT,
    INK,
    OUTLINE,
    QUIET,
    TEXT,
    WARNING,
    axis,
    bar,
    bar_labels,
    heatmap,
    layout,
    phase_layout,
)
from ui.words.format import Format
from ui.words.messages import text

RETURNS = "↺"
CELL = 34  # px a cohort
ENDS, PAD = 396, 14  # px: height of the outcome nodes and the gap between them
SHADES = ((0, "rgba(47, 125, 196, 0.06)"), (1, "rgba(47, 125, 196, 0.7)"))
FLOWS = {  # ordered so that few lines cross: cases close from the last phase
    "rejected": (WARNING, "rgba(204, 54, 80, 0.45)"),
    "running": (ACCENT, "rgba(47, 125, 196, 0.45)"),
    "closed": (OUTLINE, "rgba(102, 120, 140, 0.45)"),
}


def funnel(frame: pd.DataFrame, language: str) -> go.Figure:
    """Cases per phase that advanced (or closed), are still in it, or were rejected; returns as text beside them.

    `frame` has phase, entered, advanced, closed, rejected, running and returns (numbers of cases; returns: of returns).
    """
    number = Format(language, 0).number
    labels = [_funnel_label(row, language) for row in frame.to_dict("records")]
    onward = frame["advanced"] + frame["closed"]
    bars = (
        bar(frame, onward, text(language, "funnel-onward"), color=QUIET, line=OUTLINE),
        bar(frame, frame["running"], text(language, "funnel-running"), color=ACCENT, line=ACCENT),
        bar(frame, frame["rejected"], text(language, "funnel-rejected"), color=WARNING, line=WARNING, pattern="/"),
    )
    bars[0].update(
        text=[number(count) if count else "" for count in onward],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        textfont={"color": INK},
    )
    widest = max(int(frame["entered"].max()), 1)
    figure = go.Figure([*bars, *bar_labels(frame, widest, labels)], phase_layout(frame, language, barmode="stack"))
    ticks = {"dtick": 1} if widest < 10 else {"tickformat": ",d"}
    figure.update_xaxes(axis(widest, text(language, "funnel-axis")), **ticks)
    return figure


def cohorts(frame: pd.DataFrame, language: str) -> go.Figure:
    """The percentage of each opening month's cases that reached each phase, and that closed.

    `frame` has month («2026-03», or missing for all earlier ones), opened, closed, and reached_2 to reached_9 (cases).
    """
    fmt = Format(language, 0)
    columns = [str(name) for name in frame if str(name).startswith("reached_")] + ["closed"]
    shares = [[float(row[name]) / row["opened"] for name in columns] for row in frame.to_dict("records")]
    months = [cohort_name(month, language) for month in frame["month"]]
    heads = [*(text(language, "cohort-phase", n=name.removeprefix("reached_")) for name in columns[:-1])]
    cells = {
        "x": [*heads, text(language, "cohort-closed")],
        "y": [f"{month} · {fmt.number(n)}" for month, n in zip(months, frame["opened"], strict=True)],
        "z": [[round(share, 3) for share in row] for row in shares],
        "text": [[fmt.number(100 * share) for share in row] for row in shares],
        "hovertext": [[fmt.percent(share) for share in row] for row in shares],
        "hovertemplate": "%{y}, %{x}: %{hovertext}<extra></extra>",
        "colorscale": [list(shade) for shade in SHADES],
    }
    return heatmap(language, cells, {"color": TEXT}, CELL * len(frame) + 80, top=40)


def ends(frame: pd.DataFrame, language: str) -> go.Figure:
    """From the phase in which cases are or ended to their outcome: closed, in progress, rejected.

    `frame` has phase, closed, running and rejected (cases).
    """
    rows = [row for row in frame.to_dict("records") if any(row[name] for name in FLOWS)]
    totals = {name: int(frame[name].sum()) for name in FLOWS}
    outcomes = [name for name in FLOWS if totals[name]]
    named = [phase_name(row["phase"]) for row in rows]
    sources = [sum(int(row[name]) for name in outcomes) for row in rows]
    labels = [text(language, f"ends-{name}", n=totals[name]) for name in outcomes]
    most = max(len(rows), len(outcomes))
    left, right = _middles(sources, most), _middles([totals[name] for name in outcomes], most)
    nodes = {
        "label": [""] * len(rows) + labels,
        "customdata": [*named, *labels],
        "color": [QUIET] * len(rows) + [FLOWS[name][0] for name in outcomes],
        "line": {"width": 0},
        "x": [0.001] * len(rows) + [0.999] * len(outcomes),
        "y": [*left, *right],
        "pad": PAD,
        "thickness": 14,
        "hovertemplate": "%{customdata}: %{value:,d}<extra></extra>",
    }
    font = {"color": TEXT, "size": 12}
    bands = _bands(rows, outcomes, named, labels)
    sankey = go.Sankey(arrangement="fixed", textfont=font | {"shadow": "none"}, node=nodes, link=bands)
    figure = go.Figure(sankey, layout(language, ENDS + 24, margin={"l": 124, "r": 4, "t": 12, "b": 12}))
    for name, y in zip(named, left, strict=True):  # beside the bands
        place = {"x": 0, "xref": "paper", "xanchor": "right", "y": round(1 - y, 4), "yref": "paper"}
        figure.add_annotation(**place, yanchor="middle", xshift=-6, text=name, showarrow=False, font=font)
    return figure


def _bands(
    rows: list[dict[Any, Any]], outcomes: Sequence[str], named: Sequence[str], labels: Sequence[str]
) -> dict[str, Any]:
    links = [(at, to, int(row[name])) for at, row in enumerate(rows) for to, name in enumerate(outcomes) if row[name]]
    return {
        "source": [at for at, _, _ in links],
        "target": [len(rows) + to for _, to, _ in links],
        "value": [count for _, _, count in links],
        "color": [FLOWS[outcomes[to]][1] for _, to, _ in links],
        "customdata": [f"{named[at]} → {labels[to]}" for at, to, _ in links],
        "hovertemplate": "%{customdata}: %{value:,d}<extra></extra>",
    }


def _middles(counts: Sequence[int], most: int) -> list[float]:
    """The middles of nodes, from 0 at the top to 1, when the longer side has `most` nodes.

    Plotly scales nodes so that the longer side just fits with PAD px between its nodes.
    """
    gap = PAD / ENDS
    scale = (1 - (most - 1) * gap) / max(sum(counts), 1)
    before, places = (1 - sum(counts) * scale - (len(counts) - 1) * gap) / 2, []
    for count in counts:
        places.append(round(min(max(before + count * scale / 2, 0.001), 0.999), 4))
        before += count * scale + gap
    return places


def cohort_name(month: str, language: str) -> str:
    """«mar 2026», or the label for all earlier months."""
    return Format(language, 0).month(month) if month else text(language, "cohort-earlier")


def _funnel_label(row: dict[Any, Any], language: str) -> str:
    if not row["entered"]:
        return text(language, "funnel-nobody")
    parts = [text(language, f"funnel-{state}-n", n=row[state]) for state in ("running", "rejected") if row[state]]
    parts += [f"{RETURNS} {Format(language, 0).number(row['returns'])}"] if row["returns"] else []
    return " · ".join(parts)
