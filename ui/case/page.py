"""One case: who it is for, where it stands, what is asked now, and all that happened."""

import streamlit as st

from core.case.commands import Close
from core.case.model import Case, Item
from core.errors import Ended, NotAllowed, NotFound, Stale
from core.notices import feed
from core.process.definition import PHASES, phase_of
from core.process.terms import CHANNEL_ROLE, OUTCOME_NAMES, PROCESS_ROLES, ROLE_NAMES, Outcome, Role
from core.queries import case as queries_case
from core.services.execute import rehearse
from core.staff import availability
from core.store.settings import policy
from ui.case import link_tab, map_tab, recall, tabs, work_item, worklist
from ui.case.desk import Desk
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import filters
from ui.words.messages import plain, refusal, t, word

TABS = ("history", "map", "documents", "client", "coordination", "link")
WHOSE = {"coordination": {Role.PROCESO}, "link": set(PROCESS_ROLES)}  # the other tabs are everybody's


def draw(visit: Visit, code: str) -> None:
    """The page of the case that the address names."""
    try:
        desk = _desk(visit, code)
    except NotFound as refused:
        st.warning(refusal(refused))
        st.page_link("pages/casos.py", label=t("page-casos"))
        return
    feed.read_case(visit.db, visit.person.id, code, visit.now)
    worklist.tell_address(code)
    with part("the way through the list"):
        worklist.draw(desk)
    with part("the head of a case") as head:
        _head(desk)
        _stepper(desk.case)
    if not head.code:  # nobody decides on a case without seeing which one it is
        _now(desk)
    _tabs(desk)


def _desk(visit: Visit, code: str) -> Desk:
    with visit.db.reading() as connection:
        head = queries_case.header(connection, code)
        roles = {item.role for item in head.case.items}
        staff = availability.staff(connection, visit.now)
        return Desk(
            visit,
            head,
            policy(connection),
            queries_case.documents(connection, head.id),
            {role: queries_case.holders(connection, role) for role in roles},
            {**staff.names, **queries_case.names(connection, _named(head.case))},
            availability.substitutions_of(connection, visit.person.id, visit.now),
            staff.acting(visit.now),
        )


def _named(case: Case) -> set[int]:
    """Whose names the page says: who found what, and who holds what."""
    found = {who for each in case.findings for who in (each.person, each.for_person) if who}
    return found | {item.held_by for item in case.items if item.held_by}


def _head(desk: Desk) -> None:
    head, case, words = desk.head, desk.case, desk.visit.format
    st.set_page_config(page_title=f"{head.code} · {head.client}")  # the browser's tab and history name the case
    st.title(f"{head.code} · {plain(head.client)}", anchor=False)
    scope = t("word-international" if case.international else "word-national")
    facts = [word(case.flow), ROLE_NAMES[CHANNEL_ROLE[case.channel]], scope]
    opened = t("opened-by", person=plain(head.opened_by), at=head.opened_at)
    st.caption(f"{' · '.join(facts)} · {opened} ({words.ago(head.opened_at)})")
    st.markdown(plain(case.service))


def _stepper(case: Case) -> None:
    """The phases: what is behind, where the case is, what lies ahead."""
    steps = []
    for phase in PHASES:
        if phase.number < case.phase or case.outcome is Outcome.CLOSED:
            steps.append(f":green-badge[✓ {phase.number} {phase.name}]")
        elif phase.number > case.phase:
            steps.append(f":gray-badge[{phase.number} {phase.name}]")
        elif case.outcome is Outcome.REJECTED:
            steps.append(f":red-badge[✕ {phase.number} {phase.name}]")
        else:
            steps.append(f":blue-badge[**▶ {phase.number} {phase.name}**]")
    st.markdown(" ".join(steps))


def _now(desk: Desk) -> None:
    case, words = desk.case, desk.visit.format
    mine = [item for item in case.items if item.role in desk.roles]
    with part("what was settled meanwhile", key="notice-settled"):
        _settled_meanwhile(desk, mine)
    if case.outcome and case.ended_at:
        said = t("ended", outcome=OUTCOME_NAMES[case.outcome], at=case.ended_at)
        (st.success if case.outcome is Outcome.CLOSED else st.error)(said)
        return
    if case.review:
        with part("the approvals so far"):
            _progress(desk)
    for item in [*mine, *(item for item in case.items if item not in mine)]:
        with part("a work item"):
            work_item.draw(desk, item)
    with part("what may be taken back"):
        recall.draw(desk)
    if case.returns:
        st.caption(t("returns-so-far", count=case.returns, phase=f"{case.phase} {phase_of(case.phase).name}"))
    if not mine:
        st.caption(t("nothing-for-you", when=words.ago(case.entered_at)))


def _settled_meanwhile(desk: Desk, mine: list[Item]) -> None:
    """What this window asked of the visitor until now and somebody else has settled: who, how and when."""
    code, asked = st.session_state.get("asked", ("", {}))
    now_asked = {item.item: desk.actor(item).for_person for item in mine}
    for number in sorted(set(asked) - set(now_asked)) if code == desk.head.code else ():
        try:
            rehearse(desk.visit.db, desk.visit.person.id, code, Close(number, 0), desk.visit.now, asked[number])
        except NotAllowed:  # they no longer stand in for whose work it was
            continue
        except (Stale, Ended) as settled:
            if not settled.params.get("own"):
                with st.container(key=f"notice-{number}"):
                    st.warning(refusal(settled))
    st.session_state["asked"] = (desk.head.code, now_asked)


def _progress(desk: Desk) -> None:
    """Who has approved the version under review, and how many are needed."""
    review = desk.case.review
    assert review is not None
    rule = t(f"rule-{review.panel.mode}", needed=review.panel.needed)
    approved = [ROLE_NAMES[approval.role] for approval in review.approvals]
    done = t("approved-by", roles=approved) if approved else t("approved-by-nobody")
    st.caption(f"{t('review-version', document=review.document, version=review.version)} {rule} {done}")


def _tabs(desk: Desk) -> None:
    shown = [tab for tab in TABS if tab not in WHOSE or WHOSE[tab] & desk.visit.person.roles]
    chosen = filters.part("vista", t("case-tabs"), shown, lambda tab: t(f"tab-{tab}"))
    with part(f"the tab {chosen} of a case"):
        _DRAWN[chosen](desk)


_DRAWN = {
    "history": tabs.history,
    "map": map_tab.draw,
    "documents": tabs.documents,
    "client": tabs.client,
    "coordination": tabs.coordination,
    "link": link_tab.draw,
}
