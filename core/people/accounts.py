"""Accounts: what an administrator does to people and their roles, with authorisation and record.

Sessions and lockouts are in `core.people.sessions`, a person's own changes in `core.people.own_account`,
lists in `core.staff.directory`. Times are ms since 1970 UTC.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, null, select, update

from core.errors import Invalid, NotAllowed, NotFound, Problem, Refused
from core.people.offboarding import end_substitutions, release_claims
from core.process.terms import Role
from core.staff import coverage, passwords
from core.staff.directory import SYSTEM
from core.staff.person import Person, read, roles_of
from core.staff.tokens import token_hash
from core.store.database import Database, Transaction, insert_into
from core.store.people_log import record
from core.store.tables import people, person_roles, sessions
from core.text import clean_name, email_problem, is_login, login_of, text_problem

MAX_NAME = 120


_by_login = select(people.c.id).where(people.c.login == bindparam("login"))
_administrators = (
    select(people.c.id).join(person_roles).where(person_roles.c.role == Role.ADMINISTRADOR.value, people.c.active)
)
_anybody = select(people.c.id).limit(1)

_add_person = insert_into(people).returning(people.c.id)
_add_role = insert_into(person_roles)
_drop_roles = delete(person_roles).where(person_roles.c.person_id == bindparam("id"))
_of_person = update(people).where(people.c.id == bindparam("whom"))
set_password = _of_person.values(
    password_hash=bindparam("hash"), must_change_password=bindparam("must"), failed_sign_ins=0, locked_until=null()
)
_set_active = _of_person.values(active=bindparam("is_active"))
_describe = _of_person.values(name=bindparam("new_name"), email=bindparam("new_email"))
_described = select(people.c.name, people.c.email).where(people.c.id == bindparam("whom"))
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
    """Create a person; returns id and password: one-time, or the given `password`. Raises Invalid by field."""
    login, name, email, held = login_of(login), clean_name(name), (email or "").strip() or None, frozenset(roles)
    _check(login, name, email)
    must_change = password is None
    password = password or passwords.one_time()
    row: dict[str, Any] = {"login": login, "name": name, "email": email, "active": True, "language": None}
    row |= {"password_hash": passwords.hash_password(password), "must_change_password": must_change}
    row |= {"failed_sign_ins": 0, "locked_until": None}
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        if tx.row(_by_login, login=login):
            raise Invalid({"login": Problem("login_taken", {"login": login})})
        added = tx.row(_add_person, **row, created_at=at)
        assert added is not None
        _give_roles(tx, added[0], held)
        record(tx, added[0], "created", at, by, login=login, roles=sorted(held))
    return added[0], password


def ensure_administrator(db: Database, at: int) -> str | None:
    """Create the account `admin` when there are no people; returns its one-time password, else None."""
    with db.reading() as connection:
        if connection.execute(_anybody).first():
            return None
    return create(db, "admin", "Administrador", [Role.ADMINISTRADOR], at=at)[1]


def person(db: Database, person_id: int) -> Person | None:
    """The person with this id; None when unknown or disabled."""
    with db.reading() as connection:
        return read(connection, person_id)


def set_roles(db: Database, login: str, roles: Iterable[Role], by: int | None, at: int) -> None:
    """Replace the person's roles and end all their sessions."""
    held = frozenset(roles)
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        _require_other_administrator(tx, person_id, stays=Role.ADMINISTRADOR in held)
        before = [row[0] for row in tx.rows(roles_of, id=person_id)]
        with coverage.keep_decidable(tx, at):
            tx.run(_drop_roles, {"id": person_id})
            _give_roles(tx, person_id, held)
            _end_substitutions(tx, person_id, held, by, at)
        release_claims(tx, person_id, held, by, at)
        sign_out(tx, person_id, at)
        record(tx, person_id, "roles_set", at, by, before=before, after=sorted(held))


def disable(db: Database, login: str, by: int | None, at: int) -> None:
    """Prevent the person from signing in, and end their sessions."""
    _set_activity(db, login, by, at, active=False)


