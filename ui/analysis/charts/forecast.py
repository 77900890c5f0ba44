"""The charts of the page Pronóstico and the sentences above them, from frames."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ui.analysis.charts.style import ACCENT, INK, OUTLINE, QUIET, TEXT, layout
from ui.words.format import Format
from ui.words.messages import text

PROMISED = 0.85
MARGIN = 0.05  # tolerance around the promised share
HEIGHT = 300


def closes_finding(frame: pd.DataFrame, fmt: Format) -> str:
    """The closes expected by the frame's last date; `frame` has at (ms), p50 and p85 (numbers of cases)."""
    last = frame.iloc[-1]
    if not last["p50"]:
        return text(fmt.language, "forecast-no-closes")
    counts = {"half": int(last["p50"]), "most": int(last["p85"])}
    return text(fmt.language, "forecast-closes", date=fmt.day(int(last["at"])), **counts)


def closes(frame: pd.DataFrame, fmt: Format) -> go.Figure:
    """The minimum closes of open cases by each date, at 50 % and 85 %; `frame` as in `closes_finding`."""
    dates = [fmt.day(int(at)) for at in frame["at"]]
    half = _line(dates, frame["p50"], "circle-open", "dot", fmt, "p50")
    most = _line(dates, frame["p85"], "diamond", "solid", fmt, "p85")
    figure = go.Figure([half, most], _layout(fmt))
    highest = max(int(frame["p50"].max()), 1)
    ticks = {"dtick": 1} if highest < 10 else {"tickformat": ",d"}
    figure.update_yaxes(_axis(text(fmt.language, "forecast-closes-axis")), range=[0, highest * 1.08], **ticks)
    figure.update_xaxes(_axis(""), type="category", nticks=6)
    return figure


def backtest_finding(frame: pd.DataFrame, fmt: Format) -> str:
    """How often the 85 % forecasts held, over all months that have any; `frame` has month (ms), n and held."""
    months = frame[frame["n"] > 0]
    if months.empty:
        return text(fmt.language, "forecast-no-backtest")
    n, held = int(months["n"].sum()), int(months["held"].sum())
    return text(fmt.language, "forecast-backtest", months=len(months), share=fmt.percent(held / n), n=n, held=held)


def backtest_verdict(frame: pd.DataFrame, fmt: Format) -> str:
    """What the backtest means for the dates' reliability; empty without forecasts."""
    n, held = int(frame["n"].sum()), int(frame["held"].sum())
    if not n:
        return ""
    off = round(held / n - PROMISED, 4)
    level = "fits" if abs(off) <= MARGIN else "low" if off < 0 else "high"
    return text(fmt.language, f"forecast-backtest-{level}")


def backtest(frame: pd.DataFrame, fmt: Format) -> go.Figure:
    """The share of 85 % forecasts per month that held, with their number, against a line at 85 %.

    `frame` as in `backtest_finding`; months without a forecast that is due have no bar.
    """
    rated = frame[frame["n"] > 0]
    months = [fmt.month_of(int(month)) for month in rated["month"]]
    shares = [held / n for held, n in zip(rated["held"], rated["n"], strict=True)]
    bars = go.Bar(
        x=months,
        y=[round(share, 4) for share in shares],
        marker={"color": QUIET, "line": {"color": OUTLINE, "width": 1}},
        text=[f"{fmt.percent(s)}<br>n = {fmt.number(n)}" for s, n in zip(shares, rated["n"], strict=True)],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        textfont={"color": INK},
        hoverinfo="skip",
        showlegend=False,
    )
    figure = go.Figure([bars], _layout(fmt))
    promised_label = {"text": fmt.percent(PROMISED), "font": {"color": TEXT}}
    figure.add_hline(
        PROMISED, line={"color": ACCENT, "width": 2, "dash": "dash"}, label={**promised_label, "textposition": "end"}
    )
    steps = [n / 5 for n in range(6)]
    ticks = {"tickvals": steps, "ticktext": [fmt.percent(step) for step in steps]}
    figure.update_yaxes(_axis(text(fmt.language, "forecast-backtest-axis")), range=[0, 1.08], **ticks)
    figure.update_xaxes(_axis(""), type="category")
    return figure


def _line(x: list[str], y: pd.Series, symbol: str, dash: str, fmt: Format, name: str) -> go.Scatter:
    counts = [int(count) for count in y]
    return go.Scatter(
        x=x,
        y=counts,
        mode="lines+markers+text",
        name=text(fmt.language, f"forecast-{name}"),
        text=[*[""] * (len(counts) - 1), fmt.number(counts[-1])],
        textposition="bottom center" if name == "p85" else "top center",
        textfont={"color": TEXT},
        cliponaxis=False,
        line={"color": ACCENT if name == "p85" else OUTLINE, "width": 2, "dash": dash},
        marker={"symbol": symbol, "size": 9},
        hovertemplate="%{x}: %{y}",
    )


def _layout(fmt: Format) -> dict[str, Any]:
    return layout(fmt.language, HEIGHT, margin={"l": 4, "r": 16, "t": 8, "b": 32})


def _axis(title: str) -> dict[str, Any]:
    return {
        "fixedrange": True,
        "title": {"text": title, "font": {"color": TEXT, "size": 12}},
        "tickfont": {"color": TEXT},
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
