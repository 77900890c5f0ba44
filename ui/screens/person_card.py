"""One person of the administrator's list: name and e-mail, roles, sign-in, and record."""

from collections.abc import Iterable
from functools import partial

import pandas as pd
import streamlit as st

from core.people import accounts, rights, sessions
from core.process.terms import ROLE_NAMES, Right, Role
from core.staff import directory
from core.staff.directory import PersonEvent, PersonRow
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.widgets.stored_fields import Fields
from ui.words.format import Format
from ui.words.messages import LANGUAGES, plain, t

KINDS = {
    "created", "roles_set", "disabled", "enabled", "password_reset", "password_changed", "language_set", "locked",
    "unlocked", "signed_in", "sessions_ended", "described", "notices_chosen", "system_created", "system_ended",
    "right_given", "right_taken", "absence_set", "absence_ended", "substitution_ended",
}  # fmt: skip


def draw(visit: Visit, person: PersonRow) -> None:
    """Draw a line with roles and state; its actions are drawn once it is expanded."""
    roles = ", ".join(ROLE_NAMES[role] for role in person.roles) or t("person-no-roles")
    state = "" if person.active else f" :red-badge[{t('person-disabled')}]"
    if directory.is_locked(person, visit.now):
        state += f" :orange-badge[{t('person-locked', at=person.locked_until)}]"
    label = f"**{plain(person.name)}** · {plain(person.login)} · {roles}{state}"
    key, open_key = f"person-{person.id}", f"open-{person.id}"

    def remember() -> None:
        st.session_state[open_key] = st.session_state[key]

    # Streamlit takes a changed label for a new expander, so its open state is carried over.
    card = st.expander(label, expanded=st.session_state.get(open_key, False), key=key, on_change=remember)
    if card.open:
        with card:
            _about(visit, person)
            _roles(visit, person)
            _ways_in(visit, person)
            _record(visit, person)


def role_name(code: str) -> str:
    return ROLE_NAMES[Role(code)]


def _about(visit: Visit, person: PersonRow) -> None:
    fields = Fields(visit, f"about-{person.id}", {"name": person.name, "email": person.email or ""})
    name, email = st.columns(2)
    with name:
        fields.text("name", t("person-name"))
    with email:
        fields.text("email", t("contact-email"))
    st.button(t("do-describe"), key=f"about-{person.id}-set", on_click=partial(_described, fields, person))


def _described(fields: Fields, person: PersonRow) -> None:
    def act(visit: Visit) -> str:
        name, email = str(fields.now("name")), str(fields.now("email"))
        accounts.describe(visit.db, person.login, name, email, visit.person.id, visit.now)
        return t("done-describe", person=plain(name))

    if attempt(act, f"{fields.name}:"):
        fields.forget()


def _roles(visit: Visit, person: PersonRow) -> None:
    fields = Fields(visit, f"roles-{person.id}", {"roles": [role.value for role in person.roles]})
    fields.some("roles", t("person-roles"), [role.value for role in Role], role_name)
    has_analysis = Right.ANALYSIS in person.rights
    with st.container(horizontal=True):
        st.button(t("do-roles"), key=f"roles-{person.id}-set", on_click=partial(_roles_set, fields, person))
        if Role.PROCESO not in person.roles or has_analysis:
            label = t("do-take-analysis" if has_analysis else "do-give-analysis")
            st.button(label, key=f"right-{person.id}", on_click=partial(_right_set, person), help=t("analysis-right"))


def _roles_set(fields: Fields, person: PersonRow) -> None:
    def act(visit: Visit) -> str:
        chosen = [Role(code) for code in fields.now("roles")]
        accounts.set_roles(visit.db, person.login, chosen, visit.person.id, visit.now)
        return t("done-roles", person=plain(person.name))

    if attempt(act):
        fields.forget()


