"""The state of many work items at a moment, as arrays; `core.figures.base.work_item_sql.state` is the same in SQL."""

import numpy as np
from sqlalchemy import Connection

from core.figures.base import selected_rows
from core.figures.base.ended_cache import Array, Columns
from core.figures.base.in_order import lasted
from core.figures.base.work_item_sql import GATES
from core.process.deadlines import is_overdue
from core.process.terms import Kind
from core.queries.selection import Selection
from core.store.ended_cases import KINDS, MISSING


def worked(connection: Connection, selection: Selection, items: Columns, moment: int) -> Columns:
    """Return the state of work items at a moment, one array per column.

    `time` (ms, up to the end), `held_time` of it; whether they are waiting, held, blocked, overdue (open ones), or
    kept their deadline (ended ones).
    """
    is_open = items["ended"] == MISSING
    until = np.where(is_open, moment, items["ended"])
    wait, over = _gated(connection, selection, items, until, moment)
    blocked, held = is_open & (wait != MISSING), is_open & (items["since"] != MISSING)
    waits = np.where(blocked, lasted(np.maximum(wait, items["opened"]), moment), 0)
    elapsed = np.maximum(until - items["opened"] - over - waits, 0)
    queued = is_open & ~blocked
    return {
        "time": elapsed,
        "held_time": np.minimum(items["held"] + np.where(held, lasted(items["since"], moment), 0), elapsed),
        "waiting": queued & ~held,
        "held": queued & held,
        "blocked": blocked,
        "overdue": queued & is_overdue(items["due"], moment),
        "kept": ~is_open & ~is_overdue(items["due"], items["ended"]),
    }


def _gated(
    connection: Connection, selection: Selection, items: Columns, until: Array, moment: int
) -> tuple[Array, Array]:
    """Return since when each item waits for its client's environment (or MISSING), and its earlier waits in ms."""
    gate = np.flatnonzero((items["kind"] == KINDS.index(Kind.VALIDATE)) & selected_rows.is_among(items["phase"], GATES))
    keys = selected_rows.key(items, "phase")[gate]
    since = np.full(len(until), MISSING, np.int64)
    running = selected_rows.waiting(connection, selection, moment)
    of, wait = selected_rows.pairs(keys, selected_rows.key(running, "phase"))
    since[gate[of]] = np.where(items["ended"][gate[of]] == MISSING, running["since"][wait], MISSING)
    past = selected_rows.blocks(connection, selection)
    of, wait = selected_rows.pairs(keys, selected_rows.key(past, "phase"))
    of, begun, ended = gate[of], past["since"][wait], past["until"][wait]
    within = (ended > items["opened"][of]) & (ended <= until[of])
    return since, np.bincount(of[within], (ended - begun)[within], len(until)).astype(np.int64)
