"""The evidence of waiting and held: the cases of the work items that waited, by cause, as selects."""

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
    """Return when a work item stopped waiting, if it was claimed once: the time held, counted back from its end."""
    item = rows.items.c
    running = case((item.ended_at.is_(None), func.coalesce(moment - item.held_since, 0)), else_=0)
    return func.coalesce(item.ended_at, moment) - item.held - running


def _waited(question: FigureQuestion) -> ColumnElement[bool]:
    return taken_at(question.rows, question.now) > question.rows.items.c.opened_at


def _held(question: FigureQuestion) -> ColumnElement[bool]:
    end = func.coalesce(question.rows.items.c.ended_at, question.now)
    return taken_at(question.rows, question.now) < end


def _prerequisite(question: FigureQuestion) -> ColumnElement[bool]:
    item, visit, over = question.rows.items.c, question.rows.visits.c, tables.blocks.c
    taken = taken_at(question.rows, question.now)
    ended = exists().where(
        over.case_id == item.case_id,
        over.phase == item.phase,
        over.until <= question.now,
        over.until > item.opened_at,
        over.since < taken,
    )
    running = exists().where(
        visit.case_id == item.case_id,
        visit.phase == item.phase,
        visit.left_at.is_(None),
        waits_since(question.rows.visits, question.now) < taken,
    )
    return or_(ended, running)


def _away(question: FigureQuestion) -> ColumnElement[bool]:
    """Use the computation of the figure: no short condition gives the working time of a wait."""
    parts = [
        part.only(part.measured.away > 0).measured
        for part in measure(question.connection, question.selection, question.now)
    ]
    columns = ([value for part in parts for value in part.items[name].tolist()] for name in ("case", "item"))
    pairs = list(zip(*columns, strict=True))
    if not pairs:  # SQLite cannot express that a pair is in an empty list
        return false()
    item = question.rows.items.c
    # As literals: there may be more pairs than a statement allows parameters.
    return tuple_(item.case_id, item.item).in_(bindparam("waited", pairs, expanding=True, literal_execute=True))


def _overloaded(question: FigureQuestion) -> ColumnElement[bool]:
    return question.rows.items.c.id.in_(busy(question.rows))


def busy(rows: Rows) -> Select[Any]:
    """Select the work items opened when their role had PER_PERSON others open per person.

    A running sum over the openings and ends of a role; at the same moment ends are counted before openings.
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
    return lambda question: question.items(*(condition(question) for condition in conditions))


def _kind(*kinds: Kind) -> Any:
    return lambda question: question.rows.items.c.kind.in_(kinds)


def _other(question: FigureQuestion) -> ColumnElement[bool]:
    return and_(question.rows.items.c.kind.not_in(EXPLAINED), not_(_overloaded(question)))


def _busy(question: FigureQuestion) -> ColumnElement[bool]:
    return and_(question.rows.items.c.kind.not_in(EXPLAINED), _overloaded(question))


_NEVER = {"never_waited": _of(lambda question: not_(_waited(question)))}
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
    "held": Figure(Clock.CHOSEN, {"held": _of(_held)}, {"never_held": _of(lambda question: not_(_held(question)))}),
    **{
        f"cause_{cause}": Figure(Clock.CHOSEN, {"waited_for": _of(_waited, condition)}, _NEVER)
        for cause, condition in _CAUSES.items()
    },
}
