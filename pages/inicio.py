"""The first page: the inbox of the first role that the person holds, or all cases for somebody without a role."""

import streamlit as st

from core.terms import PROCESS_ROLES, Role
from ui import inbox, returned
from ui.i18n import t
from ui.shell import enter, standing_roles

visit = enter()
returned.draw(visit)
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
