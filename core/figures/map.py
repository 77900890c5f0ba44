"""What stands on the map: per phase, lane and kind of work item how many wait, and how long the ended ones took."""

from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, case, func, select

from core.metrics import Filters, spread
from core.schema import cases, work_items
from core.terms import Kind, Role

WITHDRAWN = "withdrawn_"
COLUMNS = ("phase", "role", "kind", "n", "queue", "p50", "p85")


def compute(connection: Connection, filters: Filters, now: int) -> pd.DataFrame:
    """A row per phase, role and kind: `n` ended, `queue` open at `now`; `p50`, `p85` in ms of calendar time.

    What was withdrawn is no decision of its lane and does not count.
    """
    item = work_items.c
    counts = ~func.coalesce(item.ended_as, "").startswith(WITHDRAWN, autoescape=True)
    statement = (
        select(item.phase, item.role, item.kind, item.opened_at, item.ended_at)
        .join(cases, cases.c.id == item.case_id)
        .where(*filters.on(cases), item.opened_at <= now, counts)
    )
    taken: dict[tuple[int, str, str], tuple[list[int], list[int]]] = {}
    for phase, role, kind, opened, ended in connection.execute(statement):
        times, queue = taken.setdefault((phase, role, kind), ([], []))
        (queue if ended is None or ended > now else times).append((ended or now) - opened)
    rows = []
    for place, (times, queue) in sorted(taken.items()):
        found = spread(times)
        rows.append((*place, found.n, len(queue), found.p50, found.p85))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"p50": "float64", "p85": "float64"})


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
            func.sum(case((item.ended_at.is_(None), 1), else_=0)),
            func.sum(case((item.ended_as == "return", 1), else_=0)),
        )
        .where(item.case_id == case_id)
        .group_by(item.phase, item.role, item.kind)
        .order_by(func.min(item.item))
    )
    return [Passed(p, Role(r), Kind(k), n, o, back) for p, r, k, n, o, back in connection.execute(statement)]
