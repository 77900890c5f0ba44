"""Rows that follow from events: work items, verdicts, document versions and phase visits.

One function says which rows each event writes. A decision applies them to the database in its own transaction;
`core.store.replay` applies them to empty tables in memory and compares.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Table, bindparam
from sqlalchemy.sql import Executable

from core.case import events as happened
from core.case.events import Event
from core.case.model import Case
from core.process.terms import Kind, Outcome
from core.store import tables
from core.store.database import Transaction, insert_into


class Write(NamedTuple):
    """A new row, new values for the row with that key, or its end when it is `gone`."""

    table: Table
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    new: bool = False
    gone: bool = False


class Step(NamedTuple):
    """One event of a case, with the case before and after it (for the first event both are the opened case)."""

    case_id: int
    event: Event
    before: Case
    after: Case


class Conflict(Exception):
    """A row that should have been open was not: somebody else wrote it meanwhile."""


def writes(case_id: int, before: Case | None, event: Event, after: Case) -> Iterable[Write]:
    """The rows that one event writes."""
    rows = _ROWS.get(type(event.body))
    return rows(Step(case_id, event, before or after, after), event.body) if rows else ()


def _case_opened(step: Step, body: happened.CaseOpened) -> Iterator[Write]:  # noqa: ARG001
    yield _visit_begins(step.case_id, 1, step.event.at, step.after)


def _phase_entered(step: Step, body: happened.PhaseEntered) -> Iterator[Write]:
    yield _visit_ends(step.case_id, step.before, step.event.at, "advanced")
    yield _visit_begins(step.case_id, body.phase, step.event.at, step.after)


def _case_ended(step: Step, body: happened.CaseEnded) -> Iterator[Write]:
    yield _visit_ends(
        step.case_id, step.before, step.event.at, "closed" if body.outcome is Outcome.CLOSED else "rejected"
    )


def _visit_begins(case_id: int, phase: int, at: int, case: Case) -> Write:
    values = {
        "flow": case.flow,
        "channel": case.channel,
        "international": case.international,
        "opened_at": case.opened_at,
        "entered_at": at,
        "left_at": None,
        "duration": None,
        "outcome": None,
        "returns": 0,
        "blocked": 0,
        "blocks_at": _blocks_at(case, at),
    }
    return Write(tables.phase_visits, {"case_id": case_id, "phase": phase}, values, new=True)


def _visit_ends(case_id: int, case: Case, at: int, outcome: str) -> Write:
    values = {"left_at": at, "duration": at - case.entered_at, "outcome": outcome}
    return Write(tables.phase_visits, {"case_id": case_id, "phase": case.phase}, values)


def _visit_changes(case_id: int, case: Case, blocks_at: int | None = None) -> Write:
    """`blocks_at`: none once its first decision is there, so that the phase does not wait for its environment."""
    values = {"returns": case.returns, "blocked": case.blocked, "blocks_at": blocks_at}
    return Write(tables.phase_visits, {"case_id": case_id, "phase": case.phase}, values)


def _blocks_at(case: Case, now: int) -> int | None:
    """From when the gate of the phase waits for its environment, if it stays open so long."""
    needs = case.definition.needs
    if needs is None:
        return None
    # A gate opens with its phase, and once more when its Sí is taken back: where it is not open yet, it opens now.
    opened_at = next((item.opened_at for item in case.items if item.work is Kind.VALIDATE), now)
    if needs not in case.environments:
        return opened_at
    expires_at = case.environments[needs]
    return None if expires_at is None else max(opened_at, expires_at)


def _gate_changes(step: Step, *, gate: bool) -> Iterator[Write]:
    """The wait that ended here, if one did, and from when the phase would wait again."""
    since = step.before.blocked_since(step.event.at)
    if since is not None:
        key = {"case_id": step.case_id, "phase": step.before.phase, "since": since}
        yield Write(tables.blocks, key, {"until": step.event.at}, new=True)
    yield _visit_changes(step.case_id, step.after, _blocks_at(step.after, step.event.at) if gate else None)


def _item_opened(step: Step, body: happened.ItemOpened) -> Iterator[Write]:
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


def _item_due_moved(step: Step, body: happened.ItemDueMoved) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    key = {"case_id": step.case_id, "item": body.item, "seq": step.event.seq}
    before = {"at": step.event.at, "due_at": item.due_at, "soon_at": item.soon_at}
    yield Write(tables.due_moves, key, before, new=True)
    values = {"due_at": body.due_at, "soon_at": body.soon_at}
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, values)


def _item_held(
    step: Step, body: happened.ItemTaken | happened.ItemGivenBack | happened.ItemAssigned
) -> Iterator[Write]:
    item = step.after.item(body.item)
    assert item is not None
    yield from _holding_ends(step, body.item)
    values = {"held_by": item.held_by, "held_since": item.held_since, "held": item.held}
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, values)


def _holding_ends(step: Step, number: int) -> Iterator[Write]:
    """Who held the item until now, if anybody did."""
    item = step.before.item(number)
    assert item is not None
    if item.held_by is not None:
        key = {"case_id": step.case_id, "item": number, "seq": step.event.seq}
        values = {"person_id": item.held_by, "since": item.held_since, "until": step.event.at}
        yield Write(tables.holdings, key, values, new=True)


def _item_ends(step: Step, number: int, how: str) -> Iterator[Write]:
    item, event = step.before.item(number), step.event
    assert item is not None
    yield from _holding_ends(step, number)
    ended = {"ended_at": event.at, "ended_as": how, "ended_by": event.person, "version": event.seq}
    values = {**ended, "held": item.held_until(event.at)}
    yield Write(tables.work_items, {"case_id": step.case_id, "item": number}, values)


def _taken_back(step: Step, body: happened.DecisionTakenBack) -> Iterator[Write]:
    """The verdict stays as it was written; its work item says that it counts no more."""
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
    yield _visit_changes(step.case_id, step.after, _blocks_at(step.after, step.event.at) if gate else None)


def _undone(step: Step) -> Write:
    case = step.before
    values = {
        "phase": case.phase,
        "channel": case.channel,
        "entered_at": case.entered_at,
        "undone_at": step.event.at,
        "blocks_at": _blocks_at(case, step.event.at),
    }
    return Write(tables.undone_visits, {"case_id": step.case_id, "seq": step.event.seq}, values, new=True)


def _item_withdrawn(step: Step, body: happened.ItemWithdrawn) -> Iterator[Write]:
    yield from _item_ends(step, body.item, f"withdrawn_{body.why}")


def _validated(step: Step, body: happened.Validated) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    yield from _item_ends(step, body.item, body.verdict)
    version = step.before.sent(item.document) if item.document else None
    values = {
        "role": item.role,
        "verdict": body.verdict,
        "document": item.document,
        "document_version": version.version if version else None,
        "reason": body.reason,
    }
    yield _verdict(step.case_id, body.item, step.event, values)
    if _blocks_at(step.before, step.event.at) is not None:
        yield from _gate_changes(step, gate=False)


def _reviewed(step: Step, body: happened.Reviewed) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    yield from _item_ends(step, body.item, body.verdict)
    values = {
        "role": item.role,
        "verdict": body.verdict,
        "document": body.document,
        "document_version": body.version,
        "reason": body.reason,
        "answers": msgspec.json.encode([(each.criterion, each.answer) for each in body.answers]).decode(),
    }
    yield _verdict(step.case_id, body.item, step.event, values)
    if step.after.returns != step.before.returns:
        yield _visit_changes(step.case_id, step.after)


def _lane_closed(step: Step, body: happened.LaneClosed) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    yield from _item_ends(step, body.item, "close")
    values = {"role": item.role, "verdict": "close", "document": None, "document_version": None, "reason": ""}
    yield _verdict(step.case_id, body.item, step.event, values)


def _verdict(case_id: int, item: int, event: Event, values: Mapping[str, Any]) -> Write:
    who = {"person_id": event.person, "for_person_id": event.for_person}
    when = {"seq": event.seq, "at": event.at, "phase": event.phase, "answers": "[]"}
    return Write(tables.verdicts, {"case_id": case_id, "item": item}, {**when, **who, **values}, new=True)


def _document_attached(step: Step, body: happened.DocumentAttached) -> Iterator[Write]:
    values = {
        "sha256": body.sha256,
        "name": body.name,
        "media_type": body.media_type,
        "size": body.size,
        "attached_at": step.event.at,
        "attached_by": step.event.person,
        "attached_for": step.event.for_person,
        "sent_at": None,
        "sent_by": None,
        "sent_for": None,
    }
    key = {"case_id": step.case_id, "document": body.document, "version": body.version}
    yield Write(tables.documents, key, values, new=True)
    yield Write(tables.work_items, {"case_id": step.case_id, "item": body.item}, {"version": step.event.seq})


def _document_sent(step: Step, body: happened.DocumentSent) -> Iterator[Write]:
    yield from _item_ends(step, body.item, "send")
    if body.version is not None:
        key = {"case_id": step.case_id, "document": body.document, "version": body.version}
        sent = {"sent_at": step.event.at, "sent_by": step.event.person, "sent_for": step.event.for_person}
        yield Write(tables.documents, key, sent)


def _environment_registered(step: Step, body: happened.EnvironmentRegistered) -> Iterator[Write]:
    gate = any(item.work is Kind.VALIDATE for item in step.before.items)
    if gate and body.environment is step.before.definition.needs:
        yield from _gate_changes(step, gate=True)


def _channel_handed(step: Step, body: happened.ChannelHanded) -> Iterator[Write]:  # noqa: ARG001
    values = {"at": step.event.at, "channel": step.before.channel}
    yield Write(tables.hand_overs, {"case_id": step.case_id, "seq": step.event.seq}, values, new=True)


def _link_made(step: Step, body: happened.LinkMade) -> Iterator[Write]:
    values = {
        "token_hash": body.token_hash,
        "made_at": step.event.at,
        "made_by": step.event.person,
        "expires_at": body.expires_at,
        "withdrawn_at": None,
        "withdrawn_by": None,
    }
    yield Write(tables.status_links, {"case_id": step.case_id, "link": body.link}, values, new=True)


def _link_withdrawn(step: Step, body: happened.LinkWithdrawn) -> Iterator[Write]:
    values = {"withdrawn_at": step.event.at, "withdrawn_by": step.event.person}
    yield Write(tables.status_links, {"case_id": step.case_id, "link": body.link}, values)


def _call_asked(step: Step, body: happened.CallAsked) -> Iterator[Write]:
    values = {
        "item": body.item,
        "system": body.system,
        "state": "pending",
        "asked_at": step.event.at,
        "settled_at": None,
        "status": None,
        "reference": "",
    }
    yield Write(tables.system_calls, {"case_id": step.case_id, "call": body.call}, values, new=True)


def _call_settled(step: Step, body: happened.CallSettled) -> Iterator[Write]:
    how = {"status": body.status, "reference": body.reference}
    values = {"state": body.outcome, "settled_at": step.event.at, **how}
    yield Write(tables.system_calls, {"case_id": step.case_id, "call": body.call}, values)


def _call_asked_again(step: Step, body: happened.CallAskedAgain) -> Iterator[Write]:
    values = {"state": "pending", "settled_at": None, "status": None, "reference": ""}
    yield Write(tables.system_calls, {"case_id": step.case_id, "call": body.call}, values)


_ROWS: dict[type, Callable[..., Iterator[Write]]] = {
    happened.CaseOpened: _case_opened,
    happened.PhaseEntered: _phase_entered,
    happened.CaseEnded: _case_ended,
    happened.ItemOpened: _item_opened,
    happened.ItemDueMoved: _item_due_moved,
    happened.ItemWithdrawn: _item_withdrawn,
    happened.ItemTaken: _item_held,
    happened.ItemGivenBack: _item_held,
    happened.ItemAssigned: _item_held,
    happened.DecisionTakenBack: _taken_back,
    happened.Validated: _validated,
    happened.Reviewed: _reviewed,
    happened.LaneClosed: _lane_closed,
    happened.CallAsked: _call_asked,
    happened.CallSettled: _call_settled,
    happened.CallAskedAgain: _call_asked_again,
    happened.LinkMade: _link_made,
    happened.LinkWithdrawn: _link_withdrawn,
    happened.DocumentAttached: _document_attached,
    happened.DocumentSent: _document_sent,
    happened.EnvironmentRegistered: _environment_registered,
    happened.ChannelHanded: _channel_handed,
}

_statements: dict[tuple[str, bool, bool, tuple[str, ...]], Executable] = {}


def _statement(write: Write) -> Executable:
    """The one statement for writes of this shape; an open work item is ended only while it is open."""
    shape = (write.table.name, write.new, write.gone, tuple(write.values))
    if shape not in _statements:
        columns = write.table.c
        if write.new:
            _statements[shape] = write.table.insert().values({c: bindparam(c) for c in (*write.key, *write.values)})
        else:
            here = [columns[c] == bindparam(f"key_{c}") for c in write.key]
            if write.gone:
                return _statements.setdefault(shape, write.table.delete().where(*here))
            update = write.table.update().where(*here)
            if "ended_at" in write.values:
                update = update.where(columns.ended_at.is_(None))
            _statements[shape] = update.values({c: bindparam(c) for c in write.values})
    return _statements[shape]


def _parameters(write: Write) -> Mapping[str, Any]:
    if write.new:
        return {**write.key, **write.values}
    return {**{f"key_{name}": value for name, value in write.key.items()}, **write.values}


def apply(tx: Transaction, rows: Iterable[Write]) -> None:
    """Write rows in their order; Conflict when a row to change was not there as expected."""
    for statement, same in groupby(rows, key=_statement):
        given = [_parameters(write) for write in same]
        if tx.run(statement, *given) != len(given):
            raise Conflict


_insert_event = insert_into(tables.events)


def append(tx: Transaction, case_id: int, events: Iterable[Event]) -> None:
    """Append events to the record."""
    tx.run(_insert_event, *(happened.as_row(case_id, event) for event in events))
