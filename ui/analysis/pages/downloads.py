"""Downloads of cases: the weekly report, tables and the event log, made on demand and cancellable."""

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

EVERY = 20  # cases between two checks for cancellation
WEEKS = 53  # weeks offered for the report
Chosen = Select[tuple[int]]


class ExportRequest(NamedTuple):
    """The content of a file: the selected cases; `report_progress` is called with the share that is done."""

    connection: Connection
    selection: Selection
    fmt: Format
    report_progress: Callable[[float], object]

    @property
    def chosen(self) -> Chosen:
        """The ids of the cases."""
        return _ids(self.selection)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.fmt.zone)


class Form(NamedTuple):
    """A file format: its code, file name, media type, writer, and moment in ms if not now."""

    name: str
    file: str
    media_type: str
    write: Callable[[ExportRequest, BinaryIO], None]
    at: int | None = None


class Ready(NamedTuple):
    """A finished file for a selection as of a moment in ms."""

    form: str
    file: str
    selection: Selection
    at: int
    content: bytes


def draw(study: Study) -> None:
    """Draw a card for each format: its purpose, a button that makes it, and the finished file."""
    with study.visit.db.reading() as connection:
        count = connection.scalar(select(func.count()).select_from(_ids(study.selection).subquery())) or 0
        first = first_opening(connection)
    empty_texts = {"all": t("downloads-nothing-yet"), "then": t("analysis-empty-then")} if not count else {}
    st.markdown(empty_texts.get(study.nothing) or t("downloads-chosen", n=count))
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
        st.session_state["ready"] = _build(study, form)
    ready: Ready | None = st.session_state.get("ready")
    if ready and (ready.file, ready.selection) == (form.file, study.selection):
        fmt = study.fmt
        label = t("downloads-take", size=fmt.size(len(ready.content)), moment=fmt.moment(ready.at))
        st.download_button(
            label, ready.content, form.file, form.media_type, key=f"take_{form.name}", on_click="ignore", type="primary"
        )


def _build(study: Study, form: Form) -> Ready:
    """Make a file; a click on stop, or on anything else, cancels it at the next progress report."""
    sink, place = io.BytesIO(), st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=t("downloads-making"))
        st.button(t("downloads-stop"), key=f"stop_{form.name}")
    try:
        with study.visit.db.reading() as connection:
            report_progress = partial(bar.progress, text=t("downloads-making"))
            form.write(ExportRequest(connection, study.selection, study.fmt, report_progress), sink)
    finally:
        place.empty()
    return Ready(form.name, form.file, study.selection, form.at or study.now, sink.getvalue())


# --- the report ---
def _week(study: Study, first: int) -> Week:
    """Draw the choice of a week, by default the last finished one."""
    zone = study.fmt.zone
    current = week_of(day_of(study.now, zone), zone)
    weeks = [current.earlier(n, zone) for n in range(WEEKS)]
    choices = {str(week): week for week in weeks if week.before > first}
    last = min(1, len(choices) - 1)
    name = st.selectbox(
        t("downloads-week"),
        list(choices),
        index=last,
        format_func=lambda name: _week_label(choices[name], study.fmt),
        key=f"week_{study.selection.as_of or ''}",
        width=360,
    )
    return choices[name]


def _week_label(week: Week, fmt: Format) -> str:
    first, last = fmt.day(week.first), fmt.day(week.before - 1)
    return t("downloads-week-of", number=str(week.number), year=str(week.year), first=first, last=last)


def _report_of(study: Study, week: Week) -> Form:
    chosen = filters.describe(study.visit, study.selection, str)

    def write(request: ExportRequest, sink: BinaryIO) -> None:
        for share in report.write(
            request.connection, request.selection, week, study.visit.now, request.fmt, sink, chosen
        ):
            request.report_progress(share)

    at = as_of(study.selection, week, study.visit.now).moment(study.visit.now)
    return Form("report", t("downloads-report-file", week=str(week)), "application/pdf", write, at)


# --- the other formats ---
def _xes(request: ExportRequest, sink: BinaryIO) -> None:
    with gzip.GzipFile(filename="", mode="wb", fileobj=sink) as packed:
        xes.write(_logs(request, 0, 1), cast(BinaryIO, packed))


def _ocel(request: ExportRequest, sink: BinaryIO) -> None:
    halves = iter((0, 0.5))  # the log is read twice
    ocel.write(lambda: _logs(request, next(halves), 0.5), sink)


def _workbook(request: ExportRequest, sink: BinaryIO) -> None:
    sheets = list(_sheets(request))
    workbook.write(
        (_with_progress(request, sheet, n / len(sheets)) for n, sheet in enumerate(sheets)), sink, request.zone
    )


def _csv(request: ExportRequest, sink: BinaryIO) -> None:
    cases = _with_progress(request, next(_sheets(request)), 0)
    rows = (workbook.readable(cases.columns, row, request.zone) for row in cases.rows)
    sink.write(csv_text(cases.heads, rows).encode())


def _sheets(request: ExportRequest) -> Iterator[workbook.Sheet]:
    rows = request.selection.rows
    yield from map(in_words, workbook.sheets(request.connection, request.chosen, rows.cases, rows.items))
    yield in_words(workbook.phases(request.connection, request.selection))


def _with_progress(request: ExportRequest, sheet: workbook.Sheet, share: float) -> workbook.Sheet:
    def rows() -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(sheet.rows):
            if number % (100 * EVERY) == 0:
                request.report_progress(share)
            yield tuple(row)

    return sheet._replace(rows=rows())


def _logs(request: ExportRequest, start: float, share: float) -> Iterable[CaseLog]:
    total = request.connection.scalar(select(func.count()).select_from(request.chosen.subquery())) or 1
    for number, log in enumerate(case_logs(request.connection, request.chosen, request.selection.as_of)):
        if number % EVERY == 0:
            request.report_progress(min(start + share * number / total, 1.0))
        yield log


FORMS = (
    Form("workbook", "casos.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    Form("csv", "casos.csv", "text/csv", _csv),
    Form("xes", "eventos.xes.gz", "application/gzip", _xes),
    Form("ocel", "eventos.ocel.json", "application/json", _ocel),
)
