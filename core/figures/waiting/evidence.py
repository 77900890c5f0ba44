"""What stands behind waiting and held: the cases of the work items that waited, and for which cause, as selects."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    union_all,
)

from core.figures.base.clocks import Clock
from core.figures.base.evidence import Behind, Figure, FigureQuestion
from core.figures.base.work_item_sql import people_of
from core.figures.waiting.causes import Cause
from core.figures.waiting.measure import EXPLAINED, measure
from core.figures.waiting.overload import PER_PERSON
from core.process.terms import Kind
from core.store import tables
from core.store.rows_as_of import Rows, waits_since


def taken_at(rows: Rows, moment: int) -> ColumnElement[Any]:
    """When a work item stopped to wait, if it was taken once: what it was held, counted back from its end."""
    item = rows.items.c
    running = case((item.ended_at.is_(None), func.coalesce(moment - item.held_since, 0)), else_=0)
    return func.coalesce(item.ended_at, moment) - item.held - running


def _waited(asked: FigureQuestion) -> ColumnElement[bool]:
    return taken_at(asked.rows, asked.now) > asked.rows.items.c.opened_at


def _held(asked: FigureQuestion) -> ColumnElement[bool]:
    end = func.coalesce(asked.rows.items.c.ended_at, asked.now)
    return taken_at(asked.rows, asked.now) < end


def _prerequisite(asked: FigureQuestion) -> ColumnElement[bool]:
    item, visit, over = asked.rows.items.c, asked.rows.visits.c, tables.blocks.c
    taken = taken_at(asked.rows, asked.now)
    ended = exists().where(
        over.case_id == item.case_id,
        over.phase == item.phase,
        over.until <= asked.now,
        over.until > item.opened_at,
        over.since < taken,
    )
    running = exists().where(
        visit.case_id == item.case_id,
        visit.phase == item.phase,
        visit.left_at.is_(None),
        waits_since(asked.rows.visits, asked.now) < taken,
    )
    return or_(ended, running)


def _away(asked: FigureQuestion) -> ColumnElement[bool]:
    """Told by the same computation as the figure: no short condition says what of a wait was working time."""
    parts = [
        part.only(part.measured.away > 0).measured for part in measure(asked.connection, asked.selection, asked.now)
    ]
    columns = ([each for part in parts for each in part.items[name].tolist()] for name in ("case", "item"))
    pairs = list(zip(*columns, strict=True))
    if not pairs:  # SQLite has no way to write that a pair is among none
        return false()
    item = asked.rows.items.c
    # Written out: there may be more of them than a statement takes parameters.
    return tuple_(item.case_id, item.item).in_(bindparam("waited", pairs, expanding=True, literal_execute=True))


def _overloaded(asked: FigureQuestion) -> ColumnElement[bool]:
    return asked.rows.items.c.id.in_(busy(asked.rows))


def busy(rows: Rows) -> Select[Any]:
    """The ids of the work items that came to a role which had PER_PERSON others open for each of its people.

    A running sum over all comings and goings of a role; at one moment those that go are counted before those that come.
    """
    item = rows.items.c
    came = select(item.role, item.id, (item.opened_at * 2 + 1).label("at"), literal(1).label("more"))
    gone = select(item.role, literal(0, BigInteger), item.ended_at * 2, literal(-1)).where(item.ended_at.is_not(None))
    steps = union_all(came, gone).subquery("steps")
    queue = func.sum(steps.c.more).over(partition_by=steps.c.role, order_by=steps.c.at, range_=(None, -1))
    queues = select(steps.c.id, steps.c.role, steps.c.more, func.coalesce(queue, 0).label("queue")).subquery("queues")
    people = people_of(rows).subquery("people")
    return (
        select(queues.c.id)
        .join_from(queues, people, people.c.role == queues.c.role, isouter=True)
        .where(queues.c.more > 0, queues.c.queue >= PER_PERSON * func.coalesce(people.c.people, 1))
    )


def _of(*conditions: Any) -> Behind:
    return lambda asked: asked.items(*(condition(asked) for condition in conditions))


def _kind(*kinds: Kind) -> Any:
    return lambda asked: asked.rows.items.c.kind.in_(kinds)


def _other(asked: FigureQuestion) -> ColumnElement[bool]:
    return and_(asked.rows.items.c.kind.not_in(EXPLAINED), not_(_overloaded(asked)))


def _busy(asked: FigureQuestion) -> ColumnElement[bool]:
    return and_(asked.rows.items.c.kind.not_in(EXPLAINED), _overloaded(asked))


_NEVER = {"never_waited": _of(lambda asked: not_(_waited(asked)))}
_CAUSES = {
    Cause.PREREQUISITE: _prerequisite,
    Cause.CORRECTION: _kind(Kind.CORRECT),
    Cause.DOCUMENT: _kind(Kind.PRODUCE),
    Cause.AWAY: _away,
    Cause.OVERLOADED: _busy,
    Cause.NOBODY: _other,
}
FIGURES = {
    "waiting": Figure(Clock.CHOSEN, {"waited": _of(_waited)}, _NEVER),
    "held": Figure(Clock.CHOSEN, {"held": _of(_held)}, {"never_held": _of(lambda asked: not_(_held(asked)))}),
    **{
        f"cause_{cause}": Figure(Clock.CHOSEN, {"waited_for": _of(_waited, condition)}, _NEVER)
        for cause, condition in _CAUSES.items()
    },
}
