"""The first page: the inbox of the first role that the person holds, or all cases for somebody without a role."""

import streamlit as st

from core.process.terms import PROCESS_ROLES, Role
from ui.screens import absence_report, inbox
from ui.shell.guard import enter, standing_roles
from ui.words.messages import t

visit = enter()
absence_report.draw(visit)
roles = visit.person.roles | standing_roles(visit.db, visit.person, visit.now)
held = [role for role in PROCESS_ROLES if role in roles]
if held:
    inbox.draw(visit, held[0])
else:
    st.title(t("product"), anchor=False)
    st.text(t("account-no-roles"))
    if Role.ADMINISTRADOR in roles:
        st.page_link("pages/personas.py", label=t("page-personas"))
    st.page_link("pages/casos.py", label=t("page-casos"))
