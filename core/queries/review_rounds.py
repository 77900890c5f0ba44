"""The rounds of a document's review: their findings and answers, and the usual number of rounds."""

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
    """A review that ended with a return: its version, who (on behalf of `other`), when (ms), and the findings."""

    cycle: int
    version: int
    person: str
    role: Role
    at: int
    findings: tuple[Finding, ...]
    other: str | None = None


class Usual(NamedTuple):
    """The median number of rounds of a document in the `n` cases with a finished review; None without any."""

    n: int
    rounds: float | None


def returned(connection: Connection, case_id: int, document: Document) -> list[Round]:
    """Return the rounds of a document that ended with a return, in order, with the answers sent to their findings."""
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
    rounds: list[Round] = []
    for *row, name, other in rows:
        event = from_row(*row)
        body = event.body
        if isinstance(body, Reviewed) and body.document is document and body.verdict == "return":
            rounds.append(Round(body.cycle, body.version, name, body.findings[0].role, event.at, body.findings, other))
        elif isinstance(body, DocumentSent) and body.document is document and rounds:
            answered = (replace(f, answer=body.answers.get(f.number, f.answer)) for f in rounds[-1].findings)
            rounds[-1] = rounds[-1]._replace(findings=tuple(answered))
    return rounds


def usual(connection: Connection, document: Document) -> Usual:
    """Return how many rounds this document usually takes: its returns plus one, over the visits that advanced."""
    phase = next(phase.number for phase in PHASES if phase.document is document)
    visit = tables.phase_visits.c
    counted = (
        select(visit.returns, func.count())
        .where(visit.phase == phase, visit.outcome == "advanced")
        .group_by(visit.returns)
    )
    rounds = [returns + 1 for returns, count in connection.execute(counted) for _ in range(count)]
    return Usual(len(rounds), median(rounds) if rounds else None)