def enable(db: Database, login: str, by: int | None, at: int) -> None:
    """Allow the person to sign in again."""
    _set_activity(db, login, by, at, active=True)


def reset(db: Database, login: str, by: int | None, at: int) -> str:
    """Replace the password by a one-time one; ends all the person's sessions, and a lockout."""
    password = passwords.one_time()
    password_hash = passwords.hash_password(password)
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        tx.run(set_password, {"whom": person_id, "hash": password_hash, "must": True})
        sign_out(tx, person_id, at)
        record(tx, person_id, "password_reset", at, by)
    return password


def describe(db: Database, login: str, name: str, email: str | None, by: int | None, at: int) -> None:
    """Change name or e-mail address; raises Invalid by field, Refused when nothing changes."""
    name, email = clean_name(name), (email or "").strip() or None
    _check(login, name, email)
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        before_name, before_email = tx.row(_described, whom=person_id) or ("", None)
        if (name, email) == (before_name, before_email):
            raise Refused("person_same")
        tx.run(_describe, {"whom": person_id, "new_name": name, "new_email": email})
        before, after = {"name": before_name, "email": before_email}, {"name": name, "email": email}
        changed = [field for field in before if before[field] != after[field]]
        record(tx, person_id, "described", at, by, **{field: [before[field], after[field]] for field in changed})


def _set_activity(db: Database, login: str, by: int | None, at: int, *, active: bool) -> None:
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        _require_other_administrator(tx, person_id, stays=active)
        with coverage.keep_decidable(tx, at):
            tx.run(_set_active, {"whom": person_id, "is_active": active})
            if not active:
                _end_substitutions(tx, person_id, frozenset(), by, at)
        if not active:
            release_claims(tx, person_id, (), by, at)
        sign_out(tx, person_id, at)
        record(tx, person_id, "enabled" if active else "disabled", at, by)


def require_administrator(tx: Transaction, by: int | None) -> None:
    """Require an administrator; `by` is None for the command line, which needs no account."""
    coverage.take_turns(tx)
    if by is not None and by not in {row[0] for row in tx.rows(_administrators)}:
        raise NotAllowed("role_needed", role=Role.ADMINISTRADOR)


def _require_other_administrator(tx: Transaction, person_id: int, *, stays: bool) -> None:
    """Refuse to remove the last administrator."""
    if not stays and {row[0] for row in tx.rows(_administrators)} == {person_id}:
        raise NotAllowed("last_administrator")


def person_id_of(tx: Transaction, login: str) -> int:
    """The id of the person with this login; raises NotFound when there is none."""
    login = login_of(login)
    if login.startswith(SYSTEM) or (row := tx.row(_by_login, login=login)) is None:
        raise NotFound("person_unknown", login=login)
    return int(row[0])


def _give_roles(tx: Transaction, person_id: int, roles: frozenset[Role]) -> None:
    for role in sorted(roles):
        tx.run(_add_role, {"person_id": person_id, "role": role.value})


def _end_substitutions(tx: Transaction, person_id: int, roles: frozenset[Role], by: int | None, at: int) -> None:
    for dropped in end_substitutions(tx, person_id, roles, at):
        params = {"role": dropped.role.value, "substitute": dropped.substitute}
        record(tx, dropped.absent, "substitution_ended", at, by, **params)


def sign_out(tx: Transaction, person_id: int, at: int, keep: str = "") -> int:
    """End all sessions of a person except that of the token `keep`; returns how many."""
    return tx.run(_end_sessions, {"whom": person_id, "keep": token_hash(keep), "now": at})


def _check(login: str, name: str, email: str | None) -> None:
    problems: dict[str, Problem] = {}
    if not is_login(login):
        problems["login"] = Problem("login_invalid")
    problems |= text_problem("name", name, MAX_NAME, "name_missing")
    problems |= email_problem("email", email) if email else {}
    if problems:
        raise Invalid(problems)
