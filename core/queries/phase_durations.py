"""How long a phase takes, in working time: the median of its finished visits, or its deadlines when those are few."""

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

ENOUGH = 5  # finished visits below which the deadlines are used
NEWEST = 1000  # cases from which the durations are measured


class Pace(NamedTuple):
    """Working minutes that a phase takes, from `n` finished visits; 0: from its deadlines."""

    minutes: int
    n: int = 0


Key = tuple[int, Flow, Channel]


def paces(connection: Connection, policy: Policy) -> Mapping[Key, Pace]:
    """Return the pace of each phase by flow and channel; a median covers both channels.

    The wait for the client's environment, at the beginning of a visit, does not count.
    """
    spent = _spent(connection, policy)
    pace = {}
    for phase, flow, channel in product((phase.number for phase in PHASES), Flow, Channel):
        times = spent.get((phase, flow), [])
        enough = len(times) >= ENOUGH
        allowed = Pace(allowance(policy, phase, flow, channel))
        pace[phase, flow, channel] = Pace(round(median(times) / MINUTE), len(times)) if enough else allowed
    return pace


def _spent(connection: Connection, policy: Policy) -> Mapping[tuple[int, Flow], list[int]]:
    """Return the working time (ms) of the successful visits of the newest cases."""
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
    """Return the sum of a phase's deadlines in minutes: validate, produce, and the slowest reviewer."""
    intake = policy.deadlines[phase, CHANNEL_ROLE[channel]]
    document = phase_of(phase).document
    reviewed = document is not None and phase > 1
    roles = policy.panel(flow, document).roles if reviewed and document else ()
    return intake.first + intake.later + max((policy.deadlines[phase, role].first for role in roles), default=0)
