"""Who holds a work item: the rules that refuse taking, giving back and handing on, and what each of them records.

An item that nobody holds waits for anybody of its role. Whoever holds one decides it alone, until it is given back or
handed on; Proceso hands on anybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from core.case.commands import Actor, Assign, GiveBack, HoldingCommand, Take
from core.case.events import ItemAssigned, ItemGivenBack, ItemTaken
from core.errors import Invalid, NotAllowed, Problem, Stale
from core.process.terms import Role

if TYPE_CHECKING:
    from core.case.context import Context
    from core.case.recorder import Recorder


def nobody_else_holds(asked: Context) -> None:
    holder = asked.item.held_by
    if holder is not None and holder not in asked.people:
        raise NotAllowed("held_by_other", holder=holder, at=asked.item.held_since)


def not_held_already(asked: Context) -> None:
    if asked.item.held_by in asked.people:
        raise Stale("held_already")


def somebody_holds(asked: Context) -> None:
    if asked.item.held_by is None:
        raise Stale("held_by_nobody")


def hold_is_as_seen(asked: Context) -> None:
    """What somebody took meanwhile is not taken from them by a screen that shows another holder, or none."""
    seen = cast(GiveBack | Assign, asked.command).seen
    if seen is not None and seen != (asked.item.held_by, asked.item.held_since):
        raise Stale("held_otherwise")


def actor_may_release(asked: Context) -> None:
    """The holder may, and Proceso; what nobody holds, only Proceso hands to somebody."""
    if asked.item.held_by not in asked.people and Role.PROCESO not in asked.actor.roles:
        raise NotAllowed("holder_or_proceso_needed")


def assignee_is_another(asked: Context) -> None:
    if cast(Assign, asked.command).to == asked.item.held_by:
        raise Invalid({"to": Problem("assignee_holds_already")})


def assignee_holds_role(asked: Context) -> None:
    """Only a person who is active and has the item's role gets it."""
    if asked.item.role not in _assignee(asked).roles:
        raise Invalid({"to": Problem("assignee_role_needed", {"role": asked.item.role})})


def _assignee(asked: Context) -> Actor:
    command = cast(Assign, asked.command)
    return command.holder or Actor(command.to, frozenset())


def hold(command: HoldingCommand, recorder: Recorder) -> None:
    """Record who holds the item from now on."""
    role = recorder.item(command.item).role
    match command:
        case Take(item):
            recorder.add(ItemTaken(item, role))
        case GiveBack(item):
            recorder.add(ItemGivenBack(item, role))
        case Assign(item, to):
            recorder.add(ItemAssigned(item, role, to))
