"""Every rule that can refuse a command, one small function each, and which command meets which.

A guard returns when it has nothing against the command and raises a Refused otherwise. Guards run in the order of the
table: who, then whether the screen was current, then whether what was given is complete.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from core.case import claim, recall
from core.case.commands import (
    AskAgain,
    Assign,
    Attach,
    Close,
    Comment,
    EditComment,
    GiveBack,
    HandOver,
    ItemCommand,
    MakeLink,
    OpenCase,
    RegisterEnvironment,
    Review,
    Send,
    SettleCall,
    Take,
    TakeBack,
    Validate,
    WithdrawLink,
)
from core.case.context import Context
from core.errors import Blocked, Ended, Invalid, NotAllowed, NotFound, Problem, Stale
from core.process.definition import checklist
from core.process.terms import CHANNEL_ROLE, INTAKE_ROLES, PROCESS_ROLES, Channel, Document, Kind, Role
from core.text import identity, text_problem

MAX_TEXT = 4000
MAX_CRITERIA = 40
EDITABLE = 5 * 60_000  # ms after which a comment stands as it is
MAX_LINK_DAYS = 365
EVIDENCE_ROLES = frozenset({Role.PROCESO, Role.RESPONSABLE_IMPLEMENTACION_B2B})
WORK: dict[type, frozenset[Kind]] = {
    Validate: frozenset({Kind.VALIDATE}),
    Attach: frozenset({Kind.PRODUCE, Kind.CORRECT}),
    Send: frozenset({Kind.PRODUCE, Kind.CORRECT}),
    Review: frozenset({Kind.REVIEW}),
    Close: frozenset({Kind.CLOSE, Kind.SIGN_OFF}),
}


def case_is_running(asked: Context) -> None:
    if asked.case.outcome is not None:
        raise Ended("case_ended", outcome=asked.case.outcome, at=asked.case.ended_at)


def screen_was_current(asked: Context) -> None:
    if cast(ItemCommand, asked.command).seen != asked.item.version:
        raise Stale("item_changed")


def command_fits_work(asked: Context) -> None:
    if asked.item.work not in WORK[type(asked.command)]:
        raise Stale("item_not_open")


def actor_holds_role(asked: Context) -> None:
    role = asked.item.role
    if role not in asked.actor.roles and asked.actor.for_person is not None:
        raise NotAllowed("substitution_role_needed", role=role)
    if role not in asked.actor.roles:
        review = asked.case.review
        only = review is not None and asked.item.work is Kind.REVIEW and review.panel.mode == "b2b"
        raise NotAllowed("b2b_sole_approver" if only else "role_needed", role=role)


def four_eyes(asked: Context) -> None:
    review = asked.case.review
    if review:
        _not_the_sender(asked, review.document, "four_eyes")


def four_eyes_on_validation(asked: Context) -> None:
    document = asked.item.document
    if document and asked.policy.four_eyes_on_validation:
        _not_the_sender(asked, document, "four_eyes_on_validation")


def taker_may_decide(asked: Context) -> None:
    """Nobody holds what four eyes would keep them from deciding."""
    if asked.item.work is Kind.REVIEW:
        four_eyes(asked)
    if asked.item.work is Kind.VALIDATE:
        four_eyes_on_validation(asked)


def assignee_may_decide(asked: Context) -> None:
    holder = cast(Assign, asked.command).holder
    try:
        taker_may_decide(replace(asked, actor=holder) if holder else asked)
    except NotAllowed as refused:
        raise Invalid({"to": Problem("assignee_sent_it", refused.params)}) from refused


def take_back_has_its_reason(asked: Context) -> None:
    _text("reason", cast(TakeBack, asked.command).reason)


def verdict_is_known(asked: Context) -> None:
    known = ("yes", "no") if isinstance(asked.command, Validate) else ("approve", "return")
    verdict = cast(Validate | Review, asked.command).verdict
    if verdict not in known:
        raise Invalid({"verdict": Problem("verdict_unknown")})


def no_has_its_reason(asked: Context) -> None:
    command = cast(Validate, asked.command)
    if command.verdict == "no":
        _text("reason", command.reason)


def checklist_is_done(asked: Context) -> None:
    command, item = cast(Validate | Send, asked.command), asked.item
    if isinstance(command, Validate) and command.verdict == "no":
        return
    asks = checklist(item.work, item.phase, item.role, international=asked.case.international)
    waits = asked.case.called(item.item, "pending")
    waiting = [placed.activity.name for placed in asks if placed.position in waits]
    if waiting:
        raise Invalid({"checklist": Problem("call_pending", {"activities": waiting})})
    done = command.done | asked.case.called(item.item, "answered")
    open_ = [placed.activity.name for placed in asks if placed.position not in done]
    if open_:
        raise Invalid({"checklist": Problem("checklist_open", {"activities": open_})})


def prerequisite_is_met(asked: Context) -> None:
    missing = asked.case.missing(asked.item, asked.at)
    if missing and cast(Validate, asked.command).verdict == "yes":
        raise Blocked("environment_missing", environment=missing)


def document_is_attached(asked: Context) -> None:
    document = asked.item.document
    needed = asked.item.work is Kind.PRODUCE and document is not Document.CRO
    if needed and document and asked.case.newest(document) is None:
        raise Invalid({"file": Problem("document_missing", {"document": document})})


def new_version_is_attached(asked: Context) -> None:
    document = asked.item.document
    newest = asked.case.newest(document) if document else None
    if asked.item.work is Kind.CORRECT and newest and newest.sent_by is not None:
        raise Invalid({"file": Problem("new_version_missing", {"document": document, "version": newest.version})})


def findings_are_answered(asked: Context) -> None:
    answers = cast(Send, asked.command).answers
    problems: dict[str, Problem] = {}
    for finding in asked.case.findings if asked.item.work is Kind.CORRECT else ():
        problems |= text_problem(
            f"answer_{finding.number}", answers.get(finding.number, ""), MAX_TEXT, "answer_missing"
        )
    if problems:
        raise Invalid(problems)


def criteria_are_answered(asked: Context) -> None:
    command = cast(Review, asked.command)
    given = {answer.criterion: answer for answer in command.answers}
    problems: dict[str, Problem] = {}
    for number, criterion in enumerate(asked.case.criteria):
        answer = given.get(criterion.name)
        if answer is None or answer.answer not in ("meets", "fails", "not_applicable"):
            problems[f"criterion_{number}"] = Problem("criterion_unanswered", {"criterion": criterion.name})
        else:
            problems |= text_problem(f"criterion_{number}", answer.comment, MAX_TEXT)
    if problems:
        raise Invalid(problems)


def criteria_are_the_clients(asked: Context) -> None:
    """Only the client's own criteria are answered, each once."""
    open_ = [criterion.name for criterion in asked.case.criteria]
    for answer in cast(Review, asked.command).answers:
        if answer.criterion not in open_:
            raise Invalid({"criteria": Problem("criterion_unknown", {"criterion": answer.criterion[:MAX_TEXT]})})
        open_.remove(answer.criterion)


