"""The rounds of a document's review: what each one found, what was answered, and how many are usual."""

from statistics import median
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from core.case.events import DocumentSent, Finding, Reviewed, from_row
from core.process.definition import PHASES
from core.process.terms import Document, Role
from core.store import tables
from core.store.person_names import shown_name


class Round(NamedTuple):
    """A review that ended with a return: on which version, by whom (for the `other`), when (ms), and its findings."""

    cycle: int
    version: int
    person: str
    role: Role
    at: int
    findings: tuple[Finding, ...]
    other: str | None = None


class Usual(NamedTuple):
    """How many rounds the document took in the `n` cases whose review is over: the median, None without any."""

    n: int
    rounds: float | None


def returned(connection: Connection, case_id: int, document: Document) -> list[Round]:
    """Every round of a document that ended with a return, in order; findings keep the answer that was sent to them."""
    e, absent = tables.events.c, tables.people.alias("absent")
    kinds = (Reviewed.__name__, DocumentSent.__name__)
    rows = connection.execute(
        select(e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data, shown_name(), shown_name(absent))
        .select_from(
            tables.events.outerjoin(tables.people, tables.people.c.id == e.person_id).outerjoin(
                absent, absent.c.id == e.for_person_id
            )
        )
        .where(e.case_id == case_id, e.kind.in_(kinds))
        .order_by(e.seq)
    )
    found: list[Round] = []
    for *row, name, other in rows:
        event = from_row(*row)
        body = event.body
        if isinstance(body, Reviewed) and body.document is document and body.verdict == "return":
            found.append(Round(body.cycle, body.version, name, body.findings[0].role, event.at, body.findings, other))
        elif isinstance(body, DocumentSent) and body.document is document and found:
            answered = (replace(f, answer=body.answers.get(f.number, f.answer)) for f in found[-1].findings)
            found[-1] = found[-1]._replace(findings=tuple(answered))
    return found


def usual(connection: Connection, document: Document) -> Usual:
    """How many rounds this document usually takes: one more than its returns, over the visits that went on."""
    phase = next(phase.number for phase in PHASES if phase.document is document)
    visit = tables.phase_visits.c
    counted = (
        select(visit.returns, func.count())
        .where(visit.phase == phase, visit.outcome == "advanced")
        .group_by(visit.returns)
    )
    rounds = [returns + 1 for returns, count in connection.execute(counted) for _ in range(count)]
    return Usual(len(rounds), median(rounds) if rounds else None)
