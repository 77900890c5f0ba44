"""The form of a review: the document, earlier findings, the client's criteria, and the verdict."""

from functools import partial

import streamlit as st

from core.case.events import CriterionAnswer
from core.case.model import Item
from core.process.terms import DOCUMENT_NAMES
from core.services import cases
from ui.case import rereview
from ui.case.desk import Desk, buttons
from ui.case.files import current_file
from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words.consequences import said
from ui.words.messages import plain, t

ANSWERS = ("meets", "fails", "not_applicable")


def review_form(desk: Desk, item: Item, typed: Typed) -> None:
    review = desk.case.review
    assert review is not None
    mine = [each.item for each in desk.case.items if each.role in desk.roles]
    current_file(desk, review.document, "" if item.item == mine[0] else f"_{item.item}")
    changed = st.container(gap="xsmall")  # filled last: a long comparison keeps nobody from the form
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('criteria')}**", width="content")
        st.button(t("all-met"), type="tertiary", on_click=partial(_all_met, desk, typed), key=f"{typed.name}-all-met")
    for number, criterion in enumerate(desk.case.criteria):
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
    buttons(desk, item, labels, partial(_verdict, desk, item, typed))
    with changed:
        rereview.draw(desk, review)


def _all_met(desk: Desk, typed: Typed) -> None:
    """Every criterion that has no answer yet is met."""
    for number in range(len(desk.case.criteria)):
        key = typed.key(f"criterion_{number}")
        st.session_state[key] = st.session_state.get(key) or ANSWERS[0]
    typed.keep()


def _answer_word(answer: str) -> str:
    return t(f"word-{answer.replace('_', '-')}")


def _verdict(desk: Desk, item: Item, typed: Typed, verdict: str) -> None:
    def act(visit: Visit) -> str:
        answers = tuple(
            CriterionAnswer(c.name, str(typed.value(f"criterion_{n}")), str(typed.value(f"comment_{n}")).strip())
            for n, c in enumerate(desk.case.criteria)
        )
        reason = str(typed.value("reason"))
        on = desk.on(item, visit)
        case = cases.review(visit.db, on, verdict, visit.now, answers=answers, reason=reason)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return said(t(f"done-{verdict}", document=document), case, desk.case.last_item, visit.format)

    if desk.attempt(act, f"{typed.name}:"):
        typed.forget()
