"""A role's inbox: pending work, most urgent first with the reasons, with links to the cases."""

from collections.abc import Mapping, Sequence

import streamlit as st
from sqlalchemy import Connection

from core.process.definition import PHASES, phase_name, title
from core.process.terms import ROLE_NAMES, Flow, Kind, Role
from core.queries import inbox, sorting, urgency
from core.queries.decidable import decidable
from core.queries.inbox import InboxFilter, InboxRow
from core.queries.upcoming import Coming, coming
from core.queries.urgency import Why
from core.staff import availability
from core.staff.availability import Substitution
from core.store.settings import policy
from ui.screens import batch_review, inbox_row
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import filters, inbox_address, saved_views, substitution
from ui.words.messages import t, word

CAP = 500
NAMES = (*inbox_address.NAMES, batch_review.MODE)
NARROW, WIDE = 125, 162  # px of a filter


def draw(visit: Visit, role: Role) -> None:
    """Draw the inbox of a role that the visitor holds or stands in for."""
    st.title(ROLE_NAMES[role], anchor=False)
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    summary = line.empty()
    with visit.db.reading() as connection:
        substitutions = availability.substitutions_of(connection, visit.person.id, visit.now)
    with part("the substitutions"):
        substitution.show(substitutions, role)
    filters.come_back(role.value, "caso", *NAMES, saved_views.VIEW)
    saved_views.enter(visit, role, *NAMES)
    with line.container(horizontal=True, vertical_alignment="center", width="content"):
        several = batch_review.draw_switch(role)
        saved_views.draw(visit, role, *NAMES)
    _filters()
    _, inbox_filter, by = inbox_address.selected(role, filters.chosen(*inbox_address.NAMES), visit.person.id)
    after = sorting.read_place(st.query_params.get(filters.PLACE, ""), by)
    with visit.db.reading() as connection:
        rows = inbox.inbox(connection, role, visit.now, inbox_filter, after, order=by)
        waits = urgency.waits(connection, rows)
        absent = _absent(connection, visit, substitutions, rows)
        total = inbox.counted(connection, role, visit.now, CAP)
        overdue = inbox.counted(connection, role, visit.now, CAP, InboxFilter(state="overdue"))
        ahead = coming(connection, role)
    summary.markdown(_summary(total, overdue))
    inbox_address.begin(role, filters.chosen(*NAMES, saved_views.VIEW, filters.PLACE))
    reasons = {row.id: urgency.reasons(row, visit.now, waits) for row in rows}
    if several:
        with part("the batch review"):
            batch_review.draw(visit, role, rows, reasons)
    else:
        _rows(visit, rows, reasons, absent)
    if not rows:
        st.info(t("inbox-no-match" if total else "inbox-empty"))
    full = len(rows) == inbox.PAGE
    filters.turn_pages(bool(after), sorting.place_of(rows[-1], by) if full else "", inbox.PAGE)
    with part("the upcoming work"):
        _upcoming(ahead, unfold=not rows)


def _rows(visit: Visit, rows: list[InboxRow], reasons: Mapping[int, Sequence[Why]], absent: Mapping[int, str]) -> None:
    with st.container(gap="xxsmall"):
        for row in rows:
            with part("a row of an inbox", border=True):
                inbox_row.draw(visit, row, reasons[row.id], absent.get(row.id, ""))


def _filters() -> None:
    """Draw the filters and the order, which are stored in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        filters.words_to_find(t("inbox-search"), t("inbox-search-hint"), width=190)
        filters.choice("estado", t("inbox-state"), inbox_address.STATES, _state_name, width=NARROW)
        filters.choice("quien", t("inbox-held"), inbox_address.HELD, _state_name, width=NARROW)
        filters.choice("flujo", t("inbox-flow"), tuple(Flow), word, width=NARROW)
        numbers = [str(phase.number) for phase in PHASES]
        filters.choice(
            "fase", t("inbox-phase"), numbers, lambda n: phase_name(int(n)), t("filter-all-phases"), width=WIDE
        )
        other_orders = [name for name in sorting.ORDERS if name != sorting.URGENCY]
        filters.choice("orden", t("inbox-order"), other_orders, _order_name, t("inbox-order-urgency"), width=WIDE)


def _state_name(state: str) -> str:
    return t(f"inbox-{state}".replace("_", "-"))


def _order_name(name: str) -> str:
    return t(f"inbox-order-{name}")


def _summary(total: int, overdue: int) -> str:
    count = f"{CAP}+" if total > CAP else str(total)
    late = f"{CAP}+" if overdue > CAP else str(overdue)
    pending = t("inbox-pending", shown=count, count=total)
    return f"{pending} · :red[**{t('inbox-late', shown=late, count=overdue)}**]" if overdue else pending


def _absent(
    connection: Connection, visit: Visit, substitutions: tuple[Substitution, ...], rows: list[InboxRow]
) -> dict[int, str]:
    """The name of the absent person for whom the visitor would decide, by row id; other rows are left out."""
    if not substitutions:
        return {}
    actors = availability.actors(visit.actor, substitutions)
    can = decidable(connection, policy(connection), actors, [row.id for row in rows], visit.now, tuple(Kind))
    names = {item.person: item.name for item in substitutions}
    return {item.id: names[item.actor.for_person] for item in can if item.actor.for_person}


def _upcoming(rows: list[Coming], *, unfold: bool) -> None:
    """Draw the work that will reach the role next, and where it is now."""
    if not rows:
        return
    with st.expander(t("coming", count=sum(row.cases for row in rows)), expanded=unfold):
        for row in rows:
            roles = [ROLE_NAMES[role] for role in row.roles]
            place = {"fase": str(row.phase), "estado": "running"}
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                origin = t("coming-from", count=row.cases, work=title(row.kind, row.phase), roles=roles)
                st.markdown(f"{origin} :gray[:small[{phase_name(row.phase)}]]", width="content")
                st.page_link("pages/casos.py", label=t("coming-see"), query_params=place)
