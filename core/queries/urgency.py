"""Why a work item stands where it stands in an inbox: codes and parameters, for one short sentence."""

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
    """Why a row is urgent or not: what its deadline says or what it waits for, then the cycle if it came back."""
    wait = waits.get(row.id)
    state = due_state(row.soon_at, row.due_at, at, blocked=wait is not None)
    first = Why(state, wait._asdict() if wait else {"due_at": row.due_at})
    return (first, Why("cycle", {"number": row.cycle})) if row.cycle > 1 else (first,)


def waits(connection: Connection, rows: Iterable[InboxRow]) -> dict[int, Wait]:
    """For each blocked row, what it waits for: since it was opened, or since what was there expired."""
    blocked = {row.id: _needs[row.phase] for row in rows if row.blocked}
    if not blocked:
        return {}
    environment = _environments.alias("environment")
    found = connection.execute(
        select(_items.id, _items.opened_at, environment.c.kind, environment.c.expires_at)
        .select_from(
            tables.work_items.join(tables.cases).outerjoin(environment, environment.c.client_id == _cases.client_id)
        )
        .where(_items.id.in_(blocked))
        .order_by(_items.id, environment.c.id)
    )
    since: dict[int, int] = {}
    for item, opened_at, kind, expires_at in found:  # the newest registration of a kind is the one that counts
        counts = kind == blocked[item].value
        since[item] = max(opened_at, expires_at or 0) if counts else since.get(item, opened_at)
    return {item: Wait(blocked[item], at) for item, at in since.items()}
