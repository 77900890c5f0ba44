"""API clients: other systems that open cases, each with a token, a channel and a row in `people`.

That row holds no role and cannot sign in; whether the system may open cases in its channel is checked in `systems`,
within the transaction.
"""

import secrets
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select, update

from core.case.commands import Actor
from core.errors import Invalid, NotAllowed, NotFound, Problem
from core.process.terms import CHANNEL_ROLE, Channel
from core.queries import case
from core.queries.case import Header
from core.services import opening
from core.staff import directory, passwords
from core.staff.tokens import token_hash
from core.store import people_log, tables
from core.store.database import Database, Transaction, insert_into
from core.text import identity, is_readable, is_system_name, login_of

_systems = tables.systems.c
_by_name = select(_systems.id).where(_systems.name == bindparam("called"))
_by_token = (
    select(_systems.name, _systems.person_id, _systems.channel)
    .select_from(tables.systems.join(tables.people))
    .where(_systems.token_hash == bindparam("hash"), _systems.ended_at.is_(None), tables.people.c.active)
)
_of_person = (
    select(_systems.channel)
    .select_from(tables.systems.join(tables.people))
    .where(_systems.person_id == bindparam("person"), _systems.ended_at.is_(None), tables.people.c.active)
)
_add = insert_into(tables.systems)
_add_person = insert_into(tables.people).returning(tables.people.c.id)
_end = (
    update(tables.systems)
    .where(_systems.name == bindparam("called"), _systems.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
    .returning(_systems.person_id)
)


class System(NamedTuple):
    """A system that was identified by its token."""

    name: str
    person: int
    channel: Channel


def create(db: Database, name: str, channel: Channel, at: int) -> str:
    """Register a system; returns its token, which cannot be read again."""
    name = login_of(name)
    if not is_system_name(name):
        raise Invalid({"name": Problem("system_name_invalid")})
    token = secrets.token_urlsafe(32)
    row = {
        "login": f"{directory.SYSTEM}{name}",
        "name": name.upper(),
        "email": None,
        "password_hash": passwords.hash_password(secrets.token_urlsafe(32)),  # unusable: nobody knows it
        "active": True,
        "must_change_password": True,
        "language": None,
        "failed_sign_ins": 0,
        "locked_until": None,
    }
    with db.writing() as tx:
        if tx.row(_by_name, called=name):
            raise Invalid({"name": Problem("system_name_taken", {"name": name})})
        at = tx.moment(at)
        (person,) = tx.row(_add_person, **row, created_at=at) or (0,)
        columns = {"name": name, "person_id": person, "channel": channel, "token_hash": token_hash(token)}
        tx.run(_add, {**columns, "created_at": at, "ended_at": None})
        people_log.record(tx, person, "system_created", at, None, channel=channel)
    return token


def end(db: Database, name: str, at: int) -> None:
    """Revoke the system's token."""
    with db.writing() as tx:
        at = tx.moment(at)
        row = tx.row(_end, called=login_of(name), now=at)
        if row is None:
            raise NotFound("system_unknown", name=name)
        people_log.record(tx, row[0], "system_ended", at, None)


def identify(db: Database, token: str) -> System:
    """The system with this token; raises NotAllowed when there is none."""
    with db.reading() as connection:
        row = connection.execute(_by_token, {"hash": token_hash(token)}).first()
    if row is None:
        raise NotAllowed("system_not_known")
    return System(row.name, row.person_id, Channel(row.channel))


def actor_in(tx: Transaction, person: int) -> Actor:
    """The system as an actor with the role of its channel; raises NotAllowed when revoked."""
    row = tx.row(_of_person, person=person)
    if row is None:
        raise NotAllowed("system_not_known")
    return Actor(person, frozenset({CHANNEL_ROLE[Channel(row[0])]}))


def open_case(db: Database, system: System, request: opening.Request, at: int) -> str:
    """Open a case for a system, idempotent by key; the client is identified by name."""
    try:
        return opening.open_case(db, system.person, _known_client(db, request), at, actor_of=actor_in)
    except Invalid as refused:
        if {problem.code for problem in refused.problems.values()} != {"client_exists"}:
            raise
        # the client was created meanwhile
        return opening.open_case(db, system.person, _known_client(db, request), at, actor_of=actor_in)


def read(db: Database, system: System, code: str) -> Header:
    """A case that the system has opened; raises NotFound for any other."""
    with db.reading() as connection:
        opener = select(tables.cases.c.opened_by).where(tables.cases.c.code == code)
        if not is_readable(code) or connection.scalar(opener) != system.person:
            raise NotFound("case_unknown", case=code)
        return case.header(connection, code)


def everybody(connection: Connection) -> list[tuple[Any, ...]]:
    """All systems: name, channel, created and ended (ms)."""
    columns = (_systems.name, _systems.channel, _systems.created_at, _systems.ended_at)
    return [tuple(row) for row in connection.execute(select(*columns).order_by(_systems.name))]


def _known_client(db: Database, request: opening.Request) -> opening.Request:
    if not is_readable(request.client_name):  # PostgreSQL accepts no NUL; the field is refused later
        return request
    client_id = select(tables.clients.c.id).where(tables.clients.c.name_key == identity(request.client_name))
    with db.reading() as connection:
        return replace(request, client=connection.scalar(client_id))
