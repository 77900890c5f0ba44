"""The rows of verdicts."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from core.case import events as happened
from core.case.events import Event
from core.store import tables
from core.store.projected.phase_visits import blocks_at, gate_changes, visit_changes
from core.store.projected.work_items import item_ends
from core.store.projected.write import Step, Write


def validated(step: Step, body: happened.Validated) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    yield from item_ends(step, body.item, body.verdict)
    version = step.before.sent(item.document) if item.document else None
    values = {
        "role": item.role,
        "verdict": body.verdict,
        "document": item.document,
        "document_version": version.version if version else None,
        "reason": body.reason,
    }
    yield _verdict(step.case_id, body.item, step.event, values)
    if blocks_at(step.before, step.event.at) is not None:
        yield from gate_changes(step, gate=False)


def reviewed(step: Step, body: happened.Reviewed) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    yield from item_ends(step, body.item, body.verdict)
    values = {
        "role": item.role,
        "verdict": body.verdict,
        "document": body.document,
        "document_version": body.version,
        "reason": body.reason,
        "answers": msgspec.json.encode([(answer.criterion, answer.answer) for answer in body.answers]).decode(),
    }
    yield _verdict(step.case_id, body.item, step.event, values)
    if step.after.returns != step.before.returns:
        yield visit_changes(step.case_id, step.after)


def lane_closed(step: Step, body: happened.LaneClosed) -> Iterator[Write]:
    item = step.before.item(body.item)
    assert item is not None
    yield from item_ends(step, body.item, "close")
    values = {"role": item.role, "verdict": "close", "document": None, "document_version": None, "reason": ""}
    yield _verdict(step.case_id, body.item, step.event, values)


def _verdict(case_id: int, item: int, event: Event, values: Mapping[str, Any]) -> Write:
    who = {"person_id": event.person, "for_person_id": event.for_person}
    when = {"seq": event.seq, "at": event.at, "phase": event.phase, "answers": "[]"}
    return Write(tables.verdicts, {"case_id": case_id, "item": item}, {**when, **who, **values}, new=True)
