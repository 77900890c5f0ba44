"""Reads for the screens: straight SQL to flat rows. A decision never depends on one: services read for themselves."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, not_, select

from core import schema
from core.case import Case, load
from core.errors import NotFound
from core.events import Criterion, Event, ItemAssigned, from_row
from core.folding import folded
from core.order import INDEXED, URGENCY, Place, ordered
from core.process import PHASES
from core.terms import Document, Environment, Flow, Kind, Role

PAGE = 50
MAX_CLIENTS = 2000
_items, _cases, _clients = schema.work_items.c, schema.cases.c, schema.clients.c
_people, _environments = schema.people.c, schema.environments.c


class InboxRow(NamedTuple):
    """An open work item as an inbox lists it; times in ms since 1970 UTC, `blocked`: its prerequisite is missing."""

    id: int
    code: str
    client: str
    flow: Flow
    phase: int
    kind: Kind
    cycle: int
    opened_at: int
    soon_at: int
    due_at: int
    blocked: bool
    held_by: int | None = None
    holder: str | None = None


class Wanted(NamedTuple):
    """Which rows of an inbox: `state` is overdue, soon, on_time or blocked; empty fields let everything through.

    `held` is mine (of `person`) or nobody.
    """

    search: str = ""
    flow: str = ""
    phase: int | None = None
    state: str = ""
    held: str = ""
    person: int = 0


def blocked_at(at: int) -> ColumnElement[bool]:
    """Whether the newest registration of what the item's phase needs is missing or has expired at that moment."""
    needs = {phase.number: phase.needs.value for phase in PHASES if phase.needs}
    newer = schema.environments.alias("newer")
    newest = not_(
        exists().where(
            newer.c.client_id == _environments.client_id,
            newer.c.kind == _environments.kind,
            newer.c.id > _environments.id,
        )
    )
    valid = _environments.expires_at.is_(None) | (_environments.expires_at > at)
    there = exists().where(
        _environments.client_id == _cases.client_id,
        _environments.kind == case(needs, value=_items.phase, else_=""),
        valid,
        newest,
    )
    return and_(_items.kind == Kind.VALIDATE.value, _items.phase.in_(needs), not_(there))


def _open_items(role: Role, wanted: Wanted, at: int) -> Select[Any]:
    columns = (_items.id, _cases.code, _clients.name, _cases.flow, _items.phase, _items.kind, _items.cycle)
    times = (_items.opened_at, _items.soon_at, _items.due_at)
    blocked = blocked_at(at)
    found = (
        select(*columns, *times, blocked.label("blocked"), _items.held_by, _people.name)
        .select_from(
            schema.work_items.join(schema.cases)
            .join(schema.clients)
            .outerjoin(schema.people, _people.id == _items.held_by)
        )
        .where(_items.role == role.value, _items.ended_at.is_(None))
    )
    states = {
        "overdue": and_(_items.due_at <= at, not_(blocked)),
        "soon": and_(_items.due_at > at, _items.soon_at <= at, not_(blocked)),
        "on_time": and_(_items.soon_at > at, not_(blocked)),
        "blocked": blocked,
    }
    if wanted.state in states:
        found = found.where(states[wanted.state])
    if wanted.held in ("mine", "nobody"):
        mine = wanted.held == "mine"
        found = found.where(_items.held_by == wanted.person if mine else _items.held_by.is_(None))
    if wanted.flow:
        found = found.where(_cases.flow == wanted.flow)
    if wanted.phase:
        found = found.where(_items.phase == wanted.phase)
    for part in folded(wanted.search).split():
        found = found.where(_cases.search.contains(part, autoescape=True))
    return found


def inbox(
    connection: Connection,
    role: Role,
    at: int,
    wanted: Wanted = Wanted(),  # noqa: B008  (immutable)
    after: Place | None = None,
    limit: int = PAGE,
    order: str = URGENCY,
) -> list[InboxRow]:
    """A role's open work items, the most urgent first; `after` is the place of the row before the page."""
    found = _open_items(role, wanted, at)
    if order in INDEXED:
        found = ordered(found, order, after).limit(limit)
    else:  # sort the bare ids, and look at what else a row shows for those of the page only
        ids = ordered(found.with_only_columns(_items.id), order, after).limit(limit)
        found = ordered(found.where(_items.id.in_(list(connection.scalars(ids)))), order, None)
    return [
        InboxRow(number, code, client, Flow(flow), phase, Kind(kind), cycle, opened, soon, due, bool(blocked), *holder)
        for number, code, client, flow, phase, kind, cycle, opened, soon, due, blocked, *holder in connection.execute(
            found
        )
    ]


