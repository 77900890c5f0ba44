"""The rows of calls to other systems."""

from collections.abc import Iterator

from core.case import events as happened
from core.store import tables
from core.store.projected.write import Step, Write


def call_asked(step: Step, body: happened.CallAsked) -> Iterator[Write]:
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


def call_settled(step: Step, body: happened.CallSettled) -> Iterator[Write]:
    how = {"status": body.status, "reference": body.reference}
    values = {"state": body.outcome, "settled_at": step.event.at, **how}
    yield Write(tables.system_calls, {"case_id": step.case_id, "call": body.call}, values)


def call_asked_again(step: Step, body: happened.CallAskedAgain) -> Iterator[Write]:
    values = {"state": "pending", "settled_at": None, "status": None, "reference": ""}
    yield Write(tables.system_calls, {"case_id": step.case_id, "call": body.call}, values)
