"""People and their roles; who did what to them is in people_events. Times are ms since 1970 UTC."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, null, select, update

from core import coverage, passwords
from core.db import Database, Transaction, insert_into
from core.errors import Invalid, NotAllowed, NotFound, Problem
from core.schema import people, people_events, person_roles, sessions
from core.terms import Role

MAX_NAME = 120
MAX_EMAIL = 254
SYSTEM = "system:"  # how the logins of other systems begin: no person's login has a colon
LOGIN = re.compile(r"[a-z0-9._-]{2,40}")


@dataclass(frozen=True)
class Person:
    """Who somebody is, read afresh."""

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    language: str | None
    must_change_password: bool


_by_login = select(people.c.id).where(people.c.login == bindparam("login"))
_by_id = select(
    people.c.id, people.c.login, people.c.name, people.c.language, people.c.must_change_password, people.c.password_hash
).where(people.c.id == bindparam("id"), people.c.active)
_roles = select(person_roles.c.role).where(person_roles.c.person_id == bindparam("id")).order_by(person_roles.c.role)
_administrators = (
    select(people.c.id).join(person_roles).where(person_roles.c.role == Role.ADMINISTRADOR.value, people.c.active)
)
_anybody = select(people.c.id).limit(1)

_add_person = insert_into(people).returning(people.c.id)
_add_role = insert_into(person_roles)
_add_event = insert_into(people_events)
_drop_roles = delete(person_roles).where(person_roles.c.person_id == bindparam("id"))
_of_person = update(people).where(people.c.id == bindparam("whom"))
_set_password = _of_person.values(
    password_hash=bindparam("hash"), must_change_password=bindparam("must"), failed_sign_ins=0, locked_until=null()
)
_set_active = _of_person.values(active=bindparam("is_active"))
_set_language = _of_person.values(language=bindparam("chosen"))
_end_sessions = (
    update(sessions)
    .where(
        sessions.c.person_id == bindparam("whom"),
        sessions.c.token_hash != bindparam("keep"),
        sessions.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"))
)


def create(
    db: Database,
    login: str,
    name: str,
    roles: Iterable[Role],
    email: str | None = None,
    by: int | None = None,
    *,
    at: int,
    password: str | None = None,
) -> tuple[int, str]:
    """A new person's id and one-time password; a given `password` is theirs to keep. Invalid by field."""
    login, name, held = login.strip().lower(), name.strip(), frozenset(roles)
    _check(login, name, email)
    told = password or passwords.one_time()
    row = {
        "login": login,
        "name": name,
        "email": email or None,
        "password_hash": passwords.hashed(told),
        "active": True,
        "must_change_password": password is None,
        "language": None,
        "failed_sign_ins": 0,
        "locked_until": None,
        "created_at": at,
    }
    with db.writing() as tx:
        _administers(tx, by)
        if tx.row(_by_login, login=login):
            raise Invalid({"login": Problem("login_taken", {"login": login})})
        added = tx.row(_add_person, **row)
        assert added is not None
        _give_roles(tx, added[0], held)
        record(tx, added[0], "created", at, by, login=login, roles=sorted(held))
    return added[0], told


def ensure_administrator(db: Database, at: int) -> str | None:
    """The one-time password of a new `admin`, when there is nobody at all; else nothing."""
    with db.reading() as connection:
        if connection.execute(_anybody).first():
            return None
    return create(db, "admin", "Administrador", [Role.ADMINISTRADOR], at=at)[1]


def person(db: Database, person_id: int) -> Person | None:
    """The person with this id, if there and active."""
    with db.reading() as connection:
        return read(connection, person_id)


def read(connection: Connection, person_id: int) -> Person | None:
    """As `person`, inside a reading that is under way."""
    row = connection.execute(_by_id, {"id": person_id}).first()
    if row is None:
        return None
    roles = frozenset(Role(role) for role in connection.scalars(_roles, {"id": person_id}))
    return Person(row.id, row.login, row.name, roles, row.language, row.must_change_password)


class Listed(NamedTuple):
    """A person as a list shows them; times in ms since 1970 UTC."""

    id: int
    login: str
    name: str
    email: str | None
    active: bool
    locked_until: int | None
    roles: tuple[Role, ...]


def everybody(connection: Connection) -> list[Listed]:
    """Everybody, by name, with their roles."""
    held: dict[int, list[Role]] = {}
    for person_id, role in connection.execute(select(person_roles.c.person_id, person_roles.c.role)):
        held.setdefault(person_id, []).append(Role(role))
    columns = (people.c.id, people.c.login, people.c.name, people.c.email, people.c.active, people.c.locked_until)
    rows = connection.execute(select(*columns).where(people.c.login.not_like(f"{SYSTEM}%")).order_by(people.c.name))
    return [Listed(*row, tuple(role for role in Role if role in held.get(row[0], ()))) for row in rows]


