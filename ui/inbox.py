"""A role's inbox: what waits, the most urgent first and why, one click from its case."""

from textwrap import shorten

import streamlit as st

from core import order, presence, queries, why
from core.coming import Coming, coming
from core.process import PHASES, phase_name, title
from core.queries import InboxRow, Wanted
from core.terms import ROLE_NAMES, Flow, Role
from core.why import Why
from ui import filters, standing, together, views
from ui.due import reason
from ui.i18n import plain, t, word
from ui.shell import Visit

CAP = 500
NAMES = ("buscar", "estado", "quien", "flujo", "fase", "orden", together.MODE)
STATES = ("overdue", "soon", "on_time", "blocked")
HELD = ("mine", "nobody")
LONGEST = 26  # signs of a client's name in a row
WIDTHS = (205, 280, 405, 95)  # shares of the row


def draw(visit: Visit, role: Role) -> None:
    """The inbox of a role that the visitor holds."""
    st.title(ROLE_NAMES[role], anchor=False)
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    summary = line.empty()
    with visit.db.reading() as connection:
        found = presence.standing(connection, visit.person.id, visit.now)
    absent = {each.person: each.name for each in found if role in each.roles}
    standing.told(found, role)
    filters.come_back(role.value, "caso", *NAMES, views.VIEW)
    views.enter(visit, role, *NAMES)
    with line:
        views.draw(visit, role, *NAMES)
    wanted, by = _filters(visit)
    after = order.read_place(st.query_params.get(filters.PLACE, ""), by)
    with visit.db.reading() as connection:
        rows = queries.inbox(connection, role, visit.now, wanted, after, order=by)
        waits = why.waits(connection, rows)
        total = queries.counted(connection, role, visit.now, CAP)
        overdue = queries.counted(connection, role, visit.now, CAP, Wanted(state="overdue"))
        ahead = coming(connection, role)
    summary.markdown(_summary(total, overdue))
    st.session_state["inbox_place"] = (role.value, filters.chosen(*NAMES, views.VIEW, filters.PLACE))
    if together.wanted(role):
        together.draw(visit, role, rows)
    else:
        with st.container(gap="xxsmall"):
            for row in rows:
                _row(row, why.reasons(row, visit.now, waits), visit, _whose(row, visit, role, absent))
    if not rows:
        st.info(t("inbox-no-match" if total else "inbox-empty"))
    full = len(rows) == queries.PAGE
    filters.turn_pages(bool(after), order.place_of(rows[-1], by) if full else "", queries.PAGE)
    _ahead(ahead, unfold=not rows)


def _filters(visit: Visit) -> tuple[Wanted, str]:
    """What to show and in which order, as the address has it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = filters.words_to_find(t("inbox-search"), t("inbox-search-hint"))
        state = filters.choice("estado", t("inbox-state"), STATES, _state_name)
        held = filters.choice("quien", t("inbox-held"), HELD, _state_name)
        flow = filters.choice("flujo", t("inbox-flow"), tuple(Flow), word)
        numbers = [str(phase.number) for phase in PHASES]
        phase = filters.choice("fase", t("inbox-phase"), numbers, lambda n: phase_name(int(n)), width=170)
        others = [name for name in order.ORDERS if name != order.URGENCY]
        by = filters.choice("orden", t("inbox-order"), others, _order_name, t("inbox-order-urgency"), width=170)
    number = int(phase) if phase else None
    return Wanted(search, flow or "", number, state or "", held or "", visit.person.id), by or order.URGENCY


def _state_name(state: str) -> str:
    return t(f"inbox-{state}".replace("_", "-"))


def _order_name(name: str) -> str:
    return t(f"inbox-order-{name}")


def _summary(total: int, overdue: int) -> str:
    count = f"{CAP}+" if total > CAP else str(total)
    late = f"{CAP}+" if overdue > CAP else str(overdue)
    pending = t("inbox-pending", shown=count, count=total)
    return f"{pending} · :red[**{t('inbox-late', shown=late, count=overdue)}**]" if overdue else pending


def _row(row: InboxRow, reasons: tuple[Why, ...], visit: Visit, whose: str) -> None:
    words = visit.format
    where = f"{phase_name(row.phase)} · {word(row.flow)}"
    places = st.container(border=True).columns(WIDTHS, vertical_alignment="center", gap="small")
    places[0].markdown(reason(words, reasons))
    places[1].page_link(
        "pages/caso.py",
        label=f"**{row.code}** {plain(shorten(row.client, LONGEST, placeholder='…'))}",
        query_params={"caso": row.code},
    )
    places[2].markdown(f"{title(row.kind, row.phase)} :gray[:small[{where}]]{whose or _holder(row, visit)}")
    places[3].caption(words.relative(row.opened_at))


def _holder(row: InboxRow, visit: Visit) -> str:
    """Who holds the work, as a badge; nothing while nobody does."""
    if row.held_by is None:
        return ""
    mine = row.held_by == visit.person.id
    return f" :blue-badge[{t('held-by-you')}]" if mine else f" :gray-badge[{plain(shorten(row.holder or '', LONGEST))}]"


def _whose(row: InboxRow, visit: Visit, role: Role, absent: dict[int, str]) -> str:
    """For whom the visitor would decide the work, as a badge; nothing when it is their own or somebody else's."""
    if row.held_by is not None and row.held_by in absent:
        return _badge(absent[row.held_by])
    if row.held_by is None and role not in visit.person.roles and absent:
        return _badge(next(iter(absent.values())))
    return ""


def _badge(name: str) -> str:
    return f" :violet-badge[{t('for-short', person=plain(shorten(name, LONGEST)))}]"


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
