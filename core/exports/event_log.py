"""The exported event log: the activities performed in each case, with the work items and documents they concern.

An activity that several roles share in one execution has an entry per role. Contacts of clients are not exported.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from core.case import events as happened
from core.case.events import DocumentAttached, Event, ItemOpened, Performed
from core.conformance.deviations import by_decision
from core.process.definition import phase_of
from core.process.terms import Document, Does, Kind, Role
from core.store import tables
from core.store.person_names import shown_name

FETCHED = 2_000  # rows at a time
# Transitions of the standard lifecycle: an order is left for the next phase, what does not apply is skipped.
TRANSITIONS = {"done": "complete", "ordered": "schedule", "not_applicable": "autoskip"}
ENDS_ITEM = (happened.Validated, happened.DocumentSent, happened.Reviewed, happened.LaneClosed)


class Head(NamedTuple):
    """A case as it was opened."""

    id: int
    code: str
    client_id: int
    client: str
    service: str
    flow: str
    international: bool
    opened_at: int


class LogEvent(NamedTuple):
    """One activity: when it began (its work item was opened) and ended, in ms; by whom; on what.

    `opens`: the work items that its decision opened, only on the decision's first activity.
    """

    seq: int
    activity: str
    phase: int
    role: Role
    began_at: int
    at: int
    resource: str | None
    on_behalf_of: str | None
    transition: str
    result: str
    item: int | None
    document: Document | None
    version: int | None
    opens: tuple[int, ...] = ()


class WorkItem(NamedTuple):
    """A work item with its original deadline, in ms."""

    item: int
    kind: Kind
    role: Role
    phase: int
    cycle: int
    opened_at: int
    due_at: int


class CaseLog(NamedTuple):
    """The log of one case."""

    head: Head
    entries: list[LogEvent]
    items: list[WorkItem]
    documents: list[tuple[int, DocumentAttached]]


def case_logs(connection: Connection, chosen: Select[tuple[int]], as_of: int | None = None) -> Iterator[CaseLog]:
    """Yield the logs of the cases with an id in `chosen`, by id, as of `as_of` (ms), one case in memory at a time."""
    names = {row.id: row.name for row in connection.execute(select(tables.people.c.id, shown_name()))}
    result = connection.execution_options(yield_per=FETCHED).execute(_statement(chosen, as_of))
    for _, rows in groupby(result, key=lambda row: row[0]):
        record = list(rows)
        events = [happened.from_row(*row[len(Head._fields) :]) for row in record]
        yield _case_log(Head._make(record[0][: len(Head._fields)]), events, names)


def _statement(chosen: Select[tuple[int]], as_of: int | None) -> Select[Any]:
    case, client, event = tables.cases.c, tables.clients.c, tables.events.c
    head = (case.id, case.code, client.id, client.name, case.service, case.flow, case.international, case.opened_at)
    recorded = (event.seq, event.at, event.phase, event.person_id, event.for_person_id, event.data)
    joined = tables.events.join(tables.cases, case.id == event.case_id).join(
        tables.clients, client.id == case.client_id
    )
    statement = select(*head, *recorded).select_from(joined).where(event.case_id.in_(chosen))
    if as_of is not None:
        statement = statement.where(event.at <= as_of)
    return statement.order_by(event.case_id, event.seq)


def _case_log(head: Head, events: list[Event], names: dict[int, str]) -> CaseLog:
    items = {event.body.item: _item(event.at, event.body) for event in events if isinstance(event.body, ItemOpened)}
    attached = [(event.at, event.body) for event in events if isinstance(event.body, DocumentAttached)]
    entries: list[LogEvent] = []
    for decision in by_decision(events):
        entries.extend(_entries(decision, items, names))
    return CaseLog(head, entries, list(items.values()), attached)


def _entries(decision: list[Event], items: dict[int, WorkItem], names: dict[int, str]) -> Iterator[LogEvent]:
    """Yield the activities of one decision, with the work item and the document version it concerns."""
    item, document, version = _about(decision)
    opens = tuple(event.body.item for event in decision if isinstance(event.body, ItemOpened))
    for event in decision:
        body = event.body
        if not isinstance(body, Performed):
            continue
        activity = phase_of(body.phase).lane(body.role)[body.position - 1]
        own = item is not None and (items[item].phase, items[item].role) == (body.phase, body.role)
        timed = own and activity.does is not Does.MESSAGE and body.status == "done"
        yield LogEvent(
            seq=event.seq,
            activity=activity.name,
            phase=body.phase,
            role=body.role,
            began_at=items[item].opened_at if timed and item is not None else event.at,
            at=event.at,
            resource=names.get(event.person) if event.person else None,
            on_behalf_of=names.get(event.for_person) if event.for_person else None,
            transition=TRANSITIONS[body.status],
            result=body.result,
            item=item if own else None,
            document=document if own else None,
            version=version if own else None,
            opens=opens,
        )
        opens = ()


def _about(decision: list[Event]) -> tuple[int | None, Document | None, int | None]:
    for event in decision:
        if isinstance(event.body, (*ENDS_ITEM, DocumentAttached)):
            body: Any = event.body
            version = getattr(body, "version", None)
            return body.item, getattr(body, "document", None) if version else None, version
    return None, None, None


def _item(at: int, body: ItemOpened) -> WorkItem:
    return WorkItem(body.item, body.work, body.role, body.phase, body.cycle, at, body.due_at)
