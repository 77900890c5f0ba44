"""How long a phase takes, in working time: the median of its finished visits, or the deadlines while there are few."""

from collections.abc import Mapping
from itertools import product
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from core.process.definition import PHASES, phase_of
from core.process.policy import Policy
from core.process.terms import CHANNEL_ROLE, Channel, Flow
from core.process.working_time import MINUTE
from core.store.tables import cases, phase_visits

ENOUGH = 5  # finished visits below which their median says nothing
NEWEST = 1000  # cases, by which a phase is measured


class Pace(NamedTuple):
    """Working minutes that a phase takes; `n` finished visits say so, 0: its deadlines do."""

    minutes: int
    n: int = 0


Key = tuple[int, Flow, Channel]


def paces(connection: Connection, policy: Policy) -> Mapping[Key, Pace]:
    """The pace of each phase, by flow and channel; a median is one for both channels.

    The wait for the client's environment, which stands at a visit's beginning, is no time of the phase.
    """
    spent = _spent(connection, policy)
    found = {}
    for phase, flow, channel in product((each.number for each in PHASES), Flow, Channel):
        times = spent.get((phase, flow), [])
        enough = len(times) >= ENOUGH
        allowed = Pace(allowance(policy, phase, flow, channel))
        found[phase, flow, channel] = Pace(round(median(times) / MINUTE), len(times)) if enough else allowed
    return found


def _spent(connection: Connection, policy: Policy) -> Mapping[tuple[int, Flow], list[int]]:
    """The working time of every visit of the newest cases that went on, in ms."""
    visit = phase_visits.c
    newest = select(func.max(cases.c.id)).scalar_subquery()
    rows = connection.execute(
        select(visit.phase, visit.flow, visit.entered_at, visit.blocked, visit.left_at).where(
            visit.case_id > newest - NEWEST, visit.outcome.in_(("advanced", "closed"))
        )
    )
    spent: dict[tuple[int, Flow], list[int]] = {}
    for phase, flow, entered, blocked, left in rows:
        worked = policy.calendar.working_ms(entered + blocked, left)
        spent.setdefault((phase, Flow(flow)), []).append(worked)
    return spent


def allowance(policy: Policy, phase: int, flow: Flow, channel: Channel) -> int:
    """The deadlines of a phase added up: validate, produce, and the slowest of those who review."""
    intake = policy.deadlines[phase, CHANNEL_ROLE[channel]]
    document = phase_of(phase).document
    reviewed = document is not None and phase > 1
    roles = policy.panel(flow, document).roles if reviewed and document else ()
    return intake.first + intake.later + max((policy.deadlines[phase, role].first for role in roles), default=0)
