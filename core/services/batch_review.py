"""Batch review: one verdict for several reviews, each decided independently by the ordinary service."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from core.case.events import CriterionAnswer
from core.case.model import Case, load
from core.errors import Invalid, NotFound, Problem, Refused
from core.queries.decidable import ChosenItem
from core.services import cases
from core.services.cases import SeenItem
from core.store import tables
from core.store.database import Database
from core.text import clean_text

MOST = 50  # rows: a page of an inbox
ANSWER = {"approve": "meets", "return": "not_applicable"}  # recorded for every criterion
_items, _cases, _clients = tables.work_items.c, tables.cases.c, tables.clients.c


class Result(NamedTuple):
    """The result of one row: the case after its decision, or the refusal."""

    chosen: ChosenItem
    case: Case | None = None
    refused: Refused | None = None


def review_together(
    db: Database, person: int, rows: Sequence[ChosenItem], verdict: str, at: int, reason: str = ""
) -> list[Result]:
    """Give all rows the same verdict, `approve` or `return`; returns one result per row, in order.

    Approving marks every criterion as met; returning marks them as not applicable, and the common reason is the
    finding. Raises Invalid, with nothing decided, when no or too many rows are chosen or the reason is missing.
    """
    if not rows:
        raise Invalid({"rows": Problem("together_nothing")})
    if len(rows) > MOST:
        raise Invalid({"rows": Problem("together_too_many", {"limit": MOST})})
    if verdict == "return" and not clean_text(reason):
        raise Invalid({"reason": Problem("reason_missing")})
    return [_review(db, person, row, verdict, at, reason) for row in rows]


def _review(db: Database, person: int, row: ChosenItem, verdict: str, at: int, reason: str) -> Result:
    on = SeenItem(person, row.code, row.item, row.seen, row.for_person)
    recorded_reason = reason if verdict == "return" else ""
    try:
        answers = _answers(db, row.code, ANSWER.get(verdict, ""))
        return Result(row, cases.review(db, on, verdict, at, answers=answers, reason=recorded_reason))
    except Refused as refused:
        return Result(row, refused=refused)


def _answers(db: Database, code: str, answer: str) -> tuple[CriterionAnswer, ...]:
    """Give the same answer to all of the case's criteria, which never change after opening."""
    with db.reading() as connection:
        state = connection.scalar(select(_cases.state).where(_cases.code == code))
    if state is None:
        raise NotFound("case_unknown", case=code)
    return tuple(CriterionAnswer(criterion.name, answer) for criterion in load(state).criteria)
