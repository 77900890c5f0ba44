"""Recalling one's own decision while the work that follows has not been started."""

from functools import partial

import streamlit as st

from core.case.model import Decision, Item
from core.process.definition import phase_name, title
from core.process.terms import ROLE_NAMES
from core.services import cases, preview
from ui.case.view import CaseView
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words.consequences import describe_decision
from ui.words.messages import t, word


def draw(view: CaseView) -> None:
    """Draw each decision that the visitor may still recall, with the consequences."""
    person = view.visit.person
    for decision in view.case.revocable:
        roles = person.roles
        if decision.for_person is not None:
            roles = next((a.roles for a in view.standing if a.person == decision.for_person), frozenset())
        if decision.person == person.id and decision.item.role in roles:
            _offer(view, decision)


def _offer(view: CaseView, decision: Decision) -> None:
    item = decision.item
    typed = Typed(view.visit, f"{view.head.code}/{item.item}/back")
    work = title(item.work, item.phase)
    with st.expander(t("take-back-offer", work=work, choice=word(decision.choice))):
        would = preview.recall_consequence(view.policy, view.case, item.item, view.visit.actor, view.visit.now)
        lines = [t("then-open-again", work=_work(would.opens), phase=phase_name(item.phase), due=_due(view, item))]
        if would.withdraws:
            lines.append(t("then-withdrawn", work=_work(would.withdraws)))
        st.caption(" ".join([*lines, t("take-back-until")]))
        typed.text("reason", t("reason"), lines=2)
        st.button(t("do-take-back"), key=f"{typed.name}-now", on_click=partial(_take_back, view, decision, typed))


def _due(view: CaseView, item: Item) -> str:
    return view.visit.format.moment(item.due_at)


def _work(items: tuple[Item, ...]) -> str:
    roles = ", ".join(ROLE_NAMES[item.role] for item in items)
    return f"{title(items[0].work, items[0].phase)} ({roles})"


def _take_back(view: CaseView, decision: Decision, typed: Typed) -> None:
    def act(visit: Visit) -> str:
        item, reason = decision.item, str(typed.value("reason"))
        target = (visit.db, visit.person.id, view.head.code, item.item)
        case = cases.take_back(*target, reason, visit.now, for_person=decision.for_person)
        done = t("done-take-back", work=title(item.work, item.phase))
        return describe_decision(done, case, view.case.last_item, visit.format)

    if view.attempt(act, f"{typed.name}:"):
        typed.forget()
