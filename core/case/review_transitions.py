"""The events that reviews and closing cause."""

from core.case import events as happened
from core.case.commands import Actor, Close, Review
from core.case.events import Finding
from core.case.model import Item
from core.case.recorder import Recorder, enter_next_phase
from core.process.definition import phase_of
from core.process.terms import REVIEW_ROLES, Document, Does, Kind, Outcome, Placed, Role
from core.text import clean_text


def review(command: Review, recorder: Recorder) -> None:
    item = recorder.item(command.item)
    review = recorder.case.review
    assert review is not None
    findings = _findings(command, item, recorder.actor) if command.verdict == "return" else ()
    recorder.add(
        happened.Reviewed(
            item.item,
            review.document,
            review.version,
            review.cycle,
            command.verdict,
            command.answers,
            clean_text(command.reason),
            findings,
        )
    )
    recorder.perform_all(item.role, Does.REVIEW)
    recorder.perform_all(item.role, Does.DECISION, result=command.verdict)
    if command.verdict == "return":
        recorder.withdraw_open("returned")
        recorder.open_item(Kind.CORRECT, recorder.case.intake_role, cycle=review.cycle + 1)
        return
    review = recorder.case.review
    assert review is not None
    if len(review.approvals) >= review.panel.needed:
        _approve(item.role, review.document, review.version, recorder)


def _findings(command: Review, item: Item, actor: Actor) -> tuple[Finding, ...]:
    failed = [(answer.criterion, clean_text(answer.comment)) for answer in command.answers if answer.answer == "fails"]
    written = [("", clean_text(command.reason))] if clean_text(command.reason) else []
    return tuple(
        Finding(number, item.role, actor.person, criterion, text, for_person=actor.for_person)
        for number, (criterion, text) in enumerate([*failed, *written], start=1)
    )


def _approve(last: Role, document: Document, version: int, recorder: Recorder) -> None:
    """Close a review that has enough approvals, perform the closing activities once, and enter the next phase."""
    review = recorder.case.review
    assert review is not None
    recorder.add(happened.DocumentApproved(document, version, review.cycle))
    recorder.withdraw_open("approved")
    took_part = [approval.role for approval in review.approvals]
    idle = [role for role in REVIEW_ROLES if role not in took_part]
    for role in idle:
        if role not in recorder.case.reviewers:
            recorder.perform_all(role, Does.REVIEW, Does.DECISION, status="not_applicable", why=review.panel.mode)
    for placed in phase_of(recorder.case.phase).placed(last, *CLOSING):
        _close_once(placed, took_part, idle, review.panel.mode, recorder)
    enter_next_phase(recorder)


def _close_once(placed: Placed, took_part: list[Role], idle: list[Role], mode: str, recorder: Recorder) -> None:
    if _prepares_draft(placed):
        following = phase_of(placed.phase + 1).document
        assert following is not None
        recorder.add(happened.DraftPrepared(following, recorder.policy.templates[following]))
    status = "ordered" if placed.activity.does is Does.ORDER else "done"
    execution = recorder.perform(placed, status=status)
    for role in took_part:
        if role is not placed.role:
            recorder.perform(placed._replace(role=role), status=status, execution=execution)
    for role in idle:
        recorder.perform(placed._replace(role=role), status="not_applicable", why=mode)


def _prepares_draft(placed: Placed) -> bool:
    """*Generar* prepares the draft that *Enviar* hands over; without a *Generar*, *Enviar* does both."""
    drafts = phase_of(placed.phase).placed(placed.role, Does.DRAFT) or phase_of(placed.phase).placed(
        placed.role, Does.HAND_OVER
    )
    return placed in drafts


def close(command: Close, recorder: Recorder) -> None:
    item = recorder.item(command.item)
    recorder.add(happened.LaneClosed(item.item))
    recorder.perform_all(item.role, Does.CLOSE, Does.END)
    if item.work is Kind.CLOSE:
        for role in REVIEW_ROLES:
            recorder.open_item(Kind.SIGN_OFF, role)
        return
    recorder.withdraw_open("signed_off")
    for role in REVIEW_ROLES:
        if role is not item.role:
            recorder.perform_all(role, Does.CLOSE, Does.END, status="not_applicable", why="one_sign_off")
    recorder.end(Outcome.CLOSED)


CLOSING = (Does.DRAFT, Does.HAND_OVER, Does.ORDER)
