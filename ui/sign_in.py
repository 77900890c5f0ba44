"""Signing in: streamlit-authenticator's form and cookie over our own tables.

The package draws the form and writes the cookie; whether anybody is signed in is what the sessions table says, at every
run. The cookie carries nothing but the session's random token, signed.
"""

import os
import secrets
import tomllib
from functools import cache
from typing import Any

import jwt
import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController

from core import sessions
from core.db import ROOT, Database
from core.errors import Refused
from core.people import Person
from ui.i18n import language_switch, refusal, t

COOKIE = "approvals_session"
SECRETS = ROOT / "data" / "secrets.toml"
DAY = 24 * sessions.HOUR
STAYS = ("language", "session_ended")  # when a session ends under an open page
RUNS = 3  # in which the browser is given its cookie: a run that is overtaken by the next does not get it there


@cache
def cookie_secret() -> str:
    """COOKIE_SECRET, or the one in data/secrets.toml: made at the first start, readable by its owner only."""
    if given := os.environ.get("COOKIE_SECRET"):
        return given
    SECRETS.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(SECRETS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f'cookie_secret = "{secrets.token_urlsafe(48)}"\n')
    except FileExistsError:
        pass
    return str(tomllib.loads(SECRETS.read_text(encoding="utf-8"))["cookie_secret"])


class _Door(AuthenticationController):  # type: ignore[misc]
    """What the package's form asks when it is submitted, answered by our tables."""

    def __init__(self, db: Database, at: int) -> None:
        self.db = db
        self.at = at
        self.refused: Refused | None = None

    def login(self, username: str | None = None, password: str | None = None, *_: Any, **asked: Any) -> bool:
        if asked.get("token"):  # the package offers a cookie that `signed_in` has found worthless
            return False
        try:
            token = sessions.sign_in(self.db, username or "", password or "", self.at)
        except Refused as refused:
            self.refused = refused
            return False
        # The package signs `username` into its cookie: there the token has its place.
        st.session_state.update(token=token, username=token, authentication_status=True, logout=None, cookie_runs=RUNS)
        return True


class _Later:
    """Stands in for the package's cookie controller: the cookie is written once the form is off the screen."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


def signed_in(db: Database, at: int) -> Person | None:
    """Who this session is, read afresh: by its token, or by the browser's cookie."""
    kept = st.session_state.get("token")
    token = kept or _token_in_cookie()
    found = sessions.session(db, token, at) if token else None
    if found:
        if st.session_state.get("whose") not in (None, found.id):
            _leave_nothing()
        st.session_state["whose"] = found.id
        st.session_state["token"] = token
        st.session_state.pop("session_ended", None)
    elif kept:
        del st.session_state["token"]
        st.session_state["session_ended"] = True
    st.session_state["person"] = found
    return found


def form(db: Database, at: int) -> Person:
    """The sign-in form, until somebody has signed in; the run that signs in goes on with the person."""
    if "whose" in st.session_state:
        _leave_nothing()
    st.session_state["authentication_status"] = None
    door = _Door(db, at)
    package = Authenticate(
        {"usernames": {}}, COOKIE, cookie_secret(), sessions.ABSOLUTE / DAY, auto_hash=False, login_sleep_time=0
    )
    st.session_state["cookies"] = package.cookie_controller
    package.cookie_controller, package.authentication_controller = _Later(), door
    place = st.empty()
    with place.container(horizontal_alignment="center"), st.container(width=420, gap="medium"):
        st.title(t("product"), anchor=False)
        st.caption(t("sign-in-intro"))
        package.login(fields=_fields(), key="sign_in")
        if st.session_state.get("session_ended") and door.refused is None:
            st.info(t("error-session-ended"))
        if door.refused:
            st.error(refusal(door.refused))
        language_switch("sign_in_language")
    found = signed_in(db, at)
    if found is None:
        st.stop()
    give_cookie()
    place.empty()
    return found


def _leave_nothing() -> None:
    """Forget what the pages kept for whoever was signed in in this tab; what they typed is in the database.

    The browser drops the fields that this form replaces, and `st.stop` keeps their values here: a field that is drawn
    again after signing in would not be sent its value, and the browser would send back an empty one.
    """
    for key in [key for key in st.session_state if key not in STAYS]:
        del st.session_state[key]


def give_cookie() -> None:
    """Give the browser its cookie, in the run that signs in and the first ones after it."""
    if left := st.session_state.get("cookie_runs"):
        st.session_state["cookie_runs"] = left - 1
        st.session_state["cookies"].set_cookie()


def sign_out(db: Database, at: int) -> None:
    """End the session on the server; what the browser still holds is worth nothing."""
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


def _token_in_cookie() -> str | None:
    signed = st.context.cookies.get(COOKIE)
    if not signed:
        return None
    try:
        return str(jwt.decode(signed, cookie_secret(), algorithms=["HS256"])["username"])
    except (jwt.InvalidTokenError, KeyError):
        return None
