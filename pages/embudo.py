"""Embudo: what becomes of cases, phase by phase and by the month in which they were opened."""

import streamlit as st

from core.figures.base.evidence import FigureRef
from core.figures.pages import funnel
from core.process.definition import PHASES
from ui.analysis import evidence_panel
from ui.analysis.charts import funnel as funnel_charts
from ui.analysis.page import enter
from ui.analysis.section import Section, draw, few_figures
from ui.analysis.sentences import funnel as funnel_sentences
from ui.shell.page_parts import part
from ui.words.messages import language, t

FUNNEL = Section(
    "funnel",
    funnel_sentences.funnel_finding,
    funnel_charts.funnel,
    columns={name: name for name in ("entered", "advanced", "closed", "rejected", "running", "returns")},
    explained=("entered", "advanced", "rejected", "running", "returns"),
)
COHORTS = Section(
    "cohorts",
    funnel_sentences.cohorts_finding,
    funnel_charts.cohorts,
    columns={
        "opened": "all_opened",
        **{f"reached_{phase.number}": "" for phase in PHASES[1:]},
        **{name: f"all_{name}" for name in ("closed", "rejected", "running")},
    },
    explained=("all_opened", "all_closed", "all_rejected", "all_running"),
)
ENDS = Section(
    "ends",
    funnel_sentences.ends_finding,
    funnel_charts.ends,
    columns={name: name for name in ("closed", "rejected", "running")},
    explained=("closed", "rejected", "running"),
)
BOTTLENECKS = "pages/cuellos.py"  # where the finding leads

study = enter("embudo")
figures = study.computed(funnel.compute)
study.end_when_empty(figures.cases.opened)
with part("the finding of a page"):
    study.heading.subheader(funnel_sentences.main_finding(figures.phases, language()), anchor=False)
st.page_link(BOTTLENECKS, label=t("bottlenecks-link"), query_params=study.address)
few_figures(study, figures.cases)
evidence_panel.ask([FigureRef(name) for name in ("wip", "all_closed", "all_rejected", "lately", "case")])
draw(study, FUNNEL, figures.phases)
draw(study, COHORTS, figures.cohorts)
if len(figures.phases) > 1:  # for a single phase the funnel already shows everything
    draw(study, ENDS, figures.phases)
evidence_panel.panel(study)
