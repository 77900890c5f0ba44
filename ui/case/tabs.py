"""The tabs of a case: history, documents, client, and coordination by Proceso."""

from functools import partial
from typing import Literal

import streamlit as st

from core.case.rules.around_the_case import EVIDENCE_ROLES
from core.process.terms import CHANNEL_ROLE, PROCESS_ROLES, ROLE_NAMES, Channel, Document, Environment
from core.queries import case
from core.queries.case import HistoryEntry
from core.services import cases
from ui.case.comments import comment_form, with_mentions
from ui.case.view import CaseView
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import document_diff, environment_form
from ui.widgets.file_link import file_line
from ui.widgets.form_state import Typed
from ui.words.format import Format
from ui.words.history import table
from ui.words.messages import plain, t, word

HISTORY_WIDTHS = (118, 42, 124, 214, 84, 172, 174)  # px; the reason stays visible in a small window with the menu open


def history(view: CaseView) -> None:
    """Draw the activities in order, and the comment form."""
    full = st.toggle(t("history-whole"), key="todo", bind="query-params")
    with view.visit.db.reading() as connection:
        entries = case.history(connection, view.head.id)
        readable_entries = with_mentions(connection, entries, full=full)
    with part("the history of a case"):
        _entries(readable_entries, view.visit.format, full=full)
    if view.case.outcome is None and set(PROCESS_ROLES) & view.visit.person.roles:
        with part("the comment form"):
            comment_form(view, entries)


def _entries(entries: list[HistoryEntry], fmt: Format, *, full: bool) -> None:
    rows = table(entries, fmt, full=full)
    widths = dict(zip(rows.columns, HISTORY_WIDTHS, strict=True))
    columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
    height: Literal["content"] | int = "content" if len(rows) <= 18 else 640
    st.dataframe(rows, hide_index=True, width="stretch", height=height, column_config=columns)


def documents(view: CaseView) -> None:
    """Draw every version of every document, and their comparison."""
    if not view.documents:
        st.info(t("no-documents"))
    order = list(Document)
    for row in sorted(view.documents, key=lambda row: (order.index(row.document), row.version)):
        with part("a document of a case"):
            file_line(view.head.code, row, view.visit.format)
    document_diff.choose(view.documents, view.visit.format)


def client(view: CaseView) -> None:
    """Draw contact, criteria and environments of the client."""
    head = view.head
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{t('contact')}**")
        for way in filter(None, (head.contact_name, head.contact_email, head.contact_phone)):
            st.text(way)
        st.markdown(f"**{t('criteria')}**")
        columns = {"name": t("criterion"), "expected": t("expected")}
        st.table([{columns[k]: plain(getattr(c, k)) for k in columns} for c in head.case.criteria], border="horizontal")
    with right:
        _environments(view)


def _environments(view: CaseView) -> None:
    fmt = view.visit.format
    with view.visit.db.reading() as connection:
        rows = case.environments(connection, view.head.client_id)
    st.markdown(f"**{t('environments')}**")
    for environment in Environment:
        newest = next((row for row in rows if row.environment is environment), None)
        if newest is None:
            st.markdown(f":violet-badge[‖ {t('environment-missing', environment=environment)}]")
            continue
        expired = newest.expires_at is not None and newest.expires_at <= fmt.now
        until = t("until", at=newest.expires_at) if newest.expires_at else t("no-expiry")
        mark = f":red-badge[{t('expired')}]" if expired else ":green-badge[✓]"
        st.markdown(f"{mark} {word(environment)} · {until}")
        by = t("registered-by", person=plain(newest.registered_by), at=newest.registered_at)
        st.caption(f"{by} · {plain(newest.evidence)}")
    if EVIDENCE_ROLES & view.visit.person.roles:
        with st.container(border=True):
            needed = view.case.definition.needs or Environment.TEST  # preset: the one that the phase requires
            form = Typed(view.visit, f"{view.head.code}/environment")
            environment_form.form(form, view.head.client_id, list(Environment), needed, view.head.code)
    else:
        st.caption(t("who-registers"))


def coordination(view: CaseView) -> None:
    """Draw the form with which Proceso moves the case to the other channel."""
    if view.case.outcome:
        st.info(t("hand-over-ended"))
        return
    other_channel = Channel.MESA_DE_AYUDA if view.case.channel is Channel.OPERACION else Channel.OPERACION
    typed = Typed(view.visit, f"{view.head.code}/hand-over")
    role = ROLE_NAMES[CHANNEL_ROLE[other_channel]]
    with st.container(border=True, width=640):
        st.markdown(f"**{t('hand-over')}**")
        st.caption(t("hand-over-then", role=role))
        typed.text("reason", t("reason"), lines=2)
        click = partial(_hand_over, view, typed, other_channel)
        st.button(t("do-hand-over", role=role), key=f"{typed.name}:{other_channel.value}", on_click=click)


def _hand_over(view: CaseView, typed: Typed, channel: Channel) -> None:
    def act(visit: Visit) -> str:
        reason = str(typed.value("reason"))
        cases.hand_over(visit.db, visit.person.id, view.head.code, channel, reason, visit.now)
        return t("done-hand-over", role=ROLE_NAMES[CHANNEL_ROLE[channel]])

    if view.attempt(act, f"{typed.name}:"):
        typed.forget(reason="")
