"""People, for the administrator: who signs in, with which roles, and one-time passwords."""

from functools import partial

import streamlit as st

from core import people
from core.people import Listed
from core.terms import ROLE_NAMES, Role
from ui.acting import attempt, show_problem
from ui.i18n import plain, t
from ui.shell import Visit
from ui.typed import Typed


def draw(visit: Visit) -> None:
    """Everybody with their roles, what can be done to each, and the form for somebody new."""
    st.title(t("page-personas"), anchor=False)
    if told := st.session_state.pop("one_time", None):
        with st.container(border=True):
            st.markdown(t("one-time-told", login=plain(told[0])))
            st.code(told[1], language=None)
    with visit.db.reading() as connection:
        everybody = people.everybody(connection)
    with st.expander(f"**+ {t('new-person')}**"):
        _new(visit)
    with st.container(gap="xxsmall"):
        for person in everybody:
            _person(visit, person)


def _person(visit: Visit, person: Listed) -> None:
    roles = ", ".join(ROLE_NAMES[role] for role in person.roles) or t("person-no-roles")
    state = "" if person.active else f" :red-badge[{t('person-disabled')}]"
    if person.locked_until and person.locked_until > visit.now:
        state += f" :orange-badge[{t('person-locked', at=person.locked_until)}]"
    with st.expander(f"**{plain(person.name)}** · {plain(person.login)} · {roles}{state}"):
        key = f"roles-{person.id}"
        st.session_state.setdefault(key, [role.value for role in person.roles])
        st.pills(t("account-roles"), [r.value for r in Role], selection_mode="multi", format_func=_name, key=key)
        with st.container(horizontal=True):
            st.button(t("do-roles"), key=f"{key}-set", on_click=partial(_roles, person, key))
            st.button(t("do-reset"), key=f"{key}-reset", on_click=partial(_reset, person))
            label = t("do-disable") if person.active else t("do-enable")
            st.button(label, key=f"{key}-active", on_click=partial(_activity, person))


def _name(code: str) -> str:
    return ROLE_NAMES[Role(code)]


def _roles(person: Listed, key: str) -> None:
    def act(visit: Visit) -> str:
        chosen = [Role(code) for code in st.session_state[key]]
        people.set_roles(visit.db, person.login, chosen, visit.person.id, visit.now)
        return t("done-roles", person=plain(person.name))

    attempt(act)
    del st.session_state[key]


def _reset(person: Listed) -> None:
    def act(visit: Visit) -> str:
        told = people.reset(visit.db, person.login, visit.person.id, visit.now)
        st.session_state["one_time"] = (person.login, told)
        return t("done-reset", person=plain(person.name))

    attempt(act)


def _activity(person: Listed) -> None:
    def act(visit: Visit) -> str:
        change = people.disable if person.active else people.enable
        change(visit.db, person.login, visit.person.id, visit.now)
        return t("done-disable" if person.active else "done-enable", person=plain(person.name))

    attempt(act)


def _new(visit: Visit) -> None:
    typed = Typed(visit, "person")
    with st.container(width=720):
        typed.text("login", t("sign-in-login"))
        typed.text("name", t("person-name"))
        typed.text("email", t("contact-email"))
        key = typed.key("roles")
        st.pills(
            t("account-roles"),
            [role.value for role in Role],
            selection_mode="multi",
            format_func=_name,
            key=key,
            on_change=typed.keep,
        )
        show_problem(key)
        st.button(t("do-create"), type="primary", on_click=partial(_create, typed))


def _create(typed: Typed) -> None:
    def act(visit: Visit) -> str:
        login, name, email = (str(typed.value(field)) for field in ("login", "name", "email"))
        roles = [Role(code) for code in typed.value("roles", [])]
        told = people.create(visit.db, login, name, roles, email.strip() or None, visit.person.id, at=visit.now)
        st.session_state["one_time"] = (login, told[1])
        return t("done-create", person=plain(name))

    if attempt(act, f"{typed.name}:"):
        typed.forget()
