"""Taking one's own decision back, while nobody has started on what followed."""

from functools import partial

import streamlit as st

from core.case.model import Decision, Item
from core.process.definition import phase_name, title
from core.process.terms import ROLE_NAMES
from core.services import cases, preview
from ui.case.desk import Desk
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words.consequences import said
from ui.words.messages import t, word


def draw(desk: Desk) -> None:
    """Each decision of the visitor that may still be taken back, with what that causes."""
    person = desk.visit.person
    for decision in desk.case.revocable:
        roles = person.roles
        if decision.for_person is not None:
            roles = next((each.roles for each in desk.standing if each.person == decision.for_person), frozenset())
        if decision.person == person.id and decision.item.role in roles:
            _offer(desk, decision)


def _offer(desk: Desk, decision: Decision) -> None:
    item = decision.item
    typed = Typed(desk.visit, f"{desk.head.code}/{item.item}/back")
    work = title(item.work, item.phase)
    with st.expander(t("take-back-offer", work=work, choice=word(decision.choice))):
        would = preview.recall_consequence(desk.policy, desk.case, item.item, desk.visit.actor, desk.visit.now)
        lines = [t("then-open-again", work=_work(would.opens), phase=phase_name(item.phase), due=_due(desk, item))]
        if would.withdraws:
            lines.append(t("then-withdrawn", work=_work(would.withdraws)))
        st.caption(" ".join([*lines, t("take-back-until")]))
        typed.text("reason", t("reason"), lines=2)
        st.button(t("do-take-back"), key=f"{typed.name}-now", on_click=partial(_take_back, desk, decision, typed))


def _due(desk: Desk, item: Item) -> str:
    return desk.visit.format.moment(item.due_at)


def _work(items: tuple[Item, ...]) -> str:
    roles = ", ".join(ROLE_NAMES[item.role] for item in items)
    return f"{title(items[0].work, items[0].phase)} ({roles})"


def _take_back(desk: Desk, decision: Decision, typed: Typed) -> None:
    def act(visit: Visit) -> str:
        item, reason = decision.item, str(typed.value("reason"))
        case = cases.take_back(
            visit.db,
            visit.person.id,
            desk.head.code,
            item.item,
            reason,
            visit.now,
            for_person=decision.for_person,
        )
        return said(t("done-take-back", work=title(item.work, item.phase)), case, desk.case.last_item, visit.format)

    if desk.attempt(act, f"{typed.name}:"):
        typed.forget()
