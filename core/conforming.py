"""`python -m core conformance`: check the record of every case that has gone on since its last check."""

import argparse
from collections.abc import Callable
from itertools import groupby

from sqlalchemy import bindparam, delete, or_, select

from core import events as happened
from core import schema
from core.conformance import Deviation, deviation
from core.db import Database, insert_into

BATCH = 200
_told = schema.conformance.c
_forget = delete(schema.conformance).where(_told.case_id == bindparam("case"))
_keep = insert_into(schema.conformance)


def add(verb: Callable[..., argparse.ArgumentParser], opened: Callable[[], Database], clock: Callable[[], int]) -> None:
    """The verb, for the command line."""
    says = "Check the records that went on since their last check against the process; exit code 1 when one deviates."
    verb("conformance", lambda _: _say(opened(), clock()), says)


def check(db: Database, at: int, progress: Callable[[int], None] | None = None) -> int:
    """Check every case that was not checked as it is now; how many that were. What is found is kept case by case."""
    done = 0
    while found := _next(db):
        with db.writing() as tx:
            tx.run(_forget, *({"case": case} for case in found))
            kept = ({"case_id": case, "version": v, "at": at, **told._asdict()} for case, (v, told) in found.items())
            tx.run(_keep, *kept)
        done += len(found)
        if progress:
            progress(done)
    return done


def deviations(db: Database) -> list[tuple[str, int, str]]:
    """Every case that deviates, with the event (its seq) and the rule that it breaks."""
    cases = schema.cases.c
    chosen = select(cases.code, _told.seq, _told.rule).join(schema.conformance, _told.case_id == cases.id)
    with db.reading() as connection:
        found = connection.execute(chosen.where(_told.rule != "").order_by(cases.code))
        return [(code, seq, rule) for code, seq, rule in found]


def _next(db: Database) -> dict[int, tuple[int, Deviation]]:
    """Some cases that are to be checked, with their version and what was found (the rule is empty when nothing was)."""
    case, event = schema.cases.c, schema.events.c
    due = (
        select(case.id, case.version)
        .outerjoin(schema.conformance, _told.case_id == case.id)
        .where(or_(_told.version.is_(None), _told.version != case.version))
        .order_by(case.id)
        .limit(BATCH)
    )
    columns = (event.seq, event.at, event.phase, event.person_id, event.for_person_id, event.data)
    with db.reading() as connection:
        versions: dict[int, int] = {row.id: row.version for row in connection.execute(due)}
        chosen = select(event.case_id, *columns).where(event.case_id.in_(versions))
        rows = connection.execute(chosen.order_by(event.case_id, event.seq)).all()
    records = {number: [happened.from_row(*row[1:]) for row in each] for number, each in groupby(rows, lambda r: r[0])}
    nothing = Deviation(0, "")
    return {number: (version, deviation(records.get(number, [])) or nothing) for number, version in versions.items()}


def _say(db: Database, at: int) -> int:
    checked = check(db, at)
    found = deviations(db)
    for code, seq, rule in found:
        print(f"{code} seq={seq}: {rule}")
    print(f"{checked} cases checked, {f'{len(found)} deviate' if found else 'all records follow the process'}")
    return 1 if found else 0
