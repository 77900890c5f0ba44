"""What a decision would cause, before it is made: the state module itself is asked, and nothing is written."""

from typing import NamedTuple

from core.case import events as happened
from core.case.commands import Actor, Close, Command, Review, Send, TakeBack, Validate
from core.case.model import Case, Item
from core.process.policy import Policy
from core.process.terms import Kind, Outcome, Role
from core.state import foresee, rebuild


class Consequence(NamedTuple):
    """The work items that would open, the outcome if the case would end, and whose approvals would still be needed."""

    phase: int
    opens: tuple[Item, ...]
    outcome: Outcome | None
    still_needed: int
    waiting_for: tuple[Role, ...]


def choices(item: Item) -> tuple[str, ...]:
    """The answers that a work item takes."""
    match item.work:
        case Kind.VALIDATE:
            return ("yes", "no")
        case Kind.REVIEW:
            return ("approve", "return")
        case Kind.PRODUCE | Kind.CORRECT:
            return ("send",)
        case _:
            return ("close",)


def consequence(policy: Policy, case: Case, item: Item, choice: str, actor: Actor, at: int) -> Consequence:
    """What would follow if the actor chose that now."""
    would = foresee(policy, case, _command(item, choice), actor, at)
    after = rebuild(would, case)
    assert after is not None
    opened = {event.body.item for event in would if isinstance(event.body, happened.ItemOpened)}
    review = after.review if choice == "approve" and item.phase == after.phase else None
    return Consequence(
        after.phase,
        tuple(each for each in after.items if each.item in opened),
        after.outcome,
        review.panel.needed - len(review.approvals) if review else 0,
        tuple(each.role for each in after.items if each.work is Kind.REVIEW) if review else (),
    )


class Undone(NamedTuple):
    """The work items that would be withdrawn, and those that would open again."""

    withdraws: tuple[Item, ...]
    opens: tuple[Item, ...]


def undone(policy: Policy, case: Case, item: int, actor: Actor, at: int) -> Undone:
    """What would follow if the actor took the decision on that work item back now."""
    would = foresee(policy, case, TakeBack(item, ""), actor, at)
    after = rebuild(would, case)
    assert after is not None
    before, now = {each.item for each in case.items}, {each.item for each in after.items}
    return Undone(
        tuple(each for each in case.items if each.item not in now),
        tuple(each for each in after.items if each.item not in before),
    )


def _command(item: Item, choice: str) -> Command:
    match choice:
        case "yes" | "no":
            return Validate(item.item, item.version, choice)
        case "approve" | "return":
            return Review(item.item, item.version, choice)
        case "send":
            return Send(item.item, item.version)
        case _:
            return Close(item.item, item.version)
