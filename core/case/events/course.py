"""Events of a case's course: opened, phases entered, environments, channel, ended."""

from core.case.events.body import Body, Criterion
from core.process.terms import Channel, Environment, Flow, Outcome


class CaseOpened(Body, frozen=True):
    """A case was opened; `environments` are those the client already had (kind: expiry in ms, or None)."""

    flow: Flow
    channel: Channel
    international: bool
    client: int
    service: str
    criteria: tuple[Criterion, ...]
    environments: dict[Environment, int | None]


class PhaseEntered(Body, frozen=True):
    """The case entered a phase."""

    phase: int


class EnvironmentRegistered(Body, frozen=True):
    """An environment of the client was registered, with evidence and an optional expiry (ms)."""

    environment: Environment
    evidence: str
    expires_at: int | None


class ChannelHanded(Body, frozen=True):
    """The case was handed to the other intake lane, from its next work item on."""

    channel: Channel
    reason: str


class LaneClosed(Body, frozen=True):
    """A lane of the last phase reached its Fin de Proceso."""

    item: int


class CaseEnded(Body, frozen=True):
    """The case ended."""

    outcome: Outcome
