"""The clients' environments that running cases will need: which are missing, by when, and who provides them."""

import streamlit as st

from core import prerequisites
from core.pace import paces
from core.settings import policy
from core.terms import PROCESS_ROLES
from ui import board, filters
from ui.i18n import t
from ui.shell import enter

visit = enter(*PROCESS_ROLES)
filters.come_back("ambientes", "caso", *board.NAMES)
st.title(t("page-ambientes"), anchor=False)
with visit.db.reading() as connection:
    rules = policy(connection)
    pace = paces(connection, rules)
    rows = prerequisites.board(connection, rules, pace, visit.now)
if not rows:
    st.info(t("board-empty"))
    st.stop()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.markdown(board.summary(rows), width="content")
    with st.popover(t("board-how-title")):
        board.explain(pace, visit.format)
found = prerequisites.chosen(rows, board.wanted())
if not found:
    here = filters.chosen(*board.NAMES)
    st.info(t("board-none" if here else "board-all-covered"))
    if here:
        filters.clear_button(*board.NAMES)
    st.stop()
board.draw(visit, found)
