"""Dead letters: notices that could not be delivered, for the administrator to retry or dismiss."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, null, select
from sqlalchemy.sql import Executable

from core.errors import NotAllowed
from core.notices.feed import COLUMNS, JOINED, NoticeRow, notice_row
from core.process.terms import Role
from core.store import tables
from core.store.database import Database
from core.store.outbox import DeliveryFailure, decode
from core.store.person_names import shown_name

_n, _people = tables.notices.c, tables.people.c
_one = tables.notices.update().where(_n.id == bindparam("notice"))
_revive = _one.where(_n.dead_at.is_not(None)).values(
    dead_at=null(), attempts=0, next_try_at=bindparam("now"), last_error=null()
)
_dismiss = _one.where(_n.dead_at.is_not(None)).values(dead_at=null())
_administers = select(tables.person_roles.c.role).where(
    tables.person_roles.c.person_id == bindparam("person"),
    tables.person_roles.c.role == Role.ADMINISTRADOR.value,
    tables.person_roles.c.person_id.in_(select(_people.id).where(_people.active)),
)


class DeadLetter(NamedTuple):
    """A notice that could not be delivered outside the app."""

    notice: NoticeRow
    person: str
    dead_at: int
    failure: DeliveryFailure | None


def dead(connection: Connection, limit: int = 100) -> list[DeadLetter]:
    """The dead letters, newest first."""
    statement = (
        select(*COLUMNS, shown_name(), _n.dead_at, _n.last_error)
        .select_from(JOINED.join(tables.people, _people.id == _n.person_id))
        .where(_n.dead_at.is_not(None))
        .order_by(_n.dead_at.desc(), _n.id.desc())
        .limit(limit)
    )
    return [
        DeadLetter(notice_row(tuple(row[:7])), row[7], row[8], decode(row[9])) for row in connection.execute(statement)
    ]


def revive(db: Database, person: int, notice: int, at: int) -> None:
    """Queue a dead letter for delivery again, on behalf of an administrator."""
    _by_administrator(db, person, _revive, {"notice": notice, "now": at})


def dismiss(db: Database, person: int, notice: int) -> None:
    """Dismiss a dead letter on behalf of an administrator; the notice stays in the app."""
    _by_administrator(db, person, _dismiss, {"notice": notice})


def _by_administrator(db: Database, person: int, statement: Executable, params: dict[str, int]) -> None:
    with db.writing() as tx:
        if not tx.rows(_administers, person=person):
            raise NotAllowed("role_needed", role=Role.ADMINISTRADOR)
        tx.run(statement, params)
