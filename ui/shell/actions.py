"""Service calls from clicks: the person is read again, and the result is shown at the top of the next run."""

from collections.abc import Callable

import streamlit as st

from core.errors import Refused, Stale
from core.staff.person import Person
from ui.shell.guard import Visit, database, zone
from ui.shell.process import moment
from ui.shell.sign_in import signed_in
from ui.words.messages import plain, problem, refusal


def attempt(action: Callable[[Visit], str], field_prefix: str = "", case: str = "") -> bool:
    """Run an action in a callback and show its result or refusal at the top of the next run; True if it succeeded.

    `field_prefix` names the form, so that its fields show their own problems. `case` is the code of the case that a
    button of the case page was drawn for: the click is refused if the address names another case by then.
    """
    db, now = database(), moment()
    person: Person | None = signed_in(db, now)
    if person is None:  # the session has ended since the page was drawn
        return False
    st.session_state.pop("problems", None)
    st.session_state.pop("asked", None)  # the notice reports what became of the work
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
    """Raise Stale if the address names another case than the button was drawn for.

    Both come from the browser in one message: the clicked button (its key has the case, work item and version, to which
    its callback is bound) and the address at the click, which this run has not changed yet, because callbacks run
    first. They differ when the address has changed before the screen, as after «Back». Comparing with the last run
    would be wrong: the browser may not have painted it, and what counts is what the person saw. A forged message can do
    no more than its sender could on that case's page: the services check permissions and versions.
    """
    if st.query_params.get("caso", "") != drawn:
        raise Stale("other_case", case=drawn)


def show_problem(field: str) -> None:
    """Draw the problem of a field below it, until the next attempt."""
    error = st.session_state.get("problems", {}).get(field)
    if error:
        st.markdown(f":red[:small[↑ {plain(error)}]]")
