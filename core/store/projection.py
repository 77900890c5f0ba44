"""Rows derived from events: work items, verdicts, document versions and phase visits.

One function returns the rows that an event writes. A decision applies them to the database in its own transaction;
`core.store.replay` applies them to empty tables in memory and compares.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.sql import Executable

from core.case import events as happened
from core.case.events import Event
from core.case.model import Case, dump
from core.store import tables
from core.store.database import Transaction, insert_into
from core.store.projected.calls import call_asked, call_asked_again, call_settled
from core.store.projected.evidence import (
    channel_handed,
    document_attached,
    document_sent,
    environment_registered,
    link_made,
    link_withdrawn,
)
from core.store.projected.phase_visits import case_ended, case_opened, phase_entered
from core.store.projected.verdicts import lane_closed, reviewed, validated
from core.store.projected.work_items import item_due_moved, item_held, item_opened, item_withdrawn, taken_back
from core.store.projected.write import Conflict, Step, Write


def writes(case_id: int, before: Case | None, event: Event, after: Case) -> Iterable[Write]:
    """Return the rows that one event writes."""
    rows = _ROWS.get(type(event.body))
    return rows(Step(case_id, event, before or after, after), event.body) if rows else ()


_ROWS: dict[type, Callable[..., Iterator[Write]]] = {
    happened.CaseOpened: case_opened,
    happened.PhaseEntered: phase_entered,
    happened.CaseEnded: case_ended,
    happened.ItemOpened: item_opened,
    happened.ItemDueMoved: item_due_moved,
    happened.ItemWithdrawn: item_withdrawn,
    happened.ItemTaken: item_held,
    happened.ItemGivenBack: item_held,
    happened.ItemAssigned: item_held,
    happened.DecisionTakenBack: taken_back,
    happened.Validated: validated,
    happened.Reviewed: reviewed,
    happened.LaneClosed: lane_closed,
    happened.CallAsked: call_asked,
    happened.CallSettled: call_settled,
    happened.CallAskedAgain: call_asked_again,
    happened.LinkMade: link_made,
    happened.LinkWithdrawn: link_withdrawn,
    happened.DocumentAttached: document_attached,
    happened.DocumentSent: document_sent,
    happened.EnvironmentRegistered: environment_registered,
    happened.ChannelHanded: channel_handed,
}

_statements: dict[tuple[str, bool, bool, tuple[str, ...]], Executable] = {}


def _statement(write: Write) -> Executable:
    """Return the cached statement for writes of this shape; it ends a work item only while that is open."""
    shape = (write.table.name, write.new, write.gone, tuple(write.values))
    if shape not in _statements:
        columns = write.table.c
        if write.new:
            _statements[shape] = write.table.insert().values({c: bindparam(c) for c in (*write.key, *write.values)})
        else:
            same_key = [columns[c] == bindparam(f"key_{c}") for c in write.key]
            if write.gone:
                return _statements.setdefault(shape, write.table.delete().where(*same_key))
            update = write.table.update().where(*same_key)
            if "ended_at" in write.values:
                update = update.where(columns.ended_at.is_(None))
            _statements[shape] = update.values({c: bindparam(c) for c in write.values})
    return _statements[shape]


def _parameters(write: Write) -> Mapping[str, Any]:
    if write.new:
        return {**write.key, **write.values}
    return {**{f"key_{name}": value for name, value in write.key.items()}, **write.values}


def apply(tx: Transaction, rows: Iterable[Write]) -> None:
    """Write rows in order; raise Conflict when a row to change does not exist as expected."""
    for statement, group in groupby(rows, key=_statement):
        parameters = [_parameters(write) for write in group]
        if tx.run(statement, *parameters) != len(parameters):
            raise Conflict


_insert_event = insert_into(tables.events)


def append(tx: Transaction, case_id: int, events: Iterable[Event]) -> None:
    """Append events to the record."""
    tx.run(_insert_event, *(happened.as_row(case_id, event) for event in events))


def case_columns(case: Case) -> dict[str, Any]:
    """Return the columns of `cases` derived from the state."""
    return {
        "state": dump(case),
        "phase": case.phase,
        "channel": case.channel,
        "outcome": case.outcome,
        "ended_at": case.ended_at,
        "now": case.version,
    }
