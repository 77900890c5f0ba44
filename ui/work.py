"""A work item to act on: what is asked, with all that is needed for it, and its buttons."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import access, foresight, services
from core.case import Case, Item
from core.errors import NotAllowed
from core.events import CriterionAnswer
from core.policy import Policy
from core.process import checklist, title
from core.queries import DocumentRow, Header
from core.services import On
from core.terms import DOCUMENT_NAMES, ROLE_NAMES, Kind
from ui.acting import attempt, show_problem
from ui.consequences import foreseen, said
from ui.due import due_badge
from ui.files import attach_form, current_file
from ui.i18n import plain, refusal, t
from ui.shell import Visit
from ui.typed import Typed


@dataclass(frozen=True)
class Desk:
    """What a work item lies on: the visit, the case, its documents, who holds each role, and who found what."""

    visit: Visit
    head: Header
    policy: Policy
    documents: list[DocumentRow]
    holders: dict[str, list[str]]
    names: dict[int, str]

    @property
    def case(self) -> Case:
        return self.head.case

    def typed(self, item: Item) -> Typed:
        return Typed(self.visit, f"{self.head.code}/{item.item}")


def draw(desk: Desk, item: Item) -> None:
    """One open work item: the form for whoever may act on it, else who may and why this person may not."""
    against = access.why_not(desk.policy, desk.case, item, desk.visit.actor, desk.visit.now)
    if against:
        _others(desk, item, against)
        return
    left, right = st.columns([5, 3], gap="medium")
    with left, st.container(border=True):
        _heading(desk, item)
        _FORMS[item.work](desk, item, desk.typed(item))
    with right, st.container(border=True):
        _consequences(desk, item)


def _heading(desk: Desk, item: Item) -> None:
    st.subheader(title(item.work, item.phase), anchor=False)
    blocked = desk.case.missing(item, desk.visit.now)
    badge = due_badge(desk.visit.format, item.soon_at, item.due_at, blocked=bool(blocked))
    cycle = f" · {t('cycle', number=item.cycle)}" if item.cycle > 1 else ""
    st.markdown(f"{badge} {ROLE_NAMES[item.role]}{cycle}")
    if blocked:
        st.warning(t("blocked-until", environment=blocked))


def _others(desk: Desk, item: Item, against: Exception) -> None:
    """What somebody else is asked to do: who can, by when, and why not this person."""
    words = desk.visit.format
    with st.container(border=True):
        badge = due_badge(words, item.soon_at, item.due_at, blocked=bool(desk.case.missing(item, desk.visit.now)))
        st.markdown(f"**{title(item.work, item.phase)}** · {ROLE_NAMES[item.role]} · {badge}")
        people = desk.holders.get(item.role, [])
        st.caption(t("can-decide", people=[plain(name) for name in people]) if people else t("nobody-can"))
        if item.role in desk.visit.person.roles and isinstance(against, NotAllowed):
            st.warning(refusal(against))


def _consequences(desk: Desk, item: Item) -> None:
    """What happens if I click, before I click."""
    for choice in foresight.choices(item):
        would = foresight.consequence(desk.policy, desk.case, item, choice, desk.visit.actor, desk.visit.now)
        st.markdown(f"**{t(f'if-{choice}')}**")
        if choice == "yes" and desk.case.missing(item, desk.visit.now):
            st.caption(t("then-blocked"))
            continue
        for line in foreseen(would, desk.visit.format):
            st.caption(line)


def _on(desk: Desk, item: Item, visit: Visit) -> On:
    return On(visit.person.id, desk.head.code, item.item, item.version)


def _validate(desk: Desk, item: Item, typed: Typed) -> None:
    if item.document:
        current_file(desk.documents, item.document, desk.visit.format)
    done = _checklist(desk, item, typed)
    typed.text("reason", t("reason-no"), lines=2)
    show_problem(typed.key("verdict"))
    with st.container(horizontal=True):
        yes = partial(_decide, desk, item, typed, "yes", done)
        st.button(
            t("do-yes"),
            type="primary",
            on_click=yes,
            key=f"{typed.name}-yes",
            disabled=bool(desk.case.missing(item, desk.visit.now)),
        )
        st.button(t("do-no"), on_click=partial(_decide, desk, item, typed, "no", done), key=f"{typed.name}-no")


def _decide(desk: Desk, item: Item, typed: Typed, verdict: str, done: frozenset[int]) -> None:
    def act(visit: Visit) -> str:
        on = _on(desk, item, visit)
        reason = typed.value("reason") if verdict == "no" else ""
        case = services.validate(visit.db, on, verdict, visit.now, reason=reason, done=done)
        return said(t(f"done-{verdict}", work=title(item.work, item.phase)), case, visit.now, visit.format)

    if attempt(act, f"{typed.name}:"):
        typed.forget()


def _checklist(desk: Desk, item: Item, typed: Typed) -> frozenset[int]:
    """The activities of phase 1 to tick; what does not apply is said."""
    asked = checklist(item.work, item.phase, item.role, international=desk.case.international)
    if not asked:
        return frozenset()
    st.markdown(f"**{t('checklist')}**")
    done = frozenset(placed.position for placed in asked if _ticked(typed, placed.position, placed.activity.name))
    for placed in checklist(item.work, item.phase, item.role, international=True):
        if placed not in asked:
            st.caption(t("checklist-national", activity=placed.activity.name))
    show_problem(typed.key("checklist"))
    return done


def _ticked(typed: Typed, position: int, name: str) -> bool:
    return typed.tick(f"tick{position}", name)


def _produce(desk: Desk, item: Item, typed: Typed) -> None:
    document = item.document
    assert document is not None
    findings = desk.case.findings if item.work is Kind.CORRECT else ()
    for finding in findings:
        about = f"**{plain(finding.criterion)}** " if finding.criterion else ""
        by = t("found-by", person=plain(desk.names.get(finding.person, "")), role=ROLE_NAMES[finding.role])
        st.markdown(f"{finding.number}. {about}{plain(finding.text)}")
        typed.text(f"answer_{finding.number}", f"{t('answer')} · {by}", lines=2)
    attach_form(desk, item, typed)
    done = _checklist(desk, item, typed)
    act = partial(_send, desk, item, typed, done)
    st.button(t("do-send", document=DOCUMENT_NAMES[document]), type="primary", on_click=act, key=f"{typed.name}-send")


def _send(desk: Desk, item: Item, typed: Typed, done: frozenset[int]) -> None:
    def act(visit: Visit) -> str:
        answers = {f.number: str(typed.value(f"answer_{f.number}")) for f in desk.case.findings}
        sent = answers if item.work is Kind.CORRECT else {}
        case = services.send(visit.db, _on(desk, item, visit), visit.now, done=done, answers=sent)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return said(t("done-send", document=document), case, visit.now, visit.format)

    if attempt(act, f"{typed.name}:"):
        typed.forget()


def _review(desk: Desk, item: Item, typed: Typed) -> None:
    review = desk.case.review
    assert review is not None
    current_file(desk.documents, review.document, desk.visit.format)
    for finding in desk.case.findings:
        about = f"{plain(finding.criterion)}: " if finding.criterion else ""
        answer = plain(finding.answer) or "–"
        st.caption(f"{t('finding-before', number=finding.number)} {about}{plain(finding.text)} → **{answer}**")
    st.markdown(f"**{t('criteria')}**")
    for number, criterion in enumerate(desk.case.criteria):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plain(criterion.name)}: **{plain(criterion.expected)}**", width=230)
            with st.container(width=290):
                typed.pick(f"criterion_{number}", "", ["meets", "fails", "not_applicable"], _answer_word)
            with st.container(width="stretch"):
                typed.text(f"comment_{number}", t("comment"), label_visibility="collapsed", placeholder=t("comment"))
    typed.text("reason", t("reason-return"), lines=2)
    show_problem(typed.key("verdict"))
    with st.container(horizontal=True):
        approve, back = partial(_verdict, desk, item, typed, "approve"), partial(_verdict, desk, item, typed, "return")
        st.button(t("do-approve"), type="primary", on_click=approve, key=f"{typed.name}-approve")
        st.button(t("do-return"), on_click=back, key=f"{typed.name}-return")


def _answer_word(answer: str) -> str:
    return t(f"word-{answer.replace('_', '-')}")


def _verdict(desk: Desk, item: Item, typed: Typed, verdict: str) -> None:
    def act(visit: Visit) -> str:
        answers = tuple(
            CriterionAnswer(c.name, str(typed.value(f"criterion_{n}")), str(typed.value(f"comment_{n}")).strip())
            for n, c in enumerate(desk.case.criteria)
        )
        reason = str(typed.value("reason"))
        on = _on(desk, item, visit)
        case = services.review(visit.db, on, verdict, visit.now, answers=answers, reason=reason)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return said(t(f"done-{verdict}", document=document), case, visit.now, visit.format)

    if attempt(act, f"{typed.name}:"):
        typed.forget()


def _close(desk: Desk, item: Item, typed: Typed) -> None:
    st.markdown(t("close-asks" if item.work is Kind.CLOSE else "sign-off-asks"))
    act = partial(_close_now, desk, item)
    st.button("Cerrar Comercial", type="primary", on_click=act, key=f"{typed.name}-close")


def _close_now(desk: Desk, item: Item) -> None:
    def act(visit: Visit) -> str:
        case = services.close(visit.db, _on(desk, item, visit), visit.now)
        return said(t("done-close"), case, visit.now, visit.format)

    attempt(act)


_FORMS = {
    Kind.VALIDATE: _validate,
    Kind.PRODUCE: _produce,
    Kind.CORRECT: _produce,
    Kind.REVIEW: _review,
    Kind.CLOSE: _close,
    Kind.SIGN_OFF: _close,
}
