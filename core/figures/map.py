"""What stands on the map: per phase, lane and kind of work item how many wait, and how long the ended ones took."""

from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, func, select

from core.figures.percentiles import durations, listed, spread
from core.figures.selection import Selection
from core.schema import work_items
from core.terms import Kind, Role

WITHDRAWN = "withdrawn_"
COLUMNS = ("phase", "role", "kind", "n", "queue", "p50", "p85")


def compute(connection: Connection, selection: Selection, now: int) -> pd.DataFrame:
    """A row per phase, role and kind: `n` ended, `queue` open at `now`; `p50`, `p85` in ms of calendar time.

    What was withdrawn is no decision of its lane and does not count.
    """
    rows = selection.rows
    item = rows.items.c
    ended = func.coalesce(item.ended_at <= now, False)
    statement = (
        select(
            item.phase,
            item.role,
            item.kind,
            func.count().filter(~ended),
            listed(item.ended_at - item.opened_at).filter(ended),
        )
        .where(*selection.on(rows.items, rows), item.opened_at <= now)
        .where(~(ended & func.coalesce(item.ended_as, "").startswith(WITHDRAWN, autoescape=True)))
        .group_by(item.phase, item.role, item.kind)
        .order_by(item.phase, item.role, item.kind)
    )
    shapes = []
    for *place, queue, times in connection.execute(statement):
        found = spread(durations(times))
        shapes.append((*place, found.n, queue, found.p50, found.p85))
    return pd.DataFrame(shapes, columns=list(COLUMNS)).astype({"p50": "float64", "p85": "float64"})


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
