"""Tiempos: how long cases take, how long they stay in each phase and with each role, and what they wait for."""

import streamlit as st

from core.figures import times
from ui import filters
from ui.analysis import home, times_words
from ui.analysis.frame import enter
from ui.analysis.section import draw
from ui.analysis.times_sections import by_clock, sections
from ui.i18n import language, t
from ui.parts import part

CLOCK, CLOCKS = "reloj", ("calendar", "working")

study = enter("tiempos")
found = study.computed(times.compute)
study.end_when_empty(int(found.phases["entered"].max()))
clock = filters.part(CLOCK, t("clock-label"), CLOCKS, lambda code: t(f"clock-{code}"))
st.caption(t(f"clock-told-{clock}"))
with part("the finding of a page"):
    said = times_words.expectation(by_clock(found.cases, clock), language(), clock)
    study.heading.subheader(said, anchor=False)
for section, frame in study.once(lambda: list(sections(found, clock)), clock):
    draw(study, section, frame)
home.panel(study)
