"""Whether a case's record is what the process allows, told from the events and the definition alone.

It stands apart from `core.state`, which makes and replays the same events: what one of the two gets wrong the other
finds. A deviation is named by the rule that it breaks and the event that breaks it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from core import events as happened
from core.events import Event, PanelTaken
from core.process import PHASES, phase_of
from core.terms import CHANNEL_ROLE, INTAKE_ROLES, REVIEW_ROLES, Channel, Document, Environment, Kind, Outcome, Role

SAID_AFTERWARDS = (
    happened.Commented,
    happened.CommentEdited,
    happened.LinkMade,
    happened.LinkWithdrawn,
    happened.CallSettled,
    happened.EnvironmentRegistered,
)


class Deviation(NamedTuple):
    """The first event that the process does not allow (its seq), and which rule it breaks."""

    seq: int
    rule: str


class Work(NamedTuple):
    """A work item that is open."""

    kind: Kind
    role: Role


@dataclass
class Walk:
    """Where a case stands, as far as its record has been read; `awaited`: what work may open next."""

    channel: Channel
    environments: dict[Environment, int | None]
    phase: int = 1
    open: dict[int, Work] = field(default_factory=dict)
    awaited: list[Work] = field(default_factory=list)
    panel: PanelTaken | None = None
    approvals: frozenset[Role] = frozenset()
    through: bool = False  # the phase's document is approved (of the CRO: sent)
    refused: bool = False
    closed: frozenset[Kind] = frozenset()
    sent: dict[Document, tuple[int, frozenset[int]]] = field(default_factory=dict)
    attached: set[tuple[Document, int]] = field(default_factory=set)
    done: set[tuple[int, bool, Role | None, int]] = field(default_factory=set)
    before: dict[int, "Walk"] = field(default_factory=dict)
    ended: bool = False

    @property
    def intake(self) -> Role:
        return CHANNEL_ROLE[self.channel]


def deviation(record: Iterable[Event]) -> Deviation | None:
    """The first deviation of a whole record, or none.

    Only the first: what follows it is read from a case that does not stand where the process would have it.
    """
    walk: Walk | None = None
    seq = at = 0
    for event in record:
        body = event.body
        if event.seq != seq + 1 or event.at < at:
            return Deviation(event.seq, "order")
        seq, at = event.seq, event.at
        if walk is None:
            if not isinstance(body, happened.CaseOpened):
                return Deviation(event.seq, "beginning")
            walk = Walk(body.channel, dict(body.environments))
            walk.awaited = [Work(Kind.VALIDATE, walk.intake)]
            continue
        if walk.ended and not isinstance(body, SAID_AFTERWARDS):
            return Deviation(event.seq, "after_end")
        step = _STEPS.get(type(body))
        broken = next(step(walk, event, body), "") if step else ""
        if broken:
            return Deviation(event.seq, broken)
    return None if walk else Deviation(0, "beginning")


def _phase_entered(walk: Walk, _: Event, body: happened.PhaseEntered) -> Iterator[str]:
    if not walk.through or body.phase != walk.phase + 1:
        yield "phase_order"
    walk.phase, walk.through, walk.panel, walk.approvals = body.phase, False, None, frozenset()
    walk.awaited = [Work(Kind.VALIDATE, walk.intake)]


def _item_opened(walk: Walk, _: Event, body: happened.ItemOpened) -> Iterator[str]:
    work = Work(body.work, body.role)
    if body.phase != walk.phase or work not in walk.awaited:
        yield "work_out_of_turn"
    walk.awaited.remove(work)
    walk.open[body.item] = work


def _item_withdrawn(walk: Walk, _: Event, body: happened.ItemWithdrawn) -> Iterator[str]:
    if walk.open.pop(body.item, None) is None:
        yield "not_open"


def _decided(walk: Walk, item: int, *kinds: Kind) -> Iterator[str]:
    """The decision is on an open work item of its kind; how the case stood is kept, it may be taken back."""
    work = walk.open.get(item)
    if work is None or work.kind not in kinds:
        yield "not_open"
    walk.before[item] = replace(walk, open=dict(walk.open), sent=dict(walk.sent), before={})
    del walk.open[item]
    walk.awaited = []


def _validated(walk: Walk, event: Event, body: happened.Validated) -> Iterator[str]:
    yield from _decided(walk, body.item, Kind.VALIDATE)
    if body.verdict == "no":
        walk.refused = True
        return
    needs = phase_of(walk.phase).needs
    expires_at = walk.environments.get(needs, 0) if needs else None
    if expires_at is not None and expires_at <= event.at:
        yield "prerequisite"
    walk.awaited = [Work(Kind.CLOSE if walk.phase == len(PHASES) else Kind.PRODUCE, walk.intake)]


def _attached(walk: Walk, _: Event, body: happened.DocumentAttached) -> Iterator[str]:
    if body.item not in walk.open:
        yield "not_open"
    if body.document is not phase_of(walk.phase).document:
        yield "wrong_document"
    walk.attached.add((body.document, body.version))


def _sent(walk: Walk, event: Event, body: happened.DocumentSent) -> Iterator[str]:
    yield from _decided(walk, body.item, Kind.PRODUCE, Kind.CORRECT)
    if body.document is not phase_of(walk.phase).document:
        yield "wrong_document"
    newest = walk.sent.get(body.document, (0, frozenset()))[0]
    if walk.phase == 1:
        walk.through = True
        return
    if body.version is None or (body.document, body.version) not in walk.attached or body.version <= newest:
        yield "not_attached"
    if body.panel is None:
        yield "too_few_approvals"
    assert body.version is not None
    assert body.panel is not None
    walk.sent[body.document] = (body.version, frozenset(p for p in (event.person, event.for_person) if p is not None))
    walk.panel, walk.approvals = body.panel, frozenset()
    walk.awaited = [Work(Kind.REVIEW, role) for role in body.panel.roles]


def _reviewed(walk: Walk, event: Event, body: happened.Reviewed) -> Iterator[str]:
    role = walk.open[body.item].role if body.item in walk.open else None
    yield from _decided(walk, body.item, Kind.REVIEW)
    version, senders = walk.sent.get(body.document, (0, frozenset()))
    if body.document is not phase_of(walk.phase).document or body.version != version:
        yield "wrong_document"
    if senders & {event.person, event.for_person}:
        yield "four_eyes"
    failed = any(each.answer == "fails" for each in body.answers)
    if body.verdict == "return":
        if not (failed or body.reason):
            yield "return_without_finding"
        walk.panel, walk.awaited = None, [Work(Kind.CORRECT, walk.intake)]
        return
    if failed:
        yield "failed_approved"
    assert role is not None
    walk.approvals |= {role}


def _approved(walk: Walk, _: Event, body: happened.DocumentApproved) -> Iterator[str]:
    if body.document is not phase_of(walk.phase).document:
        yield "wrong_document"
    if walk.panel is None or len(walk.approvals) < walk.panel.needed:
        yield "too_few_approvals"
    if walk.through:
        yield "work_out_of_turn"
    walk.through = True


def _registered(walk: Walk, _: Event, body: happened.EnvironmentRegistered) -> Iterator[str]:
    walk.environments[body.environment] = body.expires_at
    return iter(())


def _handed(walk: Walk, _: Event, body: happened.ChannelHanded) -> Iterator[str]:
    if body.channel is walk.channel:
        yield "channel"
    walk.channel = body.channel


def _performed(walk: Walk, _: Event, body: happened.Performed) -> Iterator[str]:
    if body.phase != walk.phase or not 1 <= body.position <= len(phase_of(body.phase).lane(body.role)):
        yield "activity"
    intake = body.role in INTAKE_ROLES
    walk.done.add((body.phase, intake, None if intake else body.role, body.position))


def _lane_closed(walk: Walk, _: Event, body: happened.LaneClosed) -> Iterator[str]:
    kind = walk.open[body.item].kind if body.item in walk.open else None
    yield from _decided(walk, body.item, Kind.CLOSE, Kind.SIGN_OFF)
    assert kind is not None
    walk.closed |= {kind}
    if kind is Kind.CLOSE:
        walk.awaited = [Work(Kind.SIGN_OFF, role) for role in REVIEW_ROLES]


def _taken_back(walk: Walk, _: Event, body: happened.DecisionTakenBack) -> Iterator[str]:
    """As it was before that decision; of an approval that others had to complete, only the approval."""
    then = walk.before.pop(body.item, None)
    if then is None or walk.ended:
        yield "not_open"
    assert then is not None
    if body.choice == "approve" and not walk.through and body.phase == walk.phase:
        walk.approvals -= {body.role}
        walk.awaited = [Work(Kind.REVIEW, body.role)]
        return
    walk.awaited = [work for item, work in then.open.items() if item not in walk.open]
    for name in ("phase", "panel", "approvals", "through", "refused", "closed", "sent"):
        setattr(walk, name, getattr(then, name))


def _ended(walk: Walk, _: Event, body: happened.CaseEnded) -> Iterator[str]:
    walk.ended = True
    if body.outcome is Outcome.REJECTED:
        if not walk.refused:
            yield "end"
        return
    if walk.phase != len(PHASES) or walk.closed != {Kind.CLOSE, Kind.SIGN_OFF}:
        yield "end"
    if not _expected() <= walk.done:
        yield "activity_missing"


def _expected() -> set[tuple[int, bool, Role | None, int]]:
    """Every activity from phase 2 on, of the intake lane once, of each review lane."""
    found: set[tuple[int, bool, Role | None, int]] = set()
    for phase in PHASES[1:]:
        found |= {(phase.number, True, None, at) for at in range(1, len(phase.lane(INTAKE_ROLES[0])) + 1)}
        found |= {(phase.number, False, role, at) for role in REVIEW_ROLES for at in range(1, len(phase.review) + 1)}
    return found


_STEPS: dict[type, Callable[..., Iterator[str]]] = {
    happened.PhaseEntered: _phase_entered,
    happened.ItemOpened: _item_opened,
    happened.ItemWithdrawn: _item_withdrawn,
    happened.Validated: _validated,
    happened.DocumentAttached: _attached,
    happened.DocumentSent: _sent,
    happened.Reviewed: _reviewed,
    happened.DocumentApproved: _approved,
    happened.EnvironmentRegistered: _registered,
    happened.ChannelHanded: _handed,
    happened.Performed: _performed,
    happened.LaneClosed: _lane_closed,
    happened.DecisionTakenBack: _taken_back,
    happened.CaseEnded: _ended,
}
