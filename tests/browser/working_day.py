"""A demonstration for the days of managers: more reviews wait in it, and its verdicts are read row by row."""

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
from core.services.cases import On
from core.store import tables
from tests.browser.server import House, opened


class Verdict(NamedTuple):
    """A verdict of the record, or one that the screen announced."""

    code: str
    document: str
    version: int
    verdict: str
    person: str


def moment() -> int:
    return time.time_ns() // 1_000_000


def verdicts(house: House, since: int) -> list[Verdict]:
    """What is on record since a moment (ms), in its order."""
    v, cases, people = tables.verdicts.c, tables.cases.c, tables.people.c
    columns = (cases.code, v.document, v.document_version, v.verdict, people.name)
    joined = tables.verdicts.join(tables.cases, v.case_id == cases.id).join(tables.people, v.person_id == people.id)
    rows = select(*columns).select_from(joined).where(v.at >= since).order_by(v.at, v.seq)
    with house.db.reading() as connection:
        return [
            Verdict(code, DOCUMENT_NAMES[Document(document)], *rest)
            for code, document, *rest in connection.execute(rows)
        ]


def inbox(house: House, role: Role) -> list[queries_inbox.InboxRow]:
    with house.db.reading() as connection:
        return queries_inbox.inbox(connection, role, moment())


def free(house: House, role: Role, login: str) -> list[str]:
    """The codes in a person's inbox that nobody else holds, in its order."""
    found = select(tables.people.c.id).where(tables.people.c.login == login)
    with house.db.reading() as connection:
        person = connection.scalar(found)
    return [row.code for row in inbox(house, role) if row.held_by in (None, person)]


@contextmanager
def working_day(folder: Path) -> Iterator[House]:
    """The app on a demonstration in which the intake roles have done their work of the day."""
    with opened(folder) as house:
        for role in INTAKE_ROLES:
            for row in inbox(house, role):
                if not row.blocked:
                    _sent_on(house, row.code, role)
        yield house


def _sent_on(house: House, code: str, role: Role) -> None:
    """Validate what waits in an intake role, attach and send the document: a review waits for the manager then."""
    store = Store(house.log.parent / "files")
    with house.db.reading() as connection:
        anybody = next(iter(queries_case.holders(connection, role)))
    while True:
        with house.db.reading() as connection:
            case = queries_case.header(connection, code).case
        item = next((item for item in case.items if item.role is role), None)
        if item is None or item.work is Kind.CLOSE:
            return
        asked = checklist(item.work, item.phase, role, international=case.international)
        done = frozenset(placed.position for placed in asked)
        on = On(item.held_by or anybody, code, item.item, item.version)
        if item.work is Kind.VALIDATE:
            services_cases.validate(house.db, on, "yes", moment(), done=done)
            continue
        case = services_cases.attach(house.db, store, on, b"%PDF-1.7\n" + code.encode(), "documento.pdf", moment())
        version = next(each.version for each in case.items if each.item == item.item)
        answers = {finding.number: "se corrigió" for finding in case.findings}
        services_cases.send(house.db, on._replace(seen=version), moment(), done=done, answers=answers)
