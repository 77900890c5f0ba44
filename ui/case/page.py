"""The case page: client, phase, open work, and tabs with history and details."""

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
from ui.case.view import CaseView
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import filters
from ui.words.messages import plain, refusal, t, word

TABS = ("history", "map", "documents", "client", "coordination", "link")
TAB_ROLES = {"coordination": {Role.PROCESO}, "link": set(PROCESS_ROLES)}  # the other tabs are for everybody


def draw(visit: Visit, code: str) -> None:
    """Draw the page of the case that the address names."""
    try:
        view = _view(visit, code)
    except NotFound as refused:
        st.warning(refusal(refused))
        st.page_link("pages/casos.py", label=t("page-casos"))
        return
    feed.read_case(visit.db, visit.person.id, code, visit.now)
    worklist.write_address(code)
    with part("the worklist navigation"):
        worklist.draw(view)
    with part("the heading of a case") as head:
        _head(view)
        _stepper(view.case)
    if not head.code:  # no decisions without a visible heading
        _now(view)
    _tabs(view)


def _view(visit: Visit, code: str) -> CaseView:
    with visit.db.reading() as connection:
        head = queries_case.header(connection, code)
        roles = {item.role for item in head.case.items}
        staff = availability.staff(connection, visit.now)
        return CaseView(
            visit,
            head,
            policy(connection),
            queries_case.documents(connection, head.id),
            {role: queries_case.holders(connection, role) for role in roles},
            {**staff.names, **queries_case.names(connection, _people_on_page(head.case))},
            availability.substitutions_of(connection, visit.person.id, visit.now),
            staff.acting(visit.now),
        )


def _people_on_page(case: Case) -> set[int]:
    """The people named on the page: authors of findings and holders of work."""
    finders = {person for finding in case.findings for person in (finding.person, finding.for_person) if person}
    return finders | {item.held_by for item in case.items if item.held_by}


def _head(view: CaseView) -> None:
    head, case, fmt = view.head, view.case, view.visit.format
    st.set_page_config(page_title=f"{head.code} · {head.client}")  # for the browser's tab and history
    st.title(f"{head.code} · {plain(head.client)}", anchor=False)
    scope = t("word-international" if case.international else "word-national")
    facts = [word(case.flow), ROLE_NAMES[CHANNEL_ROLE[case.channel]], scope]
    opened = t("opened-by", person=plain(head.opened_by), at=head.opened_at)
    st.caption(f"{' · '.join(facts)} · {opened} ({fmt.ago(head.opened_at)})")
    st.markdown(plain(case.service))


def _stepper(case: Case) -> None:
    """Draw the phases as done, current or upcoming."""
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


def _now(view: CaseView) -> None:
    case, fmt = view.case, view.visit.format
    own_items = [item for item in case.items if item.role in view.roles]
    with part("work settled by others", key="notice-settled"):
        _settled_meanwhile(view, own_items)
    if case.outcome and case.ended_at:
        statement = t("ended", outcome=OUTCOME_NAMES[case.outcome], at=case.ended_at)
        (st.success if case.outcome is Outcome.CLOSED else st.error)(statement)
        return
    if case.review:
        with part("the approvals so far"):
            _progress(view)
    for item in [*own_items, *(item for item in case.items if item not in own_items)]:
        with part("a work item"):
            work_item.draw(view, item)
    with part("the recalls"):
        recall.draw(view)
    if case.returns:
        st.caption(t("returns-so-far", count=case.returns, phase=f"{case.phase} {phase_of(case.phase).name}"))
    if not own_items:
        st.caption(t("nothing-for-you", when=fmt.ago(case.entered_at)))


def _settled_meanwhile(view: CaseView, own_items: list[Item]) -> None:
    """Show who settled work that this window still offered to the visitor, how and when."""
    code, before = st.session_state.get("asked", ("", {}))
    now_open = {item.item: view.actor(item).for_person for item in own_items}
    for number in sorted(set(before) - set(now_open)) if code == view.head.code else ():
        try:
            rehearse(view.visit.db, view.visit.person.id, code, Close(number, 0), view.visit.now, before[number])
        except NotAllowed:  # no longer a substitute of the person whose work it was
            continue
        except (Stale, Ended) as settled:
            if not settled.params.get("own"):
                with st.container(key=f"notice-{number}"):
                    st.warning(refusal(settled))
    st.session_state["asked"] = (view.head.code, now_open)


def _progress(view: CaseView) -> None:
    """Draw who has approved the version under review, and how many are needed."""
    review = view.case.review
    assert review is not None
    rule = t(f"rule-{review.panel.mode}", needed=review.panel.needed)
    approved = [ROLE_NAMES[approval.role] for approval in review.approvals]
    approvals = t("approved-by", roles=approved) if approved else t("approved-by-nobody")
    st.caption(f"{t('review-version', document=review.document, version=review.version)} {rule} {approvals}")


def _tabs(view: CaseView) -> None:
    visible = [tab for tab in TABS if tab not in TAB_ROLES or TAB_ROLES[tab] & view.visit.person.roles]
    chosen = filters.part("vista", t("case-tabs"), visible, lambda tab: t(f"tab-{tab}"))
    with part(f"the tab {chosen} of a case"):
        _DRAWN[chosen](view)


_DRAWN = {
    "history": tabs.history,
    "map": map_tab.draw,
    "documents": tabs.documents,
    "client": tabs.client,
    "coordination": tabs.coordination,
    "link": link_tab.draw,
}
