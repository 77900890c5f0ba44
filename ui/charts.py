"""Charts: a frame in, a figure out, nothing read and nothing kept.

Each phase has a line of words over its bar, so that a chart reads without its legend, in a narrow window and on paper.
Fills differ in lightness and pattern as well as in colour, and stand out on a light and on a dark background; words
take the colour of the page.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from core.process import phase_name
from ui.format import DAY, Format
from ui.i18n import text

QUIET = "#a7b6c6"
OUTLINE = "#66788c"
ACCENT = "#2f7dc4"
WARNING = "#cc3650"
INK = "#12171d"  # on QUIET
# Nearly black on paper; on a page Streamlit's chart theme puts its strong text colour, light or dark, in its place.
WORDS = "#000037"
CLEAR = "rgba(0,0,0,0)"
ROW = 46  # px a phase
OVER = 0.32  # where the words stand above the middle of a row
QUANTILES = ("p50", "p85", "p95")
SHAPES = {"p50": "circle", "p85": "diamond", "p95": "square"}
SIGNS = {"p50": "●", "p85": "◆", "p95": "■"}
RETURNS = "↺"
CONFIG = {"displayModeBar": False}
SEPARATORS = {"es": ",.", "en": ".,"}  # of decimals and thousands


def funnel(frame: pd.DataFrame, language: str) -> go.Figure:
    """Per phase: how many advanced (or closed), are still in it, were rejected; the returns in words beside them.

    `frame` has phase, entered, advanced, closed, rejected, running and returns (numbers of cases; returns: of returns).
    """
    say = Format(language, 0).number
    words = [_funnel_words(row, language) for row in frame.to_dict("records")]
    onward = frame["advanced"] + frame["closed"]
    bars = (
        _bar(frame, onward, text(language, "funnel-onward"), color=QUIET, line=OUTLINE),
        _bar(frame, frame["running"], text(language, "funnel-running"), color=ACCENT, line=ACCENT),
        _bar(frame, frame["rejected"], text(language, "funnel-rejected"), color=WARNING, line=WARNING, pattern="/"),
    )
    bars[0].update(
        text=[say(count) if count else "" for count in onward],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        textfont={"color": INK},
    )
    widest = max(int(frame["entered"].max()), 1)
    figure = go.Figure([*bars, *_words(frame, widest, words)], _layout(frame, language, barmode="stack"))
    whole = {"dtick": 1} if widest < 10 else {"tickformat": ",d"}
    figure.update_xaxes(_axis(widest, text(language, "funnel-axis")), **whole)
    return figure


def cycle_times(frame: pd.DataFrame, language: str) -> go.Figure:
    """Per phase: a line from the 50th to the 95th percentile of its finished visits, in days of 24 hours.

    `frame` has phase, n, and p50, p85, p95 in ms (missing where n is 0).
    """
    days = frame[["phase", *QUANTILES]].assign(**{name: frame[name] / DAY for name in QUANTILES})
    words = [_cycle_words(row, language) for row in frame.to_dict("records")]
    marks = [_mark(days, name, language) for name in QUANTILES]
    longest = float(days["p95"].max())
    longest = longest if longest > 0 else 1.0
    counts = [text(language, "cycle-n", n=int(n)) if n else "" for n in frame["n"]]
    figure = go.Figure([_range(days), *marks, *_words(frame, longest, words, counts)], _layout(frame, language))
    figure.update_xaxes(_axis(longest, text(language, "cycle-axis")))
    return figure


def days(ms: float, language: str) -> str:
    """«4,2»: days of 24 hours, with one decimal below a hundred."""
    value = ms / DAY
    return Format(language, 0).number(value, 1 if value < 99.95 else 0)


def _funnel_words(row: dict[Any, Any], language: str) -> str:
    if not row["entered"]:
        return text(language, "funnel-nobody")
    said = [text(language, f"funnel-{what}-n", n=row[what]) for what in ("running", "rejected") if row[what]]
    said += [f"{RETURNS} {Format(language, 0).number(row['returns'])}"] if row["returns"] else []
    return " · ".join(said)


def _cycle_words(row: dict[Any, Any], language: str) -> str:
    if not row["n"]:
        return text(language, "cycle-nobody")
    values = "  ".join(f"{SIGNS[name]} {days(row[name], language)}" for name in QUANTILES)
    return text(language, "cycle-days", values=values)


def _places(frame: pd.DataFrame, offset: float = 0) -> list[float]:
    """Phases stand from top to bottom."""
    return [round(offset - phase, 2) for phase in frame["phase"]]


def _bar(frame: pd.DataFrame, counts: Iterable[int], name: str, *, color: str, line: str, pattern: str = "") -> go.Bar:
    hatch = {"shape": pattern, "fillmode": "replace", "bgcolor": CLEAR, "size": 6} if pattern else {"shape": ""}
    return go.Bar(
        x=[int(count) or None for count in counts],  # nothing, rather than the outline of nothing
        y=_places(frame, -0.12),
        orientation="h",
        width=0.42,
        name=name,
        hovertext=[phase_name(phase) for phase in frame["phase"]],
        hovertemplate="%{hovertext}: %{x}",
        marker={"color": color, "pattern": hatch, "line": {"color": line, "width": 1}},
    )


def _range(days: pd.DataFrame) -> go.Scatter:
    """The lines from the first percentile to the last; None lifts the pen between phases."""
    ends = zip(days["p50"], days["p95"], _places(days, -0.12), strict=True)
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
        y=_places(days, -0.12),
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


def _words(frame: pd.DataFrame, end: float, at_end: Sequence[str], beside: Sequence[str] = ()) -> Iterable[go.Scatter]:
    """The line of words over each bar: the phase at its start, what is to say of it at the end."""
    names = [f"<b>{phase_name(phase)}</b>" for phase in frame["phase"]]
    starts = [" ".join(pair) for pair in zip(names, beside, strict=True)] if beside else names
    for x, words, side in ((0, starts, "middle right"), (end, at_end, "middle left")):
        yield go.Scatter(
            x=[x] * len(frame),
            y=_places(frame, OVER),
            mode="text",
            text=list(words),
            textposition=side,
            textfont={"size": 12, "color": WORDS},
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )


def _layout(frame: pd.DataFrame, language: str, **more: Any) -> dict[str, Any]:
    return {
        "template": {"layout": {}},
        "height": ROW * len(frame) + 110,
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
            "font": {"color": WORDS},
        },
        "yaxis": {"visible": False, "fixedrange": True, "range": [-len(frame) - 0.5, -0.4]},
        **more,
    }


def _axis(end: float, title: str) -> dict[str, Any]:
    """From zero to the end; words and markers at the edges stay inside."""
    return {
        "range": [-end * 0.006, end * 1.012],
        "fixedrange": True,
        "title": {"text": title, "font": {"color": WORDS, "size": 12}},
        "tickfont": {"color": WORDS},
        "showgrid": False,
        "zeroline": False,
    }
