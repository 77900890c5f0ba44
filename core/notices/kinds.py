"""What people are told of a case: rows of `notices`, written with the decision that they tell of.

A notice is at most one per person and event. It stands in the app until it is read, and in the outbox until it is
sent, given up, or no longer wanted. A notice never makes a decision wait or fail: what is there already is left as it
is, and a row that somebody else holds at this moment is passed over. `core.store.replay` rebuilds no notice.
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
from core.staff.availability import standing_in_role
from core.store import tables
from core.store.database import Transaction

_notices, _people, _roles, _events = tables.notices.c, tables.people.c, tables.person_roles.c, tables.events.c
Step = tuple[Case | None, Event, Case]
Row = Mapping[str, Any]
_encoder = msgspec.json.Encoder()


class Notice(StrEnum):
    """What a person is told."""

    WORK = "work"
    RETURNED = "returned"
    MENTIONED = "mentioned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    ENDED = "ended"
    SUBSTITUTION_BEGAN = "substitution_began"
    SUBSTITUTION_ENDED = "substitution_ended"


def _given(name: str, kind: type[Integer | Text | BigInteger]) -> ColumnElement[Any]:
    return bindparam(name, type_=kind)


_NAMES = ("person_id", "event", "kind", "case_id", "item", "params", "created_at", "next_try_at", "attempts")
_VALUES: tuple[ColumnElement[Any], ...] = (
    _people.id,
    _given("event", Text),
    _given("kind", Text),
    _given("case_id", Integer),
    _given("item", Integer),
    _given("params", Text),
    _given("at", BigInteger),
    _given("at", BigInteger),
    literal_column("0"),
)


def _told(whom: Select[Any]) -> Any:
    """The insert of one notice for each active person of `whom`, but for the one whose act it tells of."""
    wanted = whom.where(_people.active, _people.id != _given("by", Integer))
    return tables.notices.insert().from_select(_NAMES, wanted.suffix_with("ON CONFLICT DO NOTHING"))


_of_role = select(_roles.person_id).where(_roles.role == _given("role", Text))
_for_role = standing_in_role.where(tables.absence_substitutes.c.role == _given("role", Text))
_to_role = _told(
    select(*_VALUES).select_from(tables.people).where(_people.id.in_(_of_role) | _people.id.in_(_for_role))
)
_to_person = _told(select(*_VALUES).select_from(tables.people).where(_people.id == _given("whom", Integer)))
_acted = select(_events.person_id).where(_events.case_id == _given("case_id", Integer))
_to_those_who_acted = _told(select(*_VALUES).select_from(tables.people).where(_people.id.in_(_acted)))
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
# What was told before is as good as read; what of it was to be sent is sent all the same.
_supersede = (
    tables.notices.update()
    .where(_notices.id.in_(_of_item.where(_notices.person_id == bindparam("whom")).scalar_subquery()))
    .values(read_at=bindparam("at"))
)


def follow(tx: Transaction, case_id: int, steps: Iterable[Step]) -> None:
    """Tell whom the events of one command concern, and stop telling of work that they settle.

    They are told now: where a clock was set back the event has a later moment, and what is sent does not wait for it.
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
            handed = after.item(body.item)
            assert handed is not None
            tell_all(tx, [(body.to, _of_work(case_id, event.seq, at, handed))])  # anew, also to whoever has read of it
        elif isinstance(body, happened.Commented | happened.CommentEdited):
            _tell_mentioned(tx, case_id, event, at, body)
        elif isinstance(body, happened.CaseEnded):
            told = row(Notice.ENDED, f"{case_id}/{event.seq}", at, case_id, outcome=body.outcome)
            tx.run(_to_those_who_acted, {**told, "by": by})
        if before and before.items is not after.items:
            here = {item.item for item in after.items}
            gone = (item.item for item in before.items if item.item not in here)
            settled += [{"case_id": case_id, "item": item, "at": at} for item in gone]
    if settled:
        tx.run(_settle_item, *settled)
    if to_roles:
        tx.run(_to_role, *({**told, "by": by} for told in to_roles))


def tell(
    tx: Transaction, kind: Notice, person: int, event: str, at: int, case_id: int | None = None, **params: Any
) -> None:
    """Tell one person of something, once per `event`; for what happens beside the record of a case."""
    tx.run(_to_person, {**row(kind, event, at, case_id, **params), "whom": person, "by": 0})


def tell_all(tx: Transaction, told: Iterable[tuple[int, Row]]) -> None:
    """Tell each of these people what a row of `row` says of a work item, in the place of what they were told of it."""
    rows = [{**given, "whom": person, "by": 0} for person, given in told]
    if rows:
        tx.run(_supersede, *rows)
        tx.run(_to_person, *rows)


def row(kind: Notice, event: str, at: int, case_id: int | None, item: int | None = None, **params: Any) -> Row:
    """A notice for somebody: codes and numbers, no wording."""
    told = _encoder.encode(params).decode()
    return {"event": event, "kind": kind.value, "case_id": case_id, "item": item, "params": told, "at": at}


def _of_work(case_id: int, seq: int, at: int, opened: happened.ItemOpened | Item) -> Row:
    kind = Notice.RETURNED if opened.work is Kind.CORRECT else Notice.WORK
    asked = {"work": opened.work.value, "phase": opened.phase, "role": opened.role.value, "due_at": opened.due_at}
    return {**row(kind, f"{case_id}/{seq}", at, case_id, opened.item, **asked), "role": opened.role.value}


def _tell_mentioned(
    tx: Transaction, case_id: int, event: Event, at: int, body: happened.Commented | happened.CommentEdited
) -> None:
    """Whoever is mentioned, once per comment: also when it is edited later."""
    comment = body.comment if isinstance(body, happened.CommentEdited) else event.seq
    told = row(Notice.MENTIONED, f"{case_id}/{comment}", at, case_id)
    rows = [{**told, "whom": person, "by": event.person or 0} for person in body.mentions]
    if rows:
        tx.run(_to_person, *rows)
