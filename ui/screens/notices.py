"""The page Avisos: a person's notices, newest first, with links to their cases, and failed deliveries."""

from functools import partial
from textwrap import shorten

import streamlit as st

from core.integrations import outbound_calls
from core.notices import dead_letters, feed
from core.notices.dead_letters import DeadLetter
from core.notices.feed import PAGE, NoticeRow
from core.process.terms import Role
from ui.screens import failed_calls
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import filters
from ui.words.delivery import failure_text
from ui.words.messages import plain, t
from ui.words.notices import describe_notice

SHOWN = ("unread", "all")
WIDTHS = (500, 280, 100, 120)  # shares of the row
LONGEST = 26  # characters of a client's name in a row


def draw(visit: Visit) -> None:
    """Draw the visitor's notices, and for the administrator the failed deliveries and calls."""
    st.title(t("page-avisos"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        everything = filters.part("ver", t("notices-which"), SHOWN, lambda name: t(f"notices-{name}")) == "all"
        all_read = st.empty()
    before = _place(st.query_params.get(filters.PLACE, ""))
    administers = Role.ADMINISTRADOR in visit.person.roles
    with visit.db.reading() as connection:
        notices = feed.listed(connection, visit.person.id, everything=everything, before=before)
        dead = dead_letters.dead(connection) if administers else []
        failed = outbound_calls.failed(connection) if administers else []
    if any(notice.read_at is None for notice in notices):
        all_read.button(t("do-read-all"), on_click=partial(_read, 0))
    with st.container(gap="xxsmall"):
        for notice in notices:
            with part("a notice", border=True):
                _row(visit, notice)
    if not notices:
        st.info(_empty_text(visit, everything=everything))
    filters.turn_pages(before is not None, str(notices[-1].id) if len(notices) == PAGE else "", PAGE)
    if dead:
        with part("what was not delivered"):
            _dead_letters(visit, dead)
    if failed:
        with part("what other systems did not answer"):
            failed_calls.draw(visit, failed)


def _empty_text(visit: Visit, *, everything: bool) -> str:
    """Explain the empty page and what it will show, by the visitor's roles."""
    if visit.person.roles == {Role.ADMINISTRADOR}:
        return t("notices-none-administrator")
    return t("notices-none-all" if everything else "notices-none")


def _place(text: str) -> int | None:
    """The id of the notice after which the page continues, from the address."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _row(visit: Visit, notice: NoticeRow) -> None:
    fmt = visit.format
    places = st.columns(WIDTHS, vertical_alignment="center", gap="small")
    sentence = plain(describe_notice(fmt, notice))
    places[0].markdown(f":blue[●] **{sentence}**" if notice.read_at is None else sentence)
    if notice.code:
        label = f"**{notice.code}** {plain(shorten(notice.client, LONGEST, placeholder='…'))}"
        places[1].page_link("pages/caso.py", label=label, query_params={"caso": notice.code})
    places[2].caption(fmt.ago(notice.created_at))
    if notice.read_at is None:
        places[3].button(t("do-read"), key=f"read-{notice.id}", on_click=partial(_read, notice.id), type="tertiary")


def _read(notice: int) -> None:
    """Mark one notice as read, or all of them with 0."""

    def act(visit: Visit) -> str:
        count = feed.read(visit.db, visit.person.id, visit.now, notice=notice)
        return t("done-read-all", count=count)

    attempt(act)


def _dead_letters(visit: Visit, dead: list[DeadLetter]) -> None:
    st.subheader(t("dead-title"), anchor=False)
    st.caption(t("dead-intro"))
    fmt = visit.format
    for letter in dead:
        notice = letter.notice
        with st.container(border=True):
            case = f"**{notice.code}** {plain(notice.client)} · " if notice.code else ""
            st.markdown(f"{case}{plain(describe_notice(fmt, notice))}")
            error = plain(failure_text(fmt.language, letter.failure)) if letter.failure else ""
            st.caption(t("dead-when", person=plain(letter.person), when=fmt.moment(letter.dead_at), error=error))
            with st.container(horizontal=True):
                st.button(t("do-revive"), key=f"revive-{notice.id}", on_click=partial(_revive, letter))
                st.button(t("do-dismiss"), key=f"dismiss-{notice.id}", on_click=partial(_dismiss, letter))


def _revive(letter: DeadLetter) -> None:
    def act(visit: Visit) -> str:
        dead_letters.revive(visit.db, visit.person.id, letter.notice.id, visit.now)
        return t("done-revive", person=plain(letter.person))

    attempt(act)


def _dismiss(letter: DeadLetter) -> None:
    def act(visit: Visit) -> str:
        dead_letters.dismiss(visit.db, visit.person.id, letter.notice.id)
        return t("done-dismiss", person=plain(letter.person))

    attempt(act)
