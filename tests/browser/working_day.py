"""A demonstration with more open reviews, for tests of the managers' work, and its recorded verdicts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from core.documents.store import Store
from core.process.definition import checklist
from core.process.terms import DOCUMENT_NAMES, INTAKE_ROLES, Document, Kind, Role
from core.queries import case as queries_case
from core.queries import inbox as queries_inbox
from core.services import cases as services_cases
from core.services.cases import SeenItem
from core.store import tables
from tests.browser.server import Server, started


class Verdict(NamedTuple):
    """A verdict as recorded, or as announced on the screen."""

    code: str
    document: str
    version: int
    verdict: str
    person: str


def moment() -> int:
    return time.time_ns() // 1_000_000


def verdicts(server: Server, since: int) -> list[Verdict]:
    """The verdicts recorded since a moment (ms), in order."""
    v, cases, people = tables.verdicts.c, tables.cases.c, tables.people.c
    columns = (cases.code, v.document, v.document_version, v.verdict, people.name)
    joined = tables.verdicts.join(tables.cases, v.case_id == cases.id).join(tables.people, v.person_id == people.id)
    rows = select(*columns).select_from(joined).where(v.at >= since).order_by(v.at, v.seq)
    with server.db.reading() as connection:
        return [
            Verdict(code, DOCUMENT_NAMES[Document(document)], *rest)
            for code, document, *rest in connection.execute(rows)
        ]


def inbox(server: Server, role: Role) -> list[queries_inbox.InboxRow]:
    with server.db.reading() as connection:
        return queries_inbox.inbox(connection, role, moment())


def free(server: Server, role: Role, login: str) -> list[str]:
    """The codes of the cases in a person's inbox that nobody else has claimed, in order."""
    statement = select(tables.people.c.id).where(tables.people.c.login == login)
    with server.db.reading() as connection:
        person = connection.scalar(statement)
    return [row.code for row in inbox(server, role) if row.held_by in (None, person)]


@contextmanager
def working_day(folder: Path) -> Iterator[Server]:
    """Run the app on a demonstration in which the intake roles have finished their work."""
    with started(folder) as server:
        for role in INTAKE_ROLES:
            for row in inbox(server, role):
                if not row.blocked:
                    _send_to_review(server, row.code, role)
        yield server


def _send_to_review(server: Server, code: str, role: Role) -> None:
    """Validate, attach and send as an intake role until a review is open."""
    store = Store(server.log.parent / "files")
    with server.db.reading() as connection:
        holder = next(iter(queries_case.holders(connection, role)))
    while True:
        with server.db.reading() as connection:
            case = queries_case.header(connection, code).case
        item = next((item for item in case.items if item.role is role), None)
        if item is None or item.work is Kind.CLOSE:
            return
        to_tick = checklist(item.work, item.phase, role, international=case.international)
        done = frozenset(placed.position for placed in to_tick)
        on = SeenItem(item.held_by or holder, code, item.item, item.version)
        if item.work is Kind.VALIDATE:
            services_cases.validate(server.db, on, "yes", moment(), done=done)
            continue
        case = services_cases.attach(server.db, store, on, b"%PDF-1.7\n" + code.encode(), "documento.pdf", moment())
        version = next(updated.version for updated in case.items if updated.item == item.item)
        answers = {finding.number: "se corrigió" for finding in case.findings}
        services_cases.send(server.db, on._replace(seen=version), moment(), done=done, answers=answers)
