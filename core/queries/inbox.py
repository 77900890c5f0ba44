"""Reads of an inbox for the screens, from SQL to flat rows. Services do not use them for decisions."""

import re
from collections.abc import Iterable, Iterator
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
FLOWS, KINDS = {str(flow): flow for flow in Flow}, {str(kind): kind for kind in Kind}
_items, _cases, _clients = tables.work_items.c, tables.cases.c, tables.clients.c
_people, _environments = tables.people.c, tables.environments.c


class InboxRow(NamedTuple):
    """An open work item in an inbox; times in ms since 1970 UTC, `blocked`: its prerequisite is missing."""

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
    """Which rows of an inbox: `state` is overdue, soon, on_time or blocked; empty fields do not filter.

    `held` is mine (of `person`) or nobody; `code` selects one case; `free_for` leaves out items held by other people.
    """

    search: str = ""
    flow: str = ""
    phase: int | None = None
    state: str = ""
    held: str = ""
    person: int = 0
    code: str = ""
    free_for: tuple[int, ...] = ()


def _literal(value: int | str) -> ColumnElement[Any]:
    """Return a constant of the process as a literal: binding a dozen of them takes a tenth of a page's time."""
    return literal_column(repr(value))


def blocked_at(at: int | BindParameter[int]) -> ColumnElement[bool]:
    """Whether the newest registration of the environment that the item's phase needs is missing or has expired."""
    needs = {_literal(phase.number): _literal(phase.needs.value) for phase in PHASES if phase.needs}
    newer = tables.environments.alias("newer")
    newest = not_(
        exists().where(
            newer.c.client_id == _environments.client_id,
            newer.c.kind == _environments.kind,
            newer.c.id > _environments.id,
        )
    )
    valid = _environments.expires_at.is_(None) | (_environments.expires_at > at)
    registered = exists().where(
        _environments.client_id == _cases.client_id,
        _environments.kind == case(needs, value=_items.phase, else_=_literal("")),
        valid,
        newest,
    )
    return and_(_items.kind == _literal(Kind.VALIDATE.value), _items.phase.in_(needs), not_(registered))


class Shape(NamedTuple):
    """What determines the SQL text of an inbox query; everything else is a parameter."""

    state: str
    held: str
    flow: bool
    phase: bool
    words: int
    code: bool = False
    free: bool = False


@cache
def _open_items(shape: Shape) -> Select[Any]:
    """Return the query of an inbox; cached per shape because building it takes longer than running it."""
    columns = (_items.id, _cases.code, _clients.name, _cases.flow, _items.phase, _items.kind, _items.cycle)
    times = (_items.opened_at, _items.soon_at, _items.due_at)
    at = bindparam("at", type_=BigInteger)
    blocked = blocked_at(at)
    return (
        select(*columns, *times, blocked.label("blocked"), _items.held_by, shown_name())
        .select_from(
            tables.work_items.join(tables.cases)
            .join(tables.clients)
            .outerjoin(tables.people, _people.id == _items.held_by)
        )
        .where(_items.role == bindparam("role"), _items.ended_at.is_(None), *_conditions(shape, blocked, at))
    )


def _conditions(shape: Shape, blocked: ColumnElement[bool], at: BindParameter[int]) -> Iterator[ColumnElement[bool]]:
    overdue, near = is_overdue(_items.due_at, at), is_near(_items.soon_at, at)
    states: dict[str, ColumnElement[bool]] = {
        DueState.OVERDUE: and_(overdue, not_(blocked)),
        DueState.SOON: and_(not_(overdue), near, not_(blocked)),
        DueState.ON_TIME: and_(not_(near), not_(blocked)),
        DueState.BLOCKED: blocked,
    }
    if shape.state in states:
        yield states[shape.state]
    if shape.held == "mine":
        yield _items.held_by == bindparam("person")
    if shape.held == "nobody":
        yield _items.held_by.is_(None)
    if shape.free:
        people = bindparam("free_for", type_=Integer, expanding=True)
        yield or_(_items.held_by.is_(None), _items.held_by.in_(people))
    if shape.flow:
        yield _cases.flow == bindparam("flow")
    if shape.phase:
        yield _items.phase == bindparam("phase")
    if shape.code:
        yield _cases.code == bindparam("code")
    for n in range(shape.words):
        yield _cases.search.contains(bindparam(f"word_{n}", type_=Text), escape="/")


