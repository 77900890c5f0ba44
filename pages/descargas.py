"""Cases to take along, for Proceso: a workbook, and the event log for process mining programs."""

import streamlit as st

from core.terms import Role
from ui import downloads, filters
from ui.i18n import t
from ui.shell import enter

visit = enter(Role.PROCESO)
st.title(t("page-descargas"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    cohort = filters.cohort(visit.format)
if filters.chosen(*filters.COHORT):
    filters.clear_button(*filters.COHORT)
downloads.draw(visit, cohort)
