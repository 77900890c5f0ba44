"""Claims on work items: the rules for taking, giving back and assigning, and the events they record.

An unclaimed item is open to everybody of its role. Only its holder may decide a claimed one, until it is given back
or assigned to somebody else; Proceso may assign any item.
"""

from typing import cast

from core.case.commands import Actor, Assign, GiveBack, HoldingCommand, Take
from core.case.context import Context
from core.case.events import ItemAssigned, ItemGivenBack, ItemTaken
from core.case.recorder import Recorder
from core.errors import Invalid, NotAllowed, Problem, Stale
from core.process.terms import Role


def nobody_else_holds(context: Context) -> None:
    holder = context.item.held_by
    if holder is not None and holder not in context.people:
        raise NotAllowed("held_by_other", holder=holder, at=context.item.held_since)


def not_held_already(context: Context) -> None:
    if context.item.held_by in context.people:
        raise Stale("held_already")


def somebody_holds(context: Context) -> None:
    if context.item.held_by is None:
        raise Stale("held_by_nobody")


def hold_is_as_seen(context: Context) -> None:
    """Refuse to change a claim that the actor's screen does not show."""
    seen = cast(GiveBack | Assign, context.command).seen
    if seen is not None and seen != (context.item.held_by, context.item.held_since):
        raise Stale("held_otherwise")


def actor_may_release(context: Context) -> None:
    """The holder and Proceso may release an item; only Proceso may assign an unclaimed one."""
    if context.item.held_by not in context.people and Role.PROCESO not in context.actor.roles:
        raise NotAllowed("holder_or_proceso_needed")


def assignee_is_another(context: Context) -> None:
    if cast(Assign, context.command).to == context.item.held_by:
        raise Invalid({"to": Problem("assignee_holds_already")})


def assignee_holds_role(context: Context) -> None:
    """An item may be assigned only to an active person with its role."""
    if context.item.role not in _assignee(context).roles:
        raise Invalid({"to": Problem("assignee_role_needed", {"role": context.item.role})})


def _assignee(context: Context) -> Actor:
    command = cast(Assign, context.command)
    return command.holder or Actor(command.to, frozenset())


def hold(command: HoldingCommand, recorder: Recorder) -> None:
    """Record the new claim."""
    role = recorder.item(command.item).role
    match command:
        case Take(item):
            recorder.add(ItemTaken(item, role))
        case GiveBack(item):
            recorder.add(ItemGivenBack(item, role))
        case Assign(item, to):
            recorder.add(ItemAssigned(item, role, to))
