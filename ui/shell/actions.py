"""From a click to a service call: who acts is read afresh, and the answer is a sentence for the next run."""

from collections.abc import Callable

import streamlit as st

from core.errors import Refused, Stale
from core.staff.person import Person
from ui.shell.guard import Visit, database, zone
from ui.shell.process import moment
from ui.shell.sign_in import signed_in
from ui.words.messages import plain, problem, refusal


def attempt(action: Callable[[Visit], str], field_prefix: str = "", case: str = "") -> bool:
    """Do what a click asked, in a callback; say what was done, or why it was refused, at the top of the next run.

    `field_prefix` names the form, so that its fields show their own problems. `case` is the code of the case that the
    button was drawn for, on the page of a case: a click that comes while the address names another is refused. True
    when it was done.
    """
    db, now = database(), moment()
    person: Person | None = signed_in(db, now)
    if person is None:  # the callback of a page that outlived its session
        return False
    st.session_state.pop("problems", None)
    st.session_state.pop("asked", None)  # what became of the work is in the answer
    try:
        if case:
            _same_case(case)
        answer = action(Visit(person, db, now, zone(db)))
    except Refused as refused:
        st.session_state["notice"] = ("refused", refusal(refused))
        problems = getattr(refused, "problems", {})
        st.session_state["problems"] = {f"{field_prefix}{field}": problem(error) for field, error in problems.items()}
        return False
    st.session_state["notice"] = ("done", answer)
    return True


def _same_case(drawn: str) -> None:
    """Refuse a click on a button that was drawn for another case than the address names.

    Both sides come from the browser in one message: which button was clicked (its key names the case, the work item and
    the version, and the callback that was registered under that key is bound to them), and the address at the moment of
    the click. A callback runs before the script, so the address is not yet changed by this run. They differ when the
    address has moved on and the screen has not yet, as after «Back». What the last run of the script drew would be the
    wrong thing to compare with: the browser may not have painted it, and what counts is what the person saw. Each tab
    is a session of its own with its own callbacks. A message made up by hand can name a button and its own case, and
    does what its sender could do on that case's page: the services ask who may, and at which version.
    """
    if st.query_params.get("caso", "") != drawn:
        raise Stale("other_case", case=drawn)


def show_problem(field: str) -> None:
    """What was wrong with a field, beneath it, until the next attempt."""
    error = st.session_state.get("problems", {}).get(field)
    if error:
        st.markdown(f":red[:small[↑ {plain(error)}]]")
