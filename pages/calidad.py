"""Calidad: what is approved at the first review, what is returned and why, and which gates never reject."""

import streamlit as st

from core.figures.pages.quality import returns
from ui.analysis import evidence_panel
from ui.analysis.charts import quality as quality_charts
from ui.analysis.page import enter
from ui.analysis.section import Section, draw
from ui.analysis.sentences import quality as findings
from ui.shell.page_parts import part
from ui.words.messages import language, t

FIRST_PASS = Section(
    "yield",
    findings.first_pass_finding,
    quality_charts.first_pass,
    columns={"part": "", "first_pass": "first_pass", "sent_back": "sent_back", "in_review": "first_review"},
    explained=("first_pass", "sent_back", "first_review"),
)
CRITERIA = Section(
    "criteria",
    findings.criteria_finding,
    quality_charts.criteria,
    columns={"part": "", "reviewed": "", "failed": "criterion"},
    explained=("criterion",),
)
CAUSES = {"times": "", "part": "", "cumulative": ""}
FAILURES = Section(
    "failures", findings.failures_finding, quality_charts.pareto, columns={**CAUSES, "times": "failure"},
    explained=("failure",),
)  # fmt: skip
REASONS = Section(
    "reasons", findings.reasons_finding, quality_charts.pareto, columns={**CAUSES, "times": "reason"},
    explained=("reason",),
)  # fmt: skip
REWORK = Section(
    "rework",
    findings.rework_finding,
    quality_charts.rework,
    columns={"reworked": "rework", "p50": "rework", "p85": "rework", "p95": "rework", "total": "rework"},
    explained=("rework",),
)
REFUSALS = Section(
    "refusals",
    findings.refusals_finding,
    quality_charts.refusals,
    columns={"refused": "refusals", "validated": ""},
    explained=("refusals",),
)
GATES = Section(
    "gates",
    findings.gates_finding,
    quality_charts.gates,
    columns={"refused": "refusals", "returned": "sent_back_verdicts", "cases": ""},
    explained=("refusals", "sent_back_verdicts"),
)

study = enter("calidad")
figures = study.computed(returns.compute)
study.end_when_empty(figures.opened)
with part("the finding of a page"):
    study.heading.subheader(findings.quality_finding(figures.whole, figures.documents, language()), anchor=False)
totals = figures.whole
st.caption(t("quality-told", cases=totals.cases, reworked=totals.reworked, repeat=totals.repeat, redo=totals.redo))
draw(study, FIRST_PASS, figures.documents.assign(part=figures.documents["share"]))
draw(study, FAILURES, figures.failures.assign(part=figures.failures["share"]))
draw(study, REASONS, figures.reasons.assign(part=figures.reasons["share"]))
draw(study, CRITERIA, figures.criteria.assign(part=figures.criteria["share"]))
draw(study, REWORK, figures.documents.assign(reworked=figures.documents["n"]))
draw(study, REFUSALS, figures.gates)
draw(study, GATES, figures.gates)
evidence_panel.panel(study)
