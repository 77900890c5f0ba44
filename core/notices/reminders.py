"""Notices caused by time: work due soon, overdue or escalated, each at most once per deadline.

They also cover substitutions that begin and end, and go to the substitutes of a role's holders as well.

Work that waits for its client's environment causes no reminders.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from core.case.commands import Actor
from core.case.model import Case, Item, load
from core.notices import substitutions
from core.notices.kinds import Notice, Row, notify_all, row
from core.process.deadlines import is_escalated, is_near, is_overdue
from core.process.policy import Policy
from core.process.terms import Role
from core.staff import availability
from core.store import settings, tables
from core.store.database import Database

BATCH = 500
Acting = Mapping[Role, tuple[Actor, ...]]
T = TypeVar("T")
_items, _cases, _n = tables.work_items.c, tables.cases.c, tables.notices.c


class LateItem(NamedTuple):
    """An open work item that is due soon or overdue."""

    case_id: int
    item: Item


def remind(db: Database, at: int) -> int:
    """Write the notices that are due at a moment; returns their number."""
    with db.reading() as connection:
        policy = settings.policy(connection)
        acting = availability.staff(connection, at).acting(at)
        holders = _holders(connection, acting)
        notices = [
            (person, notice)
            for late in _late(connection, at)
            for role, notice in _due_notices(policy, late, at)
            for person in _recipients(late.item, role, holders, acting)
        ]
        notices += substitutions.notices(connection, at)
        new = list(_new(connection, notices))
    for batch in _batches(new):
        with db.writing() as tx:
            notify_all(tx, batch)
    return len(new)


def _due_notices(policy: Policy, late: LateItem, at: int) -> Iterator[tuple[Role, Row]]:
    """The notices about a work item at a moment, by the role to notify."""
    item = late.item
    details = {"work": item.work.value, "phase": item.phase, "role": item.role.value, "due_at": item.due_at}

    def notice(kind: Notice) -> Row:
        return row(kind, f"{late.case_id}/{item.item}/{kind}/{item.due_at}", at, late.case_id, item.item, **details)

    if not is_overdue(item.due_at, at):
        yield item.role, notice(Notice.DUE_SOON)
        return
    yield item.role, notice(Notice.OVERDUE)
    if is_escalated(policy, item.due_at, at):
        yield Role.PROCESO, notice(Notice.ESCALATED)


def _recipients(item: Item, role: Role, holders: Mapping[Role, list[int]], acting: Acting) -> Iterable[int]:
    """The recipients: the item's holder and their substitute, or everybody of the role while it is unclaimed."""
    if item.held_by is None or role is not item.role:
        return holders.get(role, ())
    return (item.held_by, *(actor.person for actor in acting[role] if actor.for_person == item.held_by))


def _late(connection: Connection, at: int) -> Iterator[LateItem]:
    """The open work items that are due soon or overdue, except those that wait for an environment."""
    statement = (
        select(_cases.id, _cases.state)
        .where(_cases.id.in_(select(_items.case_id).where(_items.ended_at.is_(None), is_near(_items.soon_at, at))))
        .order_by(_cases.id)
    )
    for case_id, state in connection.execute(statement):
        case: Case = load(state)
        for item in case.items:
            if is_near(item.soon_at, at) and case.missing(item, at) is None:
                yield LateItem(case_id, item)


def _holders(connection: Connection, acting: Acting) -> dict[Role, list[int]]:
    """The recipients per role: its holders and their substitutes."""
    held = tables.person_roles.c
    rows = connection.execute(
        select(held.role, held.person_id)
        .select_from(tables.person_roles.join(tables.people))
        .where(tables.people.c.active)
        .order_by(held.person_id)
    )
    recipients: dict[Role, list[int]] = {}
    for role, person in rows:
        recipients.setdefault(Role(role), []).append(person)
    for role, actors in acting.items():
        of_role = recipients.setdefault(role, [])
        of_role += sorted({actor.person for actor in actors if actor.for_person} - set(of_role))
    return recipients


def _new(connection: Connection, notices: list[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """The notices that do not exist yet; checked first because most do, and writing nothing needs no lock."""
    by_person: dict[int, list[Row]] = {}
    for person, notice in notices:
        by_person.setdefault(person, []).append(notice)
    for person, rows in by_person.items():
        for batch in _batches(rows):
            events = [notice["event"] for notice in batch]
            existing = set(connection.scalars(select(_n.event).where(_n.person_id == person, _n.event.in_(events))))
            yield from ((person, notice) for notice in batch if notice["event"] not in existing)


def _batches(rows: list[T]) -> Iterator[list[T]]:
    return (rows[first : first + BATCH] for first in range(0, len(rows), BATCH))
