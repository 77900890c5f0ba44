"""The charts of Trabajo en curso, from frames. Times are calendar days of 24 hours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import PHASES, phase_name
from ui.analysis.charts.date_axis import axis_of_days
from ui.analysis.charts.style import ACCENT, CLEAR, OUTLINE, QUIET, ROW, TEXT, WARNING, axis, layout, row_labels
from ui.words.format import DAY, ZONE, Format
from ui.words.messages import text

BANDS = {"p50": ("#dfe6ee", ""), "p85": (QUIET, ""), "p95": (WARNING, "/")}
# From the first phase to the last, dark to light; further phases share the lightest colour.
BLUES = ("#0b3c6f", "#14508c", "#2063a7", "#2f7dc4", "#5b97d0", "#85b0db", "#a9c7e6", "#c6d9ee", "#dfe9f5")


def ages(frame: pd.DataFrame, oldest: pd.DataFrame, language: str) -> go.Figure:
    """The duration bands of each phase's past visits, with a point for each of its oldest open cases.

    `frame`: phase, running, over_85, p50, p85, p95; `oldest`: phase, code, age; times in ms.
    """
    rows = [-n for n in range(1, len(frame) + 1)]
    place = dict(zip(frame["phase"], rows, strict=True))
    values = frame[["p50", "p85", "p95"]] / DAY
    widths = {"p50": values["p50"], "p85": values["p85"] - values["p50"], "p95": values["p95"] - values["p85"]}
    bars = [_band(name, width, rows, language) for name, width in widths.items()]
    old = (oldest["age"] / DAY).round(1)
    points = go.Scatter(
        x=old.tolist(),
        y=[place[phase] - 0.12 for phase in oldest["phase"]],
        text=oldest["code"].tolist(),
        mode="markers",
        name=text(language, "wip-case"),
        hovertemplate="%{text}: %{x:.1f}<extra></extra>",
        marker={"size": 9, "color": ACCENT, "line": {"color": TEXT, "width": 1}},
    )
    end = max(float(values["p95"].max()) if values["p95"].notna().any() else 0.0, float(old.max()) if len(old) else 0)
    end = end if end > 0 else 1.0
    labels = [
        text(language, "wip-phase", running=int(row["running"]), over=int(row["over_85"]))
        for row in frame.to_dict("records")
    ]
    names = [phase_name(phase) for phase in frame["phase"]]
    hidden = {"visible": False, "fixedrange": True, "range": [-len(rows) - 0.5, -0.3]}
    shape = layout(language, ROW * len(rows) + 110, barmode="stack", yaxis=hidden)
    figure = go.Figure([*bars, points, *row_labels(names, rows, end, labels)], shape)
    figure.update_xaxes(axis(end, text(language, "wip-age-axis")))
    return figure


def flow(frame: pd.DataFrame, language: str) -> go.Figure:
    """A stack of finished cases at the bottom and the cases in each non-empty phase above, the first phase on top."""
    zone = ZoneInfo(ZONE)
    x = [f"{datetime.fromtimestamp(at / 1000, zone):%Y-%m-%d}" for at in frame["at"]]
    layers: list[tuple[str, str, str, str]] = [
        ("closed", text(language, "times-closed"), "#8b98a6", ""),
        ("rejected", text(language, "times-rejected"), WARNING, "/"),
        *(
            (f"phase_{phase.number}", phase_name(phase.number), BLUES[min(phase.number, len(BLUES)) - 1], "")
            for phase in reversed(PHASES)
            if frame[f"phase_{phase.number}"].any()
        ),
    ]
    areas = [
        go.Scatter(
            x=x,
            y=frame[name].tolist(),
            name=label,
            stackgroup="all",
            mode="lines",
            line={"width": 0.8, "color": OUTLINE},
            fillcolor=CLEAR if pattern else color,
            fillpattern={"shape": pattern, "fgcolor": color, "bgcolor": CLEAR, "size": 6} if pattern else None,
            hovertemplate="%{y}",
        )
        for name, label, color, pattern in layers
    ]
    figure = go.Figure(areas, layout(language, 440, hovermode="x unified"))
    return _over_time(figure, text(language, "wip-cases-axis"))


def weeks(frame: pd.DataFrame, language: str) -> go.Figure:
    """Weekly arrivals and finished cases as two bars. `frame`: week, arrived, finished."""
    bars = [
        go.Bar(
            x=frame["week"].tolist(),
            y=frame[name].tolist(),
            name=text(language, f"wip-{name}"),
            hovertemplate="%{y}",
            marker={"color": color, "line": {"color": line, "width": 1}},
        )
        for name, color, line in (("arrived", CLEAR, OUTLINE), ("finished", ACCENT, ACCENT))
    ]
    figure = go.Figure(bars, layout(language, 320, barmode="group", hovermode="x unified"))
    return _over_time(figure, text(language, "wip-weeks-axis"))


def behaviour(frame: pd.DataFrame, limits: Sequence[Any], changes: pd.DataFrame, language: str) -> go.Figure:
    """Finished cases per week with mean and natural limits; signals are highlighted, changes of settings marked.

    `frame`: week, finished, signal; `limits`: n, mean, low, high; `changes`: week, setting.
    """
    signal = frame[frame["signal"] != ""]
    line = go.Scatter(
        x=frame["week"].tolist(),
        y=frame["finished"].tolist(),
        mode="lines+markers",
        name=text(language, "wip-finished"),
        line={"color": OUTLINE, "width": 1.5},
        marker={"size": 7, "color": QUIET, "line": {"color": OUTLINE, "width": 1}},
        hovertemplate="%{x}: %{y}<extra></extra>",
    )
    marked = go.Scatter(
        x=signal["week"].tolist(),
        y=signal["finished"].tolist(),
        text=[text(language, f"wip-signal-{rule}") for rule in signal["signal"]],
        mode="markers",
        name=text(language, "wip-signal"),
        marker={"size": 13, "symbol": "diamond", "color": WARNING},
        hovertemplate="%{x}: %{y} (%{text})<extra></extra>",
    )
    figure = go.Figure([line, marked], layout(language, 340, margin={"l": 4, "r": 76, "t": 24, "b": 48}))
    _draw_limits(figure, limits, language)
    for week, settings in changes.groupby("week")["setting"]:
        figure.add_vline(week, line={"color": TEXT, "width": 1, "dash": "dot"})
        label = ", ".join(text(language, f"wip-change-{setting}") for setting in settings)
        place = {"x": week, "y": 1, "yref": "paper", "xanchor": "left"}
        figure.add_annotation(**place, text=label, showarrow=False, font={"color": TEXT})
    return _over_time(figure, text(language, "wip-weeks-axis"))


def _draw_limits(figure: go.Figure, limits: Sequence[Any], language: str) -> None:
    for name, value, dash in zip(("mean", "low", "high"), limits[1:], ("solid", "dash", "dash"), strict=True):
        if value is not None:
            figure.add_hline(value, line={"color": ACCENT, "width": 1.2, "dash": dash})
            number = Format(language, 0).number(value, 0 if value == round(value) else 1)
            figure.add_annotation(**_label(text(language, f"wip-{name}", value=number), value))


def _band(name: str, widths: pd.Series, rows: Sequence[int], language: str) -> go.Bar:
    color, pattern = BANDS[name]
    return go.Bar(
        x=[None if pd.isna(width) else round(width, 2) for width in widths],
        y=[row - 0.12 for row in rows],
        orientation="h",
        width=0.42,
        name=text(language, f"wip-band-{name}"),
        hoverinfo="skip",
        marker={
            "color": color,
            "line": {"color": OUTLINE, "width": 1},
            "pattern": {"shape": pattern, "fillmode": "replace", "bgcolor": CLEAR, "size": 6},
        },
    )


def _label(label: str, value: float) -> dict[str, Any]:
    """A label in the margin, clear of the weeks."""
    place = {"x": 1, "xref": "paper", "xanchor": "left", "y": value, "yanchor": "middle"}
    return {**place, "text": label, "showarrow": False, "font": {"color": TEXT, "size": 12}}


def _over_time(figure: go.Figure, title: str) -> go.Figure:
    font = {"color": TEXT, "size": 12}
    figure.update_yaxes(
        fixedrange=True,
        rangemode="tozero",
        title={"text": title, "font": font},
        tickfont={"color": TEXT},
        showgrid=False,
        zeroline=False,
    )
    figure.update_xaxes(axis_of_days())
    return figure
