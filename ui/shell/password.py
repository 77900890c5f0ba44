"""Changing the password: required at the first sign-in, or from the account page."""

import streamlit as st

from core.errors import Invalid, Problem
from core.people import own_account
from core.staff.person import Person
from core.store.database import Database
from ui.words.messages import problem, t


def must_change(db: Database, person: Person, now: int) -> None:
    """Draw only the password form, for a person with a one-time password, and end the page."""
    with st.container(horizontal_alignment="center"), st.container(width=420, gap="medium"):
        st.title(t("password-choose"), anchor=False)
        st.caption(t("password-one-time"))
        if change_form(db, person, now):
            st.rerun()
    st.stop()


def change_form(db: Database, person: Person, now: int) -> bool:
    """Draw the form with problems beside their fields, and return whether this run changed the password."""
    with st.form("password", border=True):
        old = st.text_input(t("password-old"), type="password")
        old_problem = st.empty()
        new = st.text_input(t("password-new"), type="password", help=t("password-help"))
        new_problem = st.empty()
        again = st.text_input(t("password-again"), type="password")
        again_problem = st.empty()
        if not st.form_submit_button(t("password-change"), type="primary"):
            return False
    places = {"old": old_problem, "new": new_problem, "again": again_problem}
    try:
        if new != again:
            raise Invalid({"again": Problem("password_differs")})
        own_account.change_password(db, person.id, old, new, now, token=st.session_state["token"])
    except Invalid as refused:
        for field, error in refused.problems.items():
            places[field].error(problem(error))
        return False
    return True
