"""The clients' environments that running cases will need: which are missing, by when, and who provides them."""

import streamlit as st

from core.process.terms import PROCESS_ROLES
from core.queries import prerequisites
from core.queries.phase_durations import paces
from core.store.settings import policy
from ui.screens import prerequisites as screens_prerequisites
from ui.shell.guard import enter
from ui.widgets import filters
from ui.words.messages import t

visit = enter(*PROCESS_ROLES)
filters.come_back("ambientes", "caso", *screens_prerequisites.NAMES)
st.title(t("page-ambientes"), anchor=False)
with visit.db.reading() as connection:
    rules = policy(connection)
    pace = paces(connection, rules)
    rows = prerequisites.board(connection, rules, pace, visit.now)
if not rows:
    st.info(t("board-empty"))
    st.stop()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.markdown(screens_prerequisites.summary(rows), width="content")
    with st.popover(t("board-how-title")):
        screens_prerequisites.explain(pace, visit.format)
selected = prerequisites.chosen(rows, screens_prerequisites.read_filter())
if not selected:
    has_filters = filters.chosen(*screens_prerequisites.NAMES)
    st.info(t("board-none" if has_filters else "board-all-covered"))
    if has_filters:
        filters.clear_button(*screens_prerequisites.NAMES)
    st.stop()
screens_prerequisites.draw(visit, selected)
