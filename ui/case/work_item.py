"""A work item to act on: what is asked, with all that is needed for it, and its buttons."""

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
from ui.case.desk import Desk, buttons
from ui.case.files import attach_form, current_file
from ui.case.review import review_form
from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.widgets.due_badge import due_badge
from ui.widgets.form_state import Typed
from ui.widgets.substitution import for_whom
from ui.words.consequences import said
from ui.words.messages import by_whom, plain, refusal, t


def draw(desk: Desk, item: Item) -> None:
    """One open work item: the form for whoever may act on it, else who may and why this person may not."""
    against = permissions.why_not(desk.policy, desk.case, item, desk.actor(item), desk.visit.now)
    if against:
        _others(desk, item, against)
        return
    with st.container(border=True, gap="xsmall"):
        _heading(desk, item)
        claim.bar(desk, item)
        _FORMS[item.work](desk, item, desk.typed(item))


def _heading(desk: Desk, item: Item) -> None:
    st.subheader(title(item.work, item.phase), anchor=False)
    blocked = desk.case.missing(item, desk.visit.now)
    badge = due_badge(desk.visit.format, item.soon_at, item.due_at, blocked=bool(blocked))
    cycle = f" · {t('cycle', number=item.cycle)}" if item.cycle > 1 else ""
    absent = desk.stands_for(item)
    whose = f" :violet-badge[{for_whom(absent)}]" if absent else ""
    st.markdown(f"{badge} {ROLE_NAMES[item.role]}{cycle}{whose}")
    if blocked:
        st.warning(t("blocked-until", environment=blocked))


def _others(desk: Desk, item: Item, against: Exception) -> None:
    """What somebody else is asked to do: who can, by when, and why not this person."""
    words = desk.visit.format
    with st.container(border=True):
        badge = due_badge(words, item.soon_at, item.due_at, blocked=bool(desk.case.missing(item, desk.visit.now)))
        st.markdown(f"**{title(item.work, item.phase)}** · {ROLE_NAMES[item.role]} · {badge}")
        if blocked := desk.case.missing(item, desk.visit.now):
            st.caption(t("blocked-until", environment=blocked))
        if item.held_by is None:
            people = [plain(name) for name in desk.able(item)]
            st.caption(t("can-decide", people=people) if people else t("nobody-can", role=item.role))
        claim.bar(desk, item)
        if item.role in desk.roles and isinstance(against, NotAllowed):
            st.warning(refusal(against, person=desk.names.get(item.held_by or 0, "")))


def _validate(desk: Desk, item: Item, typed: Typed) -> None:
    if item.document:
        current_file(desk, item.document)
    _checklist(desk, item, typed)
    typed.text("reason", t("reason-no"), lines=2)
    show_problem(typed.key("verdict"))
    buttons(desk, item, {"yes": t("do-yes"), "no": t("do-no")}, partial(_decide, desk, item, typed))


def _decide(desk: Desk, item: Item, typed: Typed, verdict: str) -> None:
    def act(visit: Visit) -> str:
        on, done = desk.on(item, visit), _done(desk, item, typed)
        reason = typed.value("reason") if verdict == "no" else ""
        case = cases.validate(visit.db, on, verdict, visit.now, reason=reason, done=done)
        return said(t(f"done-{verdict}", work=title(item.work, item.phase)), case, desk.case.last_item, visit.format)

    if desk.attempt(act, f"{typed.name}:"):
        typed.forget()


def _asked(desk: Desk, item: Item) -> tuple[Placed, ...]:
    """The activities of phase 1 that the work item asks for."""
    return checklist(item.work, item.phase, item.role, international=desk.case.international)


def _checklist(desk: Desk, item: Item, typed: Typed) -> None:
    """The activities of phase 1 to tick; what does not apply is said."""
    asked = _asked(desk, item)
    if not asked:
        return
    st.markdown(f"**{t('checklist')}**")
    for placed in asked:
        _activity(desk, item, typed, placed)
    for placed in checklist(item.work, item.phase, item.role, international=True):
        if placed not in asked:
            st.caption(t("checklist-national", activity=placed.activity.name))
    show_problem(typed.key("checklist"))


def _activity(desk: Desk, item: Item, typed: Typed, placed: Placed) -> None:
    """A box to tick; what another system carries out shows how that stands instead."""
    name = placed.activity.name
    if placed.position in desk.case.called(item.item, "answered"):
        st.markdown(f":green-badge[✓ {t('call-answered')}] {name}")
    elif placed.position in desk.case.called(item.item, "pending"):
        st.markdown(f":blue-badge[… {t('call-pending')}] {name}")
    else:
        if placed.position in desk.case.called(item.item, "failed"):
            st.caption(f":red-badge[✕ {t('call-failed')}] {t('call-by-hand')}")
        typed.tick(f"tick{placed.position}", name)


def _done(desk: Desk, item: Item, typed: Typed) -> frozenset[int]:
    """What is ticked or answered at the moment of the click: a tick can come with the click, before it is drawn."""
    answered = desk.case.called(item.item, "answered")
    pending = desk.case.called(item.item, "pending")
    return frozenset(
        placed.position
        for placed in _asked(desk, item)
        if placed.position in answered or (placed.position not in pending and typed.value(f"tick{placed.position}"))
    )


def _produce(desk: Desk, item: Item, typed: Typed) -> None:
    document = item.document
    assert document is not None
    findings = desk.case.findings if item.work is Kind.CORRECT else ()
    for finding in findings:
        about = f"**{plain(finding.criterion)}** " if finding.criterion else ""
        by = t("found-by", person=plain(_finder(desk, finding)), role=ROLE_NAMES[finding.role])
        st.markdown(f"{finding.number}. {about}{plain(finding.text)}")
        typed.text(f"answer_{finding.number}", f"{t('answer')} · {by}", lines=2)
    attach_form(desk, item, typed)
    _checklist(desk, item, typed)
    label = t("do-send", document=DOCUMENT_NAMES[document])
    buttons(desk, item, {"send": label}, partial(_send, desk, item, typed))


def _finder(desk: Desk, finding: Finding) -> str:
    return by_whom(desk.names.get(finding.person, ""), desk.names.get(finding.for_person or 0))


def _send(desk: Desk, item: Item, typed: Typed, _: str) -> None:
    def act(visit: Visit) -> str:
        answers = {f.number: str(typed.value(f"answer_{f.number}")) for f in desk.case.findings}
        sent = answers if item.work is Kind.CORRECT else {}
        done = _done(desk, item, typed)
        case = cases.send(visit.db, desk.on(item, visit), visit.now, done=done, answers=sent)
        document = DOCUMENT_NAMES[item.document] if item.document else ""
        return said(t("done-send", document=document), case, desk.case.last_item, visit.format)

    if desk.attempt(act, f"{typed.name}:"):
        typed.forget()


def _close(desk: Desk, item: Item, _: Typed) -> None:
    st.markdown(t("close-asks" if item.work is Kind.CLOSE else "sign-off-asks"))
    buttons(desk, item, {"close": "Cerrar Comercial"}, partial(_close_now, desk, item))


def _close_now(desk: Desk, item: Item, _: str) -> None:
    def act(visit: Visit) -> str:
        case = cases.close(visit.db, desk.on(item, visit), visit.now)
        return said(t("done-close"), case, desk.case.last_item, visit.format)

    desk.attempt(act)


_FORMS = {
    Kind.VALIDATE: _validate,
    Kind.PRODUCE: _produce,
    Kind.CORRECT: _produce,
    Kind.REVIEW: review_form,
    Kind.CLOSE: _close,
    Kind.SIGN_OFF: _close,
}
