"""Comments on a case: writing them with mentions, editing one's latest for a while, and showing names for logins."""

from functools import partial

import streamlit as st
from msgspec.structs import replace
from sqlalchemy import Connection

from core.case.events import Commented, CommentEdited
from core.case.rules.comments_and_links import EDITABLE
from core.queries.case import HistoryEntry
from core.services import cases, comments
from core.text import clean_text, mentioned, with_names
from ui.case.view import CaseView
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words import labels
from ui.words.messages import t


def with_mentions(connection: Connection, entries: list[HistoryEntry], *, full: bool) -> list[HistoryEntry]:
    """Replace logins by names in comments; unless `full`, show each comment in its edited form only."""
    comment_bodies = [entry.event.body for entry in entries if isinstance(entry.event.body, Commented | CommentEdited)]
    if not comment_bodies:
        return entries
    names = comments.people(connection, {person for body in comment_bodies for person in body.mentions})
    newest = {} if full else _newest_texts(entries)
    shown = []
    for entry in entries:
        body = entry.event.body
        if isinstance(body, CommentEdited) and not full:
            continue
        if isinstance(body, Commented | CommentEdited):
            new_text = newest.get(entry.event.seq)
            text = t("comment-edited", text=new_text) if new_text else body.text
            named = replace(body, text=with_names(text, names))
            shown.append(entry._replace(event=replace(entry.event, body=named)))
        else:
            shown.append(entry)
    return shown


def _newest_texts(entries: list[HistoryEntry]) -> dict[int, str]:
    """The newest text of each edited comment, by its seq."""
    bodies = (entry.event.body for entry in entries)
    return {body.comment: body.text for body in bodies if isinstance(body, CommentEdited)}


def comment_form(view: CaseView, entries: list[HistoryEntry]) -> None:
    """Draw the form for a comment, and the one to edit the visitor's latest comment."""
    typed = Typed(view.visit, f"{view.head.code}/comment")
    typed.text("text", t("comment-case"), lines=2)
    with view.visit.db.reading() as connection:
        people = comments.people(connection)
    key = typed.key("people")
    if unknown := set(st.session_state.get(key) or ()) - set(people):
        st.session_state[key] = [login for login in st.session_state[key] if login not in unknown]
    st.multiselect(
        t("mention"),
        list(people),
        format_func=labels.distinct(people).__getitem__,
        **typed.widget("people"),
        placeholder=t("mention-whom"),
        help=t("mention-help"),
    )
    st.button(t("do-comment"), key=f"{typed.name}:do", on_click=partial(_comment, view, typed))
    editable = _editable(view, entries)
    if editable:
        _edit_form(view, editable, _newest_texts(entries))


def _editable(view: CaseView, entries: list[HistoryEntry]) -> HistoryEntry | None:
    """The visitor's latest comment while it can be edited."""
    own = (
        entry
        for entry in reversed(entries)
        if isinstance(entry.event.body, Commented) and entry.event.person == view.visit.person.id
    )
    last = next(own, None)
    return last if last and view.visit.now - last.event.at <= EDITABLE else None


def _edit_form(view: CaseView, entry: HistoryEntry, newest: dict[int, str]) -> None:
    body, seq = entry.event.body, entry.event.seq
    assert isinstance(body, Commented)
    typed = Typed(view.visit, f"{view.head.code}/comment-{seq}")
    until = view.visit.format.clock(entry.event.at + EDITABLE)
    with st.expander(t("edit-comment", until=until)):
        st.session_state.setdefault(typed.key("text"), newest.get(seq, body.text))
        typed.text("text", t("comment"), lines=2)
        st.button(t("do-edit-comment"), key=f"{typed.name}:do", on_click=partial(_edit, view, typed, seq))


def _comment(view: CaseView, typed: Typed) -> None:
    def act(visit: Visit) -> str:
        text = str(typed.value("text"))
        in_text = mentioned(text, typed.value("people", []))
        chosen = [f"@{login}" for login in typed.value("people", []) if login not in in_text]
        comment = " ".join([*chosen, text]) if clean_text(text) else text
        cases.comment(visit.db, visit.person.id, view.head.code, comment, visit.now)
        return t("done-comment")

    if view.attempt(act, f"{typed.name}:"):
        typed.forget(text="", people=[])


def _edit(view: CaseView, typed: Typed, seq: int) -> None:
    def act(visit: Visit) -> str:
        cases.edit_comment(visit.db, visit.person.id, view.head.code, seq, str(typed.value("text")), visit.now)
        return t("done-edit-comment")

    if view.attempt(act, f"{typed.name}:"):
        typed.forget()
