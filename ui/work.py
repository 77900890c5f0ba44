"""A work item to act on: what is asked, with all that is needed for it, and its buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import access, foresight, services
from core.case import Case, Item
from core.commands import Actor
from core.errors import NotAllowed
from core.events import CriterionAnswer
from core.policy import Policy
from core.process import checklist, title
from core.queries import DocumentRow, Header
from core.services import On
from core.terms import DOCUMENT_NAMES, ROLE_NAMES, Kind, Role
from ui.acting import attempt, show_problem
from ui.consequences import foreseen, said
from ui.due import due_badge
from ui.files import attach_form, current_file
from ui.i18n import plain, refusal, t
from ui.shell import Visit
from ui.typed import Typed

ANSWERS = ("meets", "fails", "not_applicable")


@dataclass(frozen=True)
class Desk:
    """What a work item lies on: the visit, the case, its documents, who holds each role, and who found what."""

    visit: Visit
    head: Header
    policy: Policy
    documents: list[DocumentRow]
    holders: dict[Role, dict[int, str]]
    names: dict[int, str]

    @property
    def case(self) -> Case:
        return self.head.case

    def able(self, item: Item) -> list[str]:
        """The names of those who may act on a work item, by name."""
        actors = {Actor(number, frozenset({item.role})): name for number, name in self.holders[item.role].items()}
        at = self.visit.now
        return [name for who, name in actors.items() if access.why_not(self.policy, self.case, item, who, at) is None]

    def typed(self, item: Item) -> Typed:
        return Typed(self.visit, f"{self.head.code}/{item.item}")


def draw(desk: Desk, item: Item) -> None:
    """One open work item: the form for whoever may act on it, else who may and why this person may not."""
    against = access.why_not(desk.policy, desk.case, item, desk.visit.actor, desk.visit.now)
    if against:
        _others(desk, item, against)
        return
    with st.container(border=True, gap="xsmall"):
        _heading(desk, item)
        _FORMS[item.work](desk, item, desk.typed(item))


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
        people = desk.able(item)
        if blocked := desk.case.missing(item, desk.visit.now):
            st.caption(t("blocked-until", environment=blocked))
        st.caption(t("can-decide", people=[plain(name) for name in people]) if people else t("nobody-can"))
        if item.role in desk.visit.person.roles and isinstance(against, NotAllowed):
            st.warning(refusal(against))


def _buttons(desk: Desk, item: Item, labels: dict[str, str], click: Callable[[str], None]) -> None:
    """The answers that the item takes, each with what it would cause, before it is given."""
    blocked = desk.case.missing(item, desk.visit.now)
    for place, (choice, label) in zip(st.columns(len(labels), gap="medium"), labels.items(), strict=True):
        barred = choice == "yes" and blocked is not None
        with place:
            st.button(
                label,
                type="primary" if choice == next(iter(labels)) else "secondary",
                on_click=partial(click, choice),
                key=f"{desk.head.code}-{item.item}-{choice}",
                disabled=barred,
                width="stretch",
            )
            would = foresight.consequence(desk.policy, desk.case, item, choice, desk.visit.actor, desk.visit.now)
            lines = [t("then-blocked")] if barred else foreseen(would, desk.visit.format)
            st.caption(f"**{t(f'if-{choice}')}:** {' '.join(lines)}")


def _on(desk: Desk, item: Item, visit: Visit) -> On:
    return On(visit.person.id, desk.head.code, item.item, item.version)


def _validate(desk: Desk, item: Item, typed: Typed) -> None:
    if item.document:
        current_file(desk.documents, item.document, desk.visit.format)
    done = _checklist(desk, item, typed)
    typed.text("reason", t("reason-no"), lines=2)
    show_problem(typed.key("verdict"))
    _buttons(desk, item, {"yes": t("do-yes"), "no": t("do-no")}, partial(_decide, desk, item, typed, done))


def _decide(desk: Desk, item: Item, typed: Typed, done: frozenset[int], verdict: str) -> None:
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
    label = t("do-send", document=DOCUMENT_NAMES[document])
    _buttons(desk, item, {"send": label}, partial(_send, desk, item, typed, done))


def _send(desk: Desk, item: Item, typed: Typed, done: frozenset[int], _: str) -> None:
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
    _buttons(desk, item, labels, partial(_verdict, desk, item, typed))


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
        on = _on(desk, item, visit)
        case = services.review(visit.db, on, verdict, visit.now, answers=answers, reason=reason)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return said(t(f"done-{verdict}", document=document), case, visit.now, visit.format)

    if attempt(act, f"{typed.name}:"):
        typed.forget()


def _close(desk: Desk, item: Item, _: Typed) -> None:
    st.markdown(t("close-asks" if item.work is Kind.CLOSE else "sign-off-asks"))
    _buttons(desk, item, {"close": "Cerrar Comercial"}, partial(_close_now, desk, item))


def _close_now(desk: Desk, item: Item, _: str) -> None:
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
