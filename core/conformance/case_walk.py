"""The state of a case after the entries read so far, against which the next entry is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.case.events import AnyBody, Finding, PanelTaken, Performed
from core.process.definition import checklist, phase_of
from core.process.terms import (
    CHANNEL_ROLE,
    REVIEW_ROLES,
    SYSTEMS,
    Channel,
    Document,
    Environment,
    Flow,
    Kind,
    Placed,
    Role,
)

# An entry that must come next, and whether it is automatic and so has no person. Values that may vary are empty.
Owed = tuple[AnyBody, bool]
SYSTEM_OF = {name: system for system, name in SYSTEMS.items()}
HOW_DONE = {"": "", "answered": "by_system", "failed": "by_hand", "pending": ""}  # by the state of the call to a system
Sent = tuple[int, frozenset[int]]  # a version, and the people who sent it (author and whom they stood in for)


class OpenWork(NamedTuple):
    """An open work item; `holder` is the person who has claimed it."""

    kind: Kind
    phase: int
    role: Role
    cycle: int
    due_at: int
    soon_at: int
    holder: int | None = None

    @property
    def document(self) -> Document | None:
        before = self.kind is Kind.VALIDATE
        return phase_of(self.phase - before).document if self.phase > before else None


class PendingCall(NamedTuple):
    """A call to another system for an activity of an open work item: `pending`, `answered` or `failed`."""

    item: int
    system: str
    position: int
    state: str = "pending"


class Decision(NamedTuple):
    """A decision that its author may still take back; `before` is None for one of several approvals."""

    item: int
    work: OpenWork
    choice: str
    person: int | None
    before: "Restorable | None" = None


class Cycle(NamedTuple):
    """The open review: its version, its panel, and the approvals so far."""

    document: Document
    version: int
    number: int
    panel: PanelTaken
    approvals: tuple[Decision, ...] = ()


class Restorable(NamedTuple):
    """The part of a case's state that taking back a decision restores."""

    phase: int
    open: dict[int, OpenWork]
    review: Cycle | None
    findings: tuple[Finding, ...]
    voted: tuple[Role, ...]
    sent: Mapping[Document, Sent]
    calls: Mapping[int, PendingCall]


@dataclass(slots=True)
class Walk:
    """The state of a case read from its record; `owed`: what must come next, in reverse. Mappings are never mutated.

    `criteria`: sorted by name; `heard`: the roles that gave a verdict in this phase; `sent`: the newest version sent
    and its senders; `ticked`: the activities of a lane performed before its decision; `asking`: the activities for
    which another system may be called now.
    """

    flow: Flow
    channel: Channel
    international: bool
    criteria: list[str]
    environments: dict[Environment, int | None]
    phase: int = 1
    open: dict[int, OpenWork] = field(default_factory=dict)
    last_item: int = 0
    review: Cycle | None = None
    findings: tuple[Finding, ...] = ()
    voted: tuple[Role, ...] = ()
    attached: dict[Document, int] = field(default_factory=dict)
    sent: Mapping[Document, Sent] = field(default_factory=dict)
    calls: Mapping[int, PendingCall] = field(default_factory=dict)
    last_call: int = 0
    links: dict[int, bool] = field(default_factory=dict)
    comments: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    last: Decision | None = None
    ticked: tuple[Performed, ...] = ()
    asking: tuple[Placed, ...] = ()
    owed: list[Owed] = field(default_factory=list)
    decided_at: int = 0
    decided_by: tuple[int | None, int | None] = (None, None)
    ended: bool = False

    @property
    def intake(self) -> Role:
        return CHANNEL_ROLE[self.channel]

    def standing(self) -> Restorable:
        return Restorable(self.phase, self.open, self.review, self.findings, self.voted, self.sent, self.calls)

    def missing(self, at: int) -> bool:
        """Whether the client has no valid registration of the environment that the phase needs."""
        needs = phase_of(self.phase).needs
        expires_at = self.environments.get(needs, 0) if needs else None
        return expires_at is not None and expires_at <= at

    def asks_for(self, panel: PanelTaken | None) -> bool:
        """Whether a panel is allowed: none in phase 1, in B2B the Gerente Comercial alone, else as configured."""
        if self.phase == 1:
            return panel is None
        if panel is None or self.flow is Flow.B2B:
            return panel == PanelTaken("b2b", (Role.GERENTE_COMERCIAL,), 1)
        four = len(REVIEW_ROLES)
        needed = {"all": (four,), "any": (1,), "quorum": range(1, four + 1)}
        return panel.roles == REVIEW_ROLES and panel.needed in needed.get(panel.mode, ())

    def gate(self) -> int | None:
        """The open validation of the phase, if any."""
        return next((item for item, work in self.open.items() if work.kind is Kind.VALIDATE), None)

    def without(self, item: int) -> None:
        """Remove a work item that has ended, and its calls to other systems."""
        self.open = {**self.open}
        del self.open[item]
        if self.calls:
            self.calls = {number: call for number, call in self.calls.items() if call.item != item}

    def how_done(self, item: int, position: int) -> str:
        """Whether another system performed an activity, or a person after its call failed; empty without a call."""
        states = (call.state for call in self.calls.values() if (call.item, call.position) == (item, position))
        return HOW_DONE[next(states, "")]

    def pending(self, item: int) -> bool:
        """Whether a call for the work item is still pending."""
        return any(call.item == item and call.state == "pending" for call in self.calls.values())


def asked_of(walk: Walk, work: OpenWork) -> tuple[Placed, ...]:
    """Return the activities to tick in a work item of phase 1."""
    return checklist(work.kind, work.phase, work.role, international=walk.international)
