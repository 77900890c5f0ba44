"""Taking a decision back: who may, until when, and how the case stands afterwards.

Its author may, with a reason, until somebody has started on what followed: taken it, been given it, typed into its
form, attached to it or decided it. The decision stays on the record, and so does that it was taken back; the work item
opens again under a new number with the deadline that it had.
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
    """The decision on that work item, while it may be taken back."""
    return next((each for each in case.revocable if each.item.item == number), None)


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
    """Withdraw what followed and open again what was open before."""
    decision = revocable(recorder.case, command.item)
    assert decision is not None
    item, before = decision.item, decision.before
    body = DecisionTakenBack(
        item.item, item.role, decision.choice, item.work, item.phase, item.document, clean_text(command.reason)
    )
    recorder.add(body)
    again: tuple[Item, ...] = (item,)
    if before is not None:
        recorder.withdraw_open("taken_back", {each.item for each in before.items})
        still = {each.item for each in recorder.case.items}
        again = tuple(each for each in before.items if each.item not in still)
    for each in again:
        _open_again(each, recorder)


def _open_again(item: Item, recorder: Recorder) -> None:
    """The same work under a new number, with its deadline, and with whoever held it."""
    number = recorder.case.last_item + 1
    recorder.add(
        ItemOpened(number, item.work, item.phase, item.role, item.cycle, item.due_at, item.soon_at), by_system=True
    )
    if item.held_by is not None:
        recorder.add(ItemAssigned(number, item.role, item.held_by), by_system=True)
