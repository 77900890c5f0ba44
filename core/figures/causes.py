"""Why documents are returned: by the clients' criteria and by what reviewers wrote."""

from collections import Counter
from typing import Any

import msgspec
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from core.figures.reviews import first_pass
from core.figures.rows import Rows
from core.figures.selection import Selection
from core.terms import Kind


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
        select(verdict.answers, verdict.reason, func.count())
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


def first_answers(selection: Selection, rows: Rows) -> Select[Any]:
    """What the first review of each reviewed document answered, as one text; a row for each document."""
    verdict, visit = rows.verdicts.c, rows.visits.c
    over = select(visit.case_id).where(
        visit.case_id == verdict.case_id,
        visit.phase == verdict.phase,
        or_(first_pass(visit), visit.returns > 0),
    )
    of_item = and_(rows.items.c.case_id == verdict.case_id, rows.items.c.item == verdict.item)
    chosen = select(verdict.case_id, func.aggregate_strings(verdict.answers, ",").label("said"))
    return (
        chosen.select_from(rows.verdicts.join(rows.items, of_item))
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
