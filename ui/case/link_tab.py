"""The tab «Enlace» of a case: making and withdrawing links to the page that says where the case stands."""

from functools import partial

import streamlit as st

from core.services import status_links
from core.services.status_links import Link
from ui.case.desk import Desk
from ui.shell.guard import Visit
from ui.words.messages import plain, t

CHOICES = (7, status_links.DAYS, 90)
PATH = "estado"


def draw(desk: Desk) -> None:
    """What such a link shows, the form for a new one, and those there are."""
    st.caption(t("link-says"))
    _told(desk)
    if desk.case.outcome is None:
        _form(desk)
    with desk.visit.db.reading() as connection:
        found = status_links.of_case(connection, desk.head.id)
    for link in found:
        _link(desk, link)
    if not found:
        st.info(t("link-none"))


def _told(desk: Desk) -> None:
    """The link that was made just now: only its hash is kept, so it is shown until the page is left."""
    code, token = st.session_state.get("status_link", ("", ""))
    if code == desk.head.code:
        with st.container(border=True):
            st.markdown(t("link-told"))
            st.code(address(st.context.url or "", token), language=None, wrap_lines=True)


def address(page: str, token: str) -> str:
    """The address of the status page, beside the page at which one is."""
    return f"{page.rsplit('/', 1)[0]}/{PATH}/{token}"


def _form(desk: Desk) -> None:
    key = f"{desk.head.code}/link:days"
    st.session_state.setdefault(key, status_links.DAYS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(t("link-lasts"), CHOICES, format_func=_days, key=key, required=True)
        st.button(t("do-link"), key=f"{desk.head.code}/link:do", on_click=partial(_make, desk, key))


def _days(days: int) -> str:
    return t("link-days", days=days)


def _make(desk: Desk, key: str) -> None:
    def act(visit: Visit) -> str:
        days = st.session_state.get(key) or status_links.DAYS
        token = status_links.make(visit.db, visit.person.id, desk.head.code, visit.now, days=days)
        st.session_state["status_link"] = (desk.head.code, token)
        return t("done-link")

    desk.attempt(act)


def _link(desk: Desk, link: Link) -> None:
    fmt = desk.visit.format
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(width="stretch", gap="xxsmall"):
            made = t("link-made", person=plain(link.made_by), at=link.made_at)
            st.markdown(f"{_state(link, fmt.now)} {made}")
            seen = t("link-seen", at=link.seen_at) if link.seen_at else t("link-not-seen")
            st.caption(f"{t('link-expires', at=link.expires_at)} · {seen}")
        if link.withdrawn_at is None and link.expires_at > fmt.now:
            key = f"{desk.head.code}/link:withdraw-{link.link}"
            st.button(t("do-withdraw-link"), key=key, on_click=partial(_withdraw, desk, link))


def _state(link: Link, now: int) -> str:
    if link.withdrawn_at is not None:
        return f":gray-badge[{t('link-is-withdrawn')}]"
    return f":green-badge[{t('link-is-open')}]" if link.expires_at > now else f":gray-badge[{t('link-is-expired')}]"


def _withdraw(desk: Desk, link: Link) -> None:
    def act(visit: Visit) -> str:
        status_links.withdraw(visit.db, visit.person.id, desk.head.code, link.link, visit.now)
        st.session_state.pop("status_link", None)
        return t("done-withdraw-link")

    desk.attempt(act)
