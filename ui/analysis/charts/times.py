"""The charts of Tiempos, from frames. Each uses one clock, named on its axis."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.analysis.charts.date_axis import BENEATH, axis_of_days
from ui.analysis.charts.style import ACCENT, OUTLINE, OVER, QUIET, ROW, TEXT, WARNING, axis, layout, row_labels
from ui.analysis.charts.units import UNITS, lengths
from ui.words.format import ZONE, Format
from ui.words.messages import text

LINES = {"p50": "dot", "p85": "solid", "p95": "dash"}
MARKS = {"closed": ("circle", QUIET, OUTLINE), "rejected": ("x-thin", WARNING, WARNING)}
BAR = 0.42
BOX = {"lowerfence": "p5", "q1": "p25", "median": "p50", "q3": "p75", "upperfence": "p95"}
LOW = 0.12  # offset of a bar below the middle of its row


def scatter(points: pd.DataFrame, cases: pd.DataFrame, language: str, clock: str) -> go.Figure:
    """A point for each finished case (or cell of several cases): when it finished and how long it took.

    `points`: outcome, at, took, cases; `cases`: n, p50, p85, p95 (one row); times in ms.
    """
    longest = max(float(points["took"].max() if len(points) else 0), 1.0) / UNITS[clock]
    figure = go.Figure([_dots(points, name, language, clock) for name in MARKS], layout(language, 380))
    for name, dash in LINES.items():
        value = cases[name].iloc[0]
        if not pd.isna(value):
            _line(figure, value, name, dash, language, clock)
    figure.update_yaxes(
        range=[-longest * 0.03, longest * 1.05],
        fixedrange=True,
        title={"text": text(language, f"times-axis-{clock}"), "font": {"color": TEXT, "size": 12}},
        tickfont={"color": TEXT},
        showgrid=False,
        zeroline=False,
    )
    figure.update_xaxes(axis_of_days())
    figure.update_layout(margin={"l": 4, "r": 60, "t": 8, "b": BENEATH})
    return figure


def boxes(frame: pd.DataFrame, language: str, clock: str) -> go.Figure:
    """A box for each phase or lane from p25 to p75, with a line at p50 and whiskers at p5 and p95.

    `frame`: phase or role, n, and p5, p25, p50, p75, p85, p95 in ms (missing where n is 0).
    """
    names, counts, rows = _names(frame), frame["n"], _rows(frame)
    spread = {name: (frame[name] / UNITS[clock]).round(3) for name in ("p5", "p25", "p50", "p75", "p85", "p95")}
    longest = float(spread["p95"].max())
    longest = longest if longest > 0 else 1.0
    labels = [_box_label(row, language, clock) for row in frame.to_dict("records")]
    beside = [text(language, "times-n", n=int(n)) if n else "" for n in counts]
    has_visits = (counts > 0).to_numpy()
    box = go.Box(
        **{field: spread[name][has_visits].tolist() for field, name in BOX.items()},
        y=[row - LOW for row, present in zip(rows, has_visits, strict=True) if present],
        orientation="h",
        width=BAR,
        name=text(language, "times-box"),
        fillcolor=QUIET,
        line={"color": OUTLINE, "width": 1.5},
        hoverinfo="skip",
    )
    most = go.Scatter(
        x=spread["p85"][has_visits].tolist(),
        y=box.y,
        mode="markers",
        name=text(language, "times-p85"),
        hoverinfo="skip",
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 11, "color": ACCENT, "line": {"color": ACCENT, "width": 1.5}},
    )
    figure = go.Figure([box, most, *row_labels(names, rows, longest, labels, beside)], _row_layout(len(rows), language))
    figure.update_xaxes(axis(longest, text(language, f"times-axis-{clock}")))
    return figure


def waits(frame: pd.DataFrame, language: str, clock: str) -> go.Figure:
    """The total waiting and held time of each phase's work items.

    `frame`: phase, waiting, held, in ms.
    """
    rows, unit = _rows(frame), UNITS[clock]
    total = frame["waiting"] + frame["held"]
    bars = [
        _bar(frame["waiting"] / unit, rows, text(language, "waits-waiting"), ACCENT, ""),
        _bar(frame["held"] / unit, rows, text(language, "waits-held"), QUIET, "/"),
    ]
    labels = [_share(wait, time, language) for wait, time in zip(frame["waiting"], total, strict=True)]
    return _bars(bars, _names(frame), float(total.max()) / unit, labels, language, clock, rows)


def causes(frame: pd.DataFrame, language: str, clock: str) -> go.Figure:
    """A bar for each cause of waiting, largest first. `frame`: wait, items, waited (ms)."""
    frame = frame.sort_values("waited", ascending=False, kind="stable")
    rows, unit, total = _rows(frame), UNITS[clock], int(frame["waited"].sum())
    names = [text(language, f"cause-{cause.replace('_', '-')}") for cause in frame["wait"]]
    fmt = Format(language, 0)
    labels = [
        text(language, "cause-said", share=fmt.percent(waited / total if total else 0), n=int(n))
        for waited, n in zip(frame["waited"], frame["items"], strict=True)
    ]
    bars = [_bar(frame["waited"] / unit, rows, text(language, "waits-waiting"), QUIET, "")]
    return _bars(bars, names, float(frame["waited"].max()) / unit, labels, language, clock, rows)


def _dots(points: pd.DataFrame, outcome: str, language: str, clock: str) -> go.Scatter:
    finished = points[points["outcome"] == outcome]
    symbol, color, line = MARKS[outcome]
    sizes = (5 + 3 * finished["cases"] ** 0.5).clip(upper=28).round(1) if (finished["cases"] > 1).any() else None
    zone = ZoneInfo(ZONE)
    return go.Scatter(
        x=[f"{datetime.fromtimestamp(at / 1000, zone):%Y-%m-%d}" for at in finished["at"]],
        y=(finished["took"] / UNITS[clock]).round(1).tolist(),
        customdata=finished["cases"].tolist() if sizes is not None else None,
        mode="markers",
        name=text(language, f"times-{outcome}"),
        hovertemplate="%{x}: %{y:.1f}" + (" (%{customdata})" if sizes is not None else "") + "<extra></extra>",
        marker={
            "symbol": symbol,
            "size": 8 if sizes is None else sizes.tolist(),
            "color": color,
            "opacity": 0.85,
            "line": {"color": line, "width": 1 if symbol == "circle" else 2},
        },
    )


def _line(figure: go.Figure, value: float, name: str, dash: str, language: str, clock: str) -> None:
    """Draw a percentile as a line over the whole width, labelled in the margin, clear of points."""
    figure.add_hline(value / UNITS[clock], line={"color": ACCENT, "width": 1.5, "dash": dash})
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        yanchor="middle",
        y=value / UNITS[clock],
        text=f"<b>{name}</b> {lengths(value, language, clock)}",
        showarrow=False,
        font={"color": TEXT, "size": 12},
    )


def _names(frame: pd.DataFrame) -> list[str]:
    return [phase_name(n) for n in frame["phase"]] if "phase" in frame else [ROLE_NAMES[Role(r)] for r in frame["role"]]


def _rows(frame: pd.DataFrame) -> list[int]:
    """The y of the rows, from top to bottom."""
    return [-n for n in range(1, len(frame) + 1)]


def _box_label(row: dict[Any, Any], language: str, clock: str) -> str:
    if not row["n"]:
        return text(language, "times-nobody")
    half, most = (lengths(row[name], language, clock) for name in ("p50", "p85"))
    return f"│ {half}  ◆ {most}"


def _share(waiting: int, total: int, language: str) -> str:
    if not total:
        return text(language, "waits-nothing")
    return text(language, "waits-share", share=Format(language, 0).percent(waiting / total))


def _bar(values: pd.Series, rows: Sequence[int], name: str, color: str, pattern: str) -> go.Bar:
    return go.Bar(
        x=[round(value, 2) or None for value in values.tolist()],
        y=[row - LOW for row in rows],
        orientation="h",
        width=BAR,
        name=name,
        hovertemplate="%{x:.1f}",
        marker={
            "color": color,
            "pattern": {"shape": pattern, "fillmode": "replace", "bgcolor": "rgba(0,0,0,0)", "size": 6},
            "line": {"color": color if color == ACCENT else OUTLINE, "width": 1},
        },
    )


def _bars(
    bars: list[go.Bar], names: list[str], longest: float, labels: list[str], language: str, clock: str, rows: list[int]
) -> go.Figure:
    longest = longest if longest > 0 else 1.0
    annotations = row_labels(names, rows, longest, labels)
    figure = go.Figure(
        [*bars, *annotations], _row_layout(len(rows), language, barmode="stack", showlegend=len(bars) > 1)
    )
    figure.update_xaxes(axis(longest, text(language, f"waits-axis-{clock}")))
    return figure


def _row_layout(count: int, language: str, **more: Any) -> dict[str, Any]:
    rows = {"visible": False, "fixedrange": True, "range": [-count - 0.5, OVER - 0.6]}
    return layout(language, ROW * count + 110, yaxis=rows, **more)