def counted(connection: Connection, role: Role, at: int, cap: int, wanted: Wanted = Wanted()) -> int:  # noqa: B008
    """How many open work items a role has, counted up to `cap` + 1."""
    some = _open_items(role, wanted, at).with_only_columns(_items.id).limit(cap + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def pending(connection: Connection, roles: Iterable[Role], cap: int) -> dict[Role, int]:
    """How many open work items each role has, counted up to `cap` + 1: for the menu."""
    counts = {}
    for role in roles:
        some = select(_items.id).where(_items.role == role.value, _items.ended_at.is_(None)).limit(cap + 1).subquery()
        counts[role] = connection.scalar(select(func.count()).select_from(some)) or 0
    return counts


class Header(NamedTuple):
    """What stands at the head of a case, with its state."""

    id: int
    code: str
    client_id: int
    client: str
    contact_name: str
    contact_email: str
    contact_phone: str
    opened_at: int
    opened_by: str
    case: Case


def header(connection: Connection, code: str) -> Header:
    """One case by its code; NotFound when there is none."""
    contact = (_cases.contact_name, _cases.contact_email, _cases.contact_phone)
    found = connection.execute(
        select(
            _cases.id,
            _cases.code,
            _cases.client_id,
            _clients.name,
            *contact,
            _cases.opened_at,
            _people.name,
            _cases.state,
        )
        .select_from(schema.cases.join(schema.clients).join(schema.people, _people.id == _cases.opened_by))
        .where(_cases.code == code)
    ).first()
    if found is None:
        raise NotFound("case_unknown", case=code)
    return Header(*found[:9], load(found[9]))


class Entry(NamedTuple):
    """One entry of a case's record with the names of who did it, for whom, and to whom something was handed."""

    event: Event
    person: str | None
    for_person: str | None
    to: str | None = None


def history(connection: Connection, case_id: int) -> list[Entry]:
    """The whole record of a case, in its order."""
    doer, standing_in_for = schema.people.alias("doer"), schema.people.alias("standing_in_for")
    e = schema.events.c
    rows = connection.execute(
        select(e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data, doer.c.name, standing_in_for.c.name)
        .select_from(
            schema.events.outerjoin(doer, doer.c.id == e.person_id).outerjoin(
                standing_in_for, standing_in_for.c.id == e.for_person_id
            )
        )
        .where(e.case_id == case_id)
        .order_by(e.seq)
    )
    entries = [Entry(from_row(*row[:6]), row[6], row[7]) for row in rows]
    given = {e.event.body.to for e in entries if isinstance(e.event.body, ItemAssigned)}
    to = names(connection, given) if given else {}
    return [e._replace(to=to[e.event.body.to]) if isinstance(e.event.body, ItemAssigned) else e for e in entries]


class DocumentRow(NamedTuple):
    """One version of a document of a case."""

    document: Document
    version: int
    sha256: str
    name: str
    media_type: str
    size: int
    attached_at: int
    attached_by: str
    sent_at: int | None
    attached_for: str | None = None


def documents(connection: Connection, case_id: int) -> list[DocumentRow]:
    """Every version of every document of a case, oldest first."""
    d, absent = schema.documents.c, schema.people.alias("absent")
    rows = connection.execute(
        select(
            *(d.document, d.version, d.sha256, d.name, d.media_type, d.size, d.attached_at, _people.name, d.sent_at),
            absent.c.name.label("attached_for"),
        )
        .select_from(
            schema.documents.join(schema.people, _people.id == d.attached_by).outerjoin(
                absent, absent.c.id == d.attached_for
            )
        )
        .where(d.case_id == case_id)
        .order_by(d.attached_at, d.document, d.version)
    )
    return [DocumentRow(Document(document), *rest) for document, *rest in rows]


class EnvironmentRow(NamedTuple):
    """One registration of a client's environment."""

    environment: Environment
    evidence: str
    registered_at: int
    registered_by: str
    expires_at: int | None


def environments(connection: Connection, client_id: int) -> list[EnvironmentRow]:
    """Every registration of a client's environments, newest first."""
    e = _environments
    rows = connection.execute(
        select(e.kind, e.evidence, e.registered_at, _people.name, e.expires_at)
        .select_from(schema.environments.join(schema.people, _people.id == e.registered_by))
        .where(e.client_id == client_id)
        .order_by(e.id.desc())
    )
    return [EnvironmentRow(Environment(row[0]), *row[1:]) for row in rows]


def names(connection: Connection, people: Iterable[int]) -> Mapping[int, str]:
    """The names of people by their ids."""
    rows = connection.execute(select(_people.id, _people.name).where(_people.id.in_(set(people))))
    return {row[0]: row[1] for row in rows}


def holders(connection: Connection, role: Role) -> dict[int, str]:
    """The active people who hold a role, by name: their names by their ids."""
    rows = connection.execute(
        select(_people.id, _people.name)
        .select_from(schema.person_roles.join(schema.people))
        .where(schema.person_roles.c.role == role.value, _people.active)
        .order_by(_people.name, _people.id)
    )
    return {row[0]: row[1] for row in rows}


def clients(connection: Connection) -> dict[int, str]:
    """The known clients by name, for choosing one (the first 2,000)."""
    rows = connection.execute(select(_clients.id, _clients.name).order_by(_clients.name).limit(MAX_CLIENTS))
    return {row[0]: row[1] for row in rows}


def criteria(connection: Connection, client_id: int) -> list[Criterion]:
    """The review criteria that a client's last request named."""
    c = schema.client_criteria.c
    rows = connection.execute(select(c.name, c.expected).where(c.client_id == client_id).order_by(c.position))
    return [Criterion(*row) for row in rows]
