"""Calidad: what is approved at once, what comes back and why, and which gates never say no.

A document is reviewed when its first review is over: approved, or returned. Decisions that were taken back do not
count, and nothing here is told of a person.
"""

from math import prod
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, FromClause, Select, and_, func, or_, select

from core.figures.causes import causes, criteria
from core.figures.percentiles import durations, listed, spread
from core.figures.reviews import REVIEWED, first_pass, in_review, stands
from core.figures.rows import Rows
from core.figures.selection import Selection
from core.process import PHASES
from core.terms import Kind

ENOUGH = 20  # cases below which a gate may simply not have met what it is there for
DECIDES = {Kind.VALIDATE: ("yes", "no"), Kind.REVIEW: ("approve", "return")}
COUNTS = ("reviewed", "first_pass", "sent_back", "in_review", "returns", "in_correction")


class Whole(NamedTuple):
    """Over the phases: `first_pass` is the product of theirs (None without any); the rest are numbers.

    `cases` had a document reviewed, `reworked` of them one returned; a correction is a `repeat` when whoever sent the
    document before sent it again, and a `redo` when somebody else did.
    """

    first_pass: float | None
    cases: int
    reworked: int
    repeat: int
    redo: int


class Quality(NamedTuple):
    """The frames of the page, and of how many cases (`opened`) it is.

    `documents`, a row per phase with a review: reviewed = first_pass + sent_back (documents), in_review (first review
    not over), returns, in_correction (documents), share; n, p50, p85, p95, total of the rework of documents that were
    approved in the end: ms of calendar time from the first return to the approval.
    `criteria`: criterion, reviewed = first_pass + failed (documents in their first review), share; the worst first.
    `failures`, `reasons`: of returns, the most frequent first: cause, times, share and cumulative (of all counted).
    `gates`, a row per phase: validated, refused (decisions); reviewed, returned (verdicts), cases (reviewed);
    `silent`, `silent_review`: never a no in at least ENOUGH cases.
    """

    opened: int
    whole: Whole
    documents: pd.DataFrame
    criteria: pd.DataFrame
    failures: pd.DataFrame
    reasons: pd.DataFrame
    gates: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Quality:  # noqa: ARG001  (the common signature)
    """Every figure of the page Calidad."""
    documents = of_documents(connection, selection)
    failures, reasons = causes(connection, selection)
    rows = selection.rows
    opened = select(func.count()).select_from(rows.cases).where(*selection.on(rows.cases, rows))
    return Quality(
        connection.scalar(opened) or 0,
        whole(connection, selection, documents),
        documents,
        criteria(connection, selection),
        failures,
        reasons,
        gates(connection, selection),
    )


