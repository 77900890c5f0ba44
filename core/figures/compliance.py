"""Cumplimiento: work within its deadline, the paths that cases took, and whether their records follow the process."""

from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from core import schema
from core.figures.evidence import Asked, Behind, Clock, Figure
from core.figures.percentiles import durations, listed, spread
from core.figures.reviews import stands
from core.figures.rows import Rows, waits_since
from core.figures.selection import Selection
from core.process import PHASES
from core.terms import Kind

SHOWN = 10
WITHDRAWN = "withdrawn_%"


class Checked(NamedTuple):
    """The check of the records: how many cases there are, were checked as they are now, deviate; since when (ms)."""

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
    """Every figure of the page Cumplimiento."""
    return Compliance(
        lanes(connection, selection, now), variants(connection, selection), checked(connection, selection)
    )


def lanes(connection: Connection, selection: Selection, now: int) -> pd.DataFrame:
    """Per phase and role: its work items by deadline."""
    rows = selection.rows
    item = rows.items.c
    counts = {name: func.count().filter(each) for name, each in _by_deadline(rows, selection.moment(now)).items()}
    found = connection.execute(
        select(item.phase, item.role, *(counts[name].label(name) for name in ("within", "late", "overdue")))
        .where(stands(rows.items), *selection.on(rows.items, rows))
        .group_by(item.phase, item.role)
        .order_by(item.phase, item.role)
    )
    frame = pd.DataFrame(found.mappings().all(), columns=["phase", "role", "within", "late", "overdue"])
    of = frame[["within", "late", "overdue"]].sum(axis=1)
    return frame.assign(share=frame["within"] / of.where(of > 0))[of > 0].reset_index(drop=True)


def variants(connection: Connection, selection: Selection) -> pd.DataFrame:
    """The paths of the finished cases: how far, with which returns, to which end."""
    rows = selection.rows
    paths = _paths(selection, rows).subquery("paths")
    path = paths.c
    found = connection.execute(
        select(path.returns, path.reached, path.outcome, func.count(), listed(path.took))
        .group_by(path.returns, path.reached, path.outcome)
        .order_by(func.count().desc(), path.returns, path.reached.desc())
    ).all()
    total = sum(row[3] for row in found)
    flat = []
    for returns, reached, outcome, n, took in found:
        digits = f"{int(returns):0{len(PHASES)}d}"[::-1]
        each = {f"returns_{at}": int(digit) for at, digit in enumerate(digits, start=1)}
        variant = f"{outcome}-{reached}-{int(returns)}"
        row = {"variant": variant, "reached": int(reached), "outcome": outcome, **each, "cases": n, "share": n / total}
        flat.append({**row, **spread(durations(took))._asdict()})
    names = ["variant", "reached", "outcome", *(f"returns_{p.number}" for p in PHASES), "cases", "share"]
    return pd.DataFrame(flat, columns=[*names, "n", "p50", "p85", "p95"])


def checked(connection: Connection, selection: Selection) -> Checked:
    """How many records were checked as they are now, and how many of them deviate."""
    rows = selection.rows
    here, told = schema.cases.c, schema.conformance.c
    current = told.version == here.version
    chosen = select(rows.cases.c.id).where(*selection.on(rows.cases, rows))
    found = connection.execute(
        select(
            func.count(),
            func.count().filter(current),
            func.count().filter(current, told.rule != ""),
            func.min(told.at).filter(current),
        )
        .select_from(schema.cases.outerjoin(schema.conformance, told.case_id == here.id))
        .where(here.id.in_(chosen))
    ).one()
    return Checked(*found)


def _by_deadline(rows: Rows, now: int) -> dict[str, ColumnElement[bool]]:
    """Completed within or after the deadline, open after it; what waits for its client's environment is not late."""
    item, visit = rows.items.c, rows.visits.c
    waiting = select(visit.case_id).where(
        visit.case_id == item.case_id, visit.phase == item.phase, waits_since(rows.visits, now).is_not(None)
    )
    waits = and_(item.kind == Kind.VALIDATE, waiting.exists())
    completed = and_(item.ended_at.is_not(None), item.ended_as.not_like(WITHDRAWN))
    over = and_(item.ended_at.is_(None), item.due_at < now)
    return {
        "within": and_(completed, item.ended_at <= item.due_at),
        "late": and_(completed, item.ended_at > item.due_at),
        "overdue": and_(over, ~waits),
        "in_time": or_(and_(item.ended_at.is_(None), item.due_at >= now), and_(over, waits)),
        "withdrawn": item.ended_as.like(WITHDRAWN),
    }


def _paths(selection: Selection, rows: Rows) -> Select[Any]:
    """Each finished case: `returns` has a decimal digit for each phase, the last one for phase 1."""
    visit, of = rows.visits.c, rows.cases.c
    place = case({phase.number: 10 ** (phase.number - 1) for phase in PHASES}, value=visit.phase)
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


# --- what stands behind each figure ---
def _items(name: str) -> Behind:
    def behind(asked: Asked) -> Select[Any]:
        return asked.items(_by_deadline(asked.rows, asked.now)[name], stands(asked.rows.items))

    return behind


def _variant(asked: Asked) -> Select[Any]:
    path = _paths(asked.selection, asked.rows).subquery("paths").c
    outcome, reached, returns = (*asked.of.detail.split("-"), "", "", "")[:3]
    numbers = [int(part) if part.isdigit() else -1 for part in (reached, returns)]
    return select(path.case_id).where(path.outcome == outcome, path.reached == numbers[0], path.returns == numbers[1])


def _running(asked: Asked) -> Select[Any]:
    return asked.cases(asked.rows.cases.c.outcome.is_(None))


def _checked(name: str) -> Behind:
    def behind(asked: Asked) -> Select[Any]:
        told, here = schema.conformance.c, schema.cases.c
        chosen = select(told.case_id).join(schema.cases, here.id == told.case_id).where(told.version == here.version)
        which = chosen.where(told.rule != "") if name == "deviating" else chosen.where(told.rule == "")
        if name == "unchecked":
            return asked.cases(asked.rows.cases.c.id.not_in(chosen))
        return asked.cases(asked.rows.cases.c.id.in_(which))

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
