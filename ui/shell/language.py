"""The language and time zone of a session."""

import streamlit as st

from ui.words.format import ZONE
from ui.words.messages import DEFAULT, LANGUAGES, Reader, language, read_by, t


def session_reader() -> Reader:
    """The session's language (chosen, else the person's, else the browser's, else Spanish) and the process's zone."""
    person = st.session_state.get("person")
    chosen = st.session_state.get("language") or (person and person.language) or st.context.locale or DEFAULT
    code = str(chosen).split("-", maxsplit=1)[0].lower()
    return Reader(code if code in LANGUAGES else DEFAULT, st.session_state.get("zone", ZONE))


read_by(session_reader)


def language_switch(key: str, label: str = "hidden") -> None:
    """Draw the choice of language for this session; the next page stores it for the person."""
    now = language()

    def chosen() -> None:
        if st.session_state[key]:
            st.session_state["language"] = st.session_state[key]

    st.session_state.setdefault(key, now)
    st.segmented_control(
        t("language"),
        list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code],
        key=key,
        on_change=chosen,
        label_visibility="visible" if label == "visible" else "collapsed",
    )
