"""Why documents are returned: by the clients' criteria and by what reviewers wrote."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from core import ended
from core.figures import chosen
from core.figures.resident import resident
from core.figures.reviews import first_pass
from core.figures.rows import Rows
from core.figures.selection import Selection
from core.terms import Kind


def criteria(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Per criterion of the clients: on how many documents it was met in the first review."""
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for met, fails, documents in _reviews(connection, selection):
        for counted, names in ((passed, met), (failed, fails)):
            for name in names:
                counted[name] += documents
    flat = [
        (name, passed[name] + failed[name], passed[name], failed[name], passed[name] / (passed[name] + failed[name]))
        for name in passed | failed
    ]
    flat.sort(key=lambda row: (row[4], -row[1], row[0]))
    return pd.DataFrame(flat, columns=["criterion", "reviewed", "first_pass", "failed", "share"])


def causes(connection: Connection, selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Why documents were returned: by failed criterion, and by written reason."""
    failures: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for failed, reason, n in _returns(connection, selection):
        for name in failed:
            failures[name] += n
        if reason:
            reasons[reason] += n
    return _pareto(failures), _pareto(reasons)


def _reviews(connection: Connection, selection: Selection) -> Iterator[tuple[Iterable[str], Iterable[str], int]]:
    """Of documents whose first review is over: criteria that were met, that failed, and of how many documents."""
    for reviews, n in resident(connection).counted("reviews", selection):
        for phase, met, failed in reviews:
            if selection.phase in (None, phase):
                yield met, failed, n
    rows = selection.rows
    running = rows.verdicts.c.case_id.in_(chosen.still_running(selection))
    first = first_answers(selection, rows).where(running).subquery("first")
    for said, n in connection.execute(select(first.c.said, func.count()).group_by(first.c.said)):
        pairs = [pair for verdict in _answers(f"[{said}]") for pair in verdict]
        failed_now = {criterion for criterion, answer in pairs if answer == "fails"}
        yield {criterion for criterion, answer in pairs if answer == "meets"} - failed_now, failed_now, n


def _returns(connection: Connection, selection: Selection) -> Iterator[tuple[Iterable[str], str, int]]:
    """Of verdicts that returned a document: criteria that failed, the reason, and of how many verdicts."""
    for returns, n in resident(connection).counted("returns", selection):
        for phase, reason, failed in returns:
            if selection.phase in (None, phase):
                yield failed, reason, n
    rows = selection.rows
    verdict = rows.verdicts.c
    running = verdict.case_id.in_(chosen.still_running(selection))
    found = connection.execute(
        select(verdict.answers, verdict.reason, func.count())
        .where(verdict.verdict == "return", running, *selection.on(rows.verdicts, rows))
        .group_by(verdict.answers, verdict.reason)
    )
    for answers, reason, n in found:
        yield ended.criteria(answers, "fails"), reason, n


def first_answers(selection: Selection, rows: Rows) -> Select[Any]:
    """What the first review of each reviewed document answered, as one text; a row for each document."""
    verdict, visit = rows.verdicts.c, rows.visits.c
    over = select(visit.case_id).where(
        visit.case_id == verdict.case_id,
        visit.phase == verdict.phase,
        or_(first_pass(visit), visit.returns > 0),
    )
    of_item = and_(rows.items.c.case_id == verdict.case_id, rows.items.c.item == verdict.item)
    answers = select(verdict.case_id, func.aggregate_strings(verdict.answers, ",").label("said"))
    return (
        answers.select_from(rows.verdicts.join(rows.items, of_item))
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
    times = np.array([n for _, n in ranked], np.int64)
    share = times / max(int(times.sum()), 1)
    names = np.array([name for name, _ in ranked], object)
    return pd.DataFrame({"cause": names, "times": times, "share": share, "cumulative": share.cumsum()})
