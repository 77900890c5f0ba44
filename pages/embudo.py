"""Embudo: what becomes of cases, phase by phase and by the month in which they were opened."""

import streamlit as st

from core.figures import funnel
from core.figures.evidence import Of
from ui.analysis import findings, funnel_charts, home
from ui.analysis.frame import enter
from ui.analysis.section import Section, draw, few_figures
from ui.i18n import language, t
from ui.parts import part

FUNNEL = Section(
    "funnel",
    findings.funnel_finding,
    funnel_charts.funnel,
    columns={name: name for name in ("entered", "advanced", "closed", "rejected", "running", "returns")},
    explained=("entered", "advanced", "rejected", "running", "returns"),
)
COHORTS = Section(
    "cohorts",
    findings.cohorts_finding,
    funnel_charts.cohorts,
    columns={
        "opened": "all_opened",
        **{f"reached_{n}": "" for n in (2, 3, 4, 5, 6, 7, 8, 9)},
        **{name: f"all_{name}" for name in ("closed", "rejected", "running")},
    },
    explained=("all_opened", "all_closed", "all_rejected", "all_running"),
)
ENDS = Section(
    "ends",
    findings.ends_finding,
    funnel_charts.ends,
    columns={name: name for name in ("closed", "rejected", "running")},
    explained=("closed", "rejected", "running"),
)
BOTTLENECKS = "pages/cuellos.py"  # where the finding leads

study = enter("embudo")
found = study.computed(funnel.compute)
study.end_when_empty(found.cases.opened)
with part("the finding of a page"):
    study.heading.subheader(findings.main_finding(found.phases, language()), anchor=False)
st.page_link(BOTTLENECKS, label=t("bottlenecks-link"), query_params=study.address)
few_figures(study, found.cases)
home.ask([Of(name) for name in ("wip", "all_closed", "all_rejected", "lately", "case")])
draw(study, FUNNEL, found.phases)
draw(study, COHORTS, found.cohorts)
if len(found.phases) > 1:  # of a single phase the funnel has said it all
    draw(study, ENDS, found.phases)
home.panel(study)
