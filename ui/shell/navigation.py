"""What stands around every page: title, menu by role with its counts, language and the way out."""

from pathlib import Path
from typing import Literal

import streamlit as st

from core.notices import feed
from core.people import own_account, rights
from core.process.terms import INTAKE_ROLES, PROCESS_ROLES, ROLE_NAMES, Right, Role
from core.queries import inbox
from core.staff.person import Person
from ui.shell.guard import database, readable_address, standing_roles
from ui.shell.language import language_switch
from ui.shell.process import moment
from ui.shell.sign_in import form, give_cookie, sign_out, signed_in
from ui.words.messages import t

CAP = 500
UNREAD = 99
BELL = ":material/notifications:"
SIDEBAR = 288  # px: the longest name of a role with its count
STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
Visibility = Literal["visible", "hidden"]
ANALYSIS = (
    "embudo",
    "tiempos",
    "cuellos",
    "en_curso",
    "calidad",
    "cumplimiento",
    "mapa",
    "pronostico",
    "y_si",
    "descargas",
)
PAGES = (
    "inicio",
    "caso",
    "nuevo",
    "casos",
    "ambientes",
    *ANALYSIS,
    "cuenta",
    "plazos",
    "cobertura",
    "personas",
    "avisos",
)
OWNED = {  # who runs what
    "plazos": {Role.PROCESO},
    "cobertura": {Role.PROCESO, Role.ADMINISTRADOR},
    "personas": {Role.ADMINISTRADOR},
}


def draw() -> None:
    """Draw the frame and the page that the address names; who is not signed in sees the form at the same address."""
    st.set_page_config(page_title=t("product"), page_icon="📋", layout="wide", initial_sidebar_state=SIDEBAR)
    st.html(f'<style>{STYLE} :root {{--choose-file: "{t("choose-file")}"}}</style>')
    readable_address()
    db, now = database(), moment()
    person = signed_in(db, now)
    if person is None:
        st.navigation(list(_pages({}, set()).values()), position="hidden")
        person = form(db, now)
    _remember_language(person, now)
    if person.must_change_password:
        page = st.navigation(list(_pages({}, set()).values()), position="hidden")
        give_cookie()
        page.run()
        return
    page = st.navigation(_menu(person), expanded=True)
    with st.sidebar:
        _account(person)
        give_cookie()
    page.run()


def _remember_language(person: Person, now: int) -> None:
    """The language that was chosen here is the person's from now on, wherever they sign in."""
    chosen = st.session_state.get("language")
    if chosen and chosen != person.language:
        own_account.set_language(database(), person.id, chosen, now)


def _menu(person: Person) -> dict[str, list[st.Page]]:
    roles = person.roles | standing_roles(database(), person, moment())
    held = [role for role in PROCESS_ROLES if role in roles]
    own = [role for role in held if role in person.roles]
    if code := st.query_params.get("caso"):
        feed.read_case(database(), person.id, code, moment())
    with database().reading() as connection:
        counts = inbox.pending(connection, held, CAP)
        unread = feed.unread(connection, person.id, UNREAD)
    titles: dict[str, str] = {role: _title(role, counts[role]) for role in held}
    if unread:
        titles["avisos"] = t("avisos-unread", shown=f"{UNREAD}+" if unread > UNREAD else str(unread))
    shown: dict[str, list[str]] = {
        t("menu-inbox"): [*(role.value for role in held), "avisos"],
        t("menu-cases"): [
            *(["nuevo"] if person.roles & set(INTAKE_ROLES) else []),
            "casos",
            *(["ambientes"] if own else []),
        ],
        t("menu-analysis"): list(ANALYSIS) if rights.allows(person, Right.ANALYSIS) else [],
        t("menu-people"): [name for name, roles in OWNED.items() if person.roles & roles],
    }
    pages = _pages(titles, {name for names in shown.values() for name in names})
    menu = {section: [pages[name] for name in names] for section, names in shown.items() if names}
    placed = {name for names in shown.values() for name in names}
    menu[t("menu-cases")] += [page for name, page in pages.items() if name not in placed]
    return menu


def _pages(titles: dict[str, str], shown: set[str]) -> dict[str, st.Page]:
    """Every page, so that any address is known; those without a place in the menu are hidden."""
    names: dict[str, str] = {role.value: ROLE_NAMES[role] for role in PROCESS_ROLES}
    names |= {name: t(f"page-{name}") for name in PAGES}
    names |= titles

    def page(name: str, title: str) -> st.Page:
        visibility: Visibility = "visible" if name in shown else "hidden"
        first = name == "inicio"
        icon = BELL if name == "avisos" else None
        return st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=name, default=first, visibility=visibility)

    return {name: page(name, title) for name, title in names.items()}


def _title(role: Role, count: int) -> str:
    return f"{ROLE_NAMES[role]} ({f'{CAP}+' if count > CAP else count})" if count else ROLE_NAMES[role]


def _account(person: Person) -> None:
    st.text(person.name)
    language_switch("menu_language")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.page_link("pages/cuenta.py", label=t("page-cuenta"))
        st.button(t("sign-out"), on_click=_leave, type="tertiary")


def _leave() -> None:
    """Sign out at the moment of the click."""
    sign_out(database(), moment())