def _right_set(person: PersonRow) -> None:
    has_analysis = Right.ANALYSIS in person.rights

    def act(visit: Visit) -> str:
        change = rights.take if has_analysis else rights.give
        change(visit.db, person.login, Right.ANALYSIS, visit.person.id, visit.now)
        return t("done-take-analysis" if has_analysis else "done-give-analysis", person=plain(person.name))

    attempt(act)


def _ways_in(visit: Visit, person: PersonRow) -> None:
    """Draw the last sign-in and the administrator's actions on signing in."""
    last = person.signed_in_at
    when = f"{visit.format.moment(last)} ({visit.format.ago(last)})" if last else ""
    st.caption(t("person-last-in", when=when) if last else t("person-never-in"))
    key = f"roles-{person.id}"
    with st.container(horizontal=True):
        st.button(t("do-reset"), key=f"{key}-reset", on_click=partial(_reset, person))
        st.button(t("do-end-sessions"), key=f"{key}-sessions", on_click=partial(_sessions_ended, person))
        if directory.is_locked(person, visit.now):
            st.button(t("do-unlock"), key=f"{key}-unlock", on_click=partial(_unlocked, person))
        label = t("do-disable") if person.active else t("do-enable")
        st.button(label, key=f"{key}-active", on_click=partial(_activity, person))


def _reset(person: PersonRow) -> None:
    def act(visit: Visit) -> str:
        password = accounts.reset(visit.db, person.login, visit.person.id, visit.now)
        st.session_state["one_time"] = (person.login, password)
        return t("done-reset", person=plain(person.name))

    attempt(act)


def _sessions_ended(person: PersonRow) -> None:
    def act(visit: Visit) -> str:
        ended = sessions.end_sessions(visit.db, person.login, visit.person.id, visit.now)
        return t("done-end-sessions", person=plain(person.name), count=ended)

    attempt(act)


def _unlocked(person: PersonRow) -> None:
    def act(visit: Visit) -> str:
        sessions.unlock(visit.db, person.login, visit.person.id, visit.now)
        return t("done-unlock", person=plain(person.name))

    attempt(act)


def _activity(person: PersonRow) -> None:
    def act(visit: Visit) -> str:
        change = accounts.disable if person.active else accounts.enable
        change(visit.db, person.login, visit.person.id, visit.now)
        return t("done-disable" if person.active else "done-enable", person=plain(person.name))

    attempt(act)


# --- the record ---
def _record(visit: Visit, person: PersonRow) -> None:
    with visit.db.reading() as connection:
        entries = directory.record(connection, person.id)
    st.caption(t("person-record", count=directory.RECORD))
    st.dataframe(record(entries, visit.format), hide_index=True, width="stretch")


def record(entries: list[PersonEvent], fmt: Format) -> pd.DataFrame:
    """A person's record as a table of when, who and what."""
    rows = [(fmt.moment(entry.at), entry.by or t("person-by-system"), describe(entry)) for entry in entries]
    return pd.DataFrame(rows, columns=[t("person-when"), t("person-who"), t("person-what")])


def describe(entry: PersonEvent) -> str:
    """Describe an entry in a sentence."""
    data = entry.data
    if entry.kind == "described":
        changes = data.items()
        return " ".join(t(f"person-did-{field}", before=b or "–", after=a or "–") for field, (b, a) in changes)
    return t(
        f"person-did-{entry.kind.replace('_', '-')}" if entry.kind in KINDS else "person-did-other",
        login=data.get("login", ""),
        roles=_role_list(data.get("roles", ())),
        before=_role_list(data.get("before", ())),
        after=_role_list(data.get("after", ())),
        chosen=LANGUAGES.get(data.get("language", ""), ""),
        at=data.get("until", 0),
        count=data.get("count", 0),
        first=data.get("first", ""),
        last=data.get("last", ""),
        role=_role_list([data["role"]] if "role" in data else ()),
    )


def _role_list(codes: Iterable[str]) -> str:
    return ", ".join(role_name(code) for code in codes) or t("person-no-roles")
