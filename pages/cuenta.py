"""My account: who I am here, my language, my password."""

import streamlit as st

from core import __version__
from core.process.terms import ROLE_NAMES
from ui.screens import absence, absence_report, notice_preferences
from ui.shell.guard import enter, notify
from ui.shell.language import language_switch
from ui.shell.password import change_form
from ui.words.messages import t

visit = enter()
person = visit.person
st.title(t("page-cuenta"), anchor=False)
st.text(f"{person.name} · {person.login}")
st.caption(t("account-roles"))
st.text(" · ".join(ROLE_NAMES[role] for role in sorted(person.roles)) or t("account-no-roles"))
language_switch("account_language", label="visible")
absence_report.draw(visit)
absence.section(visit)
notice_preferences.draw(visit)
st.subheader(t("account-password"), anchor=False)
with st.container(width=480):
    if change_form(visit.db, person, visit.now):
        notify(t("password-changed"))
        st.rerun()
st.caption(t("product-version", version=__version__))
