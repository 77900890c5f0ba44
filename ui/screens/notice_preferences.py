"""Notice preferences in Mi cuenta: the delivery per kind of notice, and the e-mail address."""

from functools import partial

import streamlit as st

from core.notices import preferences
from core.notices.kinds import Notice
from core.notices.preferences import Choices, Delivery
from ui.shell.actions import attempt, show_problem
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.words.messages import t


@part("the choice of notices")
def draw(visit: Visit) -> None:
    """Draw a choice per kind of notice, and the address."""
    with visit.db.reading() as connection:
        choices = preferences.read(connection, visit.person.id)
    st.subheader(t("choices-title"), anchor=False)
    st.caption(t("choices-intro"))
    with st.container(width=640):
        for kind in Notice:
            _kind(kind, choices)
        st.session_state.setdefault("choices:address", choices.address)
        st.text_input(
            t("choices-address"),
            key="choices:address",
            placeholder=choices.on_file or t("choices-address-none"),
            help=t("choices-address-help"),
        )
        show_problem("choices:address")
        st.button(t("do-choices"), on_click=partial(_save, list(Notice)))


def _kind(kind: Notice, choices: Choices) -> None:
    key = f"choices:{kind}"
    st.session_state.setdefault(key, choices.deliveries[kind].value)
    st.segmented_control(
        t(f"choices-{kind.replace('_', '-')}"),
        [delivery.value for delivery in Delivery],
        format_func=lambda delivery: t(f"choices-{delivery.replace('_', '-')}"),
        key=key,
        required=True,
    )


def _save(kinds: list[Notice]) -> None:
    def act(visit: Visit) -> str:
        deliveries = {kind: Delivery(st.session_state[f"choices:{kind}"]) for kind in kinds}
        address = str(st.session_state["choices:address"])
        preferences.save(visit.db, visit.person.id, deliveries, address, visit.now)
        return t("done-choices")

    attempt(act, "choices:")
