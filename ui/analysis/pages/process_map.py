"""The parts of Mapa: the process with a figure on each task, its exact numbers, and how they are computed."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.bpmn import file
from core.exports.bpmn.shapes import shape_of
from core.figures.base.evidence import FigureRef
from core.process.definition import phase_name, title
from core.process.terms import ROLE_NAMES, Kind, Role
from ui.analysis import evidence_panel
from ui.analysis.charts.style import days
from ui.analysis.evidence_panel import Column
from ui.analysis.page import Study
from ui.shell.page_parts import part
from ui.widgets import filters, process_map
from ui.widgets.process_map import Mark
from ui.words.format import Format
from ui.words.messages import language, t

SHOWN = "cifra"  # query parameter: the figure on the tasks
TIMES = ("p50", "p85")
FIGURES = {**dict.fromkeys(TIMES, "element_times"), "queue": "element_queue"}
HEATS = 4
ENOUGH = 5  # minimum of finished work items for a task's percentiles


def finding(frame: pd.DataFrame, figure: str, fmt: Format) -> str:
    """The task with the longest queue or duration, in one sentence."""
    rated = frame if figure == "queue" else frame[frame["n"] >= ENOUGH]
    if not rated[figure].max() > 0:
        return t("map-nothing-waits" if figure == "queue" else "map-few-ended")
    row = rated.to_dict("records")[int(rated[figure].argmax())]
    return t(
        f"map-most-{figure}",
        work=title(Kind(row["kind"]), row["phase"]),
        phase=phase_name(row["phase"]),
        role=ROLE_NAMES[Role(row["role"])],
        said=number(row[figure], figure, fmt),
        n=number(row["n"], "n", fmt),
    )


@part("the map of the process")
def draw(study: Study, frame: pd.DataFrame) -> None:
    """Draw the choice of a figure, its finding as title, and the map; a chosen task opens its evidence."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        figure = filters.part(SHOWN, t("map-figure"), tuple(FIGURES), lambda name: t(f"map-{name}"))
        st.download_button(t("map-file"), file.file, "process.bpmn", "application/xml", on_click="ignore")
    title, marks = study.once(lambda: _marked(frame, figure, study.fmt), figure)
    study.heading.subheader(title, anchor=False)
    names = [t("map-drawn"), t("tab-numbers"), t("how-title")]
    drawn, numbers, how = st.tabs(names, key="map_tabs", on_change="rerun")
    with drawn:
        chosen = process_map.draw(marks, f"{t('map-alt')} {title}", "whole_map", asks=True)
        st.caption(t(f"map-legend-{figure}"))
    if numbers.open:
        with numbers:
            evidence_panel.numbers("map_numbers", _with_titles(frame), _columns(study.fmt), _of)
    if how.open:
        with how:
            evidence_panel.explain(tuple(dict.fromkeys(FIGURES.values())))
    for row in frame.to_dict("records"):
        if chosen == _shape(row):
            st.query_params[evidence_panel.FIGURE] = str(_of(row, FIGURES[figure]))


def _marked(frame: pd.DataFrame, figure: str, fmt: Format) -> tuple[str, list[Mark]]:
    return finding(frame, figure, fmt), heat(frame, figure, fmt)


def heat(frame: pd.DataFrame, figure: str, fmt: Format) -> list[Mark]:
    """A mark per row of `core.figures.pages.process_map`: the figure, with its share of the maximum as heat."""
    most = frame[figure].max() if len(frame) else 0
    marks = []
    for row in frame.to_dict("records"):
        value = row[figure]
        level = min(HEATS, int(HEATS * value / most) + 1) if value and not pd.isna(value) else 0
        numbers = {name: number(row[name], name, fmt) for name in (figure, "n", "queue")}
        text = numbers[figure] if figure == "queue" else f"{numbers[figure]} · n {numbers['n']}"
        description = "; ".join(f"{t(f'map-{name}')} {value}" for name, value in numbers.items())
        marks.append(Mark(_shape(row), text, description, f"heat-{level}"))
    return marks


def number(value: float, figure: str, fmt: Format) -> str:
    """A value on the map: a count, or days with one decimal."""
    if pd.isna(value):
        return t("figure-none")
    return t("figure-days", days=days(value, language())) if figure in TIMES else fmt.number(int(value))


def _columns(fmt: Format) -> list[Column]:
    return [
        Column("phase", t("table-phase"), phase_name, named=True),
        Column("role", t("table-role"), lambda role: ROLE_NAMES[Role(role)], named=True),
        Column("work", t("map-work"), named=True),
        *(
            Column(name, t(f"map-{name}"), partial(number, figure=name, fmt=fmt), figure)
            for name, figure in {"queue": "element_queue", "n": "element_times", **FIGURES}.items()
        ),
    ]


def _with_titles(frame: pd.DataFrame) -> pd.DataFrame:
    places = zip(frame["kind"], frame["phase"], strict=True)
    return frame.assign(work=[title(Kind(kind), phase) for kind, phase in places])


def _of(row: dict[Any, Any], figure: str) -> FigureRef:
    return FigureRef(figure, int(row["phase"]), Role(row["role"]), row["kind"])


def _shape(row: dict[Any, Any]) -> str:
    return shape_of(Kind(row["kind"]), row["phase"], Role(row["role"]))
