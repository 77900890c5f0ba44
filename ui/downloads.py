"""Cases to take along: the event log for other programs, and a workbook; made when asked for, and it can be stopped."""

import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple, cast
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import Connection, Select, func, select

from core.exporting import ocel, workbook, xes
from core.exporting.log import Told, told
from core.figures.selection import Selection
from core.schema import cases
from ui.i18n import t
from ui.shell import Visit

EVERY = 20  # cases between two looks at whether it is to be stopped
Chosen = Select[tuple[int]]
Tell = Callable[[float], object]


class Form(NamedTuple):
    """One form of file: its name, its type, and how it is written."""

    name: str
    file: str
    media_type: str
    write: Callable[[Connection, Chosen, BinaryIO, ZoneInfo, Tell], None]


class Ready(NamedTuple):
    """A file that was made for a choice of cases, as of a moment in ms."""

    form: str
    cohort: Selection
    at: int
    content: bytes


def draw(visit: Visit, cohort: Selection) -> None:
    """A row for each form: what it is for, a button that makes it, and the file once it is there."""
    chosen = select(cases.c.id).where(*cohort.on(cases, cohort.rows))
    with visit.db.reading() as connection:
        count = connection.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    st.markdown(t("downloads-chosen", n=count))
    for form in FORMS:
        with st.container(border=True):
            st.markdown(f"**{t(f'downloads-{form.name}')}**")
            st.caption(t(f"downloads-{form.name}-for"))
            if st.button(t("downloads-make"), key=f"make_{form.name}", disabled=not count):
                st.session_state["ready"] = _made(visit, form, cohort, chosen)
            _offer(visit, form, cohort)


def _made(visit: Visit, form: Form, cohort: Selection, chosen: Chosen) -> Ready:
    """Make a file; whoever presses stop, or anything else, ends it at the next look."""
    sink, place = io.BytesIO(), st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=t("downloads-making"))
        st.button(t("downloads-stop"), key=f"stop_{form.name}")
    with visit.db.reading() as connection:
        form.write(
            connection, chosen, sink, ZoneInfo(visit.format.zone), partial(bar.progress, text=t("downloads-making"))
        )
    place.empty()
    return Ready(form.name, cohort, visit.now, sink.getvalue())


def _offer(visit: Visit, form: Form, cohort: Selection) -> None:
    ready = st.session_state.get("ready")
    if not ready or (ready.form, ready.cohort) != (form.name, cohort):
        return
    words = visit.format
    label = t("downloads-take", size=words.size(len(ready.content)), moment=words.moment(ready.at))
    st.download_button(
        label, ready.content, form.file, form.media_type, key=f"take_{form.name}", on_click="ignore", type="primary"
    )


def _xes(connection: Connection, chosen: Chosen, sink: BinaryIO, _: ZoneInfo, tell: Tell) -> None:
    with gzip.GzipFile(filename="", mode="wb", fileobj=sink) as packed:
        xes.write(_watched(connection, chosen, tell, 0, 1), cast(BinaryIO, packed))


def _ocel(connection: Connection, chosen: Chosen, sink: BinaryIO, _: ZoneInfo, tell: Tell) -> None:
    halves = iter((0, 0.5))  # the log is read twice
    ocel.write(lambda: _watched(connection, chosen, tell, next(halves), 0.5), sink)


def _workbook(connection: Connection, chosen: Chosen, sink: BinaryIO, zone: ZoneInfo, tell: Tell) -> None:
    made = list(workbook.sheets(connection, chosen))
    workbook.write((_telling(sheet, n / len(made), tell) for n, sheet in enumerate(made)), sink, zone)


def _telling(sheet: workbook.Sheet, share: float, tell: Tell) -> workbook.Sheet:
    def rows() -> Iterator[tuple[object, ...]]:
        for number, row in enumerate(sheet.rows):
            if number % (100 * EVERY) == 0:
                tell(share)
            yield tuple(row)

    return sheet._replace(rows=rows())


def _watched(connection: Connection, chosen: Chosen, tell: Tell, start: float, share: float) -> Iterable[Told]:
    total = connection.scalar(select(func.count()).select_from(chosen.subquery())) or 1
    for number, each in enumerate(told(connection, chosen)):
        if number % EVERY == 0:
            tell(min(start + share * number / total, 1.0))
        yield each


FORMS = (
    Form("workbook", "casos.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    Form("xes", "eventos.xes.gz", "application/gzip", _xes),
    Form("ocel", "eventos.ocel.json", "application/json", _ocel),
)
