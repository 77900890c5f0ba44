"""A role's inbox: what waits, the most urgent first, one click from its case."""

from collections.abc import Callable
from textwrap import shorten
from typing import TypeVar

import streamlit as st

from core import queries
from core.process import PHASES, phase_of, title
from core.queries import InboxRow, Wanted
from core.terms import ROLE_NAMES, Flow, Role
from ui.due import due_badge
from ui.format import Format
from ui.i18n import plain, t, word
from ui.shell import Visit

CAP = 500
T = TypeVar("T")
STATES = ("overdue", "soon", "on_time", "blocked")
LONGEST = 34  # signs of a client's name in a row
WIDTHS = (165, 340, 130)


def draw(visit: Visit, role: Role) -> None:
    """The inbox of a role that the visitor holds."""
    st.title(ROLE_NAMES[role], anchor=False)
    summary = st.empty()
    wanted = _filters()
    after = _place(st.query_params.get("desde", ""))
    with visit.db.reading() as connection:
        rows = queries.inbox(connection, role, visit.now, wanted, after)
        total = queries.counted(connection, role, visit.now, CAP)
        overdue = queries.counted(connection, role, visit.now, CAP, Wanted(state="overdue"))
        ahead = {} if total else queries.under_way(connection, [role])
    summary.markdown(_summary(total, overdue))
    st.session_state["inbox_place"] = (role.value, dict(st.query_params))
    with st.container(gap="xxsmall"):
        for row in rows:
            _row(row, visit.format)
    if not rows:
        _nothing(total, ahead)
    _turn_pages(role, rows, after)


def _filters() -> Wanted:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            t("inbox-search"), key="buscar", placeholder=t("inbox-search-hint"), bind="query-params", on_change=_restart
        )
        state = _choice("inbox-state", "estado", STATES, lambda code: t(f"inbox-{code}".replace("_", "-")))
        flow = _choice("inbox-flow", "flujo", tuple(Flow), word)
        phase = _choice("inbox-phase", "fase", tuple(p.number for p in PHASES), phase_name)
    return Wanted(search, flow or "", phase, state or "")


def _choice(label: str, key: str, options: tuple[T, ...], words: Callable[[T], str]) -> T | None:
    return st.selectbox(
        t(label),
        options,
        index=None,
        format_func=words,
        key=key,
        placeholder=t("inbox-all"),
        bind="query-params",
        on_change=_restart,
        width=190,
    )


def phase_name(number: int) -> str:
    """«3 Análisis Comercial»."""
    return f"{number} {phase_of(number).name}"


def _restart() -> None:
    """Another filter begins at the first page again."""
    st.query_params.pop("desde", None)


def _place(text: str) -> tuple[int, int] | None:
    due, _, number = text.partition(".")
    return (int(due), int(number)) if due.isdigit() and number.isdigit() else None


def _summary(total: int, overdue: int) -> str:
    count = f"{CAP}+" if total > CAP else str(total)
    late = f"{CAP}+" if overdue > CAP else str(overdue)
    pending = t("inbox-pending", shown=count, count=total)
    return f"{pending} · :red[**{t('inbox-late', shown=late, count=overdue)}**]" if overdue else pending


def _row(row: InboxRow, words: Format) -> None:
    where = f"{phase_name(row.phase)} · {word(row.flow)}"
    since = words.relative(row.opened_at)
    if row.cycle > 1:
        since += f" · :orange[**{t('cycle', number=row.cycle)}**]"
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(due_badge(words, row.soon_at, row.due_at, blocked=row.blocked), width=WIDTHS[0])
        st.page_link(
            "pages/caso.py",
            label=f"**{row.code}** {plain(shorten(row.client, LONGEST, placeholder='…'))}",
            query_params={"caso": row.code},
            width=WIDTHS[1],
        )
        st.markdown(f"{title(row.kind, row.phase)} :gray[:small[{where}]]", width="stretch")
        st.caption(since, width=WIDTHS[2])


def _nothing(total: int, ahead: dict[int, int]) -> None:
    if total:
        st.info(t("inbox-no-match"))
        return
    coming = ", ".join(t("inbox-coming", count=count, phase=phase_name(phase)) for phase, count in ahead.items())
    st.info(t("inbox-empty") + (f" {t('inbox-soon-here', list=coming)}" if coming else ""))


def _turn_pages(role: Role, rows: list[InboxRow], after: tuple[int, int] | None) -> None:
    here = {key: value for key, value in st.query_params.items() if key != "desde"}
    with st.container(horizontal=True):
        if after:
            st.page_link(f"pages/{role}.py", label=t("page-first"), query_params=here)
        if len(rows) == queries.PAGE:
            last = f"{rows[-1].due_at}.{rows[-1].id}"
            st.page_link(f"pages/{role}.py", label=t("page-next"), query_params={**here, "desde": last})
