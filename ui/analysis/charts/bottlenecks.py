"""The charts of Cuellos de botella, from frames."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import PHASES, phase_name
from core.process.terms import PROCESS_ROLES, ROLE_NAMES, Role
from ui.analysis.charts.funnel import SHADES
from ui.analysis.charts.style import (
    ACCENT,
    CLEAR,
    OUTLINE,
    OVER,
    QUIET,
    ROW,
    TEXT,
    WARNING,
    axis,
    days,
    heatmap,
    layout,
    role_heads,
)
from ui.words.format import Format
from ui.words.messages import text

FIRST = 8  # lanes in the ranking
CELL = 44  # px a phase
FILLS = {  # fill, line and pattern
    "waiting": (ACCENT, ACCENT, ""),
    "held": (QUIET, OUTLINE, "/"),
    "kept": (QUIET, OUTLINE, ""),
    "late": (ACCENT, ACCENT, ""),
    "overdue": (WARNING, WARNING, "/"),
}
Row = dict[Any, Any]


def heat(frame: pd.DataFrame, language: str) -> go.Figure:
    """Phase × role: the share of all time and the 85th percentile; the top lane is outlined.

    `frame` has phase, role, share (of 1), n, p85 (ms; missing where n is 0) and waiting, the largest share first.
    """
    lanes = {(row["phase"], row["role"]): row for row in frame.to_dict("records")}
    phases, roles = [phase.number for phase in PHASES], list(PROCESS_ROLES)

    def grid(value: Callable[[Row], Any], missing: Any) -> list[list[Any]]:
        return [[value(lanes[p, r]) if (p, r) in lanes else missing for r in roles] for p in phases]

    cells = {
        "x": role_heads(roles),
        "y": [phase_name(number) for number in phases],
        "z": grid(lambda row: round(row["share"], 4), None),
        "text": grid(lambda row: _cell(row, language), ""),
        "hovertext": grid(lambda row: _hover(row, language), ""),
        "hoverinfo": "text",
        "hoverongaps": False,
        "colorscale": [list(shade) for shade in SHADES],
        "zmax": max(frame["share"].max(), 0.01) if len(frame) else 1,
    }
    figure = heatmap(language, cells, {"color": TEXT, "size": 11}, CELL * len(phases) + 80)
    figure.update_xaxes(autotickangles=[0, 90])
    for row in frame.head(1).to_dict("records"):
        x, y = roles.index(Role(row["role"])), phases.index(row["phase"])
        line = {"color": WARNING, "width": 2.5}
        figure.add_shape(type="rect", x0=x - 0.5, x1=x + 0.5, y0=y - 0.5, y1=y + 0.5, line=line, fillcolor=CLEAR)
    return figure


def ranking(frame: pd.DataFrame, language: str) -> go.Figure:
    """The lanes with the most time, in percent of all time, split into unclaimed and claimed time.

    `frame` has phase, role, share (of 1), time and held_time (ms), the largest share first.
    """
    rows = frame.head(FIRST).to_dict("records")
    held = [row["held_time"] / row["time"] if row["time"] else 0.0 for row in rows]
    shares = [row["share"] * 100 for row in rows]
    fmt = Format(language, 0)
    return _bars(
        [lane_name(row) for row in rows],
        {
            "waiting": [round(share * (1 - part), 2) for share, part in zip(shares, held, strict=True)],
            "held": [round(share * part, 2) for share, part in zip(shares, held, strict=True)],
        },
        [fmt.percent(row["share"], 1) for row in rows],
        "ranking",
        language,
    )


def load(frame: pd.DataFrame, language: str) -> go.Figure:
    """Open work items per role, waiting and held, and their number per person.

    `frame` has role, waiting, held and per_person (missing without people).
    """
    rows = frame.to_dict("records")
    return _bars(
        [ROLE_NAMES[Role(row["role"])] for row in rows],
        {name: [int(row[name]) for row in rows] for name in ("waiting", "held")},
        [_load_words(row, language) for row in rows],
        "load",
        language,
    )


def deadlines(frame: pd.DataFrame, language: str) -> go.Figure:
    """Work items per role finished in time, finished late, and open overdue; with the share within deadline.

    `frame` has role, n, kept, overdue (work items) and within (of 1, or missing).
    """
    rows = frame.to_dict("records")
    fmt = Format(language, 0)
    return _bars(
        [ROLE_NAMES[Role(row["role"])] for row in rows],
        {
            "kept": [int(row["kept"]) for row in rows],
            "late": [int(row["n"] - row["kept"]) for row in rows],
            "overdue": [int(row["overdue"]) for row in rows],
        },
        ["" if pd.isna(row["within"]) else fmt.percent(row["within"]) for row in rows],
        "deadlines",
        language,
    )


def lane_name(row: Row) -> str:
    """«Gerente Comercial · 4 Análisis Técnico»."""
    return f"{ROLE_NAMES[Role(row['role'])]} · {phase_name(row['phase'])}"


def _bars(
    names: Sequence[str], parts: dict[str, list[Any]], ends: Sequence[str], chart: str, language: str
) -> go.Figure:
    """A stacked bar for each name, with a line of text above it."""
    longest = max((sum(values) for values in zip(*parts.values(), strict=True)), default=0) or 1
    rows = {"visible": False, "fixedrange": True, "range": [0.5 - len(names), 0.6]}
    traces = [_bar(names, part, values, language) for part, values in parts.items()]
    figure = go.Figure(
        [*traces, *_labels(names, longest, ends)],
        layout(language, ROW * len(names) + 110, yaxis=rows, barmode="stack"),
    )
    figure.update_xaxes(axis(longest, text(language, f"{chart}-axis")), **({"dtick": 1} if longest < 10 else {}))
    return figure


def _bar(names: Sequence[str], part: str, values: list[Any], language: str) -> go.Bar:
    color, line, shape = FILLS[part]
    hatch = {"shape": shape, "fillmode": "replace", "bgcolor": CLEAR, "size": 6} if shape else {"shape": ""}
    return go.Bar(
        x=[value or None for value in values],
        y=[-n - 0.12 for n in range(len(names))],
        orientation="h",
        width=0.42,
        name=text(language, f"work-{part}"),
        hovertext=list(names),
        hovertemplate="%{hovertext}: %{x}",
        marker={"color": color, "pattern": hatch, "line": {"color": line, "width": 1}},
    )


def _labels(names: Sequence[str], end: float, ends: Sequence[str]) -> Iterator[go.Scatter]:
    for x, texts, side in ((0, [f"<b>{name}</b>" for name in names], "middle right"), (end, ends, "middle left")):
        yield go.Scatter(
            x=[x] * len(names),
            y=[OVER - n for n in range(len(names))],
            mode="text",
            text=list(texts),
            textposition=side,
            textfont={"size": 12, "color": TEXT},
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )


def _cell(row: Row, language: str) -> str:
    share = Format(language, 0).percent(row["share"], 1)
    return f"{share}<br>{text(language, 'figure-days', days=days(row['p85'], language))}" if row["n"] else share


def _hover(row: Row, language: str) -> str:
    return f"{lane_name(row)}<br>{text(language, 'heat-hover', n=row['n'], waiting=row['waiting'])}"


def _load_words(row: Row, language: str) -> str:
    if pd.isna(row["per_person"]):
        return text(language, "load-nobody")
    return text(language, "load-each", each=Format(language, 0).number(row["per_person"], 1))
