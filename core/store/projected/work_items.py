"""The rows of work items and their holdings."""

from collections.abc import Iterator

from core.case import events as happened
from core.process.terms import Kind
from core.store import tables
from core.store.projected.phase_visits import blocks_at, visit_changes
from core.store.projected.write import Step, Write


def item_opened(step: Step, body: happened.ItemOpened) -> Iterator[Write]:
    values = {
        "role": body.role,
        "kind": body.work,
        "phase": body.phase,
        "cycle": body.cycle,
        "opened_at": step.event.at,
        "soon_at": body.soon_at,
        "due_at": body.due_at,
        "version": step.event.seq,
        "ended_at": None,
        "ended_as": None,
        "ended_by": None,
        "held_by": None,
        "held_since": None,
        "held": 0,
        "taken_back_at": None,
    }
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, values, new=True)


def item_due_moved(step: Step, body: happened.ItemDueMoved) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    key = {"case_id": step.case_id, "item": body.item, "seq": step.event.seq}
    before = {"at": step.event.at, "due_at": item.due_at, "soon_at": item.soon_at}
    yield Write(tables.due_moves, key, before, new=True)
    values = {"due_at": body.due_at, "soon_at": body.soon_at}
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, values)


def item_held(step: Step, body: happened.ItemTaken | happened.ItemGivenBack | happened.ItemAssigned) -> Iterator[Write]:
    item = step.after.item(body.item)
    assert item is not None
    yield from _holding_ends(step, body.item)
    values = {"held_by": item.held_by, "held_since": item.held_since, "held": item.held}
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, values)


def _holding_ends(step: Step, number: int) -> Iterator[Write]:
    """Yield the holding that ends now, if the item was held."""
    item = step.before.item(number)
    assert item is not None
    if item.held_by is not None:
        key = {"case_id": step.case_id, "item": number, "seq": step.event.seq}
        values = {"person_id": item.held_by, "since": item.held_since, "until": step.event.at}
        yield Write(tables.holdings, key, values, new=True)


def item_ends(step: Step, number: int, how: str) -> Iterator[Write]:
    item, event = step.before.item(number), step.event
    assert item is not None
    yield from _holding_ends(step, number)
    ended = {"ended_at": event.at, "ended_as": how, "ended_by": event.person, "version": event.seq}
    values = {**ended, "held": item.held_until(event.at)}
    yield Write(tables.work_items, {"case_id": step.case_id, "item": number}, values)


def _undone(step: Step) -> Write:
    case = step.before
    values = {
        "phase": case.phase,
        "channel": case.channel,
        "entered_at": case.entered_at,
        "undone_at": step.event.at,
        "blocks_at": blocks_at(case, step.event.at),
    }
    return Write(tables.undone_visits, {"case_id": step.case_id, "seq": step.event.seq}, values, new=True)


def taken_back(step: Step, body: happened.DecisionTakenBack) -> Iterator[Write]:
    """Leave the verdict as written and mark on its work item that it no longer counts."""
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, {"taken_back_at": step.event.at})
    version = step.before.sent(body.document) if body.document and body.choice == "send" else None
    if version:
        key = {"case_id": step.case_id, "document": body.document, "version": version.version}
        yield Write(tables.documents, key, {"sent_at": None, "sent_by": None, "sent_for": None})
    for call in step.after.calls:
        yield Write(tables.system_calls, {"case_id": step.case_id, "call": call.call}, {"item": call.item})
    if step.after.phase != step.before.phase:
        yield Write(tables.phase_visits, {"case_id": step.case_id, "phase": step.before.phase}, {}, gone=True)
        yield _undone(step)
        again = {"left_at": None, "duration": None, "outcome": None}
        yield Write(tables.phase_visits, {"case_id": step.case_id, "phase": step.after.phase}, again)
    gate = body.work is Kind.VALIDATE
    yield visit_changes(step.case_id, step.after, blocks_at(step.after, step.event.at) if gate else None)


def item_withdrawn(step: Step, body: happened.ItemWithdrawn) -> Iterator[Write]:
    yield from item_ends(step, body.item, f"withdrawn_{body.why}")
