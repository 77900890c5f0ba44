"""Status links: a page without a sign-in that says where a case stands, and nothing that is internal.

Who has the link sees the page: its token is drawn at random, told once, and kept only as a hash.
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
    """A link of a case as those who take part see it; times in ms since 1970 UTC."""

    link: int
    made_at: int
    made_by: str
    expires_at: int
    withdrawn_at: int | None
    seen_at: int | None


class Status(NamedTuple):
    """What the page says of a case: codes and times, no person, document, reason or finding.

    `roles` have the case since `since`; `needed` is what it waits for from its client, `later` what a phase to come
    will need.
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
    """Make a link to the case's status page; its token, which is told this once."""
    told = token or secrets.token_urlsafe(32)
    carry_out(db, person, code, MakeLink(token_hash(told), days), at)
    return told


def withdraw(db: Database, person: int, code: str, link: int, at: int) -> Case:
    """Let a link lead nowhere from now on; also when the case has ended."""
    return carry_out(db, person, code, WithdrawLink(link), at)


def of_case(connection: Connection, case_id: int) -> list[Link]:
    """The links of a case, the newest first."""
    columns = (_links.link, _links.made_at, shown_name(), _links.expires_at, _links.withdrawn_at, _links.seen_at)
    rows = connection.execute(
        select(*columns)
        .select_from(tables.status_links.join(tables.people, _people.id == _links.made_by))
        .where(_links.case_id == case_id)
        .order_by(_links.link.desc())
    )
    return [Link(*row) for row in rows]


def status(db: Database, token: str, at: int) -> Status | None:
    """What the page of this link says; None for a link that is unknown, expired or withdrawn."""
    with db.reading() as connection:
        found = connection.execute(_by_token, {"hash": token_hash(token), "now": at}).first()
        zone = settings.policy(connection).calendar.time_zone
    if found is None:
        return None
    if found.seen_at is None or at - found.seen_at >= MINUTE:
        with suppress(Refused), db.writing() as tx:  # a look is no reason to fail
            tx.run(_touch, {"case": found.case_id, "number": found.link, "now": at})
    return _told(found.code, load(found.state), found.expires_at, zone, at)


def _told(code: str, case: Case, expires_at: int, zone: str, at: int) -> Status:
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
        tuple(each for each in Environment if each in ahead and each != needed and not case.has(each, at)),
        case.outcome,
        case.ended_at,
        expires_at,
        zone,
    )
