"""Storing events, with the rows and notices that follow from them."""

from sqlalchemy import bindparam

from core.case.events import Event
from core.case.model import Case
from core.notices import kinds
from core.state import evolve
from core.store import ended_cases, kept_templates, tables
from core.store.database import Transaction
from core.store.projected.write import Conflict, Write
from core.store.projection import append, apply, case_columns, writes

_cases = tables.cases.c
_keep = (
    tables.cases.update()
    .where(_cases.id == bindparam("case_id"), _cases.version == bindparam("seen"))
    .values(
        {c: bindparam(c) for c in ("state", "phase", "channel", "outcome", "ended_at")} | {"version": bindparam("now")}
    )
)


def store(tx: Transaction, case_id: int, seen: int, case: Case, events: tuple[Event, ...]) -> Case:
    """Store events and the new state of the case; raises Conflict when the case is no longer at version `seen`."""
    after = record(tx, case_id, case, events)
    if tx.run(_keep, {"case_id": case_id, "seen": seen, **case_columns(after)}) != 1:
        raise Conflict
    return after


def record(tx: Transaction, case_id: int, case: Case | None, events: tuple[Event, ...]) -> Case:
    """Append events to the record, write the rows and notices that follow, and return the case afterwards."""
    append(tx, case_id, events)
    kept_templates.keep(tx, events)
    running = case is None or case.outcome is None
    rows: list[Write] = []
    steps: list[kinds.Step] = []
    for event in events:
        after = evolve(case, event)
        rows.extend(writes(case_id, case, event, after))
        steps.append((case, event, after))
        case = after
    assert case is not None
    apply(tx, rows)
    if running and case.outcome is not None:  # later events do not change the stored row
        ended_cases.keep(tx, case_id, case)
    kinds.notify_of(tx, case_id, steps)
    return case
