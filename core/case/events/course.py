"""A case opens, passes its phases and ends."""

from core.case.events.body import Body, Criterion
from core.process.terms import Channel, Environment, Flow, Outcome


class CaseOpened(Body, frozen=True):
    """A request came in; `environments` are those the client had already (kind: expiry in ms, or none)."""

    flow: Flow
    channel: Channel
    international: bool
    client: int
    service: str
    criteria: tuple[Criterion, ...]
    environments: dict[Environment, int | None]


class PhaseEntered(Body, frozen=True):
    """The case reached a phase."""

    phase: int


class EnvironmentRegistered(Body, frozen=True):
    """The client has an environment, with its evidence and an optional expiry."""

    environment: Environment
    evidence: str
    expires_at: int | None


class ChannelHanded(Body, frozen=True):
    """From the next work item on the other intake lane carries the case."""

    channel: Channel
    reason: str


class LaneClosed(Body, frozen=True):
    """The last phase: a lane reached its Fin de Proceso."""

    item: int


class CaseEnded(Body, frozen=True):
    """One of the two outcomes."""

    outcome: Outcome
