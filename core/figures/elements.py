"""What stands on the map: per phase, lane and kind of work item how many wait, and how long the ended ones took.

What was withdrawn is no decision of its lane and does not count. Times are ms of calendar time; the wait for the
client's environment is nobody's, and is in neither the times nor the queue.
"""

from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from core.ended import KINDS
from core.figures.evidence import Asked, Behind, Clock, Figure
from core.figures.percentiles import durations, listed, spread
from core.figures.selection import Selection
from core.figures.work import WITHDRAWN, state
from core.schema import work_items
from core.terms import PROCESS_ROLES, Kind, Role

COLUMNS = ("phase", "role", "kind", "n", "queue", "p50", "p85")


def compute(connection: Connection, selection: Selection, now: int) -> pd.DataFrame:
    """A row per phase, role and kind that had work, in the process's order: `n` ended, `queue` open, p50, p85 (ms)."""
    rows = selection.rows
    item, work = rows.items.c, state(rows, selection.moment(now))
    statement = (
        select(
            item.phase,
            item.role,
            item.kind,
            func.count().filter(or_(work.waiting, work.held)),
            listed(work.elapsed).filter(item.ended_at.is_not(None)),
        )
        .where(*selection.on(rows.items, rows), or_(item.ended_at.is_(None), item.ended_as.not_like(WITHDRAWN)))
        .group_by(item.phase, item.role, item.kind)
    )
    elements = []
    for phase, role, kind, queue, times in connection.execute(statement):
        found = spread(durations(times))
        elements.append((phase, role, kind, found.n, queue, found.p50, found.p85))
    elements.sort(key=lambda row: (row[0], PROCESS_ROLES.index(row[1]), KINDS.index(row[2])))
    return pd.DataFrame(elements, columns=list(COLUMNS)).astype({"p50": "float64", "p85": "float64"})


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
    def behind(asked: Asked) -> Select[Any]:
        item, work = asked.rows.items.c, state(asked.rows, asked.now)
        conditions = {
            "tasks_done": and_(item.ended_at.is_not(None), item.ended_as.not_like(WITHDRAWN)),
            "tasks_open": item.ended_at.is_(None),
            "tasks_withdrawn": and_(item.ended_at.is_not(None), item.ended_as.like(WITHDRAWN)),
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
