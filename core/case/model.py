"""The state of a case: open work items, documents with their versions, review, claims and calls."""

import msgspec
from msgspec import Struct

from core.case.events import Criterion, Finding, PanelTaken
from core.process.definition import phase_of
from core.process.terms import CHANNEL_ROLE, Channel, Document, Environment, Flow, Kind, Outcome, Phase, Role


class Item(Struct, frozen=True):
    """An open work item; `version` is the seq of the last event that changed what is to be decided.

    `held_by`: who has claimed it, since `held_since`; `held`: ms of earlier claims.
    """

    item: int
    work: Kind
    phase: int
    role: Role
    cycle: int
    opened_at: int
    due_at: int
    soon_at: int
    version: int
    held_by: int | None = None
    held_since: int | None = None
    held: int = 0

    def held_until(self, at: int) -> int:
        """For how many ms the item was claimed up to a moment, over all claims."""
        return self.held + (at - self.held_since if self.held_since is not None else 0)

    @property
    def document(self) -> Document | None:
        """The document to validate, or the one that its phase produces."""
        if self.work is Kind.VALIDATE:
            return phase_of(self.phase - 1).document if self.phase > 1 else None
        return phase_of(self.phase).document


class Version(Struct, frozen=True):
    """A version of a document, who attached it and who sent it, if anybody."""

    version: int
    sha256: str
    attached_by: int
    sent_by: int | None = None
    sent_for: int | None = None


class Approval(Struct, frozen=True):
    """An approval that counts in the open review; `item` is the work item before the verdict."""

    role: Role
    person: int
    for_person: int | None
    item: Item | None = None


class OpenReview(Struct, frozen=True):
    """The current review cycle."""

    document: Document
    version: int
    cycle: int
    panel: PanelTaken
    approvals: tuple[Approval, ...] = ()


class Call(Struct, frozen=True):
    """An activity of an open work item that another system carries out: `pending`, `answered` or `failed`."""

    call: int
    item: int
    system: str
    position: int
    state: str = "pending"


class Before(Struct, frozen=True):
    """The fields of a case before a decision, restored when the decision is taken back."""

    phase: int
    entered_at: int
    returns: int
    blocked: int
    items: tuple[Item, ...]
    review: OpenReview | None
    cycle: int
    findings: tuple[Finding, ...]
    reviewers: tuple[Role, ...]
    lanes: tuple[Role, ...]
    calls: tuple[Call, ...] = ()


class Decision(Struct, frozen=True):
    """A decision that its author may still take back; `before` is None for an approval that others must complete."""

    item: Item
    choice: str
    person: int
    before: Before | None = None
    for_person: int | None = None


class Case(Struct, frozen=True):
    """The state of one case. Times in ms since 1970 UTC.

    `blocked`: ms waited for this phase's prerequisite; `lanes`: the roles that had a work item in this phase;
    `links`: those not withdrawn; `last`: the last decision, until somebody starts on what followed;
    `moment`: when its last event happened (0 in states stored before this field existed).
    """

    flow: Flow
    channel: Channel
    international: bool
    client: int
    service: str
    criteria: tuple[Criterion, ...]
    environments: dict[Environment, int | None]
    opened_at: int
    version: int
    phase: int = 1
    entered_at: int = 0
    returns: int = 0
    blocked: int = 0
    last_item: int = 0
    items: tuple[Item, ...] = ()
    documents: dict[Document, tuple[Version, ...]] = {}
    review: OpenReview | None = None
    cycle: int = 1
    findings: tuple[Finding, ...] = ()
    reviewers: tuple[Role, ...] = ()
    lanes: tuple[Role, ...] = ()
    outcome: Outcome | None = None
    ended_at: int | None = None
    last_link: int = 0
    links: tuple[int, ...] = ()
    last_call: int = 0
    calls: tuple[Call, ...] = ()
    last: Decision | None = None
    moment: int = 0

    def item(self, number: int) -> Item | None:
        return next((item for item in self.items if item.item == number), None)

    def called(self, item: int, state: str) -> frozenset[int]:
        """The positions of a work item's activities with a call to another system in this state."""
        return frozenset(call.position for call in self.calls if call.item == item and call.state == state)

    @property
    def revocable(self) -> tuple[Decision, ...]:
        """The decisions that their authors may still take back."""
        if self.outcome is not None:
            return ()
        approvals = self.review.approvals if self.review else ()
        decisions = tuple(Decision(a.item, "approve", a.person, for_person=a.for_person) for a in approvals if a.item)
        return decisions if decisions or self.last is None else (self.last,)

    @property
    def intake_role(self) -> Role:
        return CHANNEL_ROLE[self.channel]

    @property
    def definition(self) -> Phase:
        return phase_of(self.phase)

    def newest(self, document: Document) -> Version | None:
        versions = self.documents.get(document)
        return versions[-1] if versions else None

    def sent(self, document: Document) -> Version | None:
        """The newest version that was sent."""
        return next((v for v in reversed(self.documents.get(document, ())) if v.sent_by is not None), None)

    def has(self, environment: Environment, at: int) -> bool:
        """Whether the client's environment is registered and not expired at a moment."""
        if environment not in self.environments:
            return False
        expires_at = self.environments[environment]
        return expires_at is None or expires_at > at

    def missing(self, item: Item, at: int) -> Environment | None:
        """The missing environment that blocks a Sí on the item, if any."""
        needs = phase_of(item.phase).needs
        gate = item.work is Kind.VALIDATE and needs is not None and not self.has(needs, at)
        return needs if gate else None

    def gate(self, at: int) -> Item | None:
        """The work item that is blocked by a missing environment, if any."""
        return next((item for item in self.items if self.missing(item, at)), None)

    def blocked_since(self, at: int) -> int | None:
        """Since when the case waits for its client's environment, or None; after an expiry, since then."""
        gate = self.gate(at)
        if gate is None or self.definition.needs is None:
            return None
        return max(gate.opened_at, self.environments.get(self.definition.needs) or 0)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Case)


def dump(case: Case) -> str:
    """The state as JSON text, as stored with the case."""
    return _encoder.encode(case).decode()


def load(state: str) -> Case:
    """The state that `dump` wrote; msgspec.ValidationError when it is damaged."""
    return _decoder.decode(state)
