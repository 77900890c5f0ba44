"""Other systems that open cases: each has a token, a channel, and an identity of its own that cannot sign in.

A system's row in `people` holds no role, so it is nobody's substitute and no inbox waits for it; that it may open
cases in its one channel is asked of `systems`, in the transaction.
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
    """Another system that has shown its token."""

    name: str
    person: int
    channel: Channel


def create(db: Database, name: str, channel: Channel, at: int) -> str:
    """Let a system in; its token, which is told this once."""
    name = login_of(name)
    if not is_system_name(name):
        raise Invalid({"name": Problem("system_name_invalid")})
    token = secrets.token_urlsafe(32)
    row = {
        "login": f"{directory.SYSTEM}{name}",
        "name": name.upper(),
        "email": None,
        "password_hash": passwords.hashed(secrets.token_urlsafe(32)),  # nobody knows it, and it is never reset
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
        kept = {"name": name, "person_id": person, "channel": channel, "token_hash": token_hash(token)}
        tx.run(_add, {**kept, "created_at": at, "ended_at": None})
        people_log.record(tx, person, "system_created", at, None, channel=channel)
    return token


def end(db: Database, name: str, at: int) -> None:
    """The system's token is worth nothing from now on."""
    with db.writing() as tx:
        at = tx.moment(at)
        found = tx.row(_end, called=login_of(name), now=at)
        if found is None:
            raise NotFound("system_unknown", name=name)
        people_log.record(tx, found[0], "system_ended", at, None)


def known(db: Database, token: str) -> System:
    """Whose token this is; NotAllowed when nobody's."""
    with db.reading() as connection:
        found = connection.execute(_by_token, {"hash": token_hash(token)}).first()
    if found is None:
        raise NotAllowed("system_not_known")
    return System(found.name, found.person_id, Channel(found.channel))


def actor_in(tx: Transaction, person: int) -> Actor:
    """The system with the one role of its channel, as it is at this moment."""
    found = tx.row(_of_person, person=person)
    if found is None:
        raise NotAllowed("system_not_known")
    return Actor(person, frozenset({CHANNEL_ROLE[Channel(found[0])]}))


def open_case(db: Database, system: System, request: opening.Request, at: int) -> str:
    """Open a case for a system; the same key opens one case, and a client is known by its name."""
    try:
        return opening.open_case(db, system.person, _known_client(db, request), at, who=actor_in)
    except Invalid as refused:
        if {each.code for each in refused.problems.values()} != {"client_exists"}:
            raise
        return opening.open_case(db, system.person, _known_client(db, request), at, who=actor_in)  # it is there now


def read(db: Database, system: System, code: str) -> Header:
    """A case that this system has opened; NotFound for any other."""
    with db.reading() as connection:
        chosen = select(tables.cases.c.opened_by).where(tables.cases.c.code == code)
        if not is_readable(code) or connection.scalar(chosen) != system.person:
            raise NotFound("case_unknown", case=code)
        return case.header(connection, code)


def everybody(connection: Connection) -> list[tuple[Any, ...]]:
    """Every system: name, channel, since when, until when."""
    columns = (_systems.name, _systems.channel, _systems.created_at, _systems.ended_at)
    return [tuple(row) for row in connection.execute(select(*columns).order_by(_systems.name))]


def _known_client(db: Database, request: opening.Request) -> opening.Request:
    if not is_readable(request.client_name):  # PostgreSQL takes no NUL: the field is refused when it is checked
        return request
    chosen = select(tables.clients.c.id).where(tables.clients.c.name_key == identity(request.client_name))
    with db.reading() as connection:
        return replace(request, client=connection.scalar(chosen))
