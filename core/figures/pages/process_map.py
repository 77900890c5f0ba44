"""What stands on the map: per phase, lane and kind of work item how many wait, and how long the ended ones took.

What was withdrawn is no decision of its lane and does not count. Times are ms of calendar time; the wait for the
client's environment is nobody's, and is in neither the times nor the queue.
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
    """A row per phase, role and kind that had work, in the process's order: `n` ended, `queue` open, p50, p85 (ms)."""
    items = selected_rows.in_phase(selected_rows.items(connection, selection), selection.phase)
    items = selected_rows.those(items, items["ending"] != WITHDRAWN)
    work, over = worked(connection, selection, items, selection.moment(now)), items["ended"] != MISSING
    of = (items["phase"].astype(np.int64) * len(ROLES) + items["role"]) * len(KINDS) + items["kind"]
    size = (len(PHASES) + 1) * len(ROLES) * len(KINDS)
    queue = np.bincount(of[work["waiting"] | work["held"]], minlength=size)
    times = grouped(of[over], work["time"][over], size, (0.5, 0.85))
    some = np.unique(of)  # in the process's order
    lane, kind = np.divmod(some, len(KINDS))
    columns = {
        "phase": lane // len(ROLES),
        "role": np.array([ROLES[each].value for each in lane % len(ROLES)], object),
        "kind": np.array([KINDS[each].value for each in kind], object),
        "n": times.n[some],
        "queue": queue[some],
    }
    return pd.DataFrame({**columns, "p50": times.at[some, 0], "p85": times.at[some, 1]})


class Passed(NamedTuple):
    """What a case did with one kind of work item: how often it was asked, how many are open, how many were returned."""

    phase: int
    role: Role
    kind: Kind
    times: int
    open: int
    returns: int


def path(connection: Connection, case_id: int) -> list[Passed]:
    """Where a case went and where it is, in order."""
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
    return [Passed(p, Role(r), Kind(k), n, o, back) for p, r, k, n, o, back in connection.execute(statement)]


# --- what stands behind each figure; its detail is the kind of work item, without one it is of every kind ---
def _items(name: str) -> Behind:
    def behind(asked: FigureQuestion) -> Select[Any]:
        item, work = asked.rows.items.c, state(asked.rows, asked.now)
        conditions = {
            "tasks_done": and_(item.ended_at.is_not(None), item.ended_as.not_like(WITHDRAWN_TEXT)),
            "tasks_open": item.ended_at.is_(None),
            "tasks_withdrawn": and_(item.ended_at.is_not(None), item.ended_as.like(WITHDRAWN_TEXT)),
            "queue": or_(work.waiting, work.held),
            "waiting": work.waiting,
            "tasks_held": work.held,
            "at_gate": work.blocked,
        }
        of_kind = [item.kind == asked.of.detail] if asked.of.detail else []
        return asked.items(conditions[name], *of_kind)

    return behind


def _figure(clock: Clock, counts: tuple[str, ...], excluded: tuple[str, ...]) -> Figure:
    return Figure(clock, {name: _items(name) for name in counts}, {name: _items(name) for name in excluded})


FIGURES = {
    "element_times": _figure(Clock.CALENDAR, ("tasks_done",), ("tasks_open", "tasks_withdrawn")),
    "element_queue": _figure(Clock.MOMENT, ("queue", "waiting", "tasks_held"), ("at_gate",)),
}
