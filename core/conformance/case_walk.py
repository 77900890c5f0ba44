"""Where a case stands, as far as its record has been read: what the next entry is judged by."""

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

# An entry that must come next, and whether it follows by itself, so that it has no person. What is left open is empty.
Owed = tuple[AnyBody, bool]
SYSTEM_OF = {name: system for system, name in SYSTEMS.items()}
HOW_DONE = {"": "", "answered": "by_system", "failed": "by_hand", "pending": ""}  # by how the call to a system stands
Sent = tuple[int, frozenset[int]]  # a version, and by and for whom it was sent


class OpenWork(NamedTuple):
    """A work item that is open; `holder` is whoever has taken it."""

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
    """An activity of an open work item that another system was asked for: `pending`, `answered` or `failed`."""

    item: int
    system: str
    position: int
    state: str = "pending"


class Given(NamedTuple):
    """A decision, for as long as its author may take it back; `before` is none of an approval among others."""

    item: int
    work: OpenWork
    choice: str
    person: int | None
    before: "Restorable | None" = None


class Cycle(NamedTuple):
    """The review that is open: of which version, by which rule, and the approvals so far."""

    document: Document
    version: int
    number: int
    panel: PanelTaken
    approvals: tuple[Given, ...] = ()


class Restorable(NamedTuple):
    """What of a case a decision changes: what taking it back restores."""

    phase: int
    open: dict[int, OpenWork]
    review: Cycle | None
    findings: tuple[Finding, ...]
    heard: tuple[Role, ...]
    sent: Mapping[Document, Sent]
    calls: Mapping[int, PendingCall]


@dataclass(slots=True)
class Walk:
    """A case as its record tells it; `owed`: what must come next, last to first. Mappings are replaced, never changed.

    `criteria`: in the order of their names; `heard`: who has given a verdict in this phase; `sent`: the newest version
    that was sent on, and by and for whom; `ticked`: what was performed of a lane before its decision; `asking`: what
    another system may be asked just now.
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
    heard: tuple[Role, ...] = ()
    attached: dict[Document, int] = field(default_factory=dict)
    sent: Mapping[Document, Sent] = field(default_factory=dict)
    calls: Mapping[int, PendingCall] = field(default_factory=dict)
    last_call: int = 0
    links: dict[int, bool] = field(default_factory=dict)
    comments: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    last: Given | None = None
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
        return Restorable(self.phase, self.open, self.review, self.findings, self.heard, self.sent, self.calls)

    def missing(self, at: int) -> bool:
        """Whether the client lacks the environment that the phase needs."""
        needs = phase_of(self.phase).needs
        expires_at = self.environments.get(needs, 0) if needs else None
        return expires_at is not None and expires_at <= at

    def asks_for(self, panel: PanelTaken | None) -> bool:
        """Phase 1 has no review; in B2B the Gerente Comercial decides alone, else as many of the four as is set."""
        if self.phase == 1:
            return panel is None
        if panel is None or self.flow is Flow.B2B:
            return panel == PanelTaken("b2b", (Role.GERENTE_COMERCIAL,), 1)
        four = len(REVIEW_ROLES)
        needed = {"all": (four,), "any": (1,), "quorum": range(1, four + 1)}
        return panel.roles == REVIEW_ROLES and panel.needed in needed.get(panel.mode, ())

    def gate(self) -> int | None:
        """The work item that decides whether the phase begins."""
        return next((item for item, work in self.open.items() if work.kind is Kind.VALIDATE), None)

    def without(self, item: int) -> None:
        """The work item is over, and whatever another system was asked for it."""
        self.open = {**self.open}
        del self.open[item]
        if self.calls:
            self.calls = {number: call for number, call in self.calls.items() if call.item != item}

    def how_done(self, item: int, position: int) -> str:
        """Whether another system has done it, or a person because that has failed; empty when none was asked."""
        found = (call.state for call in self.calls.values() if (call.item, call.position) == (item, position))
        return HOW_DONE[next(found, "")]

    def pending(self, item: int) -> bool:
        """Whether another system has not said yet what became of what it was asked for the work item."""
        return any(call.item == item and call.state == "pending" for call in self.calls.values())


def asked_of(walk: Walk, work: OpenWork) -> tuple[Placed, ...]:
    """The activities that a work item of phase 1 asks to tick."""
    return checklist(work.kind, work.phase, work.role, international=walk.international)
