"""Whether a verdict is complete: reasons, criteria, checklist, prerequisite."""

from typing import cast

from core.case.commands import Review, Send, TakeBack, Validate
from core.case.context import Context
from core.case.rules.texts import MAX_TEXT, check_text
from core.errors import Blocked, Invalid, Problem
from core.process.definition import checklist
from core.text import text_problem


def take_back_has_its_reason(context: Context) -> None:
    check_text("reason", cast(TakeBack, context.command).reason)


def verdict_is_known(context: Context) -> None:
    known = ("yes", "no") if isinstance(context.command, Validate) else ("approve", "return")
    verdict = cast(Validate | Review, context.command).verdict
    if verdict not in known:
        raise Invalid({"verdict": Problem("verdict_unknown")})


def no_has_its_reason(context: Context) -> None:
    command = cast(Validate, context.command)
    if command.verdict == "no":
        check_text("reason", command.reason)


def checklist_is_done(context: Context) -> None:
    command, item = cast(Validate | Send, context.command), context.item
    if isinstance(command, Validate) and command.verdict == "no":
        return
    to_tick = checklist(item.work, item.phase, item.role, international=context.case.international)
    pending = context.case.called(item.item, "pending")
    waiting = [placed.activity.name for placed in to_tick if placed.position in pending]
    if waiting:
        raise Invalid({"checklist": Problem("call_pending", {"activities": waiting})})
    done = command.done | context.case.called(item.item, "answered")
    open_ = [placed.activity.name for placed in to_tick if placed.position not in done]
    if open_:
        raise Invalid({"checklist": Problem("checklist_open", {"activities": open_})})


def prerequisite_is_met(context: Context) -> None:
    missing = context.case.missing(context.item, context.at)
    if missing and cast(Validate, context.command).verdict == "yes":
        raise Blocked("environment_missing", environment=missing)


def criteria_are_answered(context: Context) -> None:
    command = cast(Review, context.command)
    answers = {answer.criterion: answer for answer in command.answers}
    problems: dict[str, Problem] = {}
    for number, criterion in enumerate(context.case.criteria):
        answer = answers.get(criterion.name)
        if answer is None or answer.answer not in ("meets", "fails", "not_applicable"):
            problems[f"criterion_{number}"] = Problem("criterion_unanswered", {"criterion": criterion.name})
        else:
            problems |= text_problem(f"criterion_{number}", answer.comment, MAX_TEXT)
    if problems:
        raise Invalid(problems)


def criteria_are_the_clients(context: Context) -> None:
    """Answers are accepted only to the client's criteria, once per criterion."""
    open_ = [criterion.name for criterion in context.case.criteria]
    for answer in cast(Review, context.command).answers:
        if answer.criterion not in open_:
            raise Invalid({"criteria": Problem("criterion_unknown", {"criterion": answer.criterion[:MAX_TEXT]})})
        open_.remove(answer.criterion)


def failed_criterion_is_not_approved(context: Context) -> None:
    command = cast(Review, context.command)
    failed = [answer.criterion for answer in command.answers if answer.answer == "fails"]
    if command.verdict == "approve" and failed:
        raise Invalid({"verdict": Problem("approve_with_failed", {"criteria": failed})})


def return_has_a_finding(context: Context) -> None:
    command = cast(Review, context.command)
    failed = any(answer.answer == "fails" for answer in command.answers)
    if command.verdict == "return" and not failed:
        check_text("reason", command.reason, "finding_missing")


def reason_is_readable(context: Context) -> None:
    problems = text_problem("reason", cast(Review | Validate, context.command).reason, MAX_TEXT)
    if problems:
        raise Invalid(problems)
