"""The common style of the charts: colours, layout, axis, text, and shared marks.

A chart is a pure function from a frame and a language to a figure. Its title is its finding, a sentence shown above it
(see `ui.analysis.sentences.funnel`).

Each phase has a line of text above its bar, so that a chart is readable without its legend, in a narrow window and on
paper. Fills differ in lightness and pattern as well as in colour, and are visible on light and dark backgrounds; text
takes the colour of the page.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.analysis.charts.units import lengths

QUIET = "#a7b6c6"
OUTLINE = "#66788c"
ACCENT = "#2f7dc4"
WARNING = "#cc3650"
INK = "#12171d"  # on QUIET
# Nearly black on paper; the pages' style sheet (`ui.shell.navigation`) replaces it by the theme's text colour.
# Streamlit's own theming of charts does not follow a change of theme.
TEXT = "#010203"
CLEAR = "rgba(0,0,0,0)"
ROW = 46  # px a phase
OVER = 0.32  # offset of the text above the middle of a row
SEPARATORS = {"es": ",.", "en": ".,"}  # of decimals and thousands


def days(ms: float, language: str) -> str:
    """«4,2»: days of 24 hours, with one decimal below a hundred."""
    return lengths(ms, language, "calendar")


def places(frame: pd.DataFrame, offset: float = 0) -> list[float]:
    """The y of each phase, from top to bottom."""
    return [round(offset - phase, 2) for phase in frame["phase"]]


def bar(
    frame: pd.DataFrame,
    counts: Iterable[int],
    name: str,
    *,
    color: str,
    line: str,
    pattern: str = "",
    names: Sequence[str] = (),
) -> go.Bar:
    """A bar for each row; `names`: labels of rows that are not phases."""
    hatch = {"shape": pattern, "fillmode": "replace", "bgcolor": CLEAR, "size": 6} if pattern else {"shape": ""}
    return go.Bar(
        x=[int(count) or None for count in counts],  # None, because 0 would draw an outline
        y=places(frame, -0.12),
        orientation="h",
        width=0.42,
        name=name,
        hovertext=_names(frame, names),
        hovertemplate="%{hovertext}: %{x}",
        marker={"color": color, "pattern": hatch, "line": {"color": line, "width": 1}},
    )


def bar_labels(
    frame: pd.DataFrame,
    end: float,
    at_end: Sequence[str],
    beside: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Iterable[go.Scatter]:
    """The line of text above the bar of each phase (or name)."""
    return row_labels(_names(frame, names), places(frame), end, at_end, beside)


def row_labels(
    names: Sequence[str], rows: Sequence[float], end: float, at_end: Sequence[str], beside: Sequence[str] = ()
) -> Iterable[go.Scatter]:
    """The line of text above each bar: its name at the start, its values at the end."""
    bold = [f"<b>{name}</b>" for name in names]
    starts = [" ".join(pair) for pair in zip(bold, beside, strict=True)] if beside else bold
    for x, texts, side in ((0, starts, "middle right"), (end, at_end, "middle left")):
        yield go.Scatter(
            x=[x] * len(rows),
            y=[round(row + OVER, 2) for row in rows],
            mode="text",
            text=list(texts),
            textposition=side,
            textfont={"size": 12, "color": TEXT},
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )


def _names(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    return list(names) or [phase_name(phase) for phase in frame["phase"]]


def layout(language: str, height: int, **more: Any) -> dict[str, Any]:
    """The layout of every chart; `more` adds to it or replaces parts."""
    return {
        "template": {"layout": {}},
        "height": height,
        "margin": {"l": 4, "r": 4, "t": 8, "b": 48},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "dragmode": False,
        "separators": SEPARATORS[language],
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"color": TEXT},
        },
        **more,
    }


def heatmap(language: str, cells: dict[str, Any], font: dict[str, Any], height: int, top: int = 60) -> go.Figure:
    """A heatmap of texts with its columns named above; `cells` and `font` are the trace's, `height` and `top` in px."""
    trace = {
        "texttemplate": "%{text}",
        "textfont": font,
        "zmin": 0,
        "zmax": 1,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    margin = {"l": 4, "r": 4, "t": top, "b": 8}
    figure = go.Figure(go.Heatmap(**trace | cells), layout(language, height, margin=margin))
    style = {"fixedrange": True, "showgrid": False, "automargin": True, "tickfont": font}
    figure.update_xaxes(side="top", **style)
    figure.update_yaxes(autorange="reversed", type="category", **style)
    return figure


def role_heads(roles: Iterable[Role]) -> list[str]:
    """The names of roles, broken into lines for column heads."""
    return [ROLE_NAMES[role].replace(" ", "<br>").replace("<br>de<br>", " de<br>") for role in roles]


def phase_layout(frame: pd.DataFrame, language: str, **more: Any) -> dict[str, Any]:
    """The layout of a chart with a row for each phase."""
    rows = {
        "visible": False,
        "fixedrange": True,
        "range": [-float(frame["phase"].max()) - 0.5, 0.6 - frame["phase"].min()],
    }
    return layout(language, ROW * len(frame) + 110, yaxis=rows, **more)


def axis(end: float, title: str) -> dict[str, Any]:
    """An axis from zero to the end, with room for text and markers at the edges."""
    return {
        "range": [-end * 0.006, end * 1.012],
        "fixedrange": True,
        "title": {"text": title, "font": {"color": TEXT, "size": 12}},
        "tickfont": {"color": TEXT},
        "showgrid": False,
        "zeroline": False,
    }
