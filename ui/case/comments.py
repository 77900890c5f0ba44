"""Comments on a case: writing one, with whom it mentions; mending one's own while it is fresh; reading them by name."""

from functools import partial

import streamlit as st
from msgspec.structs import replace
from sqlalchemy import Connection

from core.case.events import Commented, CommentEdited
from core.case.rules.comments_and_links import EDITABLE
from core.queries.case import HistoryEntry
from core.services import cases, comments
from core.text import clean_text, mentioned, with_names
from ui.case.desk import Desk
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words import labels
from ui.words.messages import t


def readable(connection: Connection, entries: list[HistoryEntry], *, whole: bool) -> list[HistoryEntry]:
    """The entries with names in the place of logins; unless the `whole` is wanted, each comment as it was mended."""
    spoken = [entry.event.body for entry in entries if isinstance(entry.event.body, Commented | CommentEdited)]
    if not spoken:
        return entries
    names = comments.people(connection, {person for body in spoken for person in body.mentions})
    newest = {} if whole else _mended(entries)
    told = []
    for entry in entries:
        body = entry.event.body
        if isinstance(body, CommentEdited) and not whole:
            continue
        if isinstance(body, Commented | CommentEdited):
            mended = newest.get(entry.event.seq)
            text = t("comment-edited", text=mended) if mended else body.text
            said = replace(body, text=with_names(text, names))
            told.append(entry._replace(event=replace(entry.event, body=said)))
        else:
            told.append(entry)
    return told


def _mended(entries: list[HistoryEntry]) -> dict[int, str]:
    """The newest text of each comment that was put anew, by its seq."""
    bodies = (entry.event.body for entry in entries)
    return {body.comment: body.text for body in bodies if isinstance(body, CommentEdited)}


def comment_form(desk: Desk, entries: list[HistoryEntry]) -> None:
    """What one can say about the case, and one's last comment while it can be mended."""
    typed = Typed(desk.visit, f"{desk.head.code}/comment")
    typed.text("text", t("comment-case"), lines=2)
    with desk.visit.db.reading() as connection:
        people = comments.people(connection)
    key = typed.key("people")
    if gone := set(st.session_state.get(key) or ()) - set(people):
        st.session_state[key] = [login for login in st.session_state[key] if login not in gone]
    st.multiselect(
        t("mention"),
        list(people),
        format_func=labels.distinct(people).__getitem__,
        **typed.widget("people"),
        placeholder=t("mention-whom"),
        help=t("mention-help"),
    )
    st.button(t("do-comment"), key=f"{typed.name}:do", on_click=partial(_comment, desk, typed))
    fresh = _fresh(desk, entries)
    if fresh:
        _edit_form(desk, fresh, _mended(entries))


def _fresh(desk: Desk, entries: list[HistoryEntry]) -> HistoryEntry | None:
    """The visitor's last comment, while it can be mended."""
    mine = (
        entry
        for entry in reversed(entries)
        if isinstance(entry.event.body, Commented) and entry.event.person == desk.visit.person.id
    )
    last = next(mine, None)
    return last if last and desk.visit.now - last.event.at <= EDITABLE else None


def _edit_form(desk: Desk, entry: HistoryEntry, newest: dict[int, str]) -> None:
    body, seq = entry.event.body, entry.event.seq
    assert isinstance(body, Commented)
    typed = Typed(desk.visit, f"{desk.head.code}/comment-{seq}")
    until = desk.visit.format.clock(entry.event.at + EDITABLE)
    with st.expander(t("edit-comment", until=until)):
        st.session_state.setdefault(typed.key("text"), newest.get(seq, body.text))
        typed.text("text", t("comment"), lines=2)
        st.button(t("do-edit-comment"), key=f"{typed.name}:do", on_click=partial(_edit, desk, typed, seq))


def _comment(desk: Desk, typed: Typed) -> None:
    def act(visit: Visit) -> str:
        text = str(typed.value("text"))
        there = mentioned(text, typed.value("people", []))
        chosen = [f"@{login}" for login in typed.value("people", []) if login not in there]
        said = " ".join([*chosen, text]) if clean_text(text) else text
        cases.comment(visit.db, visit.person.id, desk.head.code, said, visit.now)
        return t("done-comment")

    if desk.attempt(act, f"{typed.name}:"):
        typed.forget(text="", people=[])


def _edit(desk: Desk, typed: Typed, seq: int) -> None:
    def act(visit: Visit) -> str:
        cases.edit_comment(visit.db, visit.person.id, desk.head.code, seq, str(typed.value("text")), visit.now)
        return t("done-edit-comment")

    if desk.attempt(act, f"{typed.name}:"):
        typed.forget()
