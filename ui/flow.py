"""The parts of the page Flujo: the few figures at its top, the exact numbers, and how each is computed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from pandas.io.formats.style import Styler

from core import metrics
from core.db import Database
from core.metrics import THROUGHPUT_DAYS, CaseFigures, Filters
from core.process import phase_name
from ui.charts import CONFIG, days
from ui.format import Format
from ui.i18n import t

SECONDS = 30
TIMES = ("p50", "p85", "p95", "blocked-p50")


class Figures(NamedTuple):
    """The figures of one cohort: nine phases, the cases, and the moment they are of."""

    phases: pd.DataFrame
    cases: CaseFigures
    at: int


class Section(NamedTuple):
    """A chart with what it says, the columns of its exact numbers, and which of them are explained."""

    name: str
    finding: Callable[[pd.DataFrame, str], str]
    chart: Callable[[pd.DataFrame, str], go.Figure]
    columns: Sequence[str]
    explained: Sequence[str]


def figures(db: Database, filters: Filters, now: int) -> Figures:
    """The figures of a cohort, at most SECONDS old."""
    with st.spinner(t("flow-counting")):
        return _figures(db, str(db.url), filters, now)


@st.cache_data(ttl=SECONDS, max_entries=500, show_spinner=False)
def _figures(_db: Database, url: str, filters: Filters, _now: int) -> Figures:  # noqa: ARG001  (url: part of the key)
    with _db.reading() as connection:
        cases = metrics.of_cases(connection, filters, _now)
        return Figures(metrics.frame(metrics.by_phase(connection, filters)), cases, _now)


def few_figures(found: Figures, words: Format) -> None:
    """Counts and the case cycle time, in one row, with their clock."""
    cases, cycle = found.cases, found.cases.cycle
    counts = [words.number(n) for n in (cases.running, cases.closed, cases.rejected, cases.finished_lately)]
    times = [_days(words, time) for time in (cycle.p50, cycle.p85)]
    labels = ("running", "closed", "rejected", "lately", "p50", "p85")
    with st.container(horizontal=True, gap="small"):
        for label, value in zip(labels, (*counts, *times), strict=True):
            st.metric(t(f"figure-{label}", days=THROUGHPUT_DAYS), value, width=136)
    st.caption(f"{t('figure-calendar', n=cycle.n)} {t('flow-as-of', moment=words.moment(found.at))}.")


def draw(section: Section, frame: pd.DataFrame, words: Format) -> int | None:
    """The finding, the chart, its exact numbers and how they are computed; the phase whose row was chosen."""
    said = section.finding(frame, words.language)
    st.markdown(f"##### {said}")
    chart, numbers, how = st.tabs([t("tab-chart"), t("tab-numbers"), t("how-title")])
    with chart:
        st.plotly_chart(section.chart(frame, words.language), key=section.name, alt=said, config=CONFIG)
        st.caption(t(f"{section.name}-note"))
    with how:
        explain(section.explained)
    with numbers:
        chosen = _exact_numbers(section, frame, words)
        st.caption(t("table-hint"))
    return chosen


def explain(figures: Sequence[str]) -> None:
    """For each figure: formula, what does not count, which clock."""
    parts = ("formula", "excluded", "clock")
    st.table(
        pd.DataFrame(
            [[t(f"how-{name}-{part}", days=THROUGHPUT_DAYS) for part in parts] for name in figures],
            index=[t(f"how-{name}", days=THROUGHPUT_DAYS) for name in figures],
            columns=[t(f"how-{part}") for part in parts],
        )
    )
    st.caption(t("how-selection"))


def _exact_numbers(section: Section, frame: pd.DataFrame, words: Format) -> int | None:
    table = st.dataframe(
        _styled(frame, section.columns, words),
        hide_index=True,
        height="content",
        placeholder=t("figure-none"),
        key=f"{section.name}_numbers",
        on_select="rerun",
        selection_mode=("single-row", "single-cell"),
    )
    rows = [*table.selection.rows, *(row for row, _ in table.selection.cells)]
    return int(frame["phase"].iloc[rows[0]]) if rows else None


def _styled(frame: pd.DataFrame, columns: Sequence[str], words: Format) -> Styler:
    """Numbers stay numbers, so that they sort and stand to the right; they are shown as the reader writes them."""
    shown = pd.DataFrame({t("table-phase"): [phase_name(phase) for phase in frame["phase"]]})
    ready: dict[Any, Any] = {}
    for name in columns:
        shown[t(f"table-{name}")] = frame[name.replace("-", "_")]
        ready[t(f"table-{name}")] = partial(_days, words) if name in TIMES else words.number
    return shown.style.format(ready)


def _days(words: Format, ms: float | None) -> str:
    return t("figure-none") if ms is None or pd.isna(ms) else t("figure-days", days=days(ms, words.language))
