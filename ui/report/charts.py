"""The four charts of the weekly report, for print: pure functions from a frame to a drawing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from babel.dates import format_date
from reportlab.graphics.shapes import Drawing, PolyLine, Rect

from core.process.definition import PHASES, phase_name
from ui.report.drawing import (
    INK,
    PALE,
    SOFT,
    columns,
    diamond,
    disc,
    label,
    legend,
    onward,
    refused,
    square,
    standing,
    stroke,
    ticks,
)
from ui.words.format import DAY, Format
from ui.words.messages import text

WIDTH, HEIGHT = 250.0, 250.0
TOP = HEIGHT - 8  # of the legend
FLOOR, LEFT = 20.0, 20.0  # margins of charts with an axis
BAR = 6.0
SIDES = 3  # marks side by side before they overlap


def funnel(frame: pd.DataFrame, fmt: Format) -> Drawing:
    """Cases per phase that advanced, are still in it, or were rejected; `frame`: `phase_table.frame`."""
    drawing = _sheet()
    bars = (onward, standing, refused)
    names = ("onward", "running", "rejected")
    keys = [(bar(0, -2.5, 8, 5), 11.0, text(fmt.language, f"report-{n}")) for bar, n in zip(bars, names, strict=True)]
    legend(drawing, TOP, *keys)
    widest = max(int(frame["entered"].max()), 1)
    for y, row in _rows(frame):
        counts = (row["advanced"] + row["closed"], row["running"], row["rejected"])
        drawn_names = ("closed" if row["closed"] else "onward", *names[1:])
        _label_row(drawing, y, row["phase"], "  ".join(_count_labels(counts, drawn_names, fmt)))
        x = 0.0
        for bar, count in zip(bars, counts, strict=True):
            width = WIDTH * count / widest
            if width:
                drawing.add(bar(x, y, width, BAR))
            x += width
    return drawing


def cycle_times(frame: pd.DataFrame, fmt: Format) -> Drawing:
    """A line per phase from the 50th to the 95th percentile of its finished visits; `frame` as for the funnel."""
    drawing = _sheet()
    marks = (disc, diamond, square)
    quantiles = ("p50", "p85", "p95")
    keys = [(mark(3, 0), 9.0, text(fmt.language, f"report-{q}")) for mark, q in zip(marks, quantiles, strict=True)]
    legend(drawing, TOP, *keys)
    longest = float(frame["p95"].max())
    scale = (WIDTH - 8) / longest if longest > 0 else 0.0
    for y, row in _rows(frame):
        drawing.add(stroke(0, y + BAR / 2, WIDTH, y + BAR / 2))
        if not row["n"]:
            _label_row(drawing, y, row["phase"], text(fmt.language, "report-none"))
            continue
        days = " · ".join(_days(row[name], fmt) for name in quantiles)
        _label_row(drawing, y, row["phase"], text(fmt.language, "report-days-of", days=days, n=int(row["n"])))
        places = [4 + row[name] * scale for name in quantiles]
        drawing.add(stroke(places[0], y + BAR / 2, places[-1], y + BAR / 2, strong=True))
        for mark, x in reversed(list(zip(marks, places, strict=True))):
            drawing.add(mark(x, y + BAR / 2))
    return drawing


def ageing(ages: pd.DataFrame, phases: pd.DataFrame, fmt: Format) -> Drawing:
    """Every running case by its age in its phase, over the durations of that phase's finished visits.

    `ages` and `phases` as in `core.figures.pages.weekly.Weekly`.
    """
    drawing = _sheet()
    legend(
        drawing,
        TOP,
        (
            Rect(0, -2.5, 8, 5, fillColor=PALE, strokeColor=SOFT, strokeWidth=0.4),
            11.0,
            text(fmt.language, "report-band"),
        ),
        (disc(3, 0, filled=False), 9.0, text(fmt.language, "report-in-time")),
        (diamond(3, 0, warning=True), 9.0, text(fmt.language, "report-late")),
    )
    numbers = [int(number) for number in phases["phase"]]
    band = phases["p85"].where(phases["n"] > 0)
    highest = max(float(ages["age"].max()) if len(ages) else 0.0, float(band.max()) if band.notna().any() else 0.0)
    scale = _scale(drawing, highest / DAY, fmt)
    for number, p85, (middle, width) in zip(
        numbers, band, columns(drawing, FLOOR, [str(n) for n in numbers], LEFT), strict=True
    ):
        if not pd.isna(p85):
            high = p85 / DAY * scale
            drawing.add(Rect(middle - width * 0.42, FLOOR, width * 0.84, high, fillColor=PALE, strokeColor=None))
            drawing.add(stroke(middle - width * 0.42, FLOOR + high, middle + width * 0.42, FLOOR + high, strong=True))
        phase_ages = ages[ages["phase"] == number]
        if len(phase_ages):
            drawing.add(label(middle, TOP - 16, f"n {len(phase_ages)}", anchor="middle", color=SOFT))
        for n, (age, late) in enumerate(zip(phase_ages["age"], phase_ages["late"], strict=True)):
            x = middle + (n % SIDES - (SIDES - 1) / 2) * width * 0.26
            y = FLOOR + age / DAY * scale
            drawing.add(diamond(x, y, 2.6, warning=True) if late else disc(x, y, 2.1, filled=False))
    drawing.add(stroke(LEFT, FLOOR, WIDTH, FLOOR, strong=True))
    drawing.add(label(LEFT, 1, text(fmt.language, "report-phase"), color=SOFT))
    return drawing


def weeks(frame: pd.DataFrame, fmt: Format) -> Drawing:
    """Weekly arrivals as a line over throughput as bars; `frame`: `Weekly.weeks`."""
    drawing = _sheet()
    legend(
        drawing,
        TOP,
        (disc(3, 0), 9.0, text(fmt.language, "report-opened")),
        (onward(0, -2.5, 8, 5), 11.0, text(fmt.language, "report-closed")),
        (refused(0, -2.5, 8, 5), 11.0, text(fmt.language, "report-rejected-many")),
    )
    scale = _scale(drawing, float(max((frame["closed"] + frame["rejected"]).max(), frame["opened"].max())), fmt)
    points: list[float] = []
    names = [_monday(first, fmt) if (len(frame) - n) % 2 else "" for n, first in enumerate(frame["first"])]
    for row, (middle, width) in zip(frame.to_dict("records"), columns(drawing, FLOOR, names, LEFT), strict=True):
        y = FLOOR
        for bar, count in ((onward, row["closed"]), (refused, row["rejected"])):
            if count:
                drawing.add(bar(middle - width * 0.32, y, width * 0.64, count * scale))
            y += count * scale
        points += [middle, FLOOR + row["opened"] * scale]
    drawing.add(PolyLine(points, strokeColor=INK, strokeWidth=1))
    for x, y in zip(points[::2], points[1::2], strict=True):
        drawing.add(disc(x, y))
    drawing.add(label(LEFT, 1, text(fmt.language, "report-week-of"), color=SOFT))
    return drawing


def _sheet() -> Drawing:
    return Drawing(WIDTH, HEIGHT)


def _rows(frame: pd.DataFrame) -> list[tuple[float, dict[Any, Any]]]:
    """Phases from top to bottom, each with the y of its bar."""
    height = (TOP - 8) / max(len(frame), len(PHASES))
    return [(TOP - 8 - height * (n + 1) + 3, row) for n, row in enumerate(frame.to_dict("records"))]


def _label_row(drawing: Drawing, y: float, number: int, beside: str) -> None:
    """Draw the line of text above a bar."""
    drawing.add(label(0, y + BAR + 3.5, phase_name(number), bold=True))
    drawing.add(label(WIDTH, y + BAR + 3.5, beside, anchor="end", color=SOFT))


def _count_labels(counts: Sequence[int], names: Sequence[str], fmt: Format) -> list[str]:
    """The name and count of each bar that is not empty."""
    if not any(counts):
        return [text(fmt.language, "report-none")]
    pairs = zip(counts, names, strict=True)
    return [text(fmt.language, f"report-{name}-n", n=count) for count, name in pairs if count]


def _scale(drawing: Drawing, top: float, fmt: Format) -> float:
    """Draw the vertical axis from 0 and return the points per unit."""
    marks = ticks(max(top, 1.0))
    scale = (TOP - 22 - FLOOR) / marks[-1]
    for mark in marks:
        y = FLOOR + mark * scale
        drawing.add(stroke(LEFT, y, WIDTH, y, strong=not mark))
        drawing.add(label(LEFT - 4, y - 2.3, fmt.number(mark), anchor="end", color=SOFT))
    return scale


def _days(ms: float, fmt: Format) -> str:
    days = ms / DAY
    return fmt.number(days, 1 if days < 99.95 else 0)


def _monday(ms: int, fmt: Format) -> str:
    day = datetime.fromtimestamp(ms / 1000, ZoneInfo(fmt.zone))
    return format_date(day, "d MMM", locale=fmt.language)
