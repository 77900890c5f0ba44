"""The form of a review: the document, earlier findings, the client's criteria, and the verdict."""

from functools import partial

import streamlit as st

from core.case.events import CriterionAnswer
from core.case.model import Item
from core.process.terms import DOCUMENT_NAMES
from core.services import cases
from ui.case import rereview
from ui.case.files import current_file
from ui.case.view import CaseView, buttons
from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words.consequences import describe_decision
from ui.words.messages import plain, t

ANSWERS = ("meets", "fails", "not_applicable")


def review_form(view: CaseView, item: Item, typed: Typed) -> None:
    review = view.case.review
    assert review is not None
    own_items = [own_item.item for own_item in view.case.items if own_item.role in view.roles]
    current_file(view, review.document, "" if item.item == own_items[0] else f"_{item.item}")
    changed = st.container(gap="xsmall")  # filled last, so that a long comparison does not delay the form
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('criteria')}**", width="content")
        st.button(t("all-met"), type="tertiary", on_click=partial(_all_met, view, typed), key=f"{typed.name}-all-met")
    for number, criterion in enumerate(view.case.criteria):
        left, middle, right = st.columns(3, vertical_alignment="center")
        left.markdown(f"{plain(criterion.name)}: **{plain(criterion.expected)}**")
        with middle:
            name = plain(criterion.name)
            typed.pick(f"criterion_{number}", name, list(ANSWERS), _answer_word, label_visibility="collapsed")
        with right:
            typed.text(f"comment_{number}", t("comment"), label_visibility="collapsed", placeholder=t("comment"))
    typed.text("reason", t("reason-return"), lines=2)
    show_problem(typed.key("verdict"))
    labels = {"approve": t("do-approve"), "return": t("do-return")}
    buttons(view, item, labels, partial(_verdict, view, item, typed))
    with changed:
        rereview.draw(view, review)


def _all_met(view: CaseView, typed: Typed) -> None:
    """Mark every criterion without an answer as met."""
    for number in range(len(view.case.criteria)):
        key = typed.key(f"criterion_{number}")
        st.session_state[key] = st.session_state.get(key) or ANSWERS[0]
    typed.keep()


def _answer_word(answer: str) -> str:
    return t(f"word-{answer.replace('_', '-')}")


def _verdict(view: CaseView, item: Item, typed: Typed, verdict: str) -> None:
    def act(visit: Visit) -> str:
        answers = tuple(
            CriterionAnswer(c.name, str(typed.value(f"criterion_{n}")), str(typed.value(f"comment_{n}")).strip())
            for n, c in enumerate(view.case.criteria)
        )
        reason = str(typed.value("reason"))
        on = view.on(item, visit)
        case = cases.review(visit.db, on, verdict, visit.now, answers=answers, reason=reason)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return describe_decision(t(f"done-{verdict}", document=document), case, view.case.last_item, visit.format)

    if view.attempt(act, f"{typed.name}:"):
        typed.forget()
