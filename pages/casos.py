"""Every case, newest first, to search, or to list the cases behind a figure."""

import streamlit as st

from core.process.definition import PHASES, phase_name
from core.queries import case_list
from core.queries.case_list import PAGE, STATES, CaseFilter, Key
from ui.shell.guard import enter
from ui.widgets import filters
from ui.widgets.case_table import choose_case, choose_code, state_name
from ui.words.messages import t

CAP = 500
NAMES = ("buscar", "fase", "estado", *filters.COHORT)

visit = enter()
fmt = visit.format
filters.come_back("casos", "caso", *NAMES)
st.title(t("page-casos"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    search = filters.words_to_find(t("cases-search"), t("cases-search-hint"))
    numbers = [str(phase.number) for phase in PHASES]
    phase = filters.choice(
        "fase", t("filter-phase"), numbers, lambda n: phase_name(int(n)), t("filter-all-phases"), width=200
    )
    state = filters.choice("estado", t("filter-state"), STATES, state_name)
    cohort = filters.cohort(fmt)
case_filter = CaseFilter(cohort, search, int(phase) if phase else None, state)
after = Key.read(st.query_params.get(filters.PLACE, ""))
chosen = filters.chosen(*NAMES)
with visit.db.reading() as connection:
    total = case_list.count(connection, case_filter, CAP + 1)
    page = case_list.page(connection, case_filter, after)

if not total:
    st.info(t("cases-empty" if chosen else "cases-empty-all"))
    if chosen:
        filters.clear_button(*NAMES)
    st.stop()

total_label = f"{fmt.number(CAP)}+" if total > CAP else fmt.number(total)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    st.caption(f"{t('cases-found', shown=total_label, count=total)}. {t('cases-hint')}", width="content")
    typed = choose_code({row.code: row.client for row in page.rows})
code = choose_case(page.rows, fmt, f"cases_{after}") or typed
if code:
    st.switch_page("pages/caso.py", query_params={"caso": code})
filters.turn_pages(after is not None, str(page.after or ""), PAGE)
