"""Why documents are returned: by the clients' criteria and by the reviewers' reasons."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from core.figures.base import selected_rows
from core.figures.base.ended_cache import Array, Columns, cached_cases
from core.figures.base.review_conditions import first_pass
from core.figures.base.running_cache import running_memo
from core.process.terms import Kind
from core.queries.selection import Selection
from core.store import ended_cases, tables
from core.store.ended_cases import KINDS, OUTCOMES
from core.store.rows_as_of import Rows


class ReviewAnswers(NamedTuple):
    """The answers of reviewers, with the number of documents or verdicts.

    `reviews`, of documents after their first review: criteria met, criteria failed. `returns`, of returning verdicts:
    criteria failed, the reason.
    """

    reviews: Counter[tuple[tuple[str, ...], tuple[str, ...]]]
    returns: Counter[tuple[tuple[str, ...], str]]


def read_answers(connection: Connection, selection: Selection, visits: Columns, items: Columns) -> ReviewAnswers:
    """Count the answers of the selected cases, given their visits and work items."""
    answers = ReviewAnswers(Counter(), Counter())
    for reviews, n in cached_cases(connection).counted("reviews", selection):
        for phase, met, failed in reviews:
            if selection.phase in (None, phase):
                answers.reviews[met, failed] += n
    for returns, n in cached_cases(connection).counted("returns", selection):
        for phase, reason, failed in returns:
            if selection.phase in (None, phase):
                answers.returns[failed, reason] += n
    _add_running(answers, connection, selection, selected_rows.only_running(visits), selected_rows.only_running(items))
    return answers


def _add_running(
    counts: ReviewAnswers, connection: Connection, selection: Selection, visits: Columns, items: Columns
) -> None:
    """Add the answers of running cases. Verdicts without answers and reason are not read."""
    advanced = visits["outcome"] == OUTCOMES.index("advanced")
    over = set(_pairs(visits, "phase", advanced | (visits["returns"] > 0)))
    stood = (items["kind"] == KINDS.index(Kind.REVIEW)) & (items["back"] == 0)
    cycles = dict(zip(_pairs(items, "item", stood), items["cycle"][stood].tolist(), strict=True))
    first: dict[tuple[int, int], list[str]] = defaultdict(list)
    for case, item, phase, verdict, answers, reason in _verdicts(connection, selection):
        if (cycle := cycles.get((case, item))) is None:
            continue
        if verdict == "return":
            counts.returns[ended_cases.criteria(answers, "fails"), reason] += 1
        if cycle == 1 and (case, phase) in over:
            first[case, phase].append(answers)
    for verdict_answers in first.values():
        counts.reviews[ended_cases.reviewed(verdict_answers)] += 1


def _pairs(columns: Columns, second: str, some: Array) -> Iterator[tuple[int, int]]:
    return zip(columns["case"][some].tolist(), columns[second][some].tolist(), strict=True)


def _verdicts(connection: Connection, selection: Selection) -> Sequence[Any]:
    def read() -> Sequence[Any]:
        return connection.execute(_listing(selection)).all()

    return read() if selection.as_of is not None else running_memo(connection).cached(("verdicts", selection), read)


def _listing(selection: Selection) -> Select[Any]:
    verdict, until = tables.verdicts.c, selection.as_of
    columns = (verdict.case_id, verdict.item, verdict.phase, verdict.verdict, verdict.answers, verdict.reason)
    conditions = [verdict.phase == selection.phase] if selection.phase else []
    conditions += [] if until is None else [verdict.at <= until]
    something = or_(verdict.answers != "[]", verdict.reason != "")
    return select(*columns).where(verdict.case_id.in_(selected_rows.still_running(selection)), something, *conditions)


def criteria(answers: ReviewAnswers) -> pd.DataFrame:
    """Return per criterion of the clients on how many documents it was met in the first review."""
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for (met, fails), documents in answers.reviews.items():
        for counted, names in ((passed, met), (failed, fails)):
            for name in names:
                counted[name] += documents
    flat = [
        (name, passed[name] + failed[name], passed[name], failed[name], passed[name] / (passed[name] + failed[name]))
        for name in passed | failed
    ]
    flat.sort(key=lambda row: (row[4], -row[1], row[0]))
    return pd.DataFrame(flat, columns=["criterion", "reviewed", "first_pass", "failed", "share"])


def causes(answers: ReviewAnswers) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return why documents were returned: by failed criterion, and by written reason."""
    failures: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for (failed, reason), n in answers.returns.items():
        for name in failed:
            failures[name] += n
        if reason:
            reasons[reason] += n
    return _pareto(failures), _pareto(reasons)


def first_answers(selection: Selection, rows: Rows) -> Select[Any]:
    """Select the answers of the first review of each reviewed document as one text, a row per document."""
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


def _pareto(counts: Counter[str]) -> pd.DataFrame:
    ranked = sorted(counts.items(), key=lambda cause: (-cause[1], cause[0]))
    times = np.array([n for _, n in ranked], np.int64)
    share = times / max(int(times.sum()), 1)
    names = np.array([name for name, _ in ranked], object)
    return pd.DataFrame({"cause": names, "times": times, "share": share, "cumulative": share.cumsum()})
