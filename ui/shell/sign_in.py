"""Sign-in: streamlit-authenticator's form over our own tables.

The package only draws the form; every run checks the sessions table. The cookie holds just the session's random token,
signed.
"""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit_authenticator import Authenticate

from core.errors import Refused
from core.people import sessions
from core.staff.person import Person
from core.store.database import Database
from ui.shell.cookie import COOKIE, signed, token_of
from ui.shell.language import language_switch
from ui.shell.session_owners import owners
from ui.words.messages import refusal, t

_write_cookie = declare_component("session_cookie", path=str(Path(__file__).parent / "cookie_writer"))
STAYS = ("language", "session_ended")  # state kept when a session ends under an open page


class _NoCookies:
    """Replaces the package's cookie controller.

    That controller is a component that sends the browser's cookies once it has loaded, which reruns the page: a click
    on the form's button just before would be lost.
    """

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


class _Form(Authenticate):  # type: ignore[misc]
    """The package's form, checked against our tables."""

    def __init__(self, db: Database, at: int) -> None:
        self.db = db
        self.at = at
        self.refused: Refused | None = None
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = _NoCookies()
        self.authentication_controller = self.Controller(self)

    class Controller:
        """The package's interface for checking a name and a password."""

        def __init__(self, form: "_Form") -> None:
            self.form = form

        def login(self, username: str, password: str, *_: Any, **__: Any) -> bool:
            form = self.form
            try:
                token = sessions.sign_in(form.db, username, password, form.at)
            except Refused as refused:
                form.refused = refused
                return False
            expires = form.at + sessions.ABSOLUTE
            st.session_state.update(token=token, authentication_status=True, cookie=(signed(token, expires), expires))
            return True


def signed_in(db: Database, at: int) -> Person | None:
    """Read the person of this session by its token or by the browser's cookie; None if not signed in."""
    session_token = st.session_state.get("token")
    token = session_token or token_of(st.context.cookies)
    person = sessions.session(db, token, at) if token else None
    if person:
        if st.session_state.get("whose") not in (None, person.id):
            _clear_session()
        st.session_state["whose"] = person.id
        st.session_state["token"] = token
        st.session_state.pop("session_ended", None)
    elif session_token:
        del st.session_state["token"]
        st.session_state.pop("cookie", None)
        st.session_state["session_ended"] = True
    st.session_state["person"] = person
    if run := get_script_run_ctx():
        owners.note(run.session_id, person.id if person else None)
    return person


def form(db: Database, at: int) -> Person:
    """Draw the sign-in form and end the page; the run that signs in returns the person and continues."""
    if "whose" in st.session_state:
        _clear_session()
    st.session_state["authentication_status"] = None
    package = _Form(db, at)
    place = st.empty()
    with place.container(horizontal_alignment="center"), st.container(width=420, gap="medium"):
        st.title(t("product"), anchor=False)
        st.caption(t("sign-in-intro"))
        package.login(fields=_fields(), key="sign_in")
        if st.session_state.get("session_ended") and package.refused is None:
            st.info(t("error-session-ended"))
        if package.refused:
            st.error(refusal(package.refused))
        language_switch("sign_in_language")
    person = signed_in(db, at)
    if person is None:
        st.stop()
    place.empty()
    return person


def _clear_session() -> None:
    """Clear the session state of the person signed in before; their drafts are in the database.

    The browser drops the fields that this form replaces, while `st.stop` keeps their values here: a field drawn again
    after signing in would not be sent its value, and the browser would send back an empty one.
    """
    for key in [key for key in st.session_state if key not in STAYS]:
        del st.session_state[key]


def signed_in_here() -> bool:
    """Whether somebody signed in since this window was loaded; the browser may not have its cookie yet."""
    return "cookie" in st.session_state


def give_cookie() -> None:
    """Send the cookie to the browser at every run of the session that signed in, because any run may be cut short."""
    if signed_in_here():
        value, expires = st.session_state["cookie"]
        with st.container(key="session-cookie"):
            _write_cookie(name=COOKIE, value=value, expires=expires, key="cookie-writer")


def sign_out(db: Database, at: int) -> None:
    """End the session on the server, which invalidates the browser's cookie."""
    if token := st.session_state.get("token"):
        sessions.end_session(db, token, at)
    st.session_state.clear()


def _fields() -> dict[str, str]:
    return {
        "Form name": t("sign-in"),
        "Username": t("sign-in-login"),
        "Password": t("sign-in-password"),
        "Login": t("sign-in"),
    }
