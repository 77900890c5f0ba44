"""Status links of the demonstration, for cases that wait for their client; one was revoked."""

import hashlib

from sqlalchemy import func, select

from core.case.model import load
from core.process.terms import Role
from core.services import status_links
from core.store import tables
from core.store.database import Database

_running = (
    select(tables.cases.c.code, tables.cases.c.state, func.max(tables.events.c.at))
    .select_from(tables.cases.join(tables.events))
    .group_by(tables.cases.c.id)
    .where(tables.cases.c.outcome.is_(None))
    .order_by(tables.cases.c.opened_at, tables.cases.c.id)
)
WANTED = 3


def create(db: Database, people: dict[Role, list[int]], seed: int, end: int) -> None:
    """Create links for the first cases that wait for their client, with tokens derived from the seed."""
    with db.reading() as connection:
        cases = [(code, load(state), at) for code, state, at in connection.execute(_running)]
    waiting = [row for row in cases if row[1].gate(end)][:WANTED]
    for number, (code, case, at) in enumerate(waiting):
        person = people[case.intake_role][0]
        token = hashlib.sha256(f"{seed}-{code}".encode()).hexdigest()
        status_links.make(db, person, code, at, days=status_links.DAYS, token=token)
        if number == 0:
            status_links.withdraw(db, person, code, 1, at)
            status_links.make(db, person, code, at, days=status_links.DAYS, token=token[::-1])
