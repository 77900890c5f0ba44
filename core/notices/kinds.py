"""Notices about cases: rows of `notices`, written in the same transaction as the decision.

There is at most one notice per person and event. It is shown in the app until it is read, and stays in the outbox
until it is sent, given up or no longer wanted. A notice never delays or fails a decision: existing rows are left
unchanged and locked rows are skipped. `core.store.replay` does not rebuild notices.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Integer, Select, Text, bindparam, literal_column, null, select

from core.case import events as happened
from core.case.events import Event
from core.case.model import Case, Item
from core.process.terms import Kind
from core.staff.availability import substitutes_in_role
from core.store import tables
from core.store.database import Transaction

_notices, _people, _roles, _events = tables.notices.c, tables.people.c, tables.person_roles.c, tables.events.c
Step = tuple[Case | None, Event, Case]
Row = Mapping[str, Any]
_encoder = msgspec.json.Encoder()


class Notice(StrEnum):
    """The kinds of notice."""

    WORK = "work"
    RETURNED = "returned"
    MENTIONED = "mentioned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    ENDED = "ended"
    SUBSTITUTION_BEGAN = "substitution_began"
    SUBSTITUTION_ENDED = "substitution_ended"


def _parameter(name: str, kind: type[Integer | Text | BigInteger]) -> ColumnElement[Any]:
    return bindparam(name, type_=kind)


_NAMES = ("person_id", "event", "kind", "case_id", "item", "params", "created_at", "next_try_at", "attempts")
_VALUES: tuple[ColumnElement[Any], ...] = (
    _people.id,
    _parameter("event", Text),
    _parameter("kind", Text),
    _parameter("case_id", Integer),
    _parameter("item", Integer),
    _parameter("params", Text),
    _parameter("at", BigInteger),
    _parameter("at", BigInteger),
    literal_column("0"),
)


def _insert_for(people: Select[Any]) -> Any:
    """The insert of a notice for each active person in `people` except the one who acted (`by`)."""
    recipients = people.where(_people.active, _people.id != _parameter("by", Integer))
    return tables.notices.insert().from_select(_NAMES, recipients.suffix_with("ON CONFLICT DO NOTHING"))


_of_role = select(_roles.person_id).where(_roles.role == _parameter("role", Text))
_for_role = substitutes_in_role.where(tables.absence_substitutes.c.role == _parameter("role", Text))
_to_role = _insert_for(
    select(*_VALUES).select_from(tables.people).where(_people.id.in_(_of_role) | _people.id.in_(_for_role))
)
_to_person = _insert_for(select(*_VALUES).select_from(tables.people).where(_people.id == _parameter("whom", Integer)))
_acted = select(_events.person_id).where(_events.case_id == _parameter("case_id", Integer))
_to_those_who_acted = _insert_for(select(*_VALUES).select_from(tables.people).where(_people.id.in_(_acted)))
_of_item = (
    select(_notices.id)
    .where(_notices.case_id == bindparam("case_id"), _notices.item == bindparam("item"), _notices.read_at.is_(None))
    .with_for_update(skip_locked=True)
)
_settle_item = (
    tables.notices.update()
    .where(_notices.id.in_(_of_item.scalar_subquery()))
    .values(read_at=bindparam("at"), next_try_at=null())
)
# Earlier notices count as read; those waiting to be sent are still sent.
_supersede = (
    tables.notices.update()
    .where(_notices.id.in_(_of_item.where(_notices.person_id == bindparam("whom")).scalar_subquery()))
    .values(read_at=bindparam("at"))
)


def notify_of(tx: Transaction, case_id: int, steps: Iterable[Step]) -> None:
    """Write notices for the people whom a command's events concern, and settle those of finished work.

    Notices are dated now: after a clock was set back the event may be in the future, but sending does not wait for it.
    """
    to_roles: list[Row] = []
    settled: list[Row] = []
    by = 0
    for before, event, after in steps:
        by = by or event.person or 0
        body, at = event.body, tx.moment(event.at)
        if isinstance(body, happened.ItemOpened):
            to_roles.append(_of_work(case_id, event.seq, at, body))
        elif isinstance(body, happened.ItemAssigned) and body.to != by:
            assigned = after.item(body.item)
            assert assigned is not None
            # again, even if an earlier notice was read
            notify_all(tx, [(body.to, _of_work(case_id, event.seq, at, assigned))])
        elif isinstance(body, happened.Commented | happened.CommentEdited):
            _notify_mentioned(tx, case_id, event, at, body)
        elif isinstance(body, happened.CaseEnded):
            notice = row(Notice.ENDED, f"{case_id}/{event.seq}", at, case_id, outcome=body.outcome)
            tx.run(_to_those_who_acted, {**notice, "by": by})
        if before and before.items is not after.items:
            settled += [{"case_id": case_id, "item": item, "at": at} for item in _ended_items(before, after)]
    if settled:
        tx.run(_settle_item, *settled)
    if to_roles:
        tx.run(_to_role, *({**notice, "by": by} for notice in to_roles))


def _ended_items(before: Case, after: Case) -> list[int]:
    still_open = {item.item for item in after.items}
    return [item.item for item in before.items if item.item not in still_open]


def notify(
    tx: Transaction, kind: Notice, person: int, event: str, at: int, case_id: int | None = None, **params: Any
) -> None:
    """Notify one person, once per `event`, of something that is not on a case's record."""
    tx.run(_to_person, {**row(kind, event, at, case_id, **params), "whom": person, "by": 0})


def notify_all(tx: Transaction, notices: Iterable[tuple[int, Row]]) -> None:
    """Write notices (person, row) about work items, superseding earlier ones about the same items."""
    rows = [{**values, "whom": person, "by": 0} for person, values in notices]
    if rows:
        tx.run(_supersede, *rows)
        tx.run(_to_person, *rows)


def row(kind: Notice, event: str, at: int, case_id: int | None, item: int | None = None, **params: Any) -> Row:
    """The values of a notice: codes and numbers, no wording."""
    encoded = _encoder.encode(params).decode()
    return {"event": event, "kind": kind.value, "case_id": case_id, "item": item, "params": encoded, "at": at}


def _of_work(case_id: int, seq: int, at: int, item: happened.ItemOpened | Item) -> Row:
    kind = Notice.RETURNED if item.work is Kind.CORRECT else Notice.WORK
    details = {"work": item.work.value, "phase": item.phase, "role": item.role.value, "due_at": item.due_at}
    return {**row(kind, f"{case_id}/{seq}", at, case_id, item.item, **details), "role": item.role.value}


def _notify_mentioned(
    tx: Transaction, case_id: int, event: Event, at: int, body: happened.Commented | happened.CommentEdited
) -> None:
    """Notify mentioned people once per comment, even if it is edited later."""
    comment = body.comment if isinstance(body, happened.CommentEdited) else event.seq
    notice = row(Notice.MENTIONED, f"{case_id}/{comment}", at, case_id)
    rows = [{**notice, "whom": person, "by": event.person or 0} for person in body.mentions]
    if rows:
        tx.run(_to_person, *rows)
