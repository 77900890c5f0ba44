"""Why a work item has its position in an inbox: codes and parameters of one short sentence."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from core.process.deadlines import due_state
from core.process.definition import PHASES
from core.process.terms import Environment
from core.queries.inbox import InboxRow
from core.store import tables

_items, _cases, _visits = tables.work_items.c, tables.cases.c, tables.phase_visits.c
_environments = tables.environments
_needs = {phase.number: phase.needs for phase in PHASES if phase.needs}


class Why(NamedTuple):
    """One reason: blocked (environment, since_at), overdue, soon or on_time (due_at); then cycle (number)."""

    code: str
    params: Mapping[str, Any]


class Wait(NamedTuple):
    """What a blocked work item waits for, and since when."""

    environment: Environment
    since_at: int


def reasons(row: InboxRow, at: int, waits: Mapping[int, Wait]) -> tuple[Why, ...]:
    """Return why a row is urgent or not: its deadline or what it waits for, then its cycle after a return."""
    wait = waits.get(row.id)
    state = due_state(row.soon_at, row.due_at, at, blocked=wait is not None)
    first = Why(state, wait._asdict() if wait else {"due_at": row.due_at})
    return (first, Why("cycle", {"number": row.cycle})) if row.cycle > 1 else (first,)


def waits(connection: Connection, rows: Iterable[InboxRow]) -> dict[int, Wait]:
    """Return what each blocked row waits for, since it was opened or since the environment expired."""
    blocked = {row.id: _needs[row.phase] for row in rows if row.blocked}
    if not blocked:
        return {}
    environment = _environments.alias("environment")
    registrations = connection.execute(
        select(_items.id, _items.opened_at, environment.c.kind, environment.c.expires_at)
        .select_from(
            tables.work_items.join(tables.cases).outerjoin(environment, environment.c.client_id == _cases.client_id)
        )
        .where(_items.id.in_(blocked))
        .order_by(_items.id, environment.c.id)
    )
    since: dict[int, int] = {}
    for item, opened_at, kind, expires_at in registrations:  # the newest registration of a kind counts
        counts = kind == blocked[item].value
        since[item] = max(opened_at, expires_at or 0) if counts else since.get(item, opened_at)
    return {item: Wait(blocked[item], at) for item, at in since.items()}