def failed_criterion_is_not_approved(asked: Context) -> None:
    command = cast(Review, asked.command)
    failed = [answer.criterion for answer in command.answers if answer.answer == "fails"]
    if command.verdict == "approve" and failed:
        raise Invalid({"verdict": Problem("approve_with_failed", {"criteria": failed})})


def return_has_a_finding(asked: Context) -> None:
    command = cast(Review, asked.command)
    failed = any(answer.answer == "fails" for answer in command.answers)
    if command.verdict == "return" and not failed:
        _text("reason", command.reason, "finding_missing")


def reason_is_readable(asked: Context) -> None:
    problems = text_problem("reason", cast(Review | Validate, asked.command).reason, MAX_TEXT)
    if problems:
        raise Invalid(problems)


def actor_takes_part(asked: Context) -> None:
    if not asked.actor.roles & set(PROCESS_ROLES):
        raise NotAllowed("process_role_needed")


def comment_has_text(asked: Context) -> None:
    _text("text", cast(Comment | EditComment, asked.command).text, "comment_missing")


def comment_is_there(asked: Context) -> None:
    if cast(EditComment, asked.command).written is None:
        raise NotFound("comment_unknown")


def comment_is_ones_own(asked: Context) -> None:
    written = cast(EditComment, asked.command).written
    if written and written.person != asked.actor.person:
        raise NotAllowed("comment_of_another")


