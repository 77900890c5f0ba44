"""The charts of Calidad, from frames."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ui.analysis.charts.spreads import cycle_times
from ui.analysis.charts.style import ACCENT, OUTLINE, QUIET, WARNING, axis, bar, bar_labels, phase_layout, places
from ui.words.format import Format
from ui.words.messages import text

SHOWN = 10  # rows of a chart without phases
LONG = 34  # characters of a line above its bar in a narrow window
LINES = 2  # of such a name
TALL = 66  # px a row of two lines
WIDE = 60  # characters of a line in a hover label
PERCENT = {"es": " %", "en": "%"}
MARKS = {"refused": ("circle", ACCENT), "returned": ("diamond", WARNING)}


def first_pass(frame: pd.DataFrame, language: str) -> go.Figure:
    """The share of each phase's documents approved at the first review, and the share returned.

    `frame` has phase, reviewed, first_pass, sent_back (documents) and share (of 1).
    """
    return _yields(frame, language, "yield")


def criteria(frame: pd.DataFrame, language: str) -> go.Figure:
    """The same per criterion, worst first; `frame` has criterion, reviewed, first_pass, failed and share."""
    worst = frame.head(SHOWN)
    rows = worst.assign(phase=range(1, len(worst) + 1))
    return _yields(rows, language, "criteria", [_lines(name, lines=1) for name in rows["criterion"]])


def pareto(frame: pd.DataFrame, language: str) -> go.Figure:
    """The most frequent causes with their share and the cumulative share; the others are one bar.

    `frame` has cause, times, share and cumulative, the most frequent first.
    """
    fmt = Format(language, 0)
    top, tail = frame.head(SHOWN), frame.iloc[SHOWN:]
    names, whole_names = [_lines(cause) for cause in top["cause"]], [_lines(cause, WIDE, 0) for cause in top["cause"]]
    rows = top.assign(phase=range(1, len(top) + 1))[["phase", "times", "share", "cumulative"]]
    if len(tail):
        last = {"phase": len(top) + 1, "times": tail["times"].sum(), "share": tail["share"].sum(), "cumulative": 1.0}
        rows = pd.concat([rows, pd.DataFrame([last])], ignore_index=True)
        tail_name = text(language, "pareto-others", n=len(tail))
        names, whole_names = [*names, tail_name], [*whole_names, tail_name]
    labels = [
        text(language, "pareto-said", times=fmt.number(r["times"]), share=fmt.percent(r["share"]), all=fmt.percent(a))
        for r, a in zip(rows.to_dict("records"), rows["cumulative"], strict=True)
    ]
    most = max([int(times) for times in rows["times"]], default=1)
    bars = bar(
        rows, rows["times"], text(language, "pareto-times"), color=WARNING, line=WARNING, pattern="/", names=whole_names
    )
    figure = go.Figure(
        [bars, *bar_labels(rows, most, labels, names=names)], phase_layout(rows, language, showlegend=False)
    )
    if any("<br>" in name for name in names):
        figure.update_layout(height=TALL * len(rows) + 110)
    ticks = {"dtick": 1} if most < 10 else {"tickformat": ",d"}
    figure.update_xaxes(axis(most, text(language, "pareto-axis")), **ticks)
    return figure


def rework(frame: pd.DataFrame, language: str) -> go.Figure:
    """The time per phase from a document's first return to its approval, in days of 24 hours.

    `frame` has phase, n, and p50, p85, p95 in ms.
    """
    figure = cycle_times(frame, language)
    figure.update_xaxes(title_text=text(language, "rework-axis"))
    return figure


def refusals(frame: pd.DataFrame, language: str) -> go.Figure:
    """Rejected validations per phase; `frame` has phase, validated and refused (decisions)."""
    fmt = Format(language, 0)
    labels = [
        text(language, "refusals-said", share=fmt.percent(row["refused"] / row["validated"], 1), **_counts(row, fmt))
        if row["validated"]
        else text(language, "gates-nobody")
        for row in frame.to_dict("records")
    ]
    most = max(int(frame["refused"].max()), 1)
    name = text(language, "refusals-name")
    bars = bar(frame, frame["refused"], name, color=WARNING, line=WARNING, pattern="/")
    figure = go.Figure([bars, *bar_labels(frame, most, labels)], phase_layout(frame, language, showlegend=False))
    ticks = {"dtick": 1} if most < 10 else {"tickformat": ",d"}
    figure.update_xaxes(axis(most, text(language, "refusals-axis")), **ticks)
    return figure


def gates(frame: pd.DataFrame, language: str) -> go.Figure:
    """The rejection rates of each phase's validation and review, with those that never rejected.

    `frame` has phase, validated, refused, reviewed, returned, cases, silent and silent_review.
    """
    shares = {"refused": frame["refused"] / frame["validated"], "returned": frame["returned"] / frame["reviewed"]}
    labels = [_gate_label(row, language) for row in frame.to_dict("records")]
    most = max(5.0, *(float(100 * share.max()) for share in shares.values() if share.notna().any()), 0.0)
    marks = [
        go.Scatter(
            x=[None if pd.isna(share) else round(100 * share, 1) for share in shares[name]],
            y=places(frame, -0.12),
            mode="markers",
            name=text(language, f"gates-{name}"),
            cliponaxis=False,
            hovertemplate="%{x:.1f}" + PERCENT[language],
            marker={"symbol": symbol, "size": 12, "color": color, "line": {"color": OUTLINE, "width": 1}},
        )
        for name, (symbol, color) in MARKS.items()
    ]
    figure = go.Figure([*marks, *bar_labels(frame, most, labels)], phase_layout(frame, language))
    figure.update_xaxes(axis(most, text(language, "gates-axis")))
    return figure


def _yields(frame: pd.DataFrame, language: str, of: str, names: Sequence[str] = ()) -> go.Figure:
    fmt = Format(language, 0)
    labels = [
        text(language, "yield-said", share=fmt.percent(row["share"]), n=row["first_pass"], of=row["reviewed"])
        if row["reviewed"]
        else text(language, "yield-nobody")
        for row in frame.to_dict("records")
    ]
    passed = [0 if pd.isna(share) else round(100 * share) for share in frame["share"]]
    back = [0 if pd.isna(share) else 100 - round(100 * share) for share in frame["share"]]
    bars = (
        bar(frame, passed, text(language, f"{of}-passed"), color=QUIET, line=OUTLINE, names=names),
        bar(frame, back, text(language, f"{of}-back"), color=WARNING, line=WARNING, pattern="/", names=names),
    )
    lines = bar_labels(frame, 100, labels, names=names)
    figure = go.Figure([*bars, *lines], phase_layout(frame, language, barmode="stack"))
    figure.update_xaxes(axis(100, text(language, f"{of}-axis")), ticksuffix=PERCENT[language], dtick=25)
    return figure


def _gate_label(row: dict[Any, Any], language: str) -> str:
    fmt = Format(language, 0)
    parts = []
    if row["validated"]:
        share = fmt.percent(row["refused"] / row["validated"])
        silent = "gates-silent" if row["silent"] else "gates-no"
        parts.append(text(language, silent, share=share, n=row["validated"]))
    if row["reviewed"]:
        share = fmt.percent(row["returned"] / row["reviewed"])
        silent = "gates-silent-review" if row["silent_review"] else "gates-back"
        parts.append(text(language, silent, share=share, n=row["cases"]))
    return " · ".join(parts) or text(language, "gates-nobody")


def _counts(row: dict[Any, Any], fmt: Format) -> dict[str, str]:
    return {"n": fmt.number(row["refused"]), "of": fmt.number(row["validated"])}


def _lines(name: str, letters: int = LONG, lines: int = LINES) -> str:
    """A person's text escaped for Plotly and wrapped to at most `lines` lines (0: no limit)."""
    parts = wrap(name, letters, max_lines=lines or None, placeholder="…")
    return "<br>".join(escape(part, quote=False) for part in parts)
