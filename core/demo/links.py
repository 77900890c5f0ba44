"""Status links of the demonstration: clients who are waited for have one, and one was withdrawn."""

import hashlib

from sqlalchemy import func, select

from core import links, schema
from core.case import load
from core.db import Database
from core.terms import Role

_running = (
    select(schema.cases.c.code, schema.cases.c.state, func.max(schema.events.c.at))
    .select_from(schema.cases.join(schema.events))
    .group_by(schema.cases.c.id)
    .where(schema.cases.c.outcome.is_(None))
    .order_by(schema.cases.c.opened_at, schema.cases.c.id)
)
WANTED = 3


def give(db: Database, people: dict[Role, list[int]], seed: int, end: int) -> None:
    """Links for the first cases that wait for their client; the tokens follow from the seed, like everything here."""
    with db.reading() as connection:
        cases = [(code, load(state), at) for code, state, at in connection.execute(_running)]
    waiting = [each for each in cases if each[1].gate(end)][:WANTED]
    for number, (code, case, at) in enumerate(waiting):
        person = people[case.intake_role][0]
        token = hashlib.sha256(f"{seed}-{code}".encode()).hexdigest()
        links.make(db, person, code, at, days=links.DAYS, token=token)
        if number == 0:
            links.withdraw(db, person, code, 1, at)
            links.make(db, person, code, at, days=links.DAYS, token=token[::-1])
