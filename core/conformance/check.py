"""Check the record of every case that has changed since its last check against the process, and store the results."""

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
NOTHING = Deviation(0, "")  # stored for a record that follows the process
_results, _further = tables.conformance.c, tables.further_deviations.c
_forget = delete(tables.conformance).where(_results.case_id == bindparam("case"))
_forget_further = delete(tables.further_deviations).where(_further.case_id == bindparam("case"))
_keep = insert_into(tables.conformance)
_keep_further = insert_into(tables.further_deviations)


def check(db: Database, at: int, progress: Callable[[int], None] | None = None, *, anew: bool = False) -> int:
    """Check every case that changed since its last check, or every case if `anew`; return how many there were.

    Results are stored in batches. Cases that broke a rule that no longer exists are checked again too. `progress` gets
    the number of cases so far.
    """
    done = last = 0
    while results := _check_next(db, last if anew else None):
        with db.writing() as tx:
            for forget in (_forget, _forget_further):
                tx.run(forget, *({"case": case} for case in results))
            for case, (version, result) in results.items():
                deviates = result and result[0].rule is not ConformanceRule.CLOCK
                first, *further = result if deviates else (NOTHING, *result)
                tx.run(_keep, {"case_id": case, "version": version, "at": at, **first._asdict()})
                for deviation in further:
                    tx.run(_keep_further, {"case_id": case, **deviation._asdict()})
        done += len(results)
        last = max(results)
        if progress:
            progress(done)
    return done


def deviations(db: Database) -> list[tuple[str, int, str]]:
    """Return every deviation by case: the code of the case, the seq of the event, and the rule that it breaks."""
    return [row for row in _stored_results(db) if row[2] != ConformanceRule.CLOCK]


def remarks(db: Database) -> list[tuple[str, int]]:
    """Return the case code and seq of each entry timed well before the previous one."""
    return [(code, seq) for code, seq, rule in _stored_results(db) if rule == ConformanceRule.CLOCK]


def _stored_results(db: Database) -> list[tuple[str, int, str]]:
    first = select(_results.case_id, _results.seq, _results.rule).where(_results.rule != NOTHING.rule)
    every = union_all(first, select(_further.case_id, _further.seq, _further.rule)).subquery("every").c
    code = tables.cases.c.code
    chosen = (
        select(code, every.seq, every.rule)
        .join(tables.cases, tables.cases.c.id == every.case_id)
        .where(every.rule.in_(KNOWN))
    )
    with db.reading() as connection:
        return [(code, seq, rule) for code, seq, rule in connection.execute(chosen.order_by(code, every.seq))]


def _check_next(db: Database, after: int | None) -> dict[int, tuple[int, list[Deviation]]]:
    """Check some of the due cases; return their versions and results: deviations, then remarks.

    With `after` they are the next cases by id, checked before or not.
    """
    case, event = tables.cases.c, tables.events.c
    unknown = select(_further.case_id).where(_further.rule.not_in(KNOWN))
    again = or_(_results.rule.not_in(KNOWN), case.id.in_(unknown))
    changed = or_(_results.version.is_(None), _results.version != case.version, again)
    due = (
        select(case.id, case.version)
        .outerjoin(tables.conformance, _results.case_id == case.id)
        .where(changed if after is None else case.id > after)
        .order_by(case.id)
        .limit(BATCH)
    )
    columns = (event.seq, event.at, event.phase, event.person_id, event.for_person_id, event.data)
    with db.reading() as connection:
        versions: dict[int, int] = {row.id: row.version for row in connection.execute(due)}
        chosen = select(event.case_id, *columns).where(event.case_id.in_(versions))
        rows = connection.execute(chosen.order_by(event.case_id, event.seq)).all()
    records = {number: [happened.from_row(*row) for _, *row in group] for number, group in groupby(rows, itemgetter(0))}
    return {number: (version, _check(records.get(number, []))) for number, version in versions.items()}


def _check(record: list[Event]) -> list[Deviation]:
    return [*read(record), *remarked(record)]
