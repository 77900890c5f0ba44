"""What stands around every page: title, menu by role with its counts, language and the way out."""

from pathlib import Path

import streamlit as st

from core.people import own_account
from core.staff.person import Person
from ui.shell.guard import database, readable_address, standing_roles
from ui.shell.language import language_switch
from ui.shell.menu import FIRST, MENU, ROLE_PAGES, MenuItem, Viewer
from ui.shell.process import moment
from ui.shell.sign_in import form, give_cookie, sign_out, signed_in
from ui.words.messages import t

SIDEBAR = 288  # px: the longest name of a role with its count
STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def draw() -> None:
    """Draw the frame and the page that the address names; who is not signed in sees the form at the same address."""
    st.set_page_config(page_title=t("product"), page_icon="📋", layout="wide", initial_sidebar_state=SIDEBAR)
    st.html(f'<style>{STYLE} :root {{--choose-file: "{t("choose-file")}"}}</style>')
    readable_address()
    db, now = database(), moment()
    person = signed_in(db, now)
    if person is None:
        st.navigation(_unseen(), position="hidden")
        person = form(db, now)
    _remember_language(person, now)
    if person.must_change_password:
        page = st.navigation(_unseen(), position="hidden")
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
    """The pages by the sections of the menu; those that have no place in it are there too, unseen."""
    roles = person.roles | standing_roles(database(), person, moment())
    viewer = Viewer(person, roles, st.query_params.get("caso", ""))
    sections: dict[str, list[st.Page]] = {}
    hidden = []
    with database().reading() as connection:
        for item in MENU:
            if item.sees(viewer):
                count = item.counts(connection, viewer) if item.counts else 0
                sections.setdefault(t(f"menu-{item.section}"), []).append(_page(item, count))
            else:
                hidden.append(_page(item, visible=False))
    sections[t("menu-cases")] += hidden
    return sections


def _unseen() -> list[st.Page]:
    """Every page, so that any address is known to somebody who sees no menu."""
    return [_page(item, visible=False) for item in MENU]


def _page(item: MenuItem, count: int = 0, *, visible: bool = True) -> st.Page:
    title = ROLE_PAGES.get(item.page) or t(f"page-{item.page}")
    if count:
        title = f"{title} ({f'{item.most}+' if count > item.most else count})"
    return st.Page(
        f"pages/{item.page}.py",
        title=title,
        icon=item.icon,
        url_path=item.page,
        default=item.page == FIRST,
        visibility="visible" if visible else "hidden",
    )


def _account(person: Person) -> None:
    st.text(person.name)
    language_switch("menu_language")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.page_link("pages/cuenta.py", label=t("page-cuenta"))
        st.button(t("sign-out"), on_click=_leave, type="tertiary")


def _leave() -> None:
    """Sign out at the moment of the click."""
    sign_out(database(), moment())
