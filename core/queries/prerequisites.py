"""The prerequisite board: which clients' environments will be missing when a case needs them, and by when.

A case needs an environment when it reaches a phase that requires it, its gate. The time of arrival is estimated from
the case's current phase, phase by phase, in working time, from the usual durations (`core.queries.phase_durations`).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, and_, exists, select

from core.process.definition import LAST_PHASE, phase_of
from core.process.policy import Policy
from core.process.settings_catalogue import DAY
from core.process.terms import Channel, Environment, Flow, Kind
from core.process.working_time import Calendar
from core.queries.case import EnvironmentRow
from core.queries.phase_durations import Key, Pace
from core.store import tables
from core.store.person_names import shown_name
from core.text import folded

SOON = 5 * DAY  # working minutes: what is needed within them must be requested now
STATES = ("missing", "expired", "expiring", "covered")
URGENCIES = ("waiting", "soon", "later")
_cases, _clients, _visits, _items = tables.cases.c, tables.clients.c, tables.phase_visits.c, tables.work_items.c


class CaseStanding(NamedTuple):
    """The position of a running case; `validating`: the gate of its phase is not yet passed. Times in ms.

    `blocks_at`: since when its gate waits for the environment, or will wait once the current one expires; or None.
    """

    code: str
    client: int
    name: str
    contact: tuple[str, str, str]
    flow: Flow
    channel: Channel
    phase: int
    entered_at: int
    blocked: int
    validating: bool
    blocks_at: int | None


class Need(NamedTuple):
    """One environment that one case will need: at which gate, and when the case reaches it."""

    case: CaseStanding
    environment: Environment
    registered: EnvironmentRow | None
    state: str
    gate: int
    needed_at: int
    waiting: bool


class Row(NamedTuple):
    """A client's environment on the board: the case that needs it first, and how many cases need it.

    `state`: `missing`, `expired`, `expiring` (before it is needed) or `covered`; `urgency`: `waiting` (a case is at
    its gate), `soon` or `later`.
    """

    need: Need
    cases: int
    urgency: str


def board(connection: Connection, policy: Policy, pace: Mapping[Key, Pace], at: int) -> list[Row]:
    """Return every environment that a running case will still need, the most urgent first, covered ones last."""
    registered = _registered(connection)
    needs = [need for case in _standing(connection) for need in _needs(case, registered, pace, policy.calendar, at)]
    needs.sort(key=lambda need: (need.case.client, need.environment, need.state == "covered", need.needed_at))
    soon = policy.calendar.add(at, SOON)
    rows = [_row(list(same), soon) for _, same in groupby(needs, key=lambda n: (n.case.client, n.environment))]
    return sorted(rows, key=_by_urgency)


def _row(needs: list[Need], soon: int) -> Row:
    first = needs[0]
    urgency = "waiting" if first.waiting else "soon" if first.needed_at <= soon else "later"
    return Row(first, len(needs), urgency)


def _by_urgency(row: Row) -> tuple[bool, bool, int, str, str]:
    need = row.need
    return need.state == "covered", not need.waiting, need.needed_at, need.case.code, need.environment


def _needs(
    case: CaseStanding,
    registered: Mapping[tuple[int, Environment], EnvironmentRow],
    pace: Mapping[Key, Pace],
    calendar: Calendar,
    at: int,
) -> Iterator[Need]:
    """Yield, per environment that a case will need, the first gate where it will be missing, else the next gate."""
    reached = dict(_reached(case, pace, calendar, at))
    for environment in Environment:
        row = registered.get((case.client, environment))
        gates = [gate for gate in reached if phase_of(gate).needs is environment]
        if not gates:
            continue
        uncovered = [gate for gate in gates if not _valid(row, reached[gate])]
        gate = uncovered[0] if uncovered else gates[0]
        state = _state(row, at) if uncovered else "covered"
        waiting = gate == case.phase and state in ("missing", "expired")
        yield Need(case, environment, row, state, gate, reached[gate], waiting)


def _state(row: EnvironmentRow | None, at: int) -> str:
    if row is None:
        return "missing"
    return "expiring" if _valid(row, at) else "expired"


def _valid(row: EnvironmentRow | None, at: int) -> bool:
    return row is not None and (row.expires_at is None or row.expires_at > at)


def _reached(case: CaseStanding, pace: Mapping[Key, Pace], calendar: Calendar, at: int) -> Iterator[tuple[int, int]]:
    """Yield the gates ahead of a case, with the time at which it reaches each."""
    stuck = case.blocks_at is not None and case.blocks_at <= at
    if case.validating and phase_of(case.phase).needs:
        yield case.phase, min(at, case.blocks_at or at)
    start = at if stuck else case.entered_at + case.blocked  # a waiting phase has its whole duration ahead
    minutes = pace[case.phase, case.flow, case.channel].minutes
    arrival = max(calendar.add(at, 0), calendar.add(start, minutes))
    for number in range(case.phase + 1, LAST_PHASE + 1):
        if phase_of(number).needs:
            yield number, arrival
        arrival = calendar.add(arrival, pace[number, case.flow, case.channel].minutes)


def _standing(connection: Connection) -> Iterator[CaseStanding]:
    validate = exists().where(
        _items.case_id == _cases.id,
        _items.ended_at.is_(None),
        _items.kind == Kind.VALIDATE.value,
        _items.phase == _cases.phase,
    )
    current_visit = and_(_visits.case_id == _cases.id, _visits.phase == _cases.phase)
    contact = (_cases.contact_name, _cases.contact_email, _cases.contact_phone)
    place = (_cases.phase, _visits.entered_at, _visits.blocked, validate, _visits.blocks_at)
    rows = connection.execute(
        select(_cases.code, _cases.client_id, _clients.name, *contact, _cases.flow, _cases.channel, *place)
        .select_from(tables.cases.join(tables.clients).join(tables.phase_visits, current_visit))
        .where(_cases.outcome.is_(None))
    )
    for code, client, name, who, email, phone, flow, channel, phase, entered_at, blocked, validating, blocks_at in rows:
        reach = (who, email, phone)
        lane = (Flow(flow), Channel(channel))
        yield CaseStanding(code, client, name, reach, *lane, phase, entered_at, blocked, bool(validating), blocks_at)


def _registered(connection: Connection) -> dict[tuple[int, Environment], EnvironmentRow]:
    """Return the newest registration of each environment of each client with a running case."""
    e, people = tables.environments.c, tables.people.c
    running = select(_cases.client_id).where(_cases.outcome.is_(None))
    rows = connection.execute(
        select(e.client_id, e.kind, e.evidence, e.registered_at, shown_name(), e.expires_at)
        .select_from(tables.environments.join(tables.people, people.id == e.registered_by))
        .where(e.client_id.in_(running))
        .order_by(e.id)
    )
    return {(client, Environment(kind)): EnvironmentRow(Environment(kind), *values) for client, kind, *values in rows}


class PrerequisiteFilter(NamedTuple):
    """Which rows: `state` one of STATES (empty: all that are not covered), `urgency` one of URGENCIES."""

    words: str = ""
    environment: str = ""
    state: str = ""
    urgency: str = ""


def chosen(rows: Iterable[Row], filters: PrerequisiteFilter) -> list[Row]:
    """Return the rows that match a filter, in order."""
    return [row for row in rows if _matches(row, filters)]


def _matches(row: Row, filters: PrerequisiteFilter) -> bool:
    need = row.need
    text = folded(f"{need.case.name} {need.case.code}")
    return (
        (need.state == filters.state if filters.state else need.state != "covered")
        and filters.urgency in ("", row.urgency)
        and filters.environment in ("", need.environment)
        and all(word in text for word in folded(filters.words).split())
    )
