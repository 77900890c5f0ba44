"""Reads for the screens: straight SQL to flat rows. A decision never depends on one: services read for themselves."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from core.process.deadlines import DueState, is_near, is_overdue
from core.process.definition import PHASES
from core.process.terms import Flow, Kind, Role
from core.queries.sorting import INDEXED, ORDERS, URGENCY, Place, ordered
from core.store import tables
from core.store.person_names import shown_name
from core.text import folded

PAGE = 50
FLOWS, KINDS = {str(each): each for each in Flow}, {str(each): each for each in Kind}
_items, _cases, _clients = tables.work_items.c, tables.cases.c, tables.clients.c
_people, _environments = tables.people.c, tables.environments.c


class InboxRow(NamedTuple):
    """An open work item as an inbox lists it; times in ms since 1970 UTC, `blocked`: its prerequisite is missing."""

    id: int
    code: str
    client: str
    flow: Flow
    phase: int
    kind: Kind
    cycle: int
    opened_at: int
    soon_at: int
    due_at: int
    blocked: bool
    held_by: int | None = None
    holder: str | None = None


class InboxFilter(NamedTuple):
    """Which rows of an inbox: `state` is overdue, soon, on_time or blocked; empty fields let everything through.

    `held` is mine (of `person`) or nobody; `code` is of one case; `free_for` passes over what others than these hold.
    """

    search: str = ""
    flow: str = ""
    phase: int | None = None
    state: str = ""
    held: str = ""
    person: int = 0
    code: str = ""
    free_for: tuple[int, ...] = ()


def _written(value: int | str) -> ColumnElement[Any]:
    """A constant of the process as it stands in the statement: binding a dozen takes a tenth of a page's time."""
    return literal_column(repr(value))


def blocked_at(at: int | BindParameter[int]) -> ColumnElement[bool]:
    """Whether the newest registration of what the item's phase needs is missing or has expired at that moment."""
    needs = {_written(phase.number): _written(phase.needs.value) for phase in PHASES if phase.needs}
    newer = tables.environments.alias("newer")
    newest = not_(
        exists().where(
            newer.c.client_id == _environments.client_id,
            newer.c.kind == _environments.kind,
            newer.c.id > _environments.id,
        )
    )
    valid = _environments.expires_at.is_(None) | (_environments.expires_at > at)
    there = exists().where(
        _environments.client_id == _cases.client_id,
        _environments.kind == case(needs, value=_items.phase, else_=_written("")),
        valid,
        newest,
    )
    return and_(_items.kind == _written(Kind.VALIDATE.value), _items.phase.in_(needs), not_(there))


class Shape(NamedTuple):
    """What decides the text of an inbox's statement; the rest are its parameters."""

    state: str
    held: str
    flow: bool
    phase: bool
    words: int
    code: bool = False
    free: bool = False


@cache
def _open_items(shape: Shape) -> Select[Any]:
    """Open work items with what an inbox shows; built once in each shape, which takes longer than to run it."""
    columns = (_items.id, _cases.code, _clients.name, _cases.flow, _items.phase, _items.kind, _items.cycle)
    times = (_items.opened_at, _items.soon_at, _items.due_at)
    at = bindparam("at", type_=BigInteger)
    blocked = blocked_at(at)
    found = (
        select(*columns, *times, blocked.label("blocked"), _items.held_by, shown_name())
        .select_from(
            tables.work_items.join(tables.cases)
            .join(tables.clients)
            .outerjoin(tables.people, _people.id == _items.held_by)
        )
        .where(_items.role == bindparam("role"), _items.ended_at.is_(None))
    )
    overdue, near = is_overdue(_items.due_at, at), is_near(_items.soon_at, at)
    states: dict[str, ColumnElement[bool]] = {
        DueState.OVERDUE: and_(overdue, not_(blocked)),
        DueState.SOON: and_(not_(overdue), near, not_(blocked)),
        DueState.ON_TIME: and_(not_(near), not_(blocked)),
        DueState.BLOCKED: blocked,
    }
    if shape.state in states:
        found = found.where(states[shape.state])
    if shape.held in ("mine", "nobody"):
        mine = shape.held == "mine"
        found = found.where(_items.held_by == bindparam("person") if mine else _items.held_by.is_(None))
    if shape.free:
        people = bindparam("free_for", type_=Integer, expanding=True)
        found = found.where(or_(_items.held_by.is_(None), _items.held_by.in_(people)))
    if shape.flow:
        found = found.where(_cases.flow == bindparam("flow"))
    if shape.phase:
        found = found.where(_items.phase == bindparam("phase"))
    if shape.code:
        found = found.where(_cases.code == bindparam("code"))
    for n in range(shape.words):
        found = found.where(_cases.search.contains(bindparam(f"word_{n}", type_=Text), escape="/"))
    return found


