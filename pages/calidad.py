"""Calidad: what is approved at the first review, what is returned and why, and which gates never reject."""

import streamlit as st

from core.figures.pages.quality import returns
from ui.analysis import evidence_panel
from ui.analysis.page import enter
from ui.analysis.pages import quality
from ui.analysis.section import draw
from ui.analysis.sentences.quality import quality_finding
from ui.shell.page_parts import part
from ui.words.messages import language, t

study = enter("calidad")
figures = study.computed(returns.compute)
study.end_when_empty(figures.opened)
with part("the finding of a page"):
    study.heading.subheader(quality_finding(figures.whole, figures.documents, language()), anchor=False)
totals = figures.whole
st.caption(t("quality-told", cases=totals.cases, reworked=totals.reworked, repeat=totals.repeat, redo=totals.redo))
draw(study, quality.FIRST_PASS, figures.documents.assign(part=figures.documents["share"]))
draw(study, quality.FAILURES, figures.failures.assign(part=figures.failures["share"]))
draw(study, quality.REASONS, figures.reasons.assign(part=figures.reasons["share"]))
draw(study, quality.CRITERIA, figures.criteria.assign(part=figures.criteria["share"]))
draw(study, quality.REWORK, figures.documents.assign(reworked=figures.documents["n"]))
draw(study, quality.REFUSALS, figures.gates)
draw(study, quality.GATES, figures.gates)
evidence_panel.panel(study)
