"""The figures on the process map: the queue and the times per phase, lane and kind of work item.

Withdrawn items do not count. Times are ms of calendar time; the wait for the client's environment is in neither the
times nor the queue.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from core.figures.base import selected_rows
from core.figures.base.clocks import Clock
from core.figures.base.evidence import Behind, Figure, FigureQuestion
from core.figures.base.percentiles import grouped
from core.figures.base.work_item_columns import worked
from core.figures.base.work_item_sql import WITHDRAWN as WITHDRAWN_TEXT
from core.figures.base.work_item_sql import state
from core.process.definition import PHASES
from core.process.terms import Kind, Role
from core.queries.selection import Selection
from core.store.ended_cases import KINDS, MISSING, ROLES, WITHDRAWN
from core.store.tables import work_items


def compute(connection: Connection, selection: Selection, now: int) -> pd.DataFrame:
    """Return a row per phase, role and kind with work, in process order: `n` ended, `queue` open, p50, p85 (ms)."""
    items = selected_rows.in_phase(selected_rows.items(connection, selection), selection.phase)
    items = selected_rows.take(items, items["ending"] != WITHDRAWN)
    work, over = worked(connection, selection, items, selection.moment(now)), items["ended"] != MISSING
    of = (items["phase"].astype(np.int64) * len(ROLES) + items["role"]) * len(KINDS) + items["kind"]
    size = (len(PHASES) + 1) * len(ROLES) * len(KINDS)
    queue = np.bincount(of[work["waiting"] | work["held"]], minlength=size)
    times = grouped(of[over], work["time"][over], size, (0.5, 0.85))
    present = np.unique(of)  # in the process's order
    lane, kind = np.divmod(present, len(KINDS))
    columns = {
        "phase": lane // len(ROLES),
        "role": np.array([ROLES[role].value for role in lane % len(ROLES)], object),
        "kind": np.array([KINDS[index].value for index in kind], object),
        "n": times.n[present],
        "queue": queue[present],
    }
    return pd.DataFrame({**columns, "p50": times.at[present, 0], "p85": times.at[present, 1]})


class PathStep(NamedTuple):
    """The work items of one kind in a case: how many there were, how many are open, how many were returned."""

    phase: int
    role: Role
    kind: Kind
    times: int
    open: int
    returns: int


def path(connection: Connection, case_id: int) -> list[PathStep]:
    """Return the steps of a case, in order."""
    item = work_items.c
    statement = (
        select(
            item.phase,
            item.role,
            item.kind,
            func.count(),
            func.count().filter(item.ended_at.is_(None)),
            func.count().filter(item.ended_as == "return"),
        )
        .where(item.case_id == case_id)
        .group_by(item.phase, item.role, item.kind)
        .order_by(func.min(item.item))
    )
    return [PathStep(p, Role(r), Kind(k), n, o, back) for p, r, k, n, o, back in connection.execute(statement)]


# --- evidence; the detail of a figure is the kind of work item, by default every kind ---
def _items(name: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        item, work = question.rows.items.c, state(question.rows, question.now)
        conditions = {
            "tasks_done": and_(item.ended_at.is_not(None), item.ended_as.not_like(WITHDRAWN_TEXT)),
            "tasks_open": item.ended_at.is_(None),
            "tasks_withdrawn": and_(item.ended_at.is_not(None), item.ended_as.like(WITHDRAWN_TEXT)),
            "queue": or_(work.waiting, work.held),
            "waiting": work.waiting,
            "tasks_held": work.held,
            "at_gate": work.blocked,
        }
        of_kind = [item.kind == question.of.detail] if question.of.detail else []
        return question.items(conditions[name], *of_kind)

    return behind


def _figure(clock: Clock, counts: tuple[str, ...], excluded: tuple[str, ...]) -> Figure:
    return Figure(clock, {name: _items(name) for name in counts}, {name: _items(name) for name in excluded})


FIGURES = {
    "element_times": _figure(Clock.CALENDAR, ("tasks_done",), ("tasks_open", "tasks_withdrawn")),
    "element_queue": _figure(Clock.MOMENT, ("queue", "waiting", "tasks_held"), ("at_gate",)),
}
