"""What can happen to a case, one structure per kind of event: facts only, as codes and numbers.

An event is stored as its kind and JSON. Personal data of contacts never stands in one: the record is never erased.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from core.process.terms import Channel, Document, Environment, Flow, Kind, Outcome, Role


# An event holds plain values, never itself: the garbage collector need not look at it, and reading takes half the time.
class Body(Struct, frozen=True, gc=False, tag_field="event", tag=lambda name: name):
    """What happened; the subclass says what."""


class Criterion(Struct, frozen=True):
    """One of the client's review criteria and the value that is expected."""

    name: str
    expected: str


class CriterionAnswer(Struct, frozen=True):
    """A reviewer's answer to one criterion: `meets`, `fails` or `not_applicable`, with an optional comment."""

    criterion: str
    answer: str
    comment: str = ""


class Finding(Struct, frozen=True):
    """What a reviewer wants corrected; `criterion` is empty for a written reason."""

    number: int
    role: Role
    person: int
    criterion: str
    text: str
    answer: str = ""
    for_person: int | None = None


class PanelTaken(Struct, frozen=True):
    """The approval rule as it stood when the review was opened."""

    mode: str
    roles: tuple[Role, ...]
    needed: int


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


class ItemOpened(Body, frozen=True):
    """A work item appeared in a role's inbox."""

    item: int
    work: Kind
    phase: int
    role: Role
    cycle: int
    due_at: int
    soon_at: int


class ItemDueMoved(Body, frozen=True):
    """A work item's time starts anew: what it waited for was its prerequisite's time, not the role's."""

    item: int
    due_at: int
    soon_at: int


class ItemWithdrawn(Body, frozen=True):
    """A work item is no longer needed: `returned` or `approved` by others, `signed_off`, or `taken_back`."""

    item: int
    why: str


class ItemTaken(Body, frozen=True):
    """A person holds a work item from now on."""

    item: int
    role: Role


class ItemGivenBack(Body, frozen=True):
    """Nobody holds a work item any more; `why` is `left` when its holder lost the role."""

    item: int
    role: Role
    why: str = ""


class ItemAssigned(Body, frozen=True):
    """A work item was handed to a person of its role."""

    item: int
    role: Role
    to: int


class DecisionTakenBack(Body, frozen=True):
    """The author of a decision took it back before anybody had started on what followed; `role` is the item's."""

    item: int
    role: Role
    choice: str
    work: Kind
    phase: int
    document: Document | None
    reason: str


class Performed(Body, frozen=True):
    """An activity of the source happened, or is settled as not applicable.

    `status`: done, ordered (left as an order to the next phase), not_applicable. `result`: the answer of a decision.
    `execution`: the seq of the one event that carried it out, when this row stands for another role's lane.
    """

    phase: int
    role: Role
    position: int
    status: str = "done"
    result: str = ""
    why: str = ""
    execution: int | None = None


class Validated(Body, frozen=True):
    """An intake decision: `verdict` is yes or no; a no has its reason."""

    item: int
    verdict: str
    reason: str


class DocumentAttached(Body, frozen=True):
    """A file became the newest version of a document."""

    item: int
    document: Document
    version: int
    sha256: str
    name: str
    media_type: str
    size: int


class DocumentSent(Body, frozen=True):
    """The intake lane sent a document on; `answers` are those to the findings, by number; `panel` opens its review."""

    item: int
    document: Document
    version: int | None
    cycle: int
    answers: dict[int, str] = {}
    panel: PanelTaken | None = None


class Reviewed(Body, frozen=True):
    """A review verdict: approve or return, on one version, in one cycle."""

    item: int
    document: Document
    version: int
    cycle: int
    verdict: str
    answers: tuple[CriterionAnswer, ...]
    reason: str
    findings: tuple[Finding, ...] = ()


class DocumentApproved(Body, frozen=True):
    """The approvals that the rule asks for are complete."""

    document: Document
    version: int
    cycle: int


class DraftPrepared(Body, frozen=True):
    """The draft of the next document: its template by content; the file follows from it and the case's own data."""

    document: Document
    template: str


class EnvironmentRegistered(Body, frozen=True):
    """The client has an environment, with its evidence and an optional expiry."""

    environment: Environment
    evidence: str
    expires_at: int | None


class ChannelHanded(Body, frozen=True):
    """From the next work item on the other intake lane carries the case."""

    channel: Channel
    reason: str


class Commented(Body, frozen=True):
    """Somebody who takes part in the process said something, to the people it mentions too; it decides nothing."""

    text: str
    mentions: tuple[int, ...] = ()


class CommentEdited(Body, frozen=True):
    """The author put a comment's text anew; `comment` is the seq of what was said first, which stays on the record."""

    comment: int
    text: str
    mentions: tuple[int, ...] = ()


class LinkMade(Body, frozen=True):
    """A page that shows where the case stands to whoever has its link; the link itself is kept nowhere."""

    link: int
    token_hash: str
    expires_at: int


class LinkWithdrawn(Body, frozen=True):
    """A link leads nowhere any more."""

    link: int


class CallAsked(Body, frozen=True):
    """Another system is asked to carry an activity out."""

    call: int
    item: int
    system: str
    phase: int
    role: Role
    position: int


class CallSettled(Body, frozen=True):
    """What became of it: `answered` (with the system's own reference, if it gave one) or `failed`; `status`: HTTP's."""

    call: int
    outcome: str
    status: int | None
    reference: str


class CallAskedAgain(Body, frozen=True):
    """A call that had failed is asked again."""

    call: int
    system: str


class LaneClosed(Body, frozen=True):
    """Phase 9: a lane reached its Fin de Proceso."""

    item: int


class CaseEnded(Body, frozen=True):
    """One of the two outcomes."""

    outcome: Outcome


AnyBody = (
    CaseOpened
    | PhaseEntered
    | ItemOpened
    | ItemDueMoved
    | ItemWithdrawn
    | ItemTaken
    | ItemGivenBack
    | ItemAssigned
    | DecisionTakenBack
    | Performed
    | Validated
    | DocumentAttached
    | DocumentSent
    | Reviewed
    | DocumentApproved
    | DraftPrepared
    | EnvironmentRegistered
    | ChannelHanded
    | Commented
    | CommentEdited
    | CallAsked
    | CallSettled
    | CallAskedAgain
    | LinkMade
    | LinkWithdrawn
    | LaneClosed
    | CaseEnded
)


class Event(Struct, frozen=True, gc=False):
    """One entry of a case's record: its place, when, by whom, for whom, in which phase, and what."""

    seq: int
    at: int
    phase: int
    person: int | None
    for_person: int | None
    body: AnyBody


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(AnyBody)


def as_row(case_id: int, event: Event) -> Mapping[str, Any]:
    """The event as a row of the `events` table."""
    body = event.body
    return {
        "case_id": case_id,
        "seq": event.seq,
        "at": event.at,
        "kind": type(body).__name__,
        "phase": event.phase,
        "role": getattr(body, "role", None),
        "position": getattr(body, "position", None),
        "person_id": event.person,
        "for_person_id": event.for_person,
        "data": _encoder.encode(body).decode(),
    }


def from_row(seq: int, at: int, phase: int, person_id: int | None, for_person_id: int | None, data: str) -> Event:
    """The event that a row holds; msgspec.ValidationError when the row is damaged."""
    return Event(seq, at, phase, person_id, for_person_id, _decoder.decode(data))
