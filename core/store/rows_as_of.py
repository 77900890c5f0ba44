"""The summary rows as of a moment, from which every figure is computed.

As of now they are the tables themselves. As of a past moment T they have the same columns: what began later is absent,
what ended later is open. A database rebuilt from the events up to T has the same rows. `work_items.version` and the
contact of a case are left out because only their current values are stored. Verdicts that were taken back are left out.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    null,
    select,
    union_all,
)

from core.store import tables

_cases, _visits, _items, _verdicts = (
    tables.cases.c,
    tables.phase_visits.c,
    tables.work_items.c,
    tables.verdicts.c,
)


class Rows(NamedTuple):
    """The selectable rows; the columns are those of `core.store.tables`."""

    cases: FromClause
    visits: FromClause
    items: FromClause
    verdicts: FromClause


def _counts(as_of: int | None = None) -> ColumnElement[bool]:
    """Whether a verdict counted: its decision was not taken back."""
    back = tables.work_items.alias("back")
    # The condition as a literal, or the partial index is not used.
    conditions = [back.c.case_id == _verdicts.case_id, back.c.item == _verdicts.item, back.c.taken_back_at.is_not(None)]
    if as_of is not None:
        conditions.append(back.c.taken_back_at <= as_of)
    return ~exists().where(*conditions)


FIXED = ("case_id", "phase", "flow", "channel", "international", "opened_at", "entered_at")
NOW = Rows(
    tables.cases, tables.phase_visits, tables.work_items, select(tables.verdicts).where(_counts()).subquery("counting")
)


@lru_cache(maxsize=64)  # each figure of a page uses the same moment
def as_stood(as_of: int | None) -> Rows:
    """Return the rows at that moment (ms since 1970 UTC), or the current ones."""
    if as_of is None:
        return NOW
    return Rows(
        _cases_at(as_of).subquery("cases_then"),
        _visits_at(as_of).subquery("visits_then"),
        _items_at(as_of).subquery("items_then"),
        select(tables.verdicts).where(_verdicts.at <= as_of, _counts(as_of)).subquery("verdicts_then"),
    )


def waits_since(visits: FromClause, now: int) -> ColumnElement[int]:
    """Return since when a visit waits for its client's environment at `now`, or NULL."""
    return case((visits.c.blocks_at <= now, visits.c.blocks_at), else_=null())


