"""Cumplimiento: work within its deadline, the paths of cases, and the conformance of their records."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Connection, Select, and_, case, func, literal, not_, or_, select

from core.conformance.rules import KNOWN
from core.figures.base import selected_rows
from core.figures.base.clocks import Clock
from core.figures.base.ended_cache import Columns
from core.figures.base.evidence import Behind, Figure, FigureQuestion
from core.figures.base.percentiles import grouped
from core.figures.base.review_conditions import stands
from core.figures.base.work_item_columns import worked
from core.figures.base.work_item_sql import WITHDRAWN as WITHDRAWN_TEXT
from core.process.deadlines import is_overdue
from core.process.definition import PHASES
from core.process.terms import Kind
from core.queries.selection import Selection
from core.store import tables
from core.store.ended_cases import MISSING, OUTCOMES, ROLES, WITHDRAWN
from core.store.rows_as_of import Rows, waits_since

SHOWN = 10


class Checked(NamedTuple):
    """The check of records: cases in total, checked in their current version, deviating; the oldest check (ms)."""

    cases: int
    checked: int
    deviating: int
    at: int | None


class Compliance(NamedTuple):
    """The frames of the page.

    `lanes`, a row per phase and role: within, late (completed work items), overdue (still open), share = within ÷ all
    three. `variants`, a row per path of finished cases, the most frequent first: variant (a code), reached (phase),
    outcome, returns_1 … returns_9 (9 for nine and more), cases, share, and n, p50, p85, p95 of the cycle time in ms.
    """

    lanes: pd.DataFrame
    variants: pd.DataFrame
    checked: Checked


def compute(connection: Connection, selection: Selection, now: int) -> Compliance:
    """Compute every figure of the page Cumplimiento."""
    moment, phase = selection.moment(now), selection.phase
    items = selected_rows.in_phase(selected_rows.items(connection, selection), phase)
    items = selected_rows.take(items, (items["back"] == 0) & (items["ending"] != WITHDRAWN))
    paths = variants(selected_rows.visits(connection, selection), phase)
    return Compliance(lanes(items, worked(connection, selection, items, moment)), paths, checked(connection, selection))


def lanes(items: Columns, work: Columns) -> pd.DataFrame:
    """Count the work items by deadline per phase and role."""
    of = items["phase"].astype(np.int64) * len(ROLES) + items["role"]
    kept = work["kept"]
    masks = {"within": kept, "late": (items["ended"] != MISSING) & ~kept, "overdue": work["overdue"]}
    counts = {name: np.bincount(of[some], minlength=(len(PHASES) + 1) * len(ROLES)) for name, some in masks.items()}
    totals = sum(counts.values())
    present = sorted(np.flatnonzero(totals).tolist(), key=lambda lane: (lane // len(ROLES), ROLES[lane % len(ROLES)]))
    return pd.DataFrame(
        {
            "phase": [lane // len(ROLES) for lane in present],
            "role": np.array([ROLES[lane % len(ROLES)].value for lane in present], object),
            **{name: count[present] for name, count in counts.items()},
            "share": (counts["within"] / np.maximum(totals, 1))[present],
        }
    )


def variants(visits: Columns, phase: int | None) -> pd.DataFrame:
    """Return the paths of finished cases: the phase reached, the returns and the outcome."""
    cases = selected_rows.cases(visits, phase)
    cases = selected_rows.take(cases, cases["ended"] != MISSING)
    size = int(visits["case"].max(initial=0)) + 1
    digits = np.minimum(visits["returns"], 9).astype(np.int64) * 10 ** (visits["phase"].astype(np.int64) - 1)
    returns = np.bincount(visits["case"], digits, size).astype(np.int64)[cases["case"]]
    path = (returns * (len(PHASES) + 1) + cases["reached"]) * len(OUTCOMES) + cases["outcome"]
    paths, which, n = np.unique(path, return_inverse=True, return_counts=True)
    took = grouped(which, cases["ended"] - cases["opened"], len(paths))
    flat = []
    for place, (number, count) in enumerate(zip(paths.tolist(), n.tolist(), strict=True)):
        (back, reached), outcome = divmod(number // len(OUTCOMES), len(PHASES) + 1), OUTCOMES[number % len(OUTCOMES)]
        by_phase = {f"returns_{p.number}": back // 10 ** (p.number - 1) % 10 for p in PHASES}
        row = {"variant": f"{outcome}-{reached}-{back}", "reached": reached, "outcome": outcome, **by_phase}
        flat.append((-count, back, -reached, {**row, "cases": count, "share": count / n.sum()}, took.spread(place)))
    flat.sort(key=lambda row: row[:3])
    names = ["variant", "reached", "outcome", *(f"returns_{p.number}" for p in PHASES), "cases", "share"]
    rows = [{**columns, **times._asdict()} for *_, columns, times in flat]
    return pd.DataFrame(rows, columns=[*names, "n", "p50", "p85", "p95"])


def checked(connection: Connection, selection: Selection) -> Checked:
    """Return how many records were checked in their current version, and how many of them deviate."""
    rows = selection.rows
    case, check = tables.cases.c, tables.conformance.c
    current = and_(check.version == case.version, check.rule.in_(KNOWN))
    ids = select(rows.cases.c.id).where(*selection.on(rows.cases, rows))
    counts = connection.execute(
        select(
            func.count(),
            func.count().filter(current),
            func.count().filter(current, check.rule != ""),
            func.min(check.at).filter(current),
        )
        .select_from(tables.cases.outerjoin(tables.conformance, check.case_id == case.id))
        .where(case.id.in_(ids))
    ).one()
    return Checked(*counts)


def _by_deadline(rows: Rows, now: int) -> dict[str, ColumnElement[bool]]:
    """Return conditions by deadline; an item that waits for its client's environment is not overdue."""
    item, visit = rows.items.c, rows.visits.c
    waiting = select(visit.case_id).where(
        visit.case_id == item.case_id, visit.phase == item.phase, waits_since(rows.visits, now).is_not(None)
    )
    waits = and_(item.kind == Kind.VALIDATE, waiting.exists())
    completed = and_(item.ended_at.is_not(None), item.ended_as.not_like(WITHDRAWN_TEXT))
    is_open, over = item.ended_at.is_(None), is_overdue(item.due_at, now)
    late = is_overdue(item.due_at, item.ended_at)
    return {
        "within": and_(completed, not_(late)),
        "late": and_(completed, late),
        "overdue": and_(is_open, over, not_(waits)),
        "in_time": and_(is_open, or_(not_(over), waits)),
        "withdrawn": item.ended_as.like(WITHDRAWN_TEXT),
    }