def of_documents(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Per phase: first-pass yield, returns, and what the rework of its document has cost."""
    rows = selection.rows
    visit = rows.visits.c
    first, back = first_pass(visit), visit.returns > 0
    counted = {
        "first_pass": func.count().filter(first),
        "sent_back": func.count().filter(back),
        "in_review": func.count().filter(in_review(visit)),
        "returns": func.sum(visit.returns),
        "in_correction": func.count().filter(back, visit.left_at.is_(None)),
    }
    found = connection.execute(
        select(visit.phase, *(each.label(name) for name, each in counted.items()))
        .where(visit.phase.in_(REVIEWED), *selection.on(rows.visits, rows))
        .group_by(visit.phase)
    ).mappings()
    numbers = {row["phase"]: row for row in found}
    times = _rework(connection, selection)
    flat = []
    for phase in _phases(selection):
        counts = {name: int(numbers[phase][name] or 0) if phase in numbers else 0 for name in counted}
        reviewed = counts["first_pass"] + counts["sent_back"]
        share = counts["first_pass"] / reviewed if reviewed else None
        took = times.get(phase, [])
        values = {"reviewed": reviewed, **counts, "share": share, **spread(took)._asdict(), "total": sum(took)}
        flat.append({"phase": phase, **values})
    floats = dict.fromkeys(("share", "p50", "p85", "p95"), "float64")
    columns = ["phase", *COUNTS, "share", "n", "p50", "p85", "p95", "total"]
    return pd.DataFrame(flat, columns=columns).astype(floats)


def whole(connection: Connection, selection: Selection, documents: pd.DataFrame) -> Whole:
    """The figures over all phases."""
    rows = selection.rows
    visit = rows.visits.c
    reviewed = or_(first_pass(visit), visit.returns > 0)
    cases = func.count(visit.case_id.distinct())
    chosen = select(cases.filter(reviewed), cases.filter(visit.returns > 0))
    of_cases = chosen.where(visit.phase.in_(REVIEWED), *selection.on(rows.visits, rows))
    total, reworked = connection.execute(of_cases).one()
    repeat, redo = connection.execute(_again(selection)).one()
    shares = documents["share"].dropna().tolist()
    return Whole(prod(shares) if shares else None, total, reworked, repeat, redo)


def gates(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Per phase: how often its two gates, the intake's validation and the review, were asked and said no."""
    rows = selection.rows
    item = rows.items.c
    no = func.count().filter(item.ended_as.in_(["no", "return"]))
    asked = [each for pair in DECIDES.values() for each in pair]
    found = connection.execute(
        select(item.phase, item.kind, func.count(), no, func.count(item.case_id.distinct()))
        .where(item.ended_as.in_(asked), stands(rows.items), *selection.on(rows.items, rows))
        .group_by(item.phase, item.kind)
    )
    told = {(phase, kind): counts for phase, kind, *counts in found}
    flat = []
    for number in [selection.phase] if selection.phase else range(1, len(PHASES) + 1):
        validated, refused, decided = told.get((number, Kind.VALIDATE), (0, 0, 0))
        reviewed, returned, cases = told.get((number, Kind.REVIEW), (0, 0, 0))
        silent = [decided >= ENOUGH and not refused, cases >= ENOUGH and not returned]
        flat.append((number, validated, refused, reviewed, returned, cases, *silent))
    columns = ["phase", "validated", "refused", "reviewed", "returned", "cases", "silent", "silent_review"]
    return pd.DataFrame(flat, columns=columns)


def _phases(selection: Selection) -> list[int]:
    return [phase for phase in REVIEWED if selection.phase in (None, phase)]


def _returned_at(rows: Rows) -> FromClause:
    """When each document was returned first."""
    item = rows.items.c
    return (
        select(item.case_id, item.phase, func.min(item.ended_at).label("at"))
        .where(item.kind == Kind.REVIEW, item.ended_as == "return", stands(rows.items))
        .group_by(item.case_id, item.phase)
        .subquery("returned")
    )


def _rework(connection: Connection, selection: Selection) -> dict[int, list[int]]:
    """From the first return of a document to its approval, by phase."""
    rows = selection.rows
    visit, back = rows.visits.c, _returned_at(rows)
    joined = rows.visits.join(back, and_(back.c.case_id == visit.case_id, back.c.phase == visit.phase))
    found = connection.execute(
        select(visit.phase, listed(visit.left_at - back.c.at))
        .select_from(joined)
        .where(visit.left_at.is_not(None), *selection.on(rows.visits, rows))
        .group_by(visit.phase)
    )
    return {phase: durations(took) for phase, took in found}


def _again(selection: Selection) -> Select[int, int]:
    """Of the corrections that were sent: how many by whoever had sent the document before, and by somebody else."""
    rows = selection.rows
    item, before = rows.items.c, rows.items.alias("before")
    same = item.ended_by == before.c.ended_by
    of_before = (before.c.case_id == item.case_id, before.c.phase == item.phase, before.c.cycle == item.cycle - 1)
    return (
        select(func.count().filter(same), func.count().filter(~same))
        .select_from(rows.items.join(before, and_(*of_before)))
        .where(item.kind == Kind.CORRECT, item.ended_as == "send", stands(rows.items))
        .where(before.c.kind.in_([Kind.PRODUCE, Kind.CORRECT]), before.c.ended_as == "send", stands(before))
        .where(*selection.on(rows.items, rows))
    )
