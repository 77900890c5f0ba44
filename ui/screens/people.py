"""People, for the administrator: to find somebody, what can be done to each, and the form for somebody new."""

from functools import partial

import streamlit as st

from core.people import accounts
from core.process.terms import ROLE_NAMES, Role
from core.staff import directory
from core.staff.directory import STATES, PersonRow
from ui.screens import person_card
from ui.shell.actions import attempt, show_problem
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import filters
from ui.widgets.form_state import Typed
from ui.words.messages import plain, t

PAGE = 50
NAMES = ("buscar", "rol", "estado")


def draw(visit: Visit) -> None:
    """Everybody who is looked for, with their roles and state."""
    st.title(t("page-personas"), anchor=False)
    if told := st.session_state.pop("one_time", None):
        with st.container(border=True):
            st.markdown(t("one-time-told", login=plain(told[0])))
            st.code(told[1], language=None)
    with part("the form of a new person"), st.expander(f"**+ {t('new-person')}**"):
        _new(visit)
    wanted = _filters()
    with visit.db.reading() as connection:
        found = directory.everybody(connection, wanted, visit.now)
    _list(visit, found)


def _filters() -> directory.PersonFilter:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = filters.words_to_find(t("people-search"), t("people-search-hint"))
        role = filters.choice("rol", t("people-role"), tuple(Role), ROLE_NAMES.__getitem__, width=240)
        state = filters.choice("estado", t("people-state"), STATES, lambda code: t(f"people-{code.replace('_', '-')}"))
    return directory.PersonFilter(search, role or "", state or "")


def _list(visit: Visit, found: list[PersonRow]) -> None:
    """A page of them: the address names the last person of the page before."""
    if not found:
        st.info(t("people-none"))
        filters.clear_button(*NAMES)
        return
    st.caption(t("people-found", count=len(found)))
    ids = [str(person.id) for person in found]
    place = st.query_params.get(filters.PLACE, "")
    start = ids.index(place) + 1 if place in ids else 0
    page = found[start : start + PAGE]
    with st.container(gap="xxsmall"):
        for person in page:
            with part("a person"):
                person_card.draw(visit, person)
    following = str(page[-1].id) if page and start + PAGE < len(found) else ""
    filters.turn_pages(start > 0, following, PAGE)


def _new(visit: Visit) -> None:
    typed = Typed(visit, "person")
    with st.container(width=720):
        typed.text("login", t("sign-in-login"))
        typed.text("name", t("person-name"))
        typed.text("email", t("contact-email"))
        st.pills(
            t("person-roles"),
            [role.value for role in Role],
            selection_mode="multi",
            format_func=person_card.role_name,
            **typed.widget("roles"),
        )
        show_problem(typed.key("roles"))
        st.button(t("do-create"), type="primary", on_click=partial(_create, typed))


def _create(typed: Typed) -> None:
    def act(visit: Visit) -> str:
        login, name, email = (str(typed.value(field)) for field in ("login", "name", "email"))
        roles = [Role(code) for code in typed.value("roles", [])]
        told = accounts.create(visit.db, login, name, roles, email.strip() or None, visit.person.id, at=visit.now)
        st.session_state["one_time"] = (login, told[1])
        return t("done-create", person=plain(name))

    if attempt(act, f"{typed.name}:"):
        typed.forget(login="", name="", email="", roles=[])
