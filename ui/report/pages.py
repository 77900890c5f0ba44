"""Two A4 pages: three sentences and four charts, then the tables."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table
from sqlalchemy import Connection

from core.figures.pages.weekly import NothingYet, Week, Weekly, steps
from core.queries.selection import Selection
from ui.report import charts, sentences
from ui.report.drawing import PLAIN, RULE, SOFT, writable
from ui.report.styles import FINDING, NOTE, SENTENCE, TITLE, UNDER, UNIT
from ui.report.tables import FULL, GAP, PLACED, tables
from ui.words.format import Format
from ui.words.messages import text

STEPS = 6  # five of computing, one of drawing
MARGIN = (A4[0] - FULL) / 2
FOOT = 30.0
INSET = 6.0  # the padding of a frame


def write(
    connection: Connection,
    selection: Selection,
    week: Week,
    now: int,
    fmt: Format,
    sink: BinaryIO,
    chosen: str = "",
) -> Iterator[float]:
    """Write the report of a week as a PDF; yields the share that is done, and can be stopped after any step.

    `chosen` describes the selection. Raises NothingYet when no case matches it.
    """
    weekly = None
    for done, step in enumerate(steps(connection, selection, week, now, fmt.zone), start=1):
        weekly = step
        yield done / STEPS
    assert weekly is not None
    if not weekly.moved.ever:
        raise NothingYet
    foot = partial(_foot, weekly, fmt)
    _document(weekly, fmt, sink).build(_story(weekly, fmt, chosen), onFirstPage=foot, onLaterPages=foot)
    yield 1.0


def _document(weekly: Weekly, fmt: Format, sink: BinaryIO) -> SimpleDocTemplate:
    return SimpleDocTemplate(
        sink,
        pagesize=A4,
        leftMargin=MARGIN - INSET,
        rightMargin=MARGIN - INSET,
        topMargin=34,
        bottomMargin=FOOT + 14,
        title=_title(weekly, fmt),
        author=text(fmt.language, "product"),
        lang=fmt.language,
        invariant=1,  # equal figures give an identical file
    )


def _foot(weekly: Weekly, fmt: Format, canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Draw the footer with the title, the date of the figures and the page number."""
    moment = text(fmt.language, "report-as-of", moment=fmt.moment(weekly.at))
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, FOOT + 10, MARGIN + FULL, FOOT + 10)
    canvas.setFont(PLAIN, 7)
    canvas.setFillColor(SOFT)
    canvas.drawString(MARGIN, FOOT, f"{_title(weekly, fmt)} · {moment}")
    canvas.drawRightString(MARGIN + FULL, FOOT, f"{document.page} / 2")


def _title(weekly: Weekly, fmt: Format) -> str:
    return text(fmt.language, "report-title", number=str(weekly.week.number), year=str(weekly.week.year))


def _story(weekly: Weekly, fmt: Format, chosen: str) -> list[Flowable]:
    language, week = fmt.language, weekly.week
    days = text(language, "report-days", first=fmt.day(week.first), last=fmt.day(week.before - 1))
    story: list[Flowable] = [
        Paragraph(_title(weekly, fmt), TITLE),
        Paragraph(" · ".join(part for part in (days, escape(writable(chosen))) if part), UNDER),
        *(Paragraph(sentence, SENTENCE) for sentence in sentences.three(weekly, fmt)),
        _charts(weekly, fmt),
        PageBreak(),
        *tables(weekly, fmt),
        Paragraph(text(language, "report-note"), NOTE),
    ]
    return story


def _charts(weekly: Weekly, fmt: Format) -> Table:
    """The charts in two rows of two, each under its finding and unit."""
    drawn = {
        "funnel": (sentences.funnel_finding, charts.funnel(weekly.phases, fmt)),
        "cycle": (sentences.cycle_finding, charts.cycle_times(weekly.phases, fmt)),
        "ageing": (sentences.ageing_finding, charts.ageing(weekly.ages, weekly.phases, fmt)),
        "weeks": (sentences.weeks_finding, charts.weeks(weekly.weeks, fmt)),
    }
    rows: list[list[Flowable]] = []
    for pair in (("funnel", "cycle"), ("ageing", "weeks")):
        rows += [
            [Paragraph(drawn[name][0](weekly, fmt), FINDING) for name in pair],
            [Paragraph(text(fmt.language, f"report-{name}-unit"), UNIT) for name in pair],
            [drawn[name][1] for name in pair],
        ]
    apart = [("TOPPADDING", (0, row), (-1, row), 10) for row in (0, 3)]
    style = [*PLACED, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *apart]
    return Table(rows, colWidths=(charts.WIDTH + GAP, charts.WIDTH), style=style)