def _paths(selection: Selection, rows: Rows) -> Select[Any]:
    """Select finished cases; `returns` has a decimal digit per phase, the last one for phase 1."""
    visit, of = rows.visits.c, rows.cases.c
    digits = {phase.number: literal(10 ** (phase.number - 1), BigInteger) for phase in PHASES}
    place = case(digits, value=visit.phase)
    returns = func.sum(case((visit.returns > 9, 9), else_=visit.returns) * place)
    took = func.max(of.ended_at - of.opened_at)
    return (
        select(
            of.id.label("case_id"),
            of.outcome.label("outcome"),
            returns.label("returns"),
            func.max(visit.phase).label("reached"),
            took.label("took"),
        )
        .select_from(rows.cases.join(rows.visits, visit.case_id == of.id))
        .where(of.outcome.is_not(None), *selection.on(rows.cases, rows))
        .group_by(of.id, of.outcome)
    )


# --- evidence ---
def _items(name: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        return question.items(_by_deadline(question.rows, question.now)[name], stands(question.rows.items))

    return behind


def _variant(question: FigureQuestion) -> Select[Any]:
    path = _paths(question.selection, question.rows).subquery("paths").c
    outcome, reached, returns = (*question.of.detail.split("-"), "", "", "")[:3]
    numbers = [int(part) if part.isdigit() else -1 for part in (reached, returns)]
    return select(path.case_id).where(path.outcome == outcome, path.reached == numbers[0], path.returns == numbers[1])


def _running(question: FigureQuestion) -> Select[Any]:
    return question.cases(question.rows.cases.c.outcome.is_(None))


def _checked(name: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        check, case = tables.conformance.c, tables.cases.c
        known = (
            select(check.case_id)
            .join(tables.cases, case.id == check.case_id)
            .where(check.version == case.version, check.rule.in_(KNOWN))
        )
        which = known.where(check.rule != "") if name == "deviating" else known.where(check.rule == "")
        if name == "unchecked":
            return question.cases(question.rows.cases.c.id.not_in(known))
        return question.cases(question.rows.cases.c.id.in_(which))

    return behind


FIGURES = {
    "sla": Figure(
        Clock.WORKING,
        {name: _items(name) for name in ("within", "late", "overdue")},
        {name: _items(name) for name in ("in_time", "withdrawn")},
    ),
    "sla_late": Figure(Clock.WORKING, {name: _items(name) for name in ("late", "within", "overdue")}),
    "sla_overdue": Figure(Clock.WORKING, {name: _items(name) for name in ("overdue", "within", "late")}),
    "variant": Figure(Clock.CALENDAR, {"of_variant": _variant}, {"running": _running}),
    "deviating": Figure(
        Clock.MOMENT,
        {name: _checked(name) for name in ("deviating", "conforming")},
        {"unchecked": _checked("unchecked")},
    ),
}