def set_roles(db: Database, login: str, roles: Iterable[Role], by: int | None, at: int) -> None:
    """These roles and no others; ends every session of the person."""
    held = frozenset(roles)
    with db.writing() as tx:
        _administers(tx, by)
        whom = _whom(tx, login)
        _keeps_an_administrator(tx, whom, stays=Role.ADMINISTRADOR in held)
        before = [row[0] for row in tx.rows(_roles, id=whom)]
        with coverage.kept(tx, at):
            tx.run(_drop_roles, {"id": whom})
            _give_roles(tx, whom, held)
        _sign_out(tx, whom, at)
        record(tx, whom, "roles_set", at, by, before=before, after=sorted(held))


def disable(db: Database, login: str, by: int | None, at: int) -> None:
    """Nobody signs in as this person any more, and their sessions end now."""
    _set_activity(db, login, by, at, active=False)


def enable(db: Database, login: str, by: int | None, at: int) -> None:
    """The person may sign in again."""
    _set_activity(db, login, by, at, active=True)


def set_language(db: Database, person_id: int, language: str, at: int) -> None:
    """The language in which this person reads."""
    with db.writing() as tx:
        tx.run(_set_language, {"whom": person_id, "chosen": language})
        record(tx, person_id, "language_set", at, person_id, language=language)


def reset(db: Database, login: str, by: int | None, at: int) -> str:
    """A one-time password in place of the old one; ends every session of the person, and a lockout."""
    password = passwords.one_time()
    kept = passwords.hashed(password)
    with db.writing() as tx:
        _administers(tx, by)
        whom = _whom(tx, login)
        tx.run(_set_password, {"whom": whom, "hash": kept, "must": True})
        _sign_out(tx, whom, at)
        record(tx, whom, "password_reset", at, by)
    return password


def change_password(db: Database, person_id: int, old: str, new: str, at: int, *, token: str = "") -> None:
    """A password of the person's own choice; their sessions end, except that of `token`. Invalid by field."""
    with db.reading() as connection:
        found = connection.execute(_by_id, {"id": person_id}).first()
    if found is None:
        raise NotFound("person_unknown", login=str(person_id))
    problems: dict[str, Problem] = {}
    if not passwords.matches(old, found.password_hash):
        problems["old"] = Problem("password_wrong")
    if against := passwords.problem(found.login, old, new):
        problems["new"] = against
    if problems:
        raise Invalid(problems)
    kept = passwords.hashed(new)
    with db.writing() as tx:
        tx.run(_set_password, {"whom": person_id, "hash": kept, "must": False})
        _sign_out(tx, person_id, at, keep=token)
        record(tx, person_id, "password_changed", at, person_id)


def record(tx: Transaction, whom: int, kind: str, at: int, by: int | None, **data: Any) -> None:
    """One entry in the history of a person; `by` is nobody for the system itself."""
    tx.run(_add_event, {"at": at, "by_id": by, "person_id": whom, "kind": kind, "data": json.dumps(data)})


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _set_activity(db: Database, login: str, by: int | None, at: int, *, active: bool) -> None:
    with db.writing() as tx:
        _administers(tx, by)
        whom = _whom(tx, login)
        _keeps_an_administrator(tx, whom, stays=active)
        with coverage.kept(tx, at):
            tx.run(_set_active, {"whom": whom, "is_active": active})
        _sign_out(tx, whom, at)
        record(tx, whom, "enabled" if active else "disabled", at, by)


def _administers(tx: Transaction, by: int | None) -> None:
    """Only an administrator manages people; `by` is nobody for the command line, which has the machine itself."""
    if by is not None and by not in {row[0] for row in tx.rows(_administrators)}:
        raise NotAllowed("role_needed", role=Role.ADMINISTRADOR)


def _keeps_an_administrator(tx: Transaction, whom: int, *, stays: bool) -> None:
    """Somebody must be left who can manage people."""
    if not stays and {row[0] for row in tx.rows(_administrators)} == {whom}:
        raise NotAllowed("last_administrator")


def _whom(tx: Transaction, login: str) -> int:
    login = login.strip().lower()
    row = None if login.startswith(SYSTEM) else tx.row(_by_login, login=login)
    if row is None:
        raise NotFound("person_unknown", login=login)
    return int(row[0])


def _give_roles(tx: Transaction, whom: int, roles: frozenset[Role]) -> None:
    for role in sorted(roles):
        tx.run(_add_role, {"person_id": whom, "role": role.value})


def _sign_out(tx: Transaction, whom: int, at: int, keep: str = "") -> None:
    tx.run(_end_sessions, {"whom": whom, "keep": token_hash(keep), "now": at})


def _check(login: str, name: str, email: str | None) -> None:
    problems: dict[str, Problem] = {}
    if not LOGIN.fullmatch(login):
        problems["login"] = Problem("login_invalid")
    if not name:
        problems["name"] = Problem("name_missing")
    elif len(name) > MAX_NAME:
        problems["name"] = Problem("text_too_long", {"limit": MAX_NAME})
    if email and len(email) > MAX_EMAIL:
        problems["email"] = Problem("text_too_long", {"limit": MAX_EMAIL})
    if problems:
        raise Invalid(problems)
