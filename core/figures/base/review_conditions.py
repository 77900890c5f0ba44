"""The conditions on reviews shared by the figures of quality."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_

from core.process.definition import PHASES
from core.process.terms import REVIEWED_DOCUMENTS

REVIEWED = tuple(phase.number for phase in PHASES if phase.document in REVIEWED_DOCUMENTS)


def first_pass(visit: Any) -> ColumnElement[bool]:
    """Approved at once: a phase with a review is only left forward by an approval."""
    return and_(visit.outcome == "advanced", visit.returns == 0)


def in_review(visit: Any) -> ColumnElement[bool]:
    return and_(visit.left_at.is_(None), visit.returns == 0)


def stands(items: FromClause) -> ColumnElement[bool]:
    """Whether the decision on a work item was not taken back."""
    return items.c.taken_back_at.is_(None)
