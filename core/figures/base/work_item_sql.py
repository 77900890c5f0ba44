"""The state of a work item at a moment, in SQL: waiting or held, how long it has taken, and whether it counts.

Withdrawn items do not count. Times are ms of calendar time and leave out the wait for the client's environment, for
which no role is responsible.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select

from core.process.deadlines import is_overdue
from core.process.definition import PHASES
from core.process.terms import Kind
from core.store import tables
from core.store.rows_as_of import Rows, waits_since

WITHDRAWN = "withdrawn%"
GATES = tuple(phase.number for phase in PHASES if phase.needs)


class WorkItemSql(NamedTuple):
    """A work item's state at a moment, as conditions and times in SQL."""

    waiting: ColumnElement[bool]
    held: ColumnElement[bool]
    blocked: ColumnElement[bool]
    overdue: ColumnElement[bool]
    kept: ColumnElement[bool]
    elapsed: ColumnElement[int]
    held_time: ColumnElement[int]


def state(rows: Rows, now: int) -> WorkItemSql:
    """Return the state of the rows' work items; suits few items because each condition looks up the waits."""
    return state_of(rows.items.c, waits(rows, now), waited(rows, now), now)


def state_of(item: Any, waits: ColumnElement[Any], waited: ColumnElement[int], now: int) -> WorkItemSql:
    """Return the same from the columns of work items and their waits for the client's environment."""
    is_open = item.ended_at.is_(None)
    blocked = and_(is_open, waits.is_not(None))
    queued = and_(is_open, waits.is_(None))
    begun = case((waits > item.opened_at, waits), else_=item.opened_at)
    elapsed = func.coalesce(item.ended_at, now) - item.opened_at - waited - case((blocked, now - begun), else_=0)
    elapsed = case((elapsed > 0, elapsed), else_=0)
    held = item.held + case((and_(is_open, item.held_since < now), now - item.held_since), else_=0)
    return WorkItemSql(
        waiting=and_(queued, item.held_since.is_(None)),
        held=and_(queued, item.held_since.is_not(None)),
        blocked=blocked,
        overdue=and_(queued, is_overdue(item.due_at, now)),
        kept=not_(is_overdue(item.due_at, item.ended_at)),
        elapsed=elapsed,
        held_time=case((held < elapsed, held), else_=elapsed),
    )


def waits(rows: Rows, now: int) -> ColumnElement[Any]:
    """Return since when an open item waits for its client's environment; only gate items do."""
    item, visit = rows.items.c, rows.visits.c
    since = (
        select(waits_since(rows.visits, now))
        .where(visit.case_id == item.case_id, visit.phase == item.phase)
        .scalar_subquery()
    )
    return case((and_(item.ended_at.is_(None), _at_gate(rows)), since), else_=None)


def waited(rows: Rows, now: int) -> ColumnElement[int]:
    """Return how long an item has waited for the environment in ended waits, in ms."""
    item, wait = rows.items.c, tables.blocks.c
    over = (
        select(func.coalesce(func.sum(wait.until - wait.since), 0))
        .where(
            wait.case_id == item.case_id,
            wait.phase == item.phase,
            wait.until > item.opened_at,
            wait.until <= func.coalesce(item.ended_at, now),
        )
        .scalar_subquery()
    )
    return case((_at_gate(rows), over), else_=0)


def _at_gate(rows: Rows) -> ColumnElement[bool]:
    return and_(rows.items.c.kind == Kind.VALIDATE, rows.items.c.phase.in_(GATES))


def counts(rows: Rows, since: int) -> ColumnElement[bool]:
    """Whether a work item is open, or ended since then without being withdrawn."""
    item = rows.items.c
    return or_(item.ended_at.is_(None), and_(item.ended_at > since, item.ended_as.not_like(WITHDRAWN)))


def people_of(rows: Rows) -> Select[Any]:
    """Select the number of people who have ended work of each role."""
    item = rows.items.c
    worked = [item.ended_by.is_not(None), item.ended_as.not_like(WITHDRAWN)]
    return (
        select(item.role, func.count(func.distinct(item.ended_by)).label("people")).where(*worked).group_by(item.role)
    )
