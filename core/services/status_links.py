"""Status links: a page that shows a case's progress without sign-in and without internal data.

Anybody with the link sees the page: its random token is shown once and stored only as a hash.
"""

import secrets
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from core.case.commands import MakeLink, WithdrawLink
from core.case.model import Case, load
from core.errors import Refused
from core.process.definition import PHASES
from core.process.terms import Environment, Outcome, Role
from core.services.execute import carry_out
from core.staff.tokens import token_hash
from core.store import settings, tables
from core.store.database import Database
from core.store.person_names import shown_name

DAYS = 30
MINUTE = 60_000
_links, _cases, _people = tables.status_links.c, tables.cases.c, tables.people.c
_by_token = (
    select(_cases.code, _cases.state, _links.case_id, _links.link, _links.expires_at, _links.seen_at)
    .select_from(tables.status_links.join(tables.cases))
    .where(
        _links.token_hash == bindparam("hash"),
        _links.withdrawn_at.is_(None),
        _links.expires_at > bindparam("now"),
    )
)
_touch = (
    update(tables.status_links)
    .where(_links.case_id == bindparam("case"), _links.link == bindparam("number"))
    .values(seen_at=bindparam("now"))
)


class Link(NamedTuple):
    """A status link in the list of a case; times in ms since 1970 UTC."""

    link: int
    made_at: int
    made_by: str
    expires_at: int
    withdrawn_at: int | None
    seen_at: int | None


class Status(NamedTuple):
    """The content of the status page: codes and times, without people, documents, reasons or findings.

    `roles` have open work since `since`; `needed` is the environment that blocks the case, `later` those that later
    phases need.
    """

    code: str
    phase: int
    entered_at: int
    roles: tuple[Role, ...]
    since: int
    needed: Environment | None
    later: tuple[Environment, ...]
    outcome: Outcome | None
    ended_at: int | None
    expires_at: int
    time_zone: str


def make(db: Database, person: int, code: str, at: int, *, days: int = DAYS, token: str = "") -> str:
    """Create a link to the case's status page; returns its token, which cannot be read again."""
    token = token or secrets.token_urlsafe(32)
    carry_out(db, person, code, MakeLink(token_hash(token), days), at)
    return token


def withdraw(db: Database, person: int, code: str, link: int, at: int) -> Case:
    """Revoke a link; also allowed when the case has ended."""
    return carry_out(db, person, code, WithdrawLink(link), at)


def of_case(connection: Connection, case_id: int) -> list[Link]:
    """The links of a case, newest first."""
    columns = (_links.link, _links.made_at, shown_name(), _links.expires_at, _links.withdrawn_at, _links.seen_at)
    rows = connection.execute(
        select(*columns)
        .select_from(tables.status_links.join(tables.people, _people.id == _links.made_by))
        .where(_links.case_id == case_id)
        .order_by(_links.link.desc())
    )
    return [Link(*row) for row in rows]


def status(db: Database, token: str, at: int) -> Status | None:
    """The status behind a link's token; None when the link is unknown, expired or revoked."""
    with db.reading() as connection:
        row = connection.execute(_by_token, {"hash": token_hash(token), "now": at}).first()
        zone = settings.policy(connection).calendar.time_zone
    if row is None:
        return None
    if row.seen_at is None or at - row.seen_at >= MINUTE:
        with suppress(Refused), db.writing() as tx:  # showing the page must not fail because of this
            tx.run(_touch, {"case": row.case_id, "number": row.link, "now": at})
    return _status(row.code, load(row.state), row.expires_at, zone, at)


def _status(code: str, case: Case, expires_at: int, zone: str, at: int) -> Status:
    gate = case.gate(at)
    needed = case.missing(gate, at) if gate else None
    ahead = [phase.needs for phase in PHASES[case.phase :] if phase.needs] if case.outcome is None else []
    return Status(
        code,
        case.phase,
        case.entered_at,
        tuple(role for role in Role if role in {item.role for item in case.items}),
        min((item.opened_at for item in case.items), default=case.entered_at),
        needed,
        tuple(kind for kind in Environment if kind in ahead and kind != needed and not case.has(kind, at)),
        case.outcome,
        case.ended_at,
        expires_at,
        zone,
    )
