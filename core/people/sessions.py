"""Signing in and out; a session is a row, found by the hash of its token. Times are ms since 1970 UTC."""

import secrets

from sqlalchemy import bindparam, null, select, update

from core.errors import Refused
from core.people.accounts import person_id_of, require_administrator, sign_out
from core.staff import passwords
from core.staff.person import Person, read
from core.staff.tokens import token_hash
from core.store.database import Database, Transaction, insert_into
from core.store.people_log import record
from core.store.tables import people, sessions
from core.text import is_login, login_of

MINUTE = 60_000
HOUR = 60 * MINUTE
IDLE = 12 * HOUR
ABSOLUTE = 7 * 24 * HOUR
FAILURES = 5
LOCKED_FOR = 15 * MINUTE

_by_login = select(
    people.c.id, people.c.password_hash, people.c.active, people.c.failed_sign_ins, people.c.locked_until
).where(people.c.login == bindparam("login"))
_session = (
    select(sessions.c.person_id, sessions.c.seen_at)
    .join(people, people.c.id == sessions.c.person_id)
    .where(
        sessions.c.token_hash == bindparam("token"),
        sessions.c.ended_at.is_(None),
        sessions.c.expires_at > bindparam("now"),
        sessions.c.seen_at > bindparam("idle_since"),
        people.c.active,
    )
)
_add = insert_into(sessions)
_touch = update(sessions).where(sessions.c.token_hash == bindparam("token")).values(seen_at=bindparam("now"))
_end = (
    update(sessions)
    .where(sessions.c.token_hash == bindparam("token"), sessions.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_of_person = update(people).where(people.c.id == bindparam("whom"))
_count_failure = _of_person.values(failed_sign_ins=people.c.failed_sign_ins + 1)
_forget_failures = _of_person.values(failed_sign_ins=0, locked_until=null())
_locked = select(people.c.locked_until).where(people.c.id == bindparam("whom"))
_lock = _of_person.values(failed_sign_ins=0, locked_until=bindparam("until"))


def sign_in(db: Database, login: str, password: str, at: int) -> str:
    """Open a session; returns its token. Raises Refused `sign_in_failed` or `locked` (with `minutes`).

    The password is checked outside the transaction, so that others do not wait for bcrypt.
    """
    login = login_of(login)
    with db.reading() as connection:
        row = connection.execute(_by_login, {"login": login}).first() if is_login(login) else None
    matches = passwords.matches(password, row.password_hash if row else passwords.hash_of_nobody())
    if row is None:
        raise Refused("sign_in_failed")
    with db.writing() as tx:
        at = tx.moment(at)  # later than the request, as the password check is slow
        refused = _refusal(tx, login, row.password_hash if matches else "", at)
        if refused is None:
            return _open(tx, row.id, at)
    raise refused


def session(db: Database, token: str, at: int) -> Person | None:
    """The person of a session, or None when it has ended, was idle for too long or the person is disabled."""
    token = token_hash(token)
    with db.reading() as connection:
        row = connection.execute(_session, {"token": token, "now": at, "idle_since": at - IDLE}).first()
        person = read(connection, row.person_id) if row else None
    if row and at - row.seen_at >= MINUTE:
        with db.writing() as tx:
            tx.run(_touch, {"token": token, "now": at})
    return person


def end_session(db: Database, token: str, at: int) -> None:
    """Sign out: end the session of a token."""
    with db.writing() as tx:
        tx.run(_end, {"token": token_hash(token), "now": tx.moment(at)})


def end_sessions(db: Database, login: str, by: int | None, at: int) -> int:
    """End all sessions of a person, as an administrator; returns how many. Raises Refused when there are none."""
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        ended = sign_out(tx, person_id, at)
        if not ended:
            raise Refused("no_sessions")
        record(tx, person_id, "sessions_ended", at, by, count=ended)
    return ended


def unlock(db: Database, login: str, by: int | None, at: int) -> None:
    """End a person's lockout, as an administrator; raises Refused when they are not locked out."""
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        (until,) = tx.row(_locked, whom=person_id) or (None,)
        if until is None or until <= at:
            raise Refused("not_locked")
        tx.run(_forget_failures, {"whom": person_id})
        record(tx, person_id, "unlocked", at, by)


def _refusal(tx: Transaction, login: str, proven: str, at: int) -> Refused | None:
    """Why signing in is refused, or None; `proven` is the hash that matched, compared in case it has changed."""
    row = tx.row(_by_login, login=login)
    assert row is not None
    person_id, password_hash, active, failures, locked_until = row
    if locked_until is not None and locked_until > at:
        return Refused("locked", minutes=-(-(locked_until - at) // MINUTE))
    if active and password_hash == proven:
        tx.run(_forget_failures, {"whom": person_id})
        return None
    if failures + 1 < FAILURES:
        tx.run(_count_failure, {"whom": person_id})
        return Refused("sign_in_failed")
    tx.run(_lock, {"whom": person_id, "until": at + LOCKED_FOR})
    record(tx, person_id, "locked", at, None, until=at + LOCKED_FOR)
    return Refused("locked", minutes=LOCKED_FOR // MINUTE)


def _open(tx: Transaction, person_id: int, at: int) -> str:
    token = secrets.token_urlsafe(32)
    row = {"token_hash": token_hash(token), "person_id": person_id, "created_at": at, "seen_at": at}
    tx.run(_add, {**row, "expires_at": at + ABSOLUTE, "ended_at": None})
    record(tx, person_id, "signed_in", at, person_id)
    return token
