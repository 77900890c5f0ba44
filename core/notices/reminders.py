"""Notices that time causes: work that is due soon, overdue, and brought before Proceso; each at most once per deadline.

Substitutions that begin and end are told here too. Whoever stands in for somebody of a role is reminded with it.

What waits for its client's environment is nobody's delay: it is reminded of once the environment is there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from core.case.commands import Actor
from core.case.model import Case, Item, load
from core.notices import substitutions
from core.notices.kinds import Notice, Row, row, tell_all
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


class Late(NamedTuple):
    """An open work item whose deadline is near or behind."""

    case_id: int
    item: Item


def remind(db: Database, at: int) -> int:
    """Write the notices that are due at this moment; how many people are told of how much."""
    with db.reading() as connection:
        policy = settings.policy(connection)
        acting = availability.staff(connection, at).acting(at)
        holders = _holders(connection, acting)
        wanted = [
            (person, told)
            for late in _late(connection, at)
            for role, told in _told(policy, late, at)
            for person in _whom(late.item, role, holders, acting)
        ]
        wanted += substitutions.told(connection, at)
        new = list(_new(connection, wanted))
    for some in _batches(new):
        with db.writing() as tx:
            tell_all(tx, some)
    return len(new)


def _told(policy: Policy, late: Late, at: int) -> Iterator[tuple[Role, Row]]:
    """Whom to tell what of a work item at this moment."""
    item = late.item
    asked = {"work": item.work.value, "phase": item.phase, "role": item.role.value, "due_at": item.due_at}

    def notice(kind: Notice) -> Row:
        return row(kind, f"{late.case_id}/{item.item}/{kind}/{item.due_at}", at, late.case_id, item.item, **asked)

    if not is_overdue(item.due_at, at):
        yield item.role, notice(Notice.DUE_SOON)
        return
    yield item.role, notice(Notice.OVERDUE)
    if is_escalated(policy, item.due_at, at):
        yield Role.PROCESO, notice(Notice.ESCALATED)


def _whom(item: Item, role: Role, holders: Mapping[Role, list[int]], acting: Acting) -> Iterable[int]:
    """Whoever holds the work and their substitute while they are away, or anybody of its role while nobody does."""
    if item.held_by is None or role is not item.role:
        return holders.get(role, ())
    return (item.held_by, *(each.person for each in acting[role] if each.for_person == item.held_by))


def _late(connection: Connection, at: int) -> Iterator[Late]:
    """The open work items that are due soon or overdue, but for those that wait for an environment."""
    found = (
        select(_cases.id, _cases.state)
        .where(_cases.id.in_(select(_items.case_id).where(_items.ended_at.is_(None), is_near(_items.soon_at, at))))
        .order_by(_cases.id)
    )
    for case_id, state in connection.execute(found):
        case: Case = load(state)
        for item in case.items:
            if is_near(item.soon_at, at) and case.missing(item, at) is None:
                yield Late(case_id, item)


def _holders(connection: Connection, acting: Acting) -> dict[Role, list[int]]:
    """Who is told of a role's work: everybody who holds it, and whoever stands in for one of them."""
    held = tables.person_roles.c
    rows = connection.execute(
        select(held.role, held.person_id)
        .select_from(tables.person_roles.join(tables.people))
        .where(tables.people.c.active)
        .order_by(held.person_id)
    )
    found: dict[Role, list[int]] = {}
    for role, person in rows:
        found.setdefault(Role(role), []).append(person)
    for role, actors in acting.items():
        told = found.setdefault(role, [])
        told += sorted({each.person for each in actors if each.for_person} - set(told))
    return found


def _new(connection: Connection, wanted: list[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Those that nobody has been told yet: most have, and a writer should not wait for what changes nothing."""
    mine: dict[int, list[Row]] = {}
    for person, told in wanted:
        mine.setdefault(person, []).append(told)
    for person, rows in mine.items():
        for some in _batches(rows):
            events = [told["event"] for told in some]
            there = set(connection.scalars(select(_n.event).where(_n.person_id == person, _n.event.in_(events))))
            yield from ((person, told) for told in some if told["event"] not in there)


def _batches(rows: list[T]) -> Iterator[list[T]]:
    return (rows[first : first + BATCH] for first in range(0, len(rows), BATCH))
