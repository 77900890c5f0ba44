"""Whether this person may act on this work item now."""

from dataclasses import replace
from typing import cast

from core.case.commands import Assign, Attach, Close, ItemCommand, Review, Send, Validate
from core.case.context import Context
from core.errors import Ended, Invalid, NotAllowed, Problem, Stale
from core.process.terms import Document, Kind

WORK: dict[type, frozenset[Kind]] = {
    Validate: frozenset({Kind.VALIDATE}),
    Attach: frozenset({Kind.PRODUCE, Kind.CORRECT}),
    Send: frozenset({Kind.PRODUCE, Kind.CORRECT}),
    Review: frozenset({Kind.REVIEW}),
    Close: frozenset({Kind.CLOSE, Kind.SIGN_OFF}),
}


def case_is_running(context: Context) -> None:
    if context.case.outcome is not None:
        raise Ended("case_ended", outcome=context.case.outcome, at=context.case.ended_at)


def screen_was_current(context: Context) -> None:
    if cast(ItemCommand, context.command).seen != context.item.version:
        raise Stale("item_changed")


def command_fits_work(context: Context) -> None:
    if context.item.work not in WORK[type(context.command)]:
        raise Stale("item_not_open")


def actor_holds_role(context: Context) -> None:
    role = context.item.role
    if role not in context.actor.roles and context.actor.for_person is not None:
        raise NotAllowed("substitution_role_needed", role=role)
    if role not in context.actor.roles:
        review = context.case.review
        only = review is not None and context.item.work is Kind.REVIEW and review.panel.mode == "b2b"
        raise NotAllowed("b2b_sole_approver" if only else "role_needed", role=role)


def four_eyes(context: Context) -> None:
    review = context.case.review
    if review:
        _not_the_sender(context, review.document, "four_eyes")


def four_eyes_on_validation(context: Context) -> None:
    document = context.item.document
    if document and context.policy.four_eyes_on_validation:
        _not_the_sender(context, document, "four_eyes_on_validation")


def taker_may_decide(context: Context) -> None:
    """Refuse a claim on work that the four-eyes rule keeps the person from deciding."""
    if context.item.work is Kind.REVIEW:
        four_eyes(context)
    if context.item.work is Kind.VALIDATE:
        four_eyes_on_validation(context)


def assignee_may_decide(context: Context) -> None:
    holder = cast(Assign, context.command).holder
    try:
        taker_may_decide(replace(context, actor=holder) if holder else context)
    except NotAllowed as refused:
        raise Invalid({"to": Problem("assignee_sent_it", refused.params)}) from refused


def _not_the_sender(context: Context, document: Document, code: str) -> None:
    version = context.case.sent(document)
    if version and context.people & {version.sent_by, version.sent_for}:
        raise NotAllowed(code, document=document, version=version.version)
