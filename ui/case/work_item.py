"""A work item on the case page: its form with documents, checklist and decision buttons."""

from functools import partial

import streamlit as st

from core.case import permissions
from core.case.events import Finding
from core.case.model import Item
from core.errors import NotAllowed
from core.process.definition import checklist, title
from core.process.terms import DOCUMENT_NAMES, ROLE_NAMES, Kind, Placed
from core.services import cases
from ui.case import claim
from ui.case.files import attach_form, current_file
from ui.case.review import review_form
from ui.case.view import CaseView, buttons
from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.widgets.due_badge import due_badge
from ui.widgets.form_state import Typed
from ui.widgets.substitution import for_whom
from ui.words.consequences import describe_decision
from ui.words.messages import by_whom, plain, refusal, t


def draw(view: CaseView, item: Item) -> None:
    """Draw an open work item: its form if the visitor may act on it, else who may and why the visitor may not."""
    refusal_reason = permissions.why_not(view.policy, view.case, item, view.actor(item), view.visit.now)
    if refusal_reason:
        _draw_readonly(view, item, refusal_reason)
        return
    with st.container(border=True, gap="xsmall"):
        _heading(view, item)
        claim.bar(view, item)
        _FORMS[item.work](view, item, view.typed(item))


def _heading(view: CaseView, item: Item) -> None:
    st.subheader(title(item.work, item.phase), anchor=False)
    blocked = view.case.missing(item, view.visit.now)
    badge = due_badge(view.visit.format, item.soon_at, item.due_at, blocked=bool(blocked))
    cycle = f" · {t('cycle', number=item.cycle)}" if item.cycle > 1 else ""
    absent = view.stands_for(item)
    substitute = f" :violet-badge[{for_whom(absent)}]" if absent else ""
    st.markdown(f"{badge} {ROLE_NAMES[item.role]}{cycle}{substitute}")
    if blocked:
        st.warning(t("blocked-until", environment=blocked))


def _draw_readonly(view: CaseView, item: Item, refusal_reason: Exception) -> None:
    """Draw an item that the visitor may not decide: who can, by when, and why the visitor cannot."""
    fmt = view.visit.format
    with st.container(border=True):
        badge = due_badge(fmt, item.soon_at, item.due_at, blocked=bool(view.case.missing(item, view.visit.now)))
        st.markdown(f"**{title(item.work, item.phase)}** · {ROLE_NAMES[item.role]} · {badge}")
        if blocked := view.case.missing(item, view.visit.now):
            st.caption(t("blocked-until", environment=blocked))
        if item.held_by is None:
            people = [plain(name) for name in view.able(item)]
            st.caption(t("can-decide", people=people) if people else t("nobody-can", role=item.role))
        claim.bar(view, item)
        if item.role in view.roles and isinstance(refusal_reason, NotAllowed):
            st.warning(refusal(refusal_reason, person=view.names.get(item.held_by or 0, "")))


def _validate(view: CaseView, item: Item, typed: Typed) -> None:
    if item.document:
        current_file(view, item.document)
    _checklist(view, item, typed)
    typed.text("reason", t("reason-no"), lines=2)
    show_problem(typed.key("verdict"))
    buttons(view, item, {"yes": t("do-yes"), "no": t("do-no")}, partial(_decide, view, item, typed))


def _decide(view: CaseView, item: Item, typed: Typed, verdict: str) -> None:
    def act(visit: Visit) -> str:
        on, done = view.on(item, visit), _ticked(view, item, typed)
        reason = typed.value("reason") if verdict == "no" else ""
        case = cases.validate(visit.db, on, verdict, visit.now, reason=reason, done=done)
        return describe_decision(
            t(f"done-{verdict}", work=title(item.work, item.phase)), case, view.case.last_item, visit.format
        )

    if view.attempt(act, f"{typed.name}:"):
        typed.forget()


def _activities(view: CaseView, item: Item) -> tuple[Placed, ...]:
    """The activities of phase 1 that the work item requires."""
    return checklist(item.work, item.phase, item.role, international=view.case.international)