def _asked(role: Role, wanted: InboxFilter, at: int) -> tuple[Shape, dict[str, Any]]:
    """The shape of what is wanted, and its parameters."""
    words = [re.sub("[/%_]", r"/\g<0>", word) for word in folded(wanted.search).split()]
    flags = (bool(given) for given in (wanted.code, wanted.free_for))
    shape = Shape(wanted.state, wanted.held, bool(wanted.flow), bool(wanted.phase), len(words), *flags)
    given = {"role": role.value, "at": at}
    given |= {name: getattr(wanted, name) for name in ("person", "flow", "phase", "code", "free_for")}
    return shape, given | {f"word_{n}": word for n, word in enumerate(words)}


def _after(order: str) -> Place:
    """The place of a row as parameters."""
    return tuple(bindparam(f"after_{n}") for n in range(len(ORDERS[order].columns)))


@cache
def _page(shape: Shape, order: str, later: bool) -> Select[Any]:
    """One page of an inbox; of an order that no index keeps, the bare ids are sorted first."""
    place = _after(order) if later else None
    found, limit = _open_items(shape), bindparam("limit", type_=Integer)
    if order in INDEXED:
        return ordered(found, order, place).limit(limit)
    ids = ordered(found.with_only_columns(_items.id), order, place).limit(limit)
    return ordered(found.where(_items.id.in_(ids.correlate(None))), order, None)


def _placed(after: Place | None, order: str) -> dict[str, Any]:
    """A place as the parameters of its order; none of them when it is no place of this order."""
    values = after if after and len(after) == len(ORDERS[order].columns) else ()
    return {f"after_{n}": value for n, value in enumerate(values)}


def inbox(
    connection: Connection,
    role: Role,
    at: int,
    wanted: InboxFilter = InboxFilter(),  # noqa: B008  (immutable)
    after: Place | None = None,
    limit: int = PAGE,
    order: str = URGENCY,
) -> list[InboxRow]:
    """A role's open work items, the most urgent first; `after` is the place of the row before the page."""
    shape, given = _asked(role, wanted, at)
    order = order if order in ORDERS else URGENCY
    place = _placed(after, order)
    given |= place | {"limit": limit}
    rows = connection.execute(_page(shape, order, bool(place)), given).all()  # at once: row by row costs a third more
    return [
        InboxRow(
            number, code, client, FLOWS[flow], phase, KINDS[kind], cycle, opened, soon, due, blocked == 1, by, name
        )
        for number, code, client, flow, phase, kind, cycle, opened, soon, due, blocked, by, name in rows
    ]


def _capped(found: Select[Any]) -> Select[Any]:
    """How many work items a statement finds, counted up to `limit`."""
    return select(func.count()).select_from(
        found.with_only_columns(_items.id).limit(bindparam("limit", type_=Integer)).subquery()
    )


_count = cache(lambda shape: _capped(_open_items(shape)))
_count_after = cache(lambda shape, order: _capped(ordered(_open_items(shape), order, _after(order))))
_pending = _capped(select(_items.id).where(_items.role == bindparam("role"), _items.ended_at.is_(None)))


def counted(
    connection: Connection,
    role: Role,
    at: int,
    cap: int,
    wanted: InboxFilter = InboxFilter(),  # noqa: B008  (immutable)
    after: Place | None = None,
    order: str = URGENCY,
) -> int:
    """How many open work items a role has (`after`: those behind that place), counted up to `cap` + 1."""
    shape, given = _asked(role, wanted, at)
    place = _placed(after, order)
    statement = _count_after(shape, order) if place else _count(shape)
    return connection.scalar(statement, given | place | {"limit": cap + 1}) or 0


def pending(connection: Connection, roles: Iterable[Role], cap: int) -> dict[Role, int]:
    """How many open work items each role has, counted up to `cap` + 1: for the menu."""
    return {role: connection.scalar(_pending, {"role": role.value, "limit": cap + 1}) or 0 for role in roles}
