"""The evidence of the figures of Calidad: selects of case ids, one row per document or decision counted."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, func, or_

from core.figures.base.clocks import Clock
from core.figures.base.evidence import Behind, Figure, FigureQuestion
from core.figures.base.review_conditions import REVIEWED, first_pass, in_review, stands
from core.figures.pages.quality.causes import first_answers
from core.process.terms import Kind


def _document(name: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        visit = question.rows.visits.c
        conditions = {
            "first_pass": first_pass(visit),
            "sent_back": visit.returns > 0,
            "in_review": in_review(visit),
            "reworked": and_(visit.returns > 0, visit.left_at.is_not(None)),
            "in_correction": and_(visit.returns > 0, visit.left_at.is_(None)),
        }
        return question.visits(visit.phase.in_(REVIEWED), conditions[name])

    return behind


def _decision(kind: Kind, *ended_as: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        item = question.rows.items.c
        return question.items(item.kind == kind, item.ended_as.in_(ended_as), stands(question.rows.items))

    return behind


def _contains(answers: ColumnElement[str], criterion: str, answer: str) -> ColumnElement[bool]:
    """Whether answers contain an answer as encoded; inside a criterion's name the quotes would be escaped."""
    token = msgspec.json.encode([criterion, answer]).decode()
    return func.replace(answers, token, "") != answers


def _criterion(name: str) -> Behind:
    """Return the select of documents on which the figure's criterion was met, or failed, in their first review."""

    def behind(question: FigureQuestion) -> Select[Any]:
        answers = question.rows.verdicts.c.answers
        fails, meets = (_contains(answers, question.of.detail, answer) for answer in ("fails", "meets"))
        failed = func.max(case((fails, 1), else_=0))
        chosen = first_answers(question.selection, question.rows).with_only_columns(question.rows.verdicts.c.case_id)
        return chosen.where(or_(fails, meets)).having(failed == int(name == "criterion_failed"))

    return behind


def _returned_for(name: str) -> Behind:
    """Return the select of returns with the figure's failed criterion, or its reason."""

    def behind(question: FigureQuestion) -> Select[Any]:
        verdict = question.rows.verdicts.c
        why = {
            "failure": _contains(verdict.answers, question.of.detail, "fails"),
            "reason": verdict.reason == question.of.detail,
        }
        return question.verdicts(verdict.verdict == "return", why[name])

    return behind


_OF_GATE = {
    "refused": _decision(Kind.VALIDATE, "no"),
    "validated": _decision(Kind.VALIDATE, "yes"),
}
_OF_REVIEW = {"sent_back_verdicts": _decision(Kind.REVIEW, "return"), "approvals": _decision(Kind.REVIEW, "approve")}
_DOCUMENTS = {name: _document(name) for name in ("first_pass", "sent_back")}
FIGURES = {
    "first_pass": Figure(Clock.MOMENT, _DOCUMENTS, {"in_review": _document("in_review")}),
    "sent_back": Figure(Clock.MOMENT, dict(reversed(_DOCUMENTS.items())), {"in_review": _document("in_review")}),
    "first_review": Figure(Clock.MOMENT, {"in_review": _document("in_review")}),
    "rework": Figure(
        Clock.CALENDAR, {"reworked": _document("reworked")}, {"in_correction": _document("in_correction")}
    ),
    "criterion": Figure(Clock.MOMENT, {name: _criterion(name) for name in ("criterion_failed", "criterion_met")}),
    "failure": Figure(Clock.MOMENT, {"failure": _returned_for("failure")}),
    "reason": Figure(Clock.MOMENT, {"reason": _returned_for("reason")}),
    "refusals": Figure(Clock.MOMENT, _OF_GATE),
    "sent_back_verdicts": Figure(Clock.MOMENT, _OF_REVIEW),
}