def _checklist(view: CaseView, item: Item, typed: Typed) -> None:
    """Draw the activities of phase 1 to tick, and those that do not apply."""
    activities = _activities(view, item)
    if not activities:
        return
    st.markdown(f"**{t('checklist')}**")
    for placed in activities:
        _activity(view, item, typed, placed)
    for placed in checklist(item.work, item.phase, item.role, international=True):
        if placed not in activities:
            st.caption(t("checklist-national", activity=placed.activity.name))
    show_problem(typed.key("checklist"))


def _activity(view: CaseView, item: Item, typed: Typed, placed: Placed) -> None:
    """Draw a checkbox, or the state of the call if another system carries the activity out."""
    name = placed.activity.name
    if placed.position in view.case.called(item.item, "answered"):
        st.markdown(f":green-badge[✓ {t('call-answered')}] {name}")
    elif placed.position in view.case.called(item.item, "pending"):
        st.markdown(f":blue-badge[… {t('call-pending')}] {name}")
    else:
        if placed.position in view.case.called(item.item, "failed"):
            st.caption(f":red-badge[✕ {t('call-failed')}] {t('call-by-hand')}")
        typed.tick(f"tick{placed.position}", name)


def _ticked(view: CaseView, item: Item, typed: Typed) -> frozenset[int]:
    """The activities ticked or answered at the click; a tick may arrive with the click, before it is drawn."""
    answered = view.case.called(item.item, "answered")
    pending = view.case.called(item.item, "pending")
    return frozenset(
        placed.position
        for placed in _activities(view, item)
        if placed.position in answered or (placed.position not in pending and typed.value(f"tick{placed.position}"))
    )


def _produce(view: CaseView, item: Item, typed: Typed) -> None:
    document = item.document
    assert document is not None
    findings = view.case.findings if item.work is Kind.CORRECT else ()
    for finding in findings:
        about = f"**{plain(finding.criterion)}** " if finding.criterion else ""
        by = t("found-by", person=plain(_finder(view, finding)), role=ROLE_NAMES[finding.role])
        st.markdown(f"{finding.number}. {about}{plain(finding.text)}")
        typed.text(f"answer_{finding.number}", f"{t('answer')} · {by}", lines=2)
    attach_form(view, item, typed)
    _checklist(view, item, typed)
    label = t("do-send", document=DOCUMENT_NAMES[document])
    buttons(view, item, {"send": label}, partial(_send, view, item, typed))


def _finder(view: CaseView, finding: Finding) -> str:
    return by_whom(view.names.get(finding.person, ""), view.names.get(finding.for_person or 0))


def _send(view: CaseView, item: Item, typed: Typed, _: str) -> None:
    def act(visit: Visit) -> str:
        answers = {f.number: str(typed.value(f"answer_{f.number}")) for f in view.case.findings}
        sent = answers if item.work is Kind.CORRECT else {}
        done = _ticked(view, item, typed)
        case = cases.send(visit.db, view.on(item, visit), visit.now, done=done, answers=sent)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return describe_decision(t("done-send", document=document), case, view.case.last_item, visit.format)

    if view.attempt(act, f"{typed.name}:"):
        typed.forget()


def _close(view: CaseView, item: Item, _: Typed) -> None:
    st.markdown(t("close-asks" if item.work is Kind.CLOSE else "sign-off-asks"))
    buttons(view, item, {"close": "Cerrar Comercial"}, partial(_close_now, view, item))


def _close_now(view: CaseView, item: Item, _: str) -> None:
    def act(visit: Visit) -> str:
        case = cases.close(visit.db, view.on(item, visit), visit.now)
        return describe_decision(t("done-close"), case, view.case.last_item, visit.format)

    view.attempt(act)


_FORMS = {
    Kind.VALIDATE: _validate,
    Kind.PRODUCE: _produce,
    Kind.CORRECT: _produce,
    Kind.REVIEW: review_form,
    Kind.CLOSE: _close,
    Kind.SIGN_OFF: _close,
}
