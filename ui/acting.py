"""From a click to a service call: who acts is read afresh, and the answer is a sentence for the next run."""

from collections.abc import Callable

import streamlit as st

from core.errors import Refused
from core.people import Person
from ui.i18n import plain, problem, refusal
from ui.shell import Visit, database, moment, zone
from ui.sign_in import signed_in


def attempt(action: Callable[[Visit], str], field_prefix: str = "") -> bool:
    """Do what a click asked, in a callback; say what was done, or why it was refused, at the top of the next run.

    `field_prefix` names the form, so that its fields show their own problems. True when it was done.
    """
    db, now = database(), moment()
    person: Person | None = signed_in(db, now)
    if person is None:  # the callback of a page that outlived its session
        return False
    st.session_state.pop("problems", None)
    st.session_state.pop("asked", None)  # what became of the work is in the answer
    try:
        said = action(Visit(person, db, now, zone(db)))
    except Refused as refused:
        st.session_state["notice"] = ("refused", refusal(refused))
        found = getattr(refused, "problems", {})
        st.session_state["problems"] = {f"{field_prefix}{field}": problem(each) for field, each in found.items()}
        return False
    st.session_state["notice"] = ("done", said)
    return True


def show_problem(field: str) -> None:
    """What was wrong with a field, beneath it, until the next attempt."""
    found = st.session_state.get("problems", {}).get(field)
    if found:
        st.markdown(f":red[:small[↑ {plain(found)}]]")
