"""A person's notices: listing, counting unread ones, marking as read. Times are ms since 1970 UTC."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Text, bindparam, func, null, select

from core.notices.kinds import Notice
from core.store import tables
from core.store.database import Database

PAGE = 50
_n, _cases, _clients = tables.notices.c, tables.cases.c, tables.clients.c

_unread = (
    select(_n.id)
    .where(_n.person_id == bindparam("person"), _n.read_at.is_(None), _n.created_at <= bindparam("until"))
    .where((_n.id == bindparam("notice")) | (bindparam("notice", type_=Integer) == 0))
    .where(
        (bindparam("code", type_=Text) == "")
        | _n.case_id.in_(select(_cases.id).where(_cases.code == bindparam("code")).scalar_subquery())
    )
    .with_for_update(skip_locked=True)
)
_read = (
    tables.notices.update()
    .where(_n.id.in_(_unread.scalar_subquery()))
    .values(read_at=bindparam("at"), next_try_at=null())
)


class NoticeRow(NamedTuple):
    """A notice with the data for its text; `code` and `client` are empty when it is not about a case."""

    id: int
    kind: Notice
    code: str
    client: str
    params: Mapping[str, Any]
    created_at: int
    read_at: int | None


def notice_row(row: tuple[int, str, str | None, str | None, str, int, int | None]) -> NoticeRow:
    """Build a notice from the values of COLUMNS."""
    number, kind, code, client, params, created_at, read_at = row
    return NoticeRow(number, Notice(kind), code or "", client or "", json.loads(params), created_at, read_at)


COLUMNS = (_n.id, _n.kind, _cases.code, _clients.name, _n.params, _n.created_at, _n.read_at)
JOINED = tables.notices.outerjoin(tables.cases, _cases.id == _n.case_id).outerjoin(
    tables.clients, _clients.id == _cases.client_id
)


def unread(connection: Connection, person: int, cap: int, *, besides: str = "") -> int:
    """Count a person's unread notices up to `cap` + 1, without those of the case `besides`."""
    limited = select(_n.id).where(_n.person_id == person, _n.read_at.is_(None)).limit(cap + 1)
    if besides:
        of_case = select(_cases.id).where(_cases.code == besides)
        limited = limited.where(_n.case_id.is_(None) | _n.case_id.not_in(of_case))
    return connection.scalar(select(func.count()).select_from(limited.subquery())) or 0


def listed(
    connection: Connection, person: int, *, everything: bool = False, before: int | None = None, limit: int = PAGE
) -> list[NoticeRow]:
    """A person's notices, newest first: unread ones or `everything`; `before` is the id to continue from."""
    statement = select(*COLUMNS).select_from(JOINED).where(_n.person_id == person).order_by(_n.id.desc()).limit(limit)
    if not everything:
        statement = statement.where(_n.read_at.is_(None))
    if before is not None:
        statement = statement.where(_n.id < before)
    return [notice_row(tuple(row)) for row in connection.execute(statement)]


def read(db: Database, person: int, at: int, *, notice: int = 0, code: str = "", until: int | None = None) -> int:
    """Mark one notice of a person, those of a case, or all (`until` a moment) as read; returns how many.

    Notices that were read are not sent any more.
    """
    params = {"person": person, "notice": notice, "code": code, "at": at, "until": at if until is None else until}
    with db.writing() as tx:
        return tx.run(_read, params)


def read_case(db: Database, person: int, code: str, at: int) -> None:
    """Mark a person's notices of a case as read; writes nothing when none is unread."""
    any_unread = (
        select(_n.id)
        .join(tables.cases, _cases.id == _n.case_id)
        .where(_n.person_id == person, _n.read_at.is_(None), _cases.code == code)
        .limit(1)
    )
    with db.reading() as connection:
        found = connection.scalar(any_unread)
    if found:
        read(db, person, at, code=code)
