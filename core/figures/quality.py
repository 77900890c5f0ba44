"""Calidad: what is approved at once, what comes back and why, and which gates never say no.

A document is reviewed when its first review is over: approved, or returned. Decisions that were taken back do not
count, and nothing here is told of a person.
"""

from collections import Counter
from math import prod
from typing import Any, NamedTuple

import msgspec
import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, or_, select, true

from core.figures.percentiles import durations, listed, spread
from core.figures.rows import Rows
from core.figures.selection import Selection
from core.process import PHASES
from core.terms import REVIEWED_DOCUMENTS, Kind

REVIEWED = tuple(phase.number for phase in PHASES if phase.document in REVIEWED_DOCUMENTS)
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
    """The frames of the page.

    `documents`, a row per phase with a review: reviewed = first_pass + sent_back (documents), in_review (first review
    not over), returns, in_correction (documents), share; n, p50, p85, p95, total of the rework of documents that were
    approved in the end: ms of calendar time from the first return to the approval.
    `criteria`: criterion, reviewed = first_pass + failed (documents in their first review), share; the worst first.
    `failures`, `reasons`: of returns, the most frequent first: cause, times, share and cumulative (of all counted).
    `gates`, a row per phase: validated, refused (decisions); reviewed, returned (verdicts), cases (reviewed);
    `silent`, `silent_review`: never a no in at least ENOUGH cases.
    """

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
    return Quality(
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


def criteria(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Per criterion of the clients: on how many documents it was met in the first review."""
    first = first_answers(selection, selection.rows).subquery("first")
    each_text = connection.execute(select(first.c.said, func.count()).group_by(first.c.said))
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for said, documents in each_text:
        answers = [pair for verdict in _answers(f"[{said}]") for pair in verdict]
        fails = {criterion for criterion, answer in answers if answer == "fails"}
        meets = {criterion for criterion, answer in answers if answer == "meets"} - fails
        passed.update(dict.fromkeys(meets, documents))
        failed.update(dict.fromkeys(fails, documents))
    flat = [
        (name, passed[name] + failed[name], passed[name], failed[name], passed[name] / (passed[name] + failed[name]))
        for name in passed | failed
    ]
    flat.sort(key=lambda row: (row[4], -row[1], row[0]))
    return pd.DataFrame(flat, columns=["criterion", "reviewed", "first_pass", "failed", "share"])


def causes(connection: Connection, selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Why documents were returned: by failed criterion, and by written reason."""
    rows = selection.rows
    verdict = rows.verdicts.c
    found = connection.execute(
        of_items(select(verdict.answers, verdict.reason, func.count().label("n")), rows)
        .where(verdict.verdict == "return", *selection.on(rows.verdicts, rows))
        .group_by(verdict.answers, verdict.reason)
    )
    failures: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for answers, reason, n in found:
        failures.update(dict.fromkeys((c for c, answer in _answers(f"[{answers}]")[0] if answer == "fails"), n))
        if reason:
            reasons[reason] += n
    return _pareto(failures), _pareto(reasons)


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


def first_pass(visit: Any) -> ColumnElement[bool]:
    """From a phase with a review only an approval leads on."""
    return and_(visit.outcome == "advanced", visit.returns == 0)


def in_review(visit: Any) -> ColumnElement[bool]:
    return and_(visit.left_at.is_(None), visit.returns == 0)


def stands(items: FromClause) -> ColumnElement[bool]:
    """The decision on a work item was not taken back."""
    return items.c.taken_back_at.is_(None) if "taken_back_at" in items.c else true()


def of_items(chosen: Select[Any], rows: Rows) -> Select[Any]:
    """Verdicts with their work items, those that stand."""
    verdict, item = rows.verdicts.c, rows.items.c
    both = rows.verdicts.join(rows.items, and_(item.case_id == verdict.case_id, item.item == verdict.item))
    return chosen.select_from(both).where(stands(rows.items))


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


def first_answers(selection: Selection, rows: Rows) -> Select[Any]:
    """What the first review of each reviewed document answered, as one text; a row for each document."""
    verdict, visit = rows.verdicts.c, rows.visits.c
    over = select(visit.case_id).where(
        visit.case_id == verdict.case_id,
        visit.phase == verdict.phase,
        or_(first_pass(visit), visit.returns > 0),
    )
    chosen = select(verdict.case_id, func.aggregate_strings(verdict.answers, ",").label("said"))
    return (
        of_items(chosen, rows)
        .where(
            rows.items.c.kind == Kind.REVIEW,
            rows.items.c.cycle == 1,
            over.exists(),
            *selection.on(rows.verdicts, rows),
        )
        .group_by(verdict.case_id, verdict.phase)
    )


def _answers(text: str) -> list[list[tuple[str, str]]]:
    return msgspec.json.decode(text, type=list[list[tuple[str, str]]])


def _pareto(found: Counter[str]) -> pd.DataFrame:
    ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    frame = pd.DataFrame(ranked, columns=["cause", "times"]).astype({"times": "int64"})
    share = frame["times"] / max(int(frame["times"].sum()), 1)
    return frame.assign(share=share, cumulative=share.cumsum())