def _shape_of(role: Role, filters: InboxFilter, at: int) -> tuple[Shape, dict[str, Any]]:
    """Return the shape of a filtered query, and its parameters."""
    words = [re.sub("[/%_]", r"/\g<0>", word) for word in folded(filters.search).split()]
    flags = (bool(filters.flow), bool(filters.phase), len(words), bool(filters.code), bool(filters.free_for))
    shape = Shape(filters.state, filters.held, *flags)
    parameters = {"role": role.value, "at": at}
    parameters |= {name: getattr(filters, name) for name in ("person", "flow", "phase", "code", "free_for")}
    return shape, parameters | {f"word_{n}": word for n, word in enumerate(words)}


def _after(order: str) -> Place:
    """Return the bound parameters of a row's place."""
    return tuple(bindparam(f"after_{n}") for n in range(len(ORDERS[order].columns)))


@cache
def _page(shape: Shape, order: str, later: bool) -> Select[Any]:
    """Return the query of one page; without an index for its order, only the ids are sorted first."""
    place = _after(order) if later else None
    query, limit = _open_items(shape), bindparam("limit", type_=Integer)
    if order in INDEXED:
        return ordered(query, order, place).limit(limit)
    ids = ordered(query.with_only_columns(_items.id), order, place).limit(limit)
    return ordered(query.where(_items.id.in_(ids.correlate(None))), order, None)


def _placed(after: Place | None, order: str) -> dict[str, Any]:
    """Return the parameter values of a place; empty when it is not a place of this order."""
    values = after if after and len(after) == len(ORDERS[order].columns) else ()
    return {f"after_{n}": value for n, value in enumerate(values)}


def inbox(
    connection: Connection,
    role: Role,
    at: int,
    filters: InboxFilter = InboxFilter(),  # noqa: B008  (immutable)
    after: Place | None = None,
    limit: int = PAGE,
    order: str = URGENCY,
) -> list[InboxRow]:
    """Return a page of a role's open work items; `after` is the place of the row before the page."""
    shape, parameters = _shape_of(role, filters, at)
    order = order if order in ORDERS else URGENCY
    place = _placed(after, order)
    parameters |= place | {"limit": limit}
    rows = connection.execute(
        _page(shape, order, bool(place)), parameters
    ).all()  # fetching row by row takes a third longer
    return [
        InboxRow(
            number, code, client, FLOWS[flow], phase, KINDS[kind], cycle, opened, soon, due, blocked == 1, by, name
        )
        for number, code, client, flow, phase, kind, cycle, opened, soon, due, blocked, by, name in rows
    ]


def _capped(query: Select[Any]) -> Select[Any]:
    """Return a query that counts the work items of a query up to `limit`."""
    return select(func.count()).select_from(
        query.with_only_columns(_items.id).limit(bindparam("limit", type_=Integer)).subquery()
    )


_count = cache(lambda shape: _capped(_open_items(shape)))
_count_after = cache(lambda shape, order: _capped(ordered(_open_items(shape), order, _after(order))))
_pending = _capped(select(_items.id).where(_items.role == bindparam("role"), _items.ended_at.is_(None)))


def counted(
    connection: Connection,
    role: Role,
    at: int,
    cap: int,
    filters: InboxFilter = InboxFilter(),  # noqa: B008  (immutable)
    after: Place | None = None,
    order: str = URGENCY,
) -> int:
    """Return how many open work items a role has (after a place, if given), counted up to `cap` + 1."""
    shape, parameters = _shape_of(role, filters, at)
    place = _placed(after, order)
    statement = _count_after(shape, order) if place else _count(shape)
    return connection.scalar(statement, parameters | place | {"limit": cap + 1}) or 0


def pending(connection: Connection, roles: Iterable[Role], cap: int) -> dict[Role, int]:
    """Return how many open work items each role has, counted up to `cap` + 1."""
    return {role: connection.scalar(_pending, {"role": role.value, "limit": cap + 1}) or 0 for role in roles}
