"""Taking a decision back: who may do it, until when, and the state of the case afterwards.

The author may, with a reason, until somebody has started on what followed: claimed it, been assigned it, typed in its
form, attached a file or decided it. The decision and its recall both stay on the record; the work item
is reopened under a new number with its old deadline.
"""

from typing import cast

from core.case.commands import TakeBack
from core.case.context import Context
from core.case.events import DecisionTakenBack, ItemAssigned, ItemOpened
from core.case.model import Case, Decision, Item
from core.case.recorder import Recorder
from core.errors import NotAllowed, Stale
from core.text import clean_text


def revocable(case: Case, number: int) -> Decision | None:
    """The decision on a work item if it may be taken back."""
    return next((decision for decision in case.revocable if decision.item.item == number), None)


def nobody_has_started(context: Context) -> None:
    command = cast(TakeBack, context.command)
    if revocable(context.case, command.item) is None or command.begun:
        raise Stale("take_back_too_late")


def actor_is_author(context: Context) -> None:
    decision = revocable(context.case, cast(TakeBack, context.command).item)
    if decision and decision.person != context.actor.person:
        raise NotAllowed("decision_of_another")


def author_holds_role(context: Context) -> None:
    decision = revocable(context.case, cast(TakeBack, context.command).item)
    if decision and decision.item.role not in context.actor.roles:
        raise NotAllowed("role_needed", role=decision.item.role)


def take_back(command: TakeBack, recorder: Recorder) -> None:
    """Withdraw the work items that followed and reopen those from before."""
    decision = revocable(recorder.case, command.item)
    assert decision is not None
    item, before = decision.item, decision.before
    body = DecisionTakenBack(
        item.item, item.role, decision.choice, item.work, item.phase, item.document, clean_text(command.reason)
    )
    recorder.add(body)
    reopened: tuple[Item, ...] = (item,)
    if before is not None:
        recorder.withdraw_open("taken_back", {earlier.item for earlier in before.items})
        still_open = {open_item.item for open_item in recorder.case.items}
        reopened = tuple(earlier for earlier in before.items if earlier.item not in still_open)
    for earlier in reopened:
        _reopen(earlier, recorder)


def _reopen(item: Item, recorder: Recorder) -> None:
    """Open the same work under a new number, with its deadline and its holder."""
    number = recorder.case.last_item + 1
    recorder.add(
        ItemOpened(number, item.work, item.phase, item.role, item.cycle, item.due_at, item.soon_at), by_system=True
    )
    if item.held_by is not None:
        recorder.add(ItemAssigned(number, item.role, item.held_by), by_system=True)
