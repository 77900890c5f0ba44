"""Tiempos: how long cases take, how long they stay in each phase and with each role, and what they wait for."""

import streamlit as st

from core.figures.pages import times
from ui.analysis import evidence_panel
from ui.analysis.page import enter
from ui.analysis.pages.times import by_clock, sections
from ui.analysis.section import draw
from ui.analysis.sentences import times as times_sentences
from ui.shell.page_parts import part
from ui.widgets import filters
from ui.words.messages import language, t

CLOCK, CLOCKS = "reloj", ("calendar", "working")

study = enter("tiempos")
figures = study.computed(times.compute)
study.end_when_empty(int(figures.phases["entered"].max()))
clock = filters.part(CLOCK, t("clock-label"), CLOCKS, lambda code: t(f"clock-{code}"))
st.caption(t(f"clock-told-{clock}"))
with part("the finding of a page"):
    expectation = times_sentences.expectation(by_clock(figures.cases, clock), language(), clock)
    study.heading.subheader(expectation, anchor=False)
for section, frame in study.once(lambda: list(sections(figures, clock)), clock):
    draw(study, section, frame)
evidence_panel.panel(study)
