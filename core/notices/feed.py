"""What the bell shows: a person's notices, how many are unread, and reading them. Times are ms since 1970 UTC."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Text, bindparam, func, null, select

from core.notices.kinds import Notice
from core.store import tables
from core.store.database import Database

PAGE = 50
_n, _cases, _clients = tables.notices.c, tables.cases.c, tables.clients.c

_wanted = (
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
    .where(_n.id.in_(_wanted.scalar_subquery()))
    .values(read_at=bindparam("at"), next_try_at=null())
)


class NoticeRow(NamedTuple):
    """A notice as words are made of it; `code` and `client` are empty when it is about no case."""

    id: int
    kind: Notice
    code: str
    client: str
    params: Mapping[str, Any]
    created_at: int
    read_at: int | None


def told(row: tuple[int, str, str | None, str | None, str, int, int | None]) -> NoticeRow:
    """A notice from its row."""
    number, kind, code, client, params, created_at, read_at = row
    return NoticeRow(number, Notice(kind), code or "", client or "", json.loads(params), created_at, read_at)


COLUMNS = (_n.id, _n.kind, _cases.code, _clients.name, _n.params, _n.created_at, _n.read_at)
JOINED = tables.notices.outerjoin(tables.cases, _cases.id == _n.case_id).outerjoin(
    tables.clients, _clients.id == _cases.client_id
)


def unread(connection: Connection, person: int, cap: int, *, besides: str = "") -> int:
    """How many notices somebody has not read, counted up to `cap` + 1; without those of the case `besides`."""
    some = select(_n.id).where(_n.person_id == person, _n.read_at.is_(None)).limit(cap + 1)
    if besides:
        of_case = select(_cases.id).where(_cases.code == besides)
        some = some.where(_n.case_id.is_(None) | _n.case_id.not_in(of_case))
    return connection.scalar(select(func.count()).select_from(some.subquery())) or 0


def listed(
    connection: Connection, person: int, *, everything: bool = False, before: int | None = None, limit: int = PAGE
) -> list[NoticeRow]:
    """Somebody's notices, the newest first: the unread ones, or everything; `before` is the id to go on from."""
    found = select(*COLUMNS).select_from(JOINED).where(_n.person_id == person).order_by(_n.id.desc()).limit(limit)
    if not everything:
        found = found.where(_n.read_at.is_(None))
    if before is not None:
        found = found.where(_n.id < before)
    return [told(tuple(row)) for row in connection.execute(found)]


def read(db: Database, person: int, at: int, *, notice: int = 0, code: str = "", until: int | None = None) -> int:
    """Somebody has read one of their notices, those of a case, or all (`until` a moment); how many they were.

    What was read is not sent any more.
    """
    given = {"person": person, "notice": notice, "code": code, "at": at, "until": at if until is None else until}
    with db.writing() as tx:
        return tx.run(_read, given)


def read_case(db: Database, person: int, code: str, at: int) -> None:
    """Whoever looks at a case has read what they were told of it; nothing is written when there is nothing unread."""
    there = (
        select(_n.id)
        .join(tables.cases, _cases.id == _n.case_id)
        .where(_n.person_id == person, _n.read_at.is_(None), _cases.code == code)
        .limit(1)
    )
    with db.reading() as connection:
        found = connection.scalar(there)
    if found:
        read(db, person, at, code=code)
