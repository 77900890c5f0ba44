"""The form that registers a client's environment, on the case page and on the prerequisite board."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core.process.terms import Environment
from core.services import environments
from ui.shell.actions import attempt, show_problem
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words.messages import t, word


def form(typed: Typed, client: int, kinds: Sequence[Environment], first: Environment, case: str = "") -> None:
    """Draw the environment (preset to `first` when there is a choice), its expiry, its evidence and the button.

    `case` is the code of the case whose page shows the form, if any.
    """
    st.markdown(f"**{t('register-environment')}**")
    st.session_state.setdefault(typed.key("environment"), first.value)
    if len(kinds) > 1:
        options = [kind.value for kind in kinds]
        typed.pick("environment", t("environment"), options, _word, required=True)
    typed.day("day", t("expires"))
    show_problem(f"{typed.name}:expires_at")
    typed.text("evidence", t("evidence"), lines=2, placeholder=t("evidence-hint"))
    st.button(t("do-register"), on_click=partial(_register, typed, client, case), key=f"{typed.name}:do")


def _word(code: str) -> str:
    return word(Environment(code))


def _register(typed: Typed, client: int, case: str) -> None:
    def act(visit: Visit) -> str:
        environment = Environment(typed.value("environment"))
        ends = _end_of_day(typed.day_in("day"), visit.format.zone)
        evidence = str(typed.value("evidence"))
        count = environments.register_environment(
            visit.db, visit.person.id, client, environment, evidence, visit.now, expires_at=ends
        )
        return t("done-register", environment=environment, count=count)

    if attempt(act, f"{typed.name}:", case):
        typed.forget(evidence="", day="")


def _end_of_day(day: date | None, zone: str) -> int | None:
    """The last moment of a day in the time zone of the process."""
    if day is None:
        return None
    local = datetime.combine(day, time(23, 59, 59), tzinfo=ZoneInfo(zone))
    return int(local.timestamp()) * 1000
