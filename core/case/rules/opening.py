"""Opening a case."""

from typing import cast

from core.case.commands import OpenCase
from core.case.context import Context
from core.case.rules.texts import MAX_TEXT
from core.errors import Invalid, NotAllowed, Problem
from core.process.terms import CHANNEL_ROLE, INTAKE_ROLES, Channel
from core.text import identity, text_problem

MAX_CRITERIA = 40


def actor_opens_channel(context: Context) -> None:
    role = CHANNEL_ROLE[Channel(cast(OpenCase, context.command).channel)]
    if role not in context.actor.roles:
        any_intake = context.actor.roles & set(INTAKE_ROLES)
        raise NotAllowed("channel_role_needed" if any_intake else "intake_role_needed", role=role)


def request_is_complete(context: Context) -> None:
    command = cast(OpenCase, context.command)
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
