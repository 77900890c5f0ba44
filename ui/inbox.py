"""A role's inbox: what waits, the most urgent first, one click from its case."""

import re
from textwrap import shorten

import streamlit as st

from core import queries
from core.process import PHASES, phase_name, title
from core.queries import InboxRow, Wanted
from core.terms import ROLE_NAMES, Flow, Role
from ui import filters, together
from ui.due import due_badge
from ui.format import Format
from ui.i18n import plain, t, word
from ui.shell import Visit

CAP = 500
NAMES = ("buscar", "estado", "flujo", "fase", together.MODE)
STATES = ("overdue", "soon", "on_time", "blocked")
LONGEST = 26  # signs of a client's name in a row
WIDTHS = (147, 285, 430, 118)  # shares of the row


def draw(visit: Visit, role: Role) -> None:
    """The inbox of a role that the visitor holds."""
    st.title(ROLE_NAMES[role], anchor=False)
    summary = st.empty()
    filters.come_back(role.value, "caso", *NAMES)
    wanted = _filters()
    after = _place(st.query_params.get(filters.PLACE, ""))
    with visit.db.reading() as connection:
        rows = queries.inbox(connection, role, visit.now, wanted, after)
        total = queries.counted(connection, role, visit.now, CAP)
        overdue = queries.counted(connection, role, visit.now, CAP, Wanted(state="overdue"))
        ahead = {} if total else queries.under_way(connection, [role])
    summary.markdown(_summary(total, overdue))
    st.session_state["inbox_place"] = (role.value, filters.chosen(*NAMES, filters.PLACE))
    if together.wanted(role):
        together.draw(visit, role, rows)
    else:
        with st.container(gap="xxsmall"):
            for row in rows:
                _row(row, visit.format)
    if not rows:
        _nothing(total, ahead)
    full = len(rows) == queries.PAGE
    filters.turn_pages(bool(after), f"{rows[-1].due_at}.{rows[-1].id}" if full else "", queries.PAGE)


def _filters() -> Wanted:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = filters.words_to_find(t("inbox-search"), t("inbox-search-hint"))
        state = filters.choice("estado", t("inbox-state"), STATES, _state_name)
        flow = filters.choice("flujo", t("inbox-flow"), tuple(Flow), word)
        numbers = [str(phase.number) for phase in PHASES]
        phase = filters.choice("fase", t("inbox-phase"), numbers, lambda n: phase_name(int(n)), width=200)
    return Wanted(search, flow or "", int(phase) if phase else None, state or "")


def _state_name(state: str) -> str:
    return t(f"inbox-{state}".replace("_", "-"))


def _place(text: str) -> tuple[int, int] | None:
    """The (due_at, id) after which a page goes on, as the address names it: «1772542800000.117»."""
    found = re.fullmatch(r"(\d{1,15})\.(\d{1,9})", text, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


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
    places = st.container(border=True).columns(WIDTHS, vertical_alignment="center", gap="small")
    places[0].markdown(due_badge(words, row.soon_at, row.due_at, blocked=row.blocked))
    places[1].page_link(
        "pages/caso.py",
        label=f"**{row.code}** {plain(shorten(row.client, LONGEST, placeholder='…'))}",
        query_params={"caso": row.code},
    )
    places[2].markdown(f"{title(row.kind, row.phase)} :gray[:small[{where}]]")
    places[3].caption(since)


def _nothing(total: int, ahead: dict[int, int]) -> None:
    if total:
        st.info(t("inbox-no-match"))
        return
    coming = ", ".join(t("inbox-coming", count=count, phase=phase_name(phase)) for phase, count in ahead.items())
    st.info(t("inbox-empty") + (f" {t('inbox-soon-here', list=coming)}" if coming else ""))
