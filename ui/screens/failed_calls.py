"""Failed calls to other systems, for the administrator, with the reason and a button to retry."""

from functools import partial

import streamlit as st

from core.integrations import outbound_calls
from core.integrations.outbound_calls import FailedCall
from core.process.terms import SYSTEMS
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.words.delivery import failure_text
from ui.words.messages import plain, t


def draw(visit: Visit, failed: list[FailedCall]) -> None:
    """Draw each failed call with its case."""
    st.subheader(t("failed-calls-title"), anchor=False)
    st.caption(t("failed-calls-intro"))
    for call in failed:
        with st.container(border=True):
            st.markdown(f"**{call.code}** {plain(call.client)} · {SYSTEMS[call.system]}")
            why = failure_text(visit.format.language, call.failure) if call.failure else ""
            st.caption(plain(" · ".join(part for part in (visit.format.moment(call.at), why) if part)))
            st.button(t("do-ask-again"), key=f"ask-again-{call.code}-{call.call}", on_click=partial(_ask_again, call))


def _ask_again(call: FailedCall) -> None:
    def act(visit: Visit) -> str:
        outbound_calls.ask_again(visit.db, visit.person.id, call.code, call.call, visit.now)
        return t("done-ask-again", activity=SYSTEMS[call.system], case=call.code)

    attempt(act)
