"""The tab «Enlace» of a case: creating and withdrawing links to its status page."""

from functools import partial

import streamlit as st

from core.services import status_links
from core.services.status_links import Link
from ui.case.view import CaseView
from ui.shell.guard import Visit
from ui.words.messages import plain, t

CHOICES = (7, status_links.DAYS, 90)
PATH = "estado"


def draw(view: CaseView) -> None:
    """Draw what a link shows, the form for a new one, and the existing links."""
    st.caption(t("link-says"))
    _show_new_link(view)
    if view.case.outcome is None:
        _form(view)
    with view.visit.db.reading() as connection:
        links = status_links.of_case(connection, view.head.id)
    for link in links:
        _link(view, link)
    if not links:
        st.info(t("link-none"))


def _show_new_link(view: CaseView) -> None:
    """Draw the new link until the visitor leaves the page: only its hash is stored."""
    code, token = st.session_state.get("status_link", ("", ""))
    if code == view.head.code:
        with st.container(border=True):
            st.markdown(t("link-told"))
            st.code(address(st.context.url or "", token), language=None, wrap_lines=True)


def address(page: str, token: str) -> str:
    """The URL of the status page, on the host of the current page."""
    return f"{page.rsplit('/', 1)[0]}/{PATH}/{token}"


def _form(view: CaseView) -> None:
    key = f"{view.head.code}/link:days"
    st.session_state.setdefault(key, status_links.DAYS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(t("link-lasts"), CHOICES, format_func=_days, key=key, required=True)
        st.button(t("do-link"), key=f"{view.head.code}/link:do", on_click=partial(_make, view, key))


def _days(days: int) -> str:
    return t("link-days", days=days)


def _make(view: CaseView, key: str) -> None:
    def act(visit: Visit) -> str:
        days = st.session_state.get(key) or status_links.DAYS
        token = status_links.make(visit.db, visit.person.id, view.head.code, visit.now, days=days)
        st.session_state["status_link"] = (view.head.code, token)
        return t("done-link")

    view.attempt(act)


def _link(view: CaseView, link: Link) -> None:
    fmt = view.visit.format
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="stretch", gap="xxsmall"):
            origin = t("link-made", person=plain(link.made_by), at=link.made_at)
            st.markdown(f"{_state(link, fmt.now)} {origin}")
            last_seen = t("link-seen", at=link.seen_at) if link.seen_at else t("link-not-seen")
            st.caption(f"{t('link-expires', at=link.expires_at)} · {last_seen}")
        if link.withdrawn_at is None and link.expires_at > fmt.now:
            key = f"{view.head.code}/link:withdraw-{link.link}"
            st.button(t("do-withdraw-link"), key=key, on_click=partial(_withdraw, view, link))


def _state(link: Link, now: int) -> str:
    if link.withdrawn_at is not None:
        return f":gray-badge[{t('link-is-withdrawn')}]"
    return f":green-badge[{t('link-is-open')}]" if link.expires_at > now else f":gray-badge[{t('link-is-expired')}]"


def _withdraw(view: CaseView, link: Link) -> None:
    def act(visit: Visit) -> str:
        status_links.withdraw(visit.db, visit.person.id, view.head.code, link.link, visit.now)
        st.session_state.pop("status_link", None)
        return t("done-withdraw-link")

    view.attempt(act)
