"""The flow over the nine phases: where cases are, where they are lost, and how long each phase takes."""

import streamlit as st

from core.terms import PROCESS_ROLES
from ui import charts, filters, findings, flow
from ui.flow import Section
from ui.i18n import language, t
from ui.shell import enter

FUNNEL = Section(
    "funnel",
    findings.funnel_finding,
    charts.funnel,
    columns=("entered", "advanced", "closed", "rejected", "running", "returns"),
    explained=("entered", "advanced", "returns"),
)
CYCLE = Section(
    "cycle",
    findings.cycle_finding,
    charts.cycle_times,
    columns=("n", "p50", "p85", "p95", "blocked-n", "blocked-p50"),
    explained=("phase", "blocked"),
)

visit = enter(*PROCESS_ROLES)
words = visit.format
st.title(t("page-flujo"), anchor=False)
finding = st.empty()
with st.container(horizontal=True, vertical_alignment="bottom"):
    cohort = filters.cohort(words)
here = filters.chosen(*filters.COHORT)
found = flow.figures(visit.db, cohort, visit.now)
if not found.cases.opened:
    st.info(t("flow-empty" if here else "flow-empty-all"))
    if here:
        filters.clear_button(*filters.COHORT)
    st.stop()

finding.subheader(findings.main_finding(found.phases, language()), anchor=False)
flow.few_figures(found, words)
with st.container(horizontal=True, vertical_alignment="center"):
    st.page_link("pages/casos.py", label=t("flow-see-cases"), query_params=here)
    with st.popover(t("how-title")):
        flow.explain(("running", "lately", "case"))
chosen = [flow.draw(section, found.phases, words) for section in (FUNNEL, CYCLE)]
phase = next(filter(None, chosen), None)
if phase:
    st.switch_page("pages/casos.py", query_params={**here, "fase": str(phase), "estado": "running"})