def _until(ended: ColumnElement[Any], as_of: int, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a value that is known from `ended` on."""
    return case((ended <= as_of, value), else_=null()).label(value.key)


def _cases_at(as_of: int) -> Select[Any]:
    fixed = (_cases.id, _cases.code, _cases.client_id, _cases.flow, _cases.international, _cases.service)
    handed = tables.hand_overs.c
    before = (
        select(handed.channel)
        .where(handed.case_id == _cases.id, handed.at > as_of)
        .order_by(handed.seq)
        .limit(1)
        .scalar_subquery()
    )
    reached = select(func.max(_visits.phase)).where(_visits.case_id == _cases.id, _visits.entered_at <= as_of)
    undone = tables.undone_visits.c
    beyond = select(func.max(undone.phase)).where(undone.case_id == _cases.id, _stood(undone, as_of))
    return select(
        *fixed,
        _cases.opened_at,
        _cases.opened_by,
        func.coalesce(before, _cases.channel).label("channel"),
        func.coalesce(beyond.scalar_subquery(), reached.scalar_subquery()).label("phase"),
        _until(_cases.ended_at, as_of, _cases.outcome),
        _until(_cases.ended_at, as_of, _cases.ended_at),
    ).where(_cases.opened_at <= as_of)


def _visits_at(as_of: int) -> Select[Any]:
    visit = _entered_by(as_of).subquery("visits_entered")
    column = visit.c
    waits = tables.blocks.c
    of_visit = (waits.case_id == column.case_id, waits.phase == column.phase, waits.since >= column.entered_at)
    ended = select(func.coalesce(func.sum(waits.until - waits.since), 0)).where(*of_visit, waits.until <= as_of)
    running = select(waits.since).where(*of_visit, waits.since <= as_of, waits.until > as_of)
    # A visit whose ending decision was taken back later had ended in between.
    later = tables.undone_visits.alias("later")
    over = and_(later.c.case_id == column.case_id, later.c.phase == column.phase + 1, _stood(later.c, as_of))
    left = func.coalesce(later.c.entered_at, _until(column.left_at, as_of, column.left_at))
    return select(
        *(column[name] for name in FIXED),
        left.label("left_at"),
        (left - column.entered_at).label("duration"),
        case((later.c.entered_at.is_not(None), "advanced"), (column.left_at <= as_of, column.outcome)).label("outcome"),
        _returns_at(column, as_of).label("returns"),
        ended.scalar_subquery().label("blocked"),
        func.coalesce(running.scalar_subquery(), _after(column.blocks_at, as_of)).label("blocks_at"),
    ).select_from(visit.outerjoin(later, over))


def _returns_at(visit: Any, as_of: int) -> ColumnElement[int]:
    of_visit = (_verdicts.case_id == visit.case_id, _verdicts.phase == visit.phase)
    returned = (_verdicts.verdict == "return", _verdicts.at <= as_of, _counts(as_of))
    return select(func.count()).select_from(tables.verdicts).where(*of_visit, *returned).scalar_subquery()


def _entered_by(as_of: int) -> CompoundSelect[Any]:
    """Return the visits that had begun, including those undone later."""
    undone, visits = tables.undone_visits.c, tables.phase_visits.c
    standing = select(*(visits[name] for name in FIXED), visits.left_at, visits.outcome, visits.blocks_at)
    reopened = select(
        *(undone.case_id, undone.phase, _cases.flow, undone.channel, _cases.international, _cases.opened_at),
        undone.entered_at,
        cast(null(), BigInteger),
        cast(null(), Text),
        undone.blocks_at,
    ).join(tables.cases, _cases.id == undone.case_id)
    return union_all(standing.where(visits.entered_at <= as_of), reopened.where(_stood(undone, as_of)))


def _stood(undone: Any, as_of: int) -> ColumnElement[bool]:
    """Whether an undone visit was in effect at that moment."""
    return and_(undone.entered_at <= as_of, undone.undone_at > as_of)


def _after(column: ColumnElement[int], as_of: int) -> ColumnElement[Any]:
    return case((column <= as_of, column), else_=null())


def _items_at(as_of: int) -> Select[Any]:
    fixed = (_items.id, _items.case_id, _items.item, _items.role, _items.kind, _items.phase, _items.cycle)
    return select(
        *fixed,
        _items.opened_at,
        *(_before_move(name, as_of) for name in ("soon_at", "due_at")),
        *(_until(_items.ended_at, as_of, column) for column in (_items.ended_at, _items.ended_as, _items.ended_by)),
        *_held_at(as_of),
        _until(_items.taken_back_at, as_of, _items.taken_back_at),
    ).where(_items.opened_at <= as_of)


def _held_at(as_of: int) -> list[ColumnElement[Any]]:
    """Return who held an item, since when, and how long it had been held before (in total once it had ended)."""
    holding = tables.holdings.c
    of_item = (holding.case_id == _items.case_id, holding.item == _items.item)
    then = (*of_item, holding.since <= as_of, holding.until > as_of)
    still = and_(_items.ended_at.is_(None), _items.held_since <= as_of)
    before = select(func.coalesce(func.sum(holding.until - holding.since), 0)).where(*of_item, holding.until <= as_of)

    def held(value: ColumnElement[Any], past: ColumnElement[Any]) -> ColumnElement[Any]:
        was = func.coalesce(select(past).where(*then).limit(1).scalar_subquery(), case((still, value)))
        return case((_items.ended_at <= as_of, value), else_=was).label(value.key)

    return [
        held(_items.held_by, holding.person_id),
        held(_items.held_since, holding.since),
        case((_items.ended_at <= as_of, _items.held), else_=before.scalar_subquery()).label("held"),
    ]


def _before_move(name: str, as_of: int) -> ColumnElement[Any]:
    """Return a time of an item as it was before a later move."""
    moves = tables.due_moves.c
    before = (
        select(moves[name])
        .where(moves.case_id == _items.case_id, moves.item == _items.item, moves.at > as_of)
        .order_by(moves.seq)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(before, _items[name]).label(name)


def first_opening(connection: Connection) -> int | None:
    """Return when the first case was opened, or None."""
    first: int | None = connection.scalar(select(func.min(_cases.opened_at)))
    return first
