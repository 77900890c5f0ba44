"""Cases to take along: the weekly report, tables, the event log; made when asked for, and it can be stopped."""

import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple, cast
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import Connection, Select, func, select

from core.exports import ocel, workbook, xes
from core.exports.csv_file import csv_text
from core.exports.event_log import CaseLog, case_logs
from core.figures.pages.weekly import Week, as_of, week_of
from core.queries.selection import Selection, day_of
from core.store.rows_as_of import first_opening
from ui import report
from ui.analysis import filters
from ui.analysis.page import Study
from ui.words.format import Format
from ui.words.messages import t
from ui.words.workbook import in_words

EVERY = 20  # cases between two looks at whether it is to be stopped
WEEKS = 53  # that can be reported on
Chosen = Select[tuple[int]]


class ExportRequest(NamedTuple):
    """What a file is to hold: the selected cases as they stood; `tell` hears the share that is done."""

    connection: Connection
    selection: Selection
    words: Format
    tell: Callable[[float], object]

    @property
    def chosen(self) -> Chosen:
        """The ids of the cases."""
        return _ids(self.selection)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.words.zone)


class Form(NamedTuple):
    """One form of file: its code, its name, its type, how it is written, and of what moment in ms when not of now."""

    name: str
    file: str
    media_type: str
    write: Callable[[ExportRequest, BinaryIO], None]
    at: int | None = None


class Ready(NamedTuple):
    """A file that was made for a choice of cases, of a moment in ms."""

    form: str
    file: str
    selection: Selection
    at: int
    content: bytes


def draw(study: Study) -> None:
    """A card for each form: what it is for, a button that makes it, and the file once it is there."""
    with study.visit.db.reading() as connection:
        count = connection.scalar(select(func.count()).select_from(_ids(study.selection).subquery())) or 0
        first = first_opening(connection)
    said = {"all": t("downloads-nothing-yet"), "then": t("analysis-empty-then")} if not count else {}
    st.markdown(said.get(study.nothing) or t("downloads-chosen", n=count))
    with st.container(border=True):
        _head("report")
        week = _week(study, study.now if first is None else min(first, study.now))
        try:
            _make(study, _report_of(study, week), count)
        except report.NothingYet:
            st.info(t("downloads-report-empty"))
    for form in FORMS:
        with st.container(border=True):
            _head(form.name)
            _make(study, form, count)


def _ids(selection: Selection) -> Chosen:
    rows = selection.rows
    return select(rows.cases.c.id).where(*selection.on(rows.cases, rows))


def _head(name: str) -> None:
    st.markdown(f"**{t(f'downloads-{name}')}**")
    st.caption(t(f"downloads-{name}-for"))


def _make(study: Study, form: Form, count: int) -> None:
    if st.button(t("downloads-make"), key=f"make_{form.name}") and count:
        st.session_state["ready"] = _made(study, form)
    ready: Ready | None = st.session_state.get("ready")
    if ready and (ready.file, ready.selection) == (form.file, study.selection):
        words = study.words
        label = t("downloads-take", size=words.size(len(ready.content)), moment=words.moment(ready.at))
        st.download_button(
            label, ready.content, form.file, form.media_type, key=f"take_{form.name}", on_click="ignore", type="primary"
        )


def _made(study: Study, form: Form) -> Ready:
    """Make a file; whoever presses stop, or anything else, ends it at the next look."""
    sink, place = io.BytesIO(), st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=t("downloads-making"))
        st.button(t("downloads-stop"), key=f"stop_{form.name}")
    try:
        with study.visit.db.reading() as connection:
            tell = partial(bar.progress, text=t("downloads-making"))
            form.write(ExportRequest(connection, study.selection, study.words, tell), sink)
    finally:
        place.empty()
    return Ready(form.name, form.file, study.selection, form.at or study.now, sink.getvalue())


# --- the report ---
def _week(study: Study, first: int) -> Week:
    """The chosen week; the last one that is over unless another is chosen."""
    zone = study.words.zone
    this = week_of(day_of(study.now, zone), zone)
    weeks = [this.earlier(n, zone) for n in range(WEEKS)]
    known = {str(week): week for week in weeks if week.before > first}
    last = min(1, len(known) - 1)
    name = st.selectbox(
        t("downloads-week"),
        list(known),
        index=last,
        format_func=lambda each: _named(known[each], study.words),
        key=f"week_{study.selection.as_of or ''}",
        width=360,
    )
    return known[name]


def _named(week: Week, words: Format) -> str:
    first, last = words.day(week.first), words.day(week.before - 1)
    return t("downloads-week-of", number=str(week.number), year=str(week.year), first=first, last=last)


def _report_of(study: Study, week: Week) -> Form:
    chosen = filters.said(study.visit, study.selection, str)

    def write(asked: ExportRequest, sink: BinaryIO) -> None:
        for share in report.write(asked.connection, asked.selection, week, study.visit.now, asked.words, sink, chosen):
            asked.tell(share)

    at = as_of(study.selection, week, study.visit.now).moment(study.visit.now)
    return Form("report", t("downloads-report-file", week=str(week)), "application/pdf", write, at)


# --- the other forms ---
def _xes(asked: ExportRequest, sink: BinaryIO) -> None:
    with gzip.GzipFile(filename="", mode="wb", fileobj=sink) as packed:
        xes.write(_watched(asked, 0, 1), cast(BinaryIO, packed))


def _ocel(asked: ExportRequest, sink: BinaryIO) -> None:
    halves = iter((0, 0.5))  # the log is read twice
    ocel.write(lambda: _watched(asked, next(halves), 0.5), sink)


def _workbook(asked: ExportRequest, sink: BinaryIO) -> None:
    made = list(_sheets(asked))
    workbook.write((_telling(asked, sheet, n / len(made)) for n, sheet in enumerate(made)), sink, asked.zone)


def _csv(asked: ExportRequest, sink: BinaryIO) -> None:
    cases = _telling(asked, next(_sheets(asked)), 0)
    rows = (workbook.readable(cases.columns, row, asked.zone) for row in cases.rows)
    sink.write(csv_text(cases.heads, rows).encode())


def _sheets(asked: ExportRequest) -> Iterator[workbook.Sheet]:
    rows = asked.selection.rows
    yield from map(in_words, workbook.sheets(asked.connection, asked.chosen, rows.cases, rows.items))
    yield in_words(workbook.phases(asked.connection, asked.selection))


def _telling(asked: ExportRequest, sheet: workbook.Sheet, share: float) -> workbook.Sheet:
    def rows() -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(sheet.rows):
            if number % (100 * EVERY) == 0:
                asked.tell(share)
            yield tuple(row)

    return sheet._replace(rows=rows())


def _watched(asked: ExportRequest, start: float, share: float) -> Iterable[CaseLog]:
    total = asked.connection.scalar(select(func.count()).select_from(asked.chosen.subquery())) or 1
    for number, each in enumerate(case_logs(asked.connection, asked.chosen, asked.selection.as_of)):
        if number % EVERY == 0:
            asked.tell(min(start + share * number / total, 1.0))
        yield each


FORMS = (
    Form("workbook", "casos.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    Form("csv", "casos.csv", "text/csv", _csv),
    Form("xes", "eventos.xes.gz", "application/gzip", _xes),
    Form("ocel", "eventos.ocel.json", "application/json", _ocel),
)
