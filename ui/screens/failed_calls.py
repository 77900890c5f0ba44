"""What other systems were asked and have failed to do, for the administrator: why, and to ask again."""

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
    """Each with its case; whoever has the work may also do it by hand."""
    st.subheader(t("failed-calls-title"), anchor=False)
    st.caption(t("failed-calls-intro"))
    for each in failed:
        with st.container(border=True):
            st.markdown(f"**{each.code}** {plain(each.client)} · {SYSTEMS[each.system]}")
            why = failure_text(visit.format.language, each.failure) if each.failure else ""
            st.caption(plain(" · ".join(part for part in (visit.format.moment(each.at), why) if part)))
            st.button(t("do-ask-again"), key=f"ask-again-{each.code}-{each.call}", on_click=partial(_ask_again, each))


def _ask_again(each: FailedCall) -> None:
    def act(visit: Visit) -> str:
        outbound_calls.ask_again(visit.db, visit.person.id, each.code, each.call, visit.now)
        return t("done-ask-again", activity=SYSTEMS[each.system], case=each.code)

    attempt(act)