def comment_is_fresh(asked: Context) -> None:
    written = cast(EditComment, asked.command).written
    if written and asked.at - written.at > EDITABLE:
        raise Stale("comment_settled", minutes=EDITABLE // 60_000)


def link_lasts(asked: Context) -> None:
    if not 1 <= cast(MakeLink, asked.command).days <= MAX_LINK_DAYS:
        raise Invalid({"days": Problem("link_days", {"limit": MAX_LINK_DAYS})})


def link_is_there(asked: Context) -> None:
    if cast(WithdrawLink, asked.command).link not in asked.case.links:
        raise Stale("link_withdrawn")


def call_is_pending(asked: Context) -> None:
    number = cast(SettleCall, asked.command).call
    if not any(call.call == number and call.state == "pending" for call in asked.case.calls):
        raise Stale("call_settled")


def actor_administers(asked: Context) -> None:
    if Role.ADMINISTRADOR not in asked.actor.roles:
        raise NotAllowed("role_needed", role=Role.ADMINISTRADOR)


def call_has_failed(asked: Context) -> None:
    number = cast(AskAgain, asked.command).call
    if not any(call.call == number and call.state == "failed" for call in asked.case.calls):
        raise Stale("call_not_failed")


def actor_coordinates(asked: Context) -> None:
    if Role.PROCESO not in asked.actor.roles:
        raise NotAllowed("role_needed", role=Role.PROCESO)


def channel_is_the_other(asked: Context) -> None:
    if cast(HandOver, asked.command).channel is asked.case.channel:
        raise Invalid({"channel": Problem("channel_same")})


def hand_over_has_its_reason(asked: Context) -> None:
    _text("reason", cast(HandOver, asked.command).reason)


def actor_registers_environments(asked: Context) -> None:
    if not EVIDENCE_ROLES & asked.actor.roles:
        raise NotAllowed("environment_role_needed")


def environment_has_evidence(asked: Context) -> None:
    _text("evidence", cast(RegisterEnvironment, asked.command).evidence, "evidence_missing")


def environment_is_not_expired(asked: Context) -> None:
    expires_at = cast(RegisterEnvironment, asked.command).expires_at
    if expires_at is not None and expires_at <= asked.at:
        raise Invalid({"expires_at": Problem("expiry_in_the_past")})


def actor_opens_channel(asked: Context) -> None:
    role = CHANNEL_ROLE[Channel(cast(OpenCase, asked.command).channel)]
    if role not in asked.actor.roles:
        any_intake = asked.actor.roles & set(INTAKE_ROLES)
        raise NotAllowed("channel_role_needed" if any_intake else "intake_role_needed", role=role)


def request_is_complete(asked: Context) -> None:
    command = cast(OpenCase, asked.command)
    problems = text_problem("service", command.service, MAX_TEXT, "service_missing")
    if not command.criteria:
        problems["criteria"] = Problem("criteria_missing")
    if len(command.criteria) > MAX_CRITERIA:
        problems["criteria"] = Problem("criteria_too_many", {"limit": MAX_CRITERIA})
    names = [identity(criterion.name) for criterion in command.criteria]
    for number, criterion in enumerate(command.criteria):
        problems |= text_problem(f"criterion_{number}", criterion.name, MAX_TEXT, "criterion_name_missing")
        problems |= text_problem(f"expected_{number}", criterion.expected, MAX_TEXT, "criterion_expected_missing")
        if names.index(names[number]) < number:
            problems[f"criterion_{number}"] = Problem("criterion_twice", {"criterion": criterion.name})
    if problems:
        raise Invalid(problems)


def _not_the_sender(asked: Context, document: Document, code: str) -> None:
    version = asked.case.sent(document)
    if version and asked.people & {version.sent_by, version.sent_for}:
        raise NotAllowed(code, document=document, version=version.version)


def _text(field: str, text: str, missing: str = "reason_missing") -> None:
    problems = text_problem(field, text, MAX_TEXT, missing)
    if problems:
        raise Invalid(problems)


Guard = Callable[[Context], None]
ON_ITEM: tuple[Guard, ...] = (
    case_is_running,
    command_fits_work,
    actor_holds_role,
    claim.nobody_else_holds,
    screen_was_current,
)
GUARDS: dict[type[Any], tuple[Guard, ...]] = {
    OpenCase: (actor_opens_channel, request_is_complete),
    Validate: (
        *ON_ITEM,
        four_eyes_on_validation,
        verdict_is_known,
        reason_is_readable,
        no_has_its_reason,
        prerequisite_is_met,
        checklist_is_done,
    ),
    Attach: ON_ITEM,
    Send: (*ON_ITEM, document_is_attached, new_version_is_attached, findings_are_answered, checklist_is_done),
    Review: (
        *ON_ITEM,
        four_eyes,
        verdict_is_known,
        reason_is_readable,
        criteria_are_answered,
        criteria_are_the_clients,
        failed_criterion_is_not_approved,
        return_has_a_finding,
    ),
    Close: ON_ITEM,
    HandOver: (case_is_running, actor_coordinates, channel_is_the_other, hand_over_has_its_reason),
    Take: (case_is_running, actor_holds_role, claim.nobody_else_holds, claim.not_held_already, taker_may_decide),
    GiveBack: (case_is_running, claim.somebody_holds, claim.actor_may_release, claim.hold_is_as_seen),
    Assign: (
        case_is_running,
        claim.actor_may_release,
        claim.hold_is_as_seen,
        claim.assignee_is_another,
        claim.assignee_holds_role,
        assignee_may_decide,
    ),
    TakeBack: (
        case_is_running,
        recall.nobody_has_started,
        recall.actor_is_author,
        recall.author_holds_role,
        take_back_has_its_reason,
    ),
    Comment: (case_is_running, actor_takes_part, comment_has_text),
    EditComment: (
        case_is_running,
        actor_takes_part,
        comment_is_there,
        comment_is_ones_own,
        comment_is_fresh,
        comment_has_text,
    ),
    MakeLink: (case_is_running, actor_takes_part, link_lasts),
    WithdrawLink: (actor_takes_part, link_is_there),
    SettleCall: (call_is_pending,),
    AskAgain: (case_is_running, actor_administers, call_has_failed),
    RegisterEnvironment: (actor_registers_environments, environment_has_evidence, environment_is_not_expired),
}


def check(asked: Context) -> None:
    """Let the command pass every guard of its kind, or raise the first Refused."""
    for guard in GUARDS[type(asked.command)]:
        guard(asked)
