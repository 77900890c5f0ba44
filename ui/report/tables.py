"""The second page of the weekly report: the numbers behind the charts and the longest waiting cases."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import pandas as pd
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from core.figures.pages.weekly import OLDEST, Weekly
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.report.charts import WIDTH
from ui.report.drawing import BOLD, INK, PALE, PLAIN, RULE, SOFT, writable
from ui.report.sentences import days
from ui.report.styles import CELL, HEADING
from ui.words.format import Format
from ui.words.messages import text

GAP = 15.0
FULL = 2 * WIDTH + GAP
WEEK = 220.0  # width of the table by week
COUNTS = ("entered", "advanced", "closed", "rejected", "running", "returns", "n")
TIMES = ("p50", "p85", "p95")
# A table without rules or padding, for layout.
PLACED = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
OF_ROLE = ("open", "overdue", "done", "late")
OF_WEEK = ("opened", "closed", "rejected", "running")


def tables(weekly: Weekly, fmt: Format) -> list[Flowable]:
    """All tables of the page, from top to bottom."""
    sides = Table(
        [[by_week(weekly, fmt, WEEK), by_role(weekly, fmt, FULL - GAP - WEEK)]],
        colWidths=(WEEK + GAP, FULL - GAP - WEEK),
        style=[*PLACED, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 10)],
    )
    return [*by_phase(weekly, fmt), sides, *oldest(weekly, fmt)]


def by_phase(weekly: Weekly, fmt: Format) -> list[Flowable]:
    """Funnel and times per phase."""
    rows = [
        [phase_name(row["phase"]), *(fmt.number(row[n]) for n in COUNTS), *(_time(row[n], fmt) for n in TIMES)]
        for row in weekly.phases.to_dict("records")
    ]
    head = [text(fmt.language, f"report-head-{name}") for name in ("phase", *COUNTS, *TIMES)]
    return [_heading("report-by-phase", fmt), _table(head, rows, FULL, first=112)]


def by_week(weekly: Weekly, fmt: Format, width: float) -> list[Flowable]:
    """Arrivals, throughput and WIP per week, newest first."""
    rows = [
        [row["week"], *(fmt.number(row[name]) for name in OF_WEEK)]
        for row in weekly.weeks.iloc[::-1].to_dict("records")
    ]
    head = [text(fmt.language, f"report-head-{name}") for name in ("week", *(f"week-{name}" for name in OF_WEEK))]
    return [_heading("report-by-week", fmt), _table(head, rows, width, first=52)]


def by_role(weekly: Weekly, fmt: Format, width: float) -> list[Flowable]:
    """Open and finished work per role."""
    rows = [
        [ROLE_NAMES[Role(row["role"])], *(fmt.number(row[name]) for name in OF_ROLE)]
        for row in weekly.roles.to_dict("records")
    ]
    head = [text(fmt.language, f"report-head-{name}") for name in ("role", *(f"role-{name}" for name in OF_ROLE))]
    return [_heading("report-by-role", fmt), _table(head, rows, width, first=124)]


def oldest(weekly: Weekly, fmt: Format) -> list[Flowable]:
    """The cases longest in their phase; those beyond its p85 are marked."""
    rows = [
        [
            row["code"],
            Paragraph(escape(writable(row["client"])), CELL),
            phase_name(row["phase"]),
            days(row["age"], fmt),
            _time(row["usual"], fmt),
            text(fmt.language, "report-yes") if row["late"] else "",
        ]
        for row in weekly.ages.head(OLDEST).to_dict("records")
    ]
    names = ("case", "client", "phase", "age", "usual", "beyond")
    head = [text(fmt.language, f"report-head-{name}") for name in names]
    widths = (54, FULL - 54 - 100 - 3 * 64, 100, 64, 64, 64)
    return [_heading("report-oldest", fmt), _table(head, rows, FULL, widths=widths, words_to=2)]


def _table(
    head: Sequence[str],
    rows: Iterable[Sequence[str | Paragraph]],
    width: float,
    *,
    first: float = 0,
    widths: Sequence[float] = (),
    words_to: int = 0,
) -> Table:
    """A table with numbers aligned right; `words_to` is the last text column."""
    width_each = (width - first) / (len(head) - 1)
    lines: list[tuple[str, tuple[int, int], tuple[int, int], *tuple[Color | float | str, ...]]] = [
        ("FONT", (0, 0), (-1, 0), BOLD, 7.2),
        ("FONT", (0, 1), (-1, -1), PLAIN, 7.6),
        ("TEXTCOLOR", (0, 0), (-1, 0), SOFT),
        ("TEXTCOLOR", (0, 1), (-1, -1), INK),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
        ("ALIGN", (words_to + 1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, PALE]),
    ]
    table = Table(
        [list(head), *map(list, rows)], colWidths=widths or (first, *[width_each] * (len(head) - 1)), repeatRows=1
    )
    table.setStyle(TableStyle(lines))
    return table


def _heading(message: str, fmt: Format) -> Paragraph:
    return Paragraph(text(fmt.language, message), HEADING)


def _time(ms: float, fmt: Format) -> str:
    return "–" if pd.isna(ms) else days(ms, fmt)
