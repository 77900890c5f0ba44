"""What stands around every page: title, menu by role with its counts, language and the way out."""

from functools import partial
from typing import Literal

import streamlit as st

from core import queries
from core.people import Person
from core.terms import INTAKE_ROLES, PROCESS_ROLES, ROLE_NAMES, Role
from ui.i18n import language_switch, t
from ui.shell import database, moment
from ui.sign_in import form, sign_out, signed_in

CAP = 500
Visibility = Literal["visible", "hidden"]
PAGES = ("inicio", "caso", "nuevo", "casos", "flujo", "cuenta", "personas")
HIDDEN = ("inicio", "caso", "cuenta")


def draw() -> None:
    """Draw the frame and the page that the address names; who is not signed in sees the form at the same address."""
    st.set_page_config(page_title=t("product"), page_icon="📋", layout="wide")
    db, now = database(), moment()
    person = signed_in(db, now)
    if person is None:
        st.navigation(list(_pages({}).values()), position="hidden")
        person = form(db, now)
    if person.must_change_password:
        st.navigation(list(_pages({}).values()), position="hidden").run()
        return
    page = st.navigation(_menu(person), expanded=True)
    with st.sidebar:
        _account(person)
    page.run()


def _menu(person: Person) -> dict[str, list[st.Page]]:
    held = [role for role in PROCESS_ROLES if role in person.roles]
    with database().reading() as connection:
        counts = queries.pending(connection, held, CAP)
    pages = _pages({role: _title(role, counts[role]) for role in held})
    shown: dict[str, list[str]] = {
        t("menu-inbox"): [role.value for role in held],
        t("menu-cases"): [*(["nuevo"] if person.roles & set(INTAKE_ROLES) else []), *(["casos"])],
        t("menu-analysis"): ["flujo"] if held else [],
        t("menu-people"): ["personas"] if Role.ADMINISTRADOR in person.roles else [],
    }
    menu = {section: [pages[name] for name in names] for section, names in shown.items() if names}
    hidden = [page for name, page in pages.items() if not any(name in names for names in shown.values())]
    menu[t("menu-cases")] += hidden
    return menu


def _pages(titles: dict[Role, str]) -> dict[str, st.Page]:
    """Every page, so that any address is known; those without a place in the menu are hidden."""
    make = {}
    for role in PROCESS_ROLES:
        visible: Visibility = "visible" if role in titles else "hidden"
        title = titles.get(role, ROLE_NAMES[role])
        make[role.value] = st.Page(f"pages/{role}.py", title=title, url_path=role.value, visibility=visible)
    for name in PAGES:
        make[name] = st.Page(
            f"pages/{name}.py",
            title=t(f"page-{name}"),
            url_path=name,
            default=name == "inicio",
            visibility="hidden" if name in HIDDEN else "visible",
        )
    return make


def _title(role: Role, count: int) -> str:
    return f"{ROLE_NAMES[role]} ({f'{CAP}+' if count > CAP else count})" if count else ROLE_NAMES[role]


def _account(person: Person) -> None:
    st.text(person.name)
    language_switch("menu_language")
    with st.container(horizontal=True):
        st.page_link("pages/cuenta.py", label=t("page-cuenta"))
        st.button(t("sign-out"), on_click=partial(sign_out, database(), moment()), type="tertiary")
