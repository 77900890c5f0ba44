"""Reads of one case: its header, history, documents, the environments and criteria of its client."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from core.case.events import Criterion, Event, ItemAssigned, from_row
from core.case.model import Case, load
from core.errors import NotFound
from core.process.terms import Document, Environment, Role
from core.store import tables
from core.store.person_names import shown_name
from core.text import by_name

_cases, _clients, _people, _environments = (
    tables.cases.c,
    tables.clients.c,
    tables.people.c,
    tables.environments.c,
)


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


class HistoryEntry(NamedTuple):
    """One entry of a case's record with the names of its author, whom they stood in for, and the assignee."""

    event: Event
    person: str | None
    for_person: str | None
    to: str | None = None


class EnvironmentRow(NamedTuple):
    """One registration of a client's environment."""

    environment: Environment
    evidence: str
    registered_at: int
    registered_by: str
    expires_at: int | None


class Header(NamedTuple):
    """The header data of a case, with its state."""

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


MAX_CLIENTS = 2000


def clients(connection: Connection) -> dict[int, str]:
    """Return the names of the first MAX_CLIENTS clients by id, sorted by name."""
    rows = connection.execute(select(_clients.id, _clients.name).order_by(_clients.name).limit(MAX_CLIENTS))
    return by_name({row[0]: row[1] for row in rows})


def criteria(connection: Connection, client_id: int) -> list[Criterion]:
    """Return the review criteria of a client's last request."""
    c = tables.client_criteria.c
    rows = connection.execute(select(c.name, c.expected).where(c.client_id == client_id).order_by(c.position))
    return [Criterion(*row) for row in rows]


def documents(connection: Connection, case_id: int) -> list[DocumentRow]:
    """Return every version of every document of a case, oldest first."""
    d, absent = tables.documents.c, tables.people.alias("absent")
    rows = connection.execute(
        select(
            *(d.document, d.version, d.sha256, d.name, d.media_type, d.size, d.attached_at, shown_name(), d.sent_at),
            shown_name(absent).label("attached_for"),
        )
        .select_from(
            tables.documents.join(tables.people, _people.id == d.attached_by).outerjoin(
                absent, absent.c.id == d.attached_for
            )
        )
        .where(d.case_id == case_id)
        .order_by(d.attached_at, d.document, d.version)
    )
    return [DocumentRow(Document(document), *values) for document, *values in rows]


def environments(connection: Connection, client_id: int) -> list[EnvironmentRow]:
    """Return every registration of a client's environments, newest first."""
    e = _environments
    rows = connection.execute(
        select(e.kind, e.evidence, e.registered_at, shown_name(), e.expires_at)
        .select_from(tables.environments.join(tables.people, _people.id == e.registered_by))
        .where(e.client_id == client_id)
        .order_by(e.id.desc())
    )
    return [EnvironmentRow(Environment(row[0]), *row[1:]) for row in rows]


def header(connection: Connection, code: str) -> Header:
    """Return the case with a code; raise NotFound when there is none."""
    contact = (_cases.contact_name, _cases.contact_email, _cases.contact_phone)
    row = connection.execute(
        select(
            _cases.id,
            _cases.code,
            _cases.client_id,
            _clients.name,
            *contact,
            _cases.opened_at,
            shown_name(),
            _cases.state,
        )
        .select_from(tables.cases.join(tables.clients).join(tables.people, _people.id == _cases.opened_by))
        .where(_cases.code == code)
    ).first()
    if row is None:
        raise NotFound("case_unknown", case=code)
    return Header(*row[:9], load(row[9]))


def history(connection: Connection, case_id: int) -> list[HistoryEntry]:
    """Return the whole record of a case, in order."""
    doer, standing_in_for = tables.people.alias("doer"), tables.people.alias("standing_in_for")
    e = tables.events.c
    rows = connection.execute(
        select(
            e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data, shown_name(doer), shown_name(standing_in_for)
        )
        .select_from(
            tables.events.outerjoin(doer, doer.c.id == e.person_id).outerjoin(
                standing_in_for, standing_in_for.c.id == e.for_person_id
            )
        )
        .where(e.case_id == case_id)
        .order_by(e.seq)
    )
    entries = [HistoryEntry(from_row(*row[:6]), row[6], row[7]) for row in rows]
    assignees = {e.event.body.to for e in entries if isinstance(e.event.body, ItemAssigned)}
    assignee_names = names(connection, assignees) if assignees else {}
    return [
        e._replace(to=assignee_names[e.event.body.to]) if isinstance(e.event.body, ItemAssigned) else e for e in entries
    ]


def holders(connection: Connection, role: Role) -> dict[int, str]:
    """Return the names of the active people with a role by id, sorted by name."""
    rows = connection.execute(
        select(_people.id, shown_name())
        .select_from(tables.person_roles.join(tables.people))
        .where(tables.person_roles.c.role == role.value, _people.active)
        .order_by(_people.id)
    )
    return by_name({row[0]: row[1] for row in rows})


def names(connection: Connection, people: Iterable[int]) -> Mapping[int, str]:
    """Return the names of people by id."""
    rows = connection.execute(select(_people.id, shown_name()).where(_people.id.in_(set(people))))
    return {row[0]: row[1] for row in rows}
