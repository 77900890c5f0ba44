"""A role's inbox: what waits, the most urgent first and why, one click from its case."""

import streamlit as st
from sqlalchemy import Connection

from core import order, presence, queries, why
from core.coming import Coming, coming
from core.presence import Standing
from core.process import PHASES, phase_name, title
from core.queries import InboxRow, Wanted
from core.settings import policy
from core.terms import ROLE_NAMES, Flow, Kind, Role
from core.together import drawn
from ui import filters, inbox_row, standing, together, views, worklist
from ui.i18n import t, word
from ui.parts import part
from ui.shell import Visit

CAP = 500
NAMES = (*worklist.NAMES, together.MODE)
NARROW, WIDE = 125, 162  # px of a filter


def draw(visit: Visit, role: Role) -> None:
    """The inbox of a role that the visitor holds."""
    st.title(ROLE_NAMES[role], anchor=False)
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    summary = line.empty()
    with visit.db.reading() as connection:
        found = presence.standing(connection, visit.person.id, visit.now)
    with part("for whom one stands in"):
        standing.told(found, role)
    filters.come_back(role.value, "caso", *NAMES, views.VIEW)
    views.enter(visit, role, *NAMES)
    with line.container(horizontal=True, vertical_alignment="center", width="content"):
        several = together.wanted(role)
        views.draw(visit, role, *NAMES)
    _filters()
    _, wanted, by = worklist.selected(role, filters.chosen(*worklist.NAMES), visit.person.id)
    after = order.read_place(st.query_params.get(filters.PLACE, ""), by)
    with visit.db.reading() as connection:
        rows = queries.inbox(connection, role, visit.now, wanted, after, order=by)
        waits = why.waits(connection, rows)
        absent = _absent(connection, visit, found, rows)
        total = queries.counted(connection, role, visit.now, CAP)
        overdue = queries.counted(connection, role, visit.now, CAP, Wanted(state="overdue"))
        ahead = coming(connection, role)
    summary.markdown(_summary(total, overdue))
    worklist.begin(role, filters.chosen(*NAMES, views.VIEW, filters.PLACE))
    reasons = {row.id: why.reasons(row, visit.now, waits) for row in rows}
    if several:
        with part("several at once"):
            together.draw(visit, role, rows, reasons)
    else:
        with st.container(gap="xxsmall"):
            for row in rows:
                with part("a row of an inbox", border=True):
                    inbox_row.draw(visit, row, reasons[row.id], absent.get(row.id, ""))
    if not rows:
        st.info(t("inbox-no-match" if total else "inbox-empty"))
    full = len(rows) == queries.PAGE
    filters.turn_pages(bool(after), order.place_of(rows[-1], by) if full else "", queries.PAGE)
    with part("what comes to an inbox"):
        _ahead(ahead, unfold=not rows)


def _filters() -> None:
    """What to show and in which order: widgets that write it into the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        filters.words_to_find(t("inbox-search"), t("inbox-search-hint"), width=190)
        filters.choice("estado", t("inbox-state"), worklist.STATES, _state_name, width=NARROW)
        filters.choice("quien", t("inbox-held"), worklist.HELD, _state_name, width=NARROW)
        filters.choice("flujo", t("inbox-flow"), tuple(Flow), word, width=NARROW)
        numbers = [str(phase.number) for phase in PHASES]
        filters.choice(
            "fase", t("inbox-phase"), numbers, lambda n: phase_name(int(n)), t("filter-all-phases"), width=WIDE
        )
        others = [name for name in order.ORDERS if name != order.URGENCY]
        filters.choice("orden", t("inbox-order"), others, _order_name, t("inbox-order-urgency"), width=WIDE)


def _state_name(state: str) -> str:
    return t(f"inbox-{state}".replace("_", "-"))


def _order_name(name: str) -> str:
    return t(f"inbox-order-{name}")


def _summary(total: int, overdue: int) -> str:
    count = f"{CAP}+" if total > CAP else str(total)
    late = f"{CAP}+" if overdue > CAP else str(overdue)
    pending = t("inbox-pending", shown=count, count=total)
    return f"{pending} · :red[**{t('inbox-late', shown=late, count=overdue)}**]" if overdue else pending


def _absent(connection: Connection, visit: Visit, found: tuple[Standing, ...], rows: list[InboxRow]) -> dict[int, str]:
    """For whom the visitor would decide each row, by name; not those that are their own or barred to them."""
    if not found:
        return {}
    actors = presence.actors(visit.actor, found)
    can = drawn(connection, policy(connection), actors, [row.id for row in rows], visit.now, tuple(Kind))
    names = {each.person: each.name for each in found}
    return {each.id: names[each.actor.for_person] for each in can if each.actor.for_person}


def _ahead(rows: list[Coming], *, unfold: bool) -> None:
    """What comes to the role next, and where it stands now."""
    if not rows:
        return
    with st.expander(t("coming", count=sum(row.cases for row in rows)), expanded=unfold):
        for row in rows:
            roles = [ROLE_NAMES[role] for role in row.roles]
            place = {"fase": str(row.phase), "estado": "running"}
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                said = t("coming-from", count=row.cases, work=title(row.kind, row.phase), roles=roles)
                st.markdown(f"{said} :gray[:small[{phase_name(row.phase)}]]", width="content")
                st.page_link("pages/casos.py", label=t("coming-see"), query_params=place)
