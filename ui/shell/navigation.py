"""What stands around every page: title, menu by role with its counts, language and the way out."""

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
# What no theme option sets: how much of the window the work may use, the words on the uploader's button, captions and
# chosen parts that stand out enough to be read, the words of charts (`ui.analysis.charts.style.TEXT`) in the colour
# of the theme, that an answer stays in sight, however far down the button was, a row's mark beside its words, no
# links to headings (they have no words in the page's language), no CSV but ours (a table's own would leave formulas as
# they are), and a ring around the link that the keyboard is at.
STYLE = """<style>
[data-testid=stMainBlockContainer] {{padding: 3.6rem 2rem 3rem}}
[data-testid=stCaptionContainer] {{color: inherit; opacity: .8}}
[data-testid=stLayoutWrapper]:has(> [class*=st-key-notice]) {{
  position: sticky; top: 3.2rem; z-index: 90; backdrop-filter: blur(1rem)
}}
[class*=st-key-mark-] {{flex-wrap: nowrap}}
[data-testid=stLayoutWrapper]:has(> .st-key-session-cookie) {{position: absolute}}
[data-testid=stHeaderActionElements] {{display: none}}
[data-testid=stElementToolbar] button[aria-label="Download as CSV"] {{display: none}}
:is([data-testid=stMain], [data-testid=stSidebar]) a:focus-visible {{
  outline: 2px solid currentColor; outline-offset: 1px
}}
[data-testid=stHtml] a.file {{
  display: inline-block; padding: .2rem .75rem; border-radius: .4rem; color: inherit; text-decoration: none;
  border: 1px solid color-mix(in srgb, currentColor 28%, transparent)
}}
[data-testid=stHtml] a.file:hover {{background: color-mix(in srgb, currentColor 9%, transparent)}}
[data-testid=stFileUploaderDropzoneInstructions] {{display: none}}
[data-testid=stFileUploaderDropzone] button p {{font-size: 0}}
[data-testid=stTab][data-selected] {{color: inherit}}
[data-testid=stButtonGroup] button[data-selected] {{color: inherit !important; font-weight: 600}}
[data-testid=stPlotlyChart] [style*="fill: rgb(1, 2, 3)"] {{fill: currentColor !important}}
[data-testid=stPlotlyChart] [style*="stroke: rgb(1, 2, 3)"] {{stroke: currentColor !important}}
[data-testid=stFileUploaderDropzone] button p::after {{content: "{choose}"; font-size: 0.9rem}}
</style>"""


def draw() -> None:
    """Draw the frame and the page that the address names; who is not signed in sees the form at the same address."""
    st.set_page_config(page_title=t("product"), page_icon="📋", layout="wide", initial_sidebar_state=SIDEBAR)
    st.html(STYLE.format(choose=t("choose-file")))
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
