"""Who may act on a work item and why somebody may not, by the guards that also check the decision."""

from collections.abc import Sequence

from core.case import claim, context, guards
from core.case.commands import Actor, Attach, Close, ItemCommand, Review, Validate
from core.case.model import Case, Item
from core.case.rules import work_items
from core.errors import Refused
from core.process.policy import Policy
from core.process.terms import Kind

_WHO = {
    Kind.VALIDATE: (work_items.case_is_running, work_items.actor_holds_role, work_items.four_eyes_on_validation),
    Kind.REVIEW: (work_items.case_is_running, work_items.actor_holds_role, work_items.four_eyes),
}
_CLAIM = (claim.nobody_else_holds,)


def why_not(policy: Policy, case: Case, item: Item, actor: Actor, at: int) -> Refused | None:
    """Why the actor may not act on the item now (somebody else may have claimed it), or None."""
    return why_never(policy, case, item, actor, at) or _refusal(policy, case, item, actor, at, _CLAIM)


def able(policy: Policy, case: Case, item: Item, actors: Sequence[Actor], at: int) -> Actor | None:
    """The first of the actors who may act on the item now."""
    return next((actor for actor in actors if why_not(policy, case, item, actor, at) is None), None)


def why_never(policy: Policy, case: Case, item: Item, actor: Actor, at: int) -> Refused | None:
    """Why the actor may not act on the item regardless of claims, or None."""
    rules = _WHO.get(item.work, (work_items.case_is_running, work_items.actor_holds_role))
    return _refusal(policy, case, item, actor, at, rules)


def _refusal(
    policy: Policy, case: Case, item: Item, actor: Actor, at: int, rules: tuple[guards.Guard, ...]
) -> Refused | None:
    command_context = context.Context(policy, case, _any_command(item), actor, at)
    try:
        for guard in rules:
            guard(command_context)
    except Refused as refused:
        return refused
    return None


def _any_command(item: Item) -> ItemCommand:
    match item.work:
        case Kind.VALIDATE:
            return Validate(item.item, item.version, "yes")
        case Kind.REVIEW:
            return Review(item.item, item.version, "approve")
        case Kind.PRODUCE | Kind.CORRECT:
            return Attach(item.item, item.version, "", "", "", 0)
        case _:
            return Close(item.item, item.version)
