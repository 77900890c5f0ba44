"""A chart with its finding as title, its exact numbers, and how they are computed."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.figures.base.evidence import FigureRef
from core.figures.catalogue import FIGURES
from core.figures.pages.funnel import THROUGHPUT_DAYS, CaseFigures
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.analysis import evidence_panel
from ui.analysis.charts.compliance import path_name
from ui.analysis.charts.date_axis import config
from ui.analysis.charts.funnel import cohort_name
from ui.analysis.charts.units import lengths
from ui.analysis.evidence_panel import Column
from ui.analysis.page import Drawn, Study
from ui.shell.page_parts import part
from ui.words.format import Format
from ui.words.messages import bare, language, t

TIMES = ("p25", "p50", "p75", "p85", "p95", "blocked_p50", "waiting", "held", "waited", "total")
SHARES = ("part", "cumulative")


class Section(NamedTuple):
    """A chart: its name, finding and drawing; `columns`: frame column → figure or ""; `explained`: figures.

    `clock`: the clock of its times, `calendar` or `working`; `note_values`: the parameters of its note.
    """

    name: str
    finding: Callable[[pd.DataFrame, str], str]
    chart: Callable[[pd.DataFrame, str], go.Figure]
    columns: dict[str, str]
    explained: Sequence[str]
    clock: str = "calendar"
    note_values: Mapping[str, int] = {}


@part("a chart")
def draw(study: Study, section: Section, frame: pd.DataFrame) -> None:
    """Draw the finding, the chart, its exact numbers and how they are computed."""

    def chart() -> Drawn:
        return Drawn(section.finding(frame, language()), section.chart(frame, language()))

    def numbers() -> None:
        first = _first(frame)
        columns = [Column(first, t(f"table-{first}"), FIRST[first], named=True)]
        columns += [_column(study, section, name, figure) for name, figure in section.columns.items()]
        evidence_panel.numbers(f"{section.name}_numbers", frame, columns, _of)

    note = t(f"{section.name}-note", **section.note_values)
    parts(section.name, study.once(chart, section.name, section.clock), note, numbers, section.explained)


def parts(name: str, drawn: Drawn, note: str, numbers: Callable[[], None], explained: Sequence[str]) -> None:
    """Draw the finding and tabs with the chart, exact numbers and explanation; only the open tab is computed."""
    st.markdown(f"##### {drawn.finding}")
    labels = [t("tab-chart"), t("tab-numbers"), t("how-title")]
    chart, exact, how = st.tabs(labels, key=f"{name}_part", on_change="rerun")
    if chart.open:
        with chart:
            st.plotly_chart(drawn.chart, key=name, alt=bare(drawn.finding), config=config(language()))
            st.caption(note)
    if exact.open:
        with exact:
            numbers()
    if how.open:
        with how:
            evidence_panel.explain(explained)


@part("the figures of a page")
def few_figures(study: Study, cases: CaseFigures) -> None:
    """Draw counts and the case cycle time in one row, with their clock."""
    fmt, cycle = study.fmt, cases.cycle
    counts = [fmt.number(n) for n in (cases.running, cases.closed, cases.rejected, cases.finished_lately)]
    labels = ("running", "closed", "rejected", "lately", "p50", "p85")
    with st.container(horizontal=True, gap="small"):
        for label, value in zip(labels, (*counts, _days(cycle.p50), _days(cycle.p85)), strict=True):
            st.metric(t(f"figure-{label}", days=THROUGHPUT_DAYS), value, width=136)
    phase = study.selection.phase
    reached = f"{t('figure-reached', phase=phase_name(phase))} " if phase else ""
    st.caption(f"{reached}{t('figure-calendar', n=cycle.n)} {t('analysis-as-of', moment=fmt.moment(study.now))}.")


def _column(study: Study, section: Section, name: str, figure: str) -> Column:
    if name == "role":
        return Column(name, _heading(name), _role, figure, named=True)
    clocked = partial(_days, clock=section.clock)
    show = clocked if name in TIMES else _percent if name in SHARES else study.fmt.number
    return Column(name, _heading(name), show, figure)


def _heading(name: str) -> str:
    if name.startswith("reached_"):
        return t("cohort-phase", n=name.removeprefix("reached_"))
    return t(f"table-{name.replace('_', '-')}")


def _of(row: dict[str, Any], figure: str) -> FigureRef:
    first = _first(row)
    if first == "phase":
        return FigureRef(figure, int(row["phase"]), Role(row["role"]) if "role" in row else None)
    if first == "role":
        return FigureRef(figure, role=Role(row["role"]))
    if first == "wait":
        named = f"cause_{row['wait']}"
        return FigureRef(named if named in FIGURES else figure)
    return FigureRef(figure) if first == "clock" else FigureRef(figure, detail=row[first] or "earlier")


def _first(named: Container[str]) -> str:
    return next(name for name in FIRST if name in named)


def _percent(share: float | None) -> str:
    return t("figure-none") if share is None or pd.isna(share) else Format(language(), 0).percent(share, 1)


def _day(at: int) -> str:
    return Format(language(), 0).day(at)


def _noon(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp() * 1000)


def _cause(cause: str) -> str:
    return t(f"cause-{cause.replace('_', '-')}")


def _clock(clock: str) -> str:
    return t(f"clock-{clock}")


def _role(role: str) -> str:
    return ROLE_NAMES[Role(role)]


def _days(ms: float | None, clock: str = "calendar") -> str:
    if ms is None or pd.isna(ms):
        return t("figure-none")
    return t("figure-days", days=lengths(ms, language(), clock))


FIRST: Mapping[str, Callable[[Any], str]] = {
    "month": lambda month: cohort_name(month, language()),
    "phase": phase_name,
    "criterion": str,
    "cause": str,
    "variant": lambda variant: path_name(variant, language()),
    "role": _role,
    "wait": _cause,
    "week": lambda week: _day(_noon(week)),
    "at": _day,
    "clock": _clock,
}  # the key column of a frame, and how its values are formatted
