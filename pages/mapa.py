"""The process as a map: what waits and how long it takes in each phase and lane; a shape leads to its cases."""

import streamlit as st

from core import bpmn
from core.terms import Right
from ui import filters, map_figures, process_map
from ui.i18n import t
from ui.shell import enter

visit = enter(right=Right.ANALYSIS)
words = visit.format
st.title(t("page-mapa"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    cohort = filters.cohort(words)
frame = map_figures.figures(visit.db, cohort, visit.now)
said = map_figures.finding(frame, words)
st.subheader(said, anchor=False)
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    figure = filters.part("cifra", t("map-figure"), ("p50", "p85", "queue"), lambda name: t(f"map-{name}"))
    st.download_button(t("map-file"), bpmn.file(), "process.bpmn", "application/xml", on_click="ignore")
drawn, numbers = st.tabs([t("map-drawn"), t("map-table")])
with drawn:
    st.caption(t(f"map-legend-{figure}"))
    shape = process_map.draw(process_map.heat(frame, figure, words), f"{t('map-alt')} {said}", "whole_map")
with numbers:
    map_figures.table(frame, words)
if shape:
    here = filters.chosen(*filters.COHORT)
    phase = map_figures.phase_of_shape(shape)
    st.switch_page("pages/casos.py", query_params={**here, "fase": str(phase), "estado": "running"})
