"""Check the record of every case that has gone on since its last check against the process, and keep the findings."""

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from sqlalchemy import bindparam, delete, or_, select, union_all

from core.case import events as happened
from core.case.events import Event
from core.conformance.deviations import deviations as read
from core.conformance.deviations import remarks as remarked
from core.conformance.rules import KNOWN, ConformanceRule, Deviation
from core.store import tables
from core.store.database import Database, insert_into

BATCH = 200
NOTHING = Deviation(0, "")  # what is kept of a record that follows the process
_told, _also = tables.conformance.c, tables.further_deviations.c
_forget = delete(tables.conformance).where(_told.case_id == bindparam("case"))
_forget_further = delete(tables.further_deviations).where(_also.case_id == bindparam("case"))
_keep = insert_into(tables.conformance)
_keep_further = insert_into(tables.further_deviations)


def check(db: Database, at: int, progress: Callable[[int], None] | None = None, *, anew: bool = False) -> int:
    """Check every case that was not checked as it is now, or every case `anew`; how many that were.

    What is found is kept case by case. Checked once more is also what broke a rule that is not judged any more, as
    moments once had to be in order. `progress` is given the number of cases so far.
    """
    done = last = 0
    while found := _next(db, last if anew else None):
        with db.writing() as tx:
            for forget in (_forget, _forget_further):
                tx.run(forget, *({"case": case} for case in found))
            for case, (version, told) in found.items():
                first, *further = told if told and told[0].rule is not ConformanceRule.CLOCK else (NOTHING, *told)
                tx.run(_keep, {"case_id": case, "version": version, "at": at, **first._asdict()})
                for each in further:
                    tx.run(_keep_further, {"case_id": case, **each._asdict()})
        done += len(found)
        last = max(found)
        if progress:
            progress(done)
    return done


def deviations(db: Database) -> list[tuple[str, int, str]]:
    """Every deviation: the code of the case, the event (its seq) and the rule that it breaks; case after case."""
    return [each for each in _told_of(db) if each[2] != ConformanceRule.CLOCK]


def remarks(db: Database) -> list[tuple[str, int]]:
    """The entries whose moment lies well before that of the one before: the code of the case, the event (its seq)."""
    return [(code, seq) for code, seq, rule in _told_of(db) if rule == ConformanceRule.CLOCK]


def _told_of(db: Database) -> list[tuple[str, int, str]]:
    first = select(_told.case_id, _told.seq, _told.rule).where(_told.rule != NOTHING.rule)
    every = union_all(first, select(_also.case_id, _also.seq, _also.rule)).subquery("every").c
    code = tables.cases.c.code
    chosen = (
        select(code, every.seq, every.rule)
        .join(tables.cases, tables.cases.c.id == every.case_id)
        .where(every.rule.in_(KNOWN))
    )
    with db.reading() as connection:
        return [(code, seq, rule) for code, seq, rule in connection.execute(chosen.order_by(code, every.seq))]


def _next(db: Database, after: int | None) -> dict[int, tuple[int, list[Deviation]]]:
    """Some cases that are to be checked, with their version and what was found: deviations, then remarks.

    With `after` they are the next ones by their number, whether they were checked or not.
    """
    case, event = tables.cases.c, tables.events.c
    unknown = select(_also.case_id).where(_also.rule.not_in(KNOWN))
    again = or_(_told.rule.not_in(KNOWN), case.id.in_(unknown))
    due = (
        select(case.id, case.version)
        .outerjoin(tables.conformance, _told.case_id == case.id)
        .where(or_(_told.version.is_(None), _told.version != case.version, again) if after is None else case.id > after)
        .order_by(case.id)
        .limit(BATCH)
    )
    columns = (event.seq, event.at, event.phase, event.person_id, event.for_person_id, event.data)
    with db.reading() as connection:
        versions: dict[int, int] = {row.id: row.version for row in connection.execute(due)}
        chosen = select(event.case_id, *columns).where(event.case_id.in_(versions))
        rows = connection.execute(chosen.order_by(event.case_id, event.seq)).all()
    records = {number: [happened.from_row(*row) for _, *row in each] for number, each in groupby(rows, itemgetter(0))}
    return {number: (version, _judged(records.get(number, []))) for number, version in versions.items()}


def _judged(record: list[Event]) -> list[Deviation]:
    return [*read(record), *remarked(record)]
