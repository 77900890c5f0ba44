"""The rows of the chosen cases as columns: of ended cases what is kept since their end, of the others the rows.

Each function gives one array for each column, all in the same order. Columns are those of `core.ended.ARRAYS`, with
texts as places in its tuples; MISSING stands for NULL. The phase of a selection is left to the caller (`in_phase`),
because what is of a whole case needs all of its phases.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, FromClause, case, null, select

from core import schema
from core.ended import ARRAYS, ENDINGS, KINDS, MISSING, OUTCOMES, ROLES, WITHDRAWN
from core.figures.arrays import arrays, place
from core.figures.rows import waits_since
from core.figures.selection import Selection

KEY_BITS = 24
Array = npt.NDArray[Any]
Columns = Mapping[str, Array]


def visits(connection: Connection, selection: Selection) -> Columns:
    """Phase visits; `waits`: since when a running one waits for its client's environment."""
    rows = selection.rows
    visit = rows.visits.c
    found = {
        "case": visit.case_id,
        "phase": visit.phase,
        "outcome": place(visit.outcome, OUTCOMES),
        "returns": visit.returns,
        "opened": visit.opened_at,
        "entered": visit.entered_at,
        "left": visit.left_at,
        "blocked": visit.blocked,
    }
    return _both(connection, selection, "visits", rows.visits, found)


def items(connection: Connection, selection: Selection, ended_since: int | None = None) -> Columns:
    """Work items; `since`: since when an open one is held. `ended_since`: without cases that ended up to then."""
    rows = selection.rows
    item = rows.items.c
    ending = case((item.ended_as.like("withdrawn%"), WITHDRAWN), else_=place(item.ended_as, ENDINGS))
    found = {
        "case": item.case_id,
        "item": item.item,
        "phase": item.phase,
        "role": place(item.role, ROLES),
        "kind": place(item.kind, KINDS),
        "cycle": item.cycle,
        "opened": item.opened_at,
        "ended": item.ended_at,
        "due": item.due_at,
        "held": item.held,
        "ending": ending,
        "by": item.ended_by,
        "back": case((item.taken_back_at.is_not(None), 1), else_=0),
        "since": case((item.ended_at.is_(None), item.held_since), else_=null()),
    }
    return _both(connection, selection, "items", rows.items, found, ended_since)


def holdings(connection: Connection, selection: Selection) -> Columns:
    """Who held work items when, of what is over; of open cases up to the moment of the selection."""
    return _both(connection, selection, "holdings", schema.holdings, _over(schema.holdings, "item"))


def blocks(connection: Connection, selection: Selection, ended_since: int | None = None) -> Columns:
    """Waits of phases for the client's environment, of what is over."""
    return _both(connection, selection, "blocks", schema.blocks, _over(schema.blocks, "phase"), ended_since)


def waiting(connection: Connection, selection: Selection, moment: int) -> Columns:
    """The visits that wait for their client's environment at the moment: case, phase, since."""
    rows = selection.rows
    since = waits_since(rows.visits, moment)
    conditions = [rows.visits.c.left_at.is_(None), since.is_not(None), _running(selection, rows.visits)]
    return arrays(connection, conditions, case=rows.visits.c.case_id, phase=rows.visits.c.phase, since=since)


def cases(visits: Columns, phase: int | None) -> Columns:
    """The cases of some visits, with the phase that they reached; of those that came to `phase`, when there is one."""
    last = visits["outcome"] != OUTCOMES.index("advanced")
    if phase:
        last &= np.isin(visits["case"], visits["case"][visits["phase"] == phase])
    names = {"case": "case", "reached": "phase", "opened": "opened", "ended": "left", "outcome": "outcome"}
    return {name: visits[column][last] for name, column in names.items()}


def in_phase(columns: Columns, phase: int | None) -> Columns:
    """Only what is of that phase, when there is one."""
    return those(columns, columns["phase"] == phase) if phase else columns


def those(columns: Columns, chosen: Array, *names: str) -> Columns:
    """The rows that a mask, or an order, chooses; of these columns, when some are named."""
    return {name: columns[name][chosen] for name in names or columns}


def key(columns: Columns, second: str) -> Array:
    """One number for a case together with a small one of its own: a phase, or a work item."""
    return columns["case"].astype(np.int64) << KEY_BITS | columns[second]


def pairs(ours: Array, theirs: Array) -> tuple[Array, Array]:
    """The places of every two equal keys, of ours (in their order) and of theirs."""
    order = np.argsort(theirs, kind="stable")
    first, end = (np.searchsorted(theirs[order], ours, side=side) for side in ("left", "right"))
    n = end - first
    nth = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    return np.repeat(np.arange(len(ours)), n), order[np.repeat(first, n) + nth]


def kept_texts(connection: Connection, selection: Selection, name: str) -> Iterable[tuple[str, int]]:
    """What is kept of the ended cases as text: each different one, and of how many cases it is."""
    texts = connection.scalars(select(schema.ended_cases.c[name]).where(*_ended(selection)))
    return Counter(texts.all()).items()


def still_running(selection: Selection) -> Any:
    """The ids of the chosen cases that have not ended."""
    of_case = selection.rows.cases.c
    return select(of_case.id).where(of_case.ended_at.is_(None), *selection.of_case(of_case))


def _over(table: FromClause, what: str) -> dict[str, ColumnElement[Any]]:
    column = table.c
    return {"case": column.case_id, what: column[what], "since": column.since, "until": column.until}


def _both(
    connection: Connection,
    selection: Selection,
    name: str,
    table: FromClause,
    running: Mapping[str, ColumnElement[Any]],
    ended_since: int | None = None,
) -> Columns:
    conditions = [_running(selection, table)]
    if "until" in table.c and selection.as_of is not None:
        conditions.append(table.c.until <= selection.as_of)
    others = arrays(connection, conditions, **running)
    stored, dtype = _kept(connection, selection, name, ended_since), ARRAYS[name]
    found = {}
    for column, values in others.items():
        kept = stored[column] if column in dtype.fields else np.full(len(stored), MISSING)  # type: ignore[operator]
        found[column] = np.concatenate([kept, values.astype(kept.dtype)])
    return found


def _running(selection: Selection, table: FromClause) -> ColumnElement[bool]:
    return table.c.case_id.in_(still_running(selection))


def _kept(connection: Connection, selection: Selection, name: str, ended_since: int | None) -> Array:
    conditions = _ended(selection)
    if ended_since is not None:
        conditions.append(schema.ended_cases.c.ended_at > ended_since)
    stored = connection.scalars(select(schema.ended_cases.c[name]).where(*conditions)).all()
    return np.frombuffer(b"".join(stored), ARRAYS[name])


def _ended(selection: Selection) -> list[ColumnElement[bool]]:
    conditions = selection.of_case(schema.ended_cases.c)
    return conditions if selection.as_of is None else [*conditions, schema.ended_cases.c.ended_at <= selection.as_of]
