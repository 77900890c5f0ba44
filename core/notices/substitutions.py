"""Decisions taken for absent people, reported on their return, and notices of substitutions.

Times are ms since 1970 UTC.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from core.notices.kinds import Notice, Row, row
from core.process.terms import Kind, Role
from core.store import tables
from core.store.database import Database
from core.store.person_names import shown_name

NOTIFY_FOR = 30 * 24 * 3_600_000  # ms after which no notice of a substitution is written any more
_a, _s, _people = tables.absences.c, tables.absence_substitutes.c, tables.people.c
_e, _items, _cases, _clients = tables.events.c, tables.work_items.c, tables.cases.c, tables.clients.c
_back_at = func.coalesce(_a.withdrawn_at, _a.until_at)


class SubstituteDecision(NamedTuple):
    """A decision that a substitute took for an absent person."""

    code: str
    client: str
    kind: Kind
    phase: int
    role: Role
    choice: str
    by: str
    at: int


class Return(NamedTuple):
    """A past absence whose report is unread: the substitutes and what they decided."""

    absence: int
    from_at: int
    back_at: int
    substitutes: tuple[tuple[Role, str], ...]
    done: tuple[SubstituteDecision, ...]


def done_for(connection: Connection, person: int, from_at: int, until_at: int) -> list[SubstituteDecision]:
    """Decisions taken for a person within a period, in order, including those taken back since."""
    ended = (_items.case_id == _e.case_id) & (_items.version == _e.seq) & (_items.ended_by == _e.person_id)
    rows = connection.execute(
        select(_cases.code, _clients.name, _items.kind, _items.phase, _items.role, _items.ended_as, shown_name(), _e.at)
        .select_from(
            tables.events.join(tables.work_items, ended)
            .join(tables.cases, _cases.id == _e.case_id)
            .join(tables.clients, _clients.id == _cases.client_id)
            .join(tables.people, _people.id == _e.person_id)
        )
        .where(_e.for_person_id == person, _e.at >= from_at, _e.at < until_at)
        .order_by(_e.at, _e.case_id, _e.seq)
    )
    return [
        SubstituteDecision(code, client, Kind(kind), phase, Role(role), *rest)
        for code, client, kind, phase, role, *rest in rows
    ]


def unread(connection: Connection, person: int, at: int) -> Return | None:
    """The person's last past absence with substitutes, unless its report was read."""
    row = connection.execute(
        select(_a.id, _a.from_at, _back_at)
        .where(_a.person_id == person, _a.read_at.is_(None), _a.from_at < _back_at, _back_at <= at)
        .where(_a.id.in_(select(_s.absence_id)))
        .order_by(_back_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    absence, from_at, back_at = row
    rows = connection.execute(
        select(_s.role, shown_name())
        .join(tables.people, _people.id == _s.person_id)
        .where(_s.absence_id == absence)
        .order_by(_s.role)
    )
    substitutes = tuple((Role(role), name) for role, name in rows)
    return Return(absence, from_at, back_at, substitutes, tuple(done_for(connection, person, from_at, back_at)))


def read(db: Database, person: int, at: int) -> None:
    """Mark the reports of the person's past absences as read."""
    over = tables.absences.update().where(_a.person_id == person, _a.read_at.is_(None), _back_at <= at)
    with db.writing() as tx:
        tx.run(over.values(read_at=at))


def notices(connection: Connection, at: int) -> Iterator[tuple[int, Row]]:
    """Notices (person, row) of substitutions that have begun or ended; the notice's event avoids repetition."""
    absent, substitute = tables.people.alias("absent"), tables.people.alias("substitute")
    rows = connection.execute(
        select(_a.id, _a.person_id, shown_name(absent), _a.from_at, _a.until_at, _back_at, _s.role, _s.person_id)
        .select_from(
            tables.absences.join(tables.absence_substitutes, _s.absence_id == _a.id)
            .join(absent, absent.c.id == _a.person_id)
            .join(substitute, substitute.c.id == _s.person_id)
        )
        .where(
            _a.from_at <= at, _a.from_at < _back_at, _back_at > at - NOTIFY_FOR, absent.c.active, substitute.c.active
        )
        .order_by(_a.id, _s.role)
    ).all()
    roles_begun: dict[tuple[int, int], list[str]] = {}
    for number, *_, role, substitute_id in rows:
        roles_begun.setdefault((number, substitute_id), []).append(role)
    seen: set[tuple[int, int]] = set()
    for number, person, name, from_at, until_at, back_at, _, substitute_id in rows:
        if back_at > at and (number, substitute_id) not in seen:
            seen.add((number, substitute_id))
            details = {"person": name, "roles": roles_begun[number, substitute_id], "until_at": until_at}
            yield substitute_id, row(Notice.SUBSTITUTION_BEGAN, f"absence/{number}/began", at, None, None, **details)
        if back_at <= at and (number, 0) not in seen:
            seen.add((number, 0))
            count = len(done_for(connection, person, from_at, back_at))
            details = {"count": count, "from_at": from_at, "until_at": back_at}
            yield person, row(Notice.SUBSTITUTION_ENDED, f"absence/{number}/ended", at, None, None, **details)
