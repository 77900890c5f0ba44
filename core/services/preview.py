"""Previewing a decision with the state module; nothing is written."""

from typing import NamedTuple

from core.case import events as happened
from core.case.commands import Actor, Close, Command, Review, Send, TakeBack, Validate
from core.case.model import Case, Item
from core.process.policy import Policy
from core.process.terms import Kind, Outcome, Role
from core.state import foresee, rebuild


class Consequence(NamedTuple):
    """What a decision would cause: work items opened, the outcome if the case ends, and approvals still needed."""

    phase: int
    opens: tuple[Item, ...]
    outcome: Outcome | None
    still_needed: int
    waiting_for: tuple[Role, ...]


def choices(item: Item) -> tuple[str, ...]:
    """The choices that a work item offers."""
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
    """What would follow if the actor made the choice now."""
    events = foresee(policy, case, _command(item, choice), actor, at)
    after = rebuild(events, case)
    assert after is not None
    opened = {event.body.item for event in events if isinstance(event.body, happened.ItemOpened)}
    review = after.review if choice == "approve" and item.phase == after.phase else None
    return Consequence(
        after.phase,
        tuple(item_after for item_after in after.items if item_after.item in opened),
        after.outcome,
        review.panel.needed - len(review.approvals) if review else 0,
        tuple(item_after.role for item_after in after.items if item_after.work is Kind.REVIEW) if review else (),
    )


class RecallConsequence(NamedTuple):
    """The work items that would be withdrawn, and those that would be reopened."""

    withdraws: tuple[Item, ...]
    opens: tuple[Item, ...]


def recall_consequence(policy: Policy, case: Case, item: int, actor: Actor, at: int) -> RecallConsequence:
    """What would follow if the actor took back the decision on a work item now."""
    events = foresee(policy, case, TakeBack(item, ""), actor, at)
    after = rebuild(events, case)
    assert after is not None
    before, now = {item_after.item for item_after in case.items}, {item_after.item for item_after in after.items}
    return RecallConsequence(
        tuple(item_after for item_after in case.items if item_after.item not in now),
        tuple(item_after for item_after in after.items if item_after.item not in before),
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
