"""The first page: the inbox of the first role that the person holds, or all cases for somebody without a role."""

import streamlit as st

from core.terms import PROCESS_ROLES
from ui import inbox
from ui.i18n import t
from ui.shell import enter

visit = enter()
held = [role for role in PROCESS_ROLES if role in visit.person.roles]
if held:
    inbox.draw(visit, held[0])
else:
    st.title(t("product"), anchor=False)
    st.text(t("account-no-roles"))
    st.page_link("pages/casos.py", label=t("page-casos"))
