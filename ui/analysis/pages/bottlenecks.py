"""The parts of Cuellos de botella: the ranking as sentences, and each chart with its exact numbers."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.figures.base.evidence import FigureRef
from core.figures.pages.bottlenecks import PERIOD_DAYS, Bottlenecks
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.analysis import evidence_panel, section
from ui.analysis.charts import bottlenecks
from ui.analysis.charts.style import days
from ui.analysis.evidence_panel import Column
from ui.analysis.page import Drawn, Study
from ui.analysis.sentences import bottlenecks as bottlenecks_sentences
from ui.shell.page_parts import part
from ui.words.messages import language, t

SHOWN = 5  # sentences of the ranking
DAYS, SHARES = ("p50", "p85", "p95", "before_p85"), ("share", "within")


class ChartSection(NamedTuple):
    """A chart: its name, finding and drawing; `columns`: frame column → figure (or none)."""

    name: str
    finding: Callable[[pd.DataFrame, str], str]
    chart: Callable[[pd.DataFrame, str], go.Figure]
    columns: dict[str, str]

    @property
    def explained(self) -> Sequence[str]:
        return [figure for figure in dict.fromkeys(self.columns.values()) if figure]


OF_LANE = {
    "share": "share_of_time",
    "n": "lane_times",
    **dict.fromkeys(("p50", "p85", "p95"), "lane_times"),
    "before_p85": "lane_before",
    "waiting": "lane_waiting",
    "held": "lane_queue",
    "overdue": "lane_overdue",
    "within": "lane_within",
}
LOAD_OF = {
    "queue": "lane_queue",
    "waiting": "lane_waiting",
    "overdue": "lane_overdue",
    "people": "",
    "per_person": "",
    "share": "share_of_time",
}
KEPT_BY = {"within": "lane_within", "kept": "lane_within", "n": "lane_times", "overdue": "lane_overdue"}
HEAT = ChartSection("heat", bottlenecks_sentences.heat_finding, bottlenecks.heat, OF_LANE)
RANKING = ChartSection("ranking", bottlenecks_sentences.ranking_finding, bottlenecks.ranking, OF_LANE)
LOAD = ChartSection("load", bottlenecks_sentences.load_finding, bottlenecks.load, LOAD_OF)
DEADLINES = ChartSection("punctual", bottlenecks_sentences.deadlines_finding, bottlenecks.deadlines, KEPT_BY)


def end_when_empty(study: Study, figures: Bottlenecks) -> None:
    """Without work items, show why and end the page below the filters."""
    if len(figures.lanes):
        return
    st.info(t("bottleneck-empty" if study.address else "bottleneck-empty-all", day=study.fmt.day(figures.since)))
    st.stop()


@part("the ranking of bottlenecks")
def sentences(study: Study, figures: Bottlenecks) -> None:
    """Draw the ranking as sentences, each with a button to its cases."""
    fmt = study.fmt
    st.caption(t("bottleneck-period", days=PERIOD_DAYS, since=fmt.day(figures.since), until=fmt.moment(study.now)))
    for place, row in enumerate(figures.lanes.head(SHOWN).to_dict("records"), start=1):
        text_column, button_column = st.columns([5, 1], vertical_alignment="center")
        text_column.markdown(f"**{place}.** {bottlenecks_sentences.sentence(row, language())}")
        of = FigureRef("share_of_time", row["phase"], Role(row["role"]))
        button_column.button(t("bottleneck-evidence"), key=f"evidence_{place}", on_click=partial(_open, of))


@part("a chart")
def draw(part: ChartSection, study: Study, frame: pd.DataFrame) -> None:
    """Draw the finding, the chart, its exact numbers and how they are computed."""

    def chart() -> Drawn:
        return Drawn(part.finding(frame, language()), part.chart(frame, language()))

    def numbers() -> None:
        names = [name for name in ("phase", "role") if name in frame]
        columns = [Column(name, t(f"table-{name}"), _named[name], named=True) for name in names]
        columns += [Column(n, _heading(n), _formatter(study, n), figure) for n, figure in part.columns.items()]
        evidence_panel.numbers(f"{part.name}_numbers", frame, columns, _of)

    section.parts(part.name, study.once(chart, part.name), t(f"{part.name}-note"), numbers, part.explained)


def _open(of: FigureRef) -> None:
    st.query_params[evidence_panel.FIGURE] = str(of)


def _of(row: dict[str, Any], figure: str) -> FigureRef:
    return FigureRef(figure, int(row["phase"]) if "phase" in row else None, Role(row["role"]))


def _heading(name: str) -> str:
    return t(f"lanes-{name.replace('_', '-')}")


def _formatter(study: Study, name: str) -> Callable[[Any], str]:
    fmt = study.fmt

    def show(value: Any) -> str:
        if pd.isna(value):
            return t("figure-none")
        if name in DAYS:
            return t("figure-days", days=days(value, language()))
        if name in SHARES:
            return fmt.percent(value, 1)
        return fmt.number(value, 1 if name == "per_person" else 0)

    return show


_named: dict[str, Callable[[Any], str]] = {"phase": phase_name, "role": lambda role: ROLE_NAMES[Role(role)]}
