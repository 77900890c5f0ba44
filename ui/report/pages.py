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
INSET = 6.0  # what a frame keeps free at its sides


def write(
    connection: Connection,
    selection: Selection,
    week: Week,
    now: int,
    words: Format,
    sink: BinaryIO,
    chosen: str = "",
) -> Iterator[float]:
    """Write the report of a week as a PDF; yields the share that is done, and may be left after any step.

    `chosen` says which cases the selection lets through. NothingYet when there is none.
    """
    found = None
    for done, step in enumerate(steps(connection, selection, week, now, words.zone), start=1):
        found = step
        yield done / STEPS
    assert found is not None
    if not found.moved.ever:
        raise NothingYet
    foot = partial(_foot, found, words)
    _document(found, words, sink).build(_story(found, words, chosen), onFirstPage=foot, onLaterPages=foot)
    yield 1.0


def _document(found: Weekly, words: Format, sink: BinaryIO) -> SimpleDocTemplate:
    return SimpleDocTemplate(
        sink,
        pagesize=A4,
        leftMargin=MARGIN - INSET,
        rightMargin=MARGIN - INSET,
        topMargin=34,
        bottomMargin=FOOT + 14,
        title=_title(found, words),
        author=text(words.language, "product"),
        lang=words.language,
        invariant=1,  # the same figures make the same file
    )


def _foot(found: Weekly, words: Format, canvas: Canvas, document: SimpleDocTemplate) -> None:
    """The line at the foot of each page: what this is, as of when, and which page."""
    said = text(words.language, "report-as-of", moment=words.moment(found.at))
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, FOOT + 10, MARGIN + FULL, FOOT + 10)
    canvas.setFont(PLAIN, 7)
    canvas.setFillColor(SOFT)
    canvas.drawString(MARGIN, FOOT, f"{_title(found, words)} · {said}")
    canvas.drawRightString(MARGIN + FULL, FOOT, f"{document.page} / 2")


def _title(found: Weekly, words: Format) -> str:
    return text(words.language, "report-title", number=str(found.week.number), year=str(found.week.year))


def _story(found: Weekly, words: Format, chosen: str) -> list[Flowable]:
    language, week = words.language, found.week
    days = text(language, "report-days", first=words.day(week.first), last=words.day(week.before - 1))
    story: list[Flowable] = [
        Paragraph(_title(found, words), TITLE),
        Paragraph(" · ".join(part for part in (days, escape(writable(chosen))) if part), UNDER),
        *(Paragraph(said, SENTENCE) for said in sentences.three(found, words)),
        _charts(found, words),
        PageBreak(),
        *tables(found, words),
        Paragraph(text(language, "report-note"), NOTE),
    ]
    return story


def _charts(found: Weekly, words: Format) -> Table:
    """Two and two, each under its finding and its unit."""
    drawn = {
        "funnel": (sentences.funnel_finding, charts.funnel(found.phases, words)),
        "cycle": (sentences.cycle_finding, charts.cycle_times(found.phases, words)),
        "ageing": (sentences.ageing_finding, charts.ageing(found.ages, found.phases, words)),
        "weeks": (sentences.weeks_finding, charts.weeks(found.weeks, words)),
    }
    rows: list[list[Flowable]] = []
    for pair in (("funnel", "cycle"), ("ageing", "weeks")):
        rows += [
            [Paragraph(drawn[name][0](found, words), FINDING) for name in pair],
            [Paragraph(text(words.language, f"report-{name}-unit"), UNIT) for name in pair],
            [drawn[name][1] for name in pair],
        ]
    apart = [("TOPPADDING", (0, row), (-1, row), 10) for row in (0, 3)]
    style = [*PLACED, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *apart]
    return Table(rows, colWidths=(charts.WIDTH + GAP, charts.WIDTH), style=style)
