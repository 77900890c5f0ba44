"""Whether a case's record is what the process allows, told from the events and the definition alone.

It stands apart from `core.state` and `core.case.transitions`, which make and replay the same events: what one of the
two gets wrong the other finds. Entries stand in the order of their numbers. A decision and all that follows from it
are entries of one moment; between them stands nothing else, and no record ends there. A deviation is named by the rule
that it breaks and the event that breaks it.

`walk` is where the case stands, `decisions` and `acts` what may begin there, `following` what must follow.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from core.case import events as happened
from core.case.events import AnyBody, Event
from core.conformance import decisions, other_acts
from core.conformance.case_walk import SYSTEM_OF, OpenWork, Walk, asked_of
from core.conformance.consequences import Following
from core.conformance.rules import JUDGED, ConformanceRule, Deviation, Steps
from core.process.terms import Does, Kind

# What only follows a decision, and the rule that is broken when it is missing or comes by itself.
FOLLOWS: dict[type, ConformanceRule] = {
    happened.CaseOpened: ConformanceRule.BEGINNING,
    happened.PhaseEntered: ConformanceRule.PHASE_ORDER,
    happened.ItemOpened: ConformanceRule.WORK_OUT_OF_TURN,
    happened.ItemWithdrawn: ConformanceRule.WORK_WITHDRAWN,
    happened.ItemDueMoved: ConformanceRule.DUE_MOVED,
    happened.ItemAssigned: ConformanceRule.HOLDING,
    happened.DocumentApproved: ConformanceRule.APPROVAL,
    happened.DraftPrepared: ConformanceRule.DRAFT,
    happened.Performed: ConformanceRule.ACTIVITY,
    happened.CaseEnded: ConformanceRule.END,
}
TOLERANCE = 60_000  # ms: that long an entry may have waited for its turn, or the clocks of two instances differ
ALONE = (happened.CallAsked, happened.CallSettled)  # nobody does these


def deviations(record: Iterable[Event]) -> Iterator[Deviation]:
    """Every deviation of a whole record up to the first after which it cannot be judged any more.

    A decision that was wrong in itself (four eyes, a reason) leaves the case where a right one would have left it. What
    follows any other deviation is read from a case that does not stand where the process would have it: it is not told.
    """
    walk: Walk | None = None
    seq = 0
    for event in record:
        if event.seq != seq + 1:
            yield Deviation(event.seq, ConformanceRule.NUMBERS)
            return
        seq = event.seq
        if walk is None:
            if not isinstance(event.body, happened.CaseOpened) or event.person is None or event.phase != 1:
                break
            walk = _opened(event, event.body)
            continue
        if walk.owed:
            broken = _follows(walk, event)
            if broken:
                yield Deviation(seq, broken)
                return
            continue
        for rule in _begins(walk, event):
            yield Deviation(seq, rule)
            if rule not in JUDGED:
                return
    if walk is None:
        yield Deviation(seq, ConformanceRule.BEGINNING)
    elif walk.owed or walk.ticked:
        yield Deviation(seq, ConformanceRule.UNFINISHED)


def remarks(record: Iterable[Event]) -> Iterator[Deviation]:
    """Where the moment of an entry lies before that of the entry before it, by more than TOLERANCE.

    It breaks no rule of the process: entries follow one another by their number, whatever a clock said.
    """
    for before, event in pairwise(record):
        if event.at < before.at - TOLERANCE:
            yield Deviation(event.seq, ConformanceRule.CLOCK)


def _opened(event: Event, body: happened.CaseOpened) -> Walk:
    criteria = sorted(criterion.name for criterion in body.criteria)
    walk = Walk(body.flow, body.channel, body.international, criteria, dict(body.environments))
    following = Following(walk, event)
    following.perform(walk.intake, Does.START)
    following.open(Kind.VALIDATE, walk.intake)
    following.is_due()
    return walk


def _follows(walk: Walk, event: Event) -> ConformanceRule | None:
    """What is wrong unless the entry is the one that must come next: of that moment, by the same person or nobody."""
    body, (due, alone) = event.body, walk.owed.pop()
    if body != due and not _is(body, due):
        return FOLLOWS[type(due)]
    person, for_person = (None, None) if alone else walk.decided_by
    if event.at != walk.decided_at or event.person != person or event.for_person != for_person:
        return ConformanceRule.ONE_DECISION
    change = _CHANGES.get(type(body))
    if change:
        change(walk, body, due)
    return None if event.phase == walk.phase else ConformanceRule.WRONG_PHASE


def _is(body: Any, due: Any) -> bool:
    """The same but for what is left open: when new work is due, and which template a draft has."""
    kind = type(body)
    if kind is not type(due):
        return False
    if kind is happened.ItemOpened:
        same = (body.item, body.work, body.phase, body.role, body.cycle)
        return not due.due_at and same == (due.item, due.work, due.phase, due.role, due.cycle)
    if kind is happened.DraftPrepared:
        return body.document is due.document
    return kind is happened.ItemDueMoved and body.item == due.item


def _enters(walk: Walk, body: happened.PhaseEntered, _: AnyBody) -> None:
    walk.phase, walk.review, walk.findings, walk.heard = body.phase, None, (), ()


def _opens(walk: Walk, body: happened.ItemOpened, due: happened.ItemOpened) -> None:
    work = OpenWork(body.work, body.phase, body.role, body.cycle, body.due_at, body.soon_at)
    walk.last_item = body.item
    walk.open = {**walk.open, body.item: work}
    if body.phase == 1 and not due.due_at:  # not when it opens again: what was asked stays asked
        walk.asking = tuple(each for each in asked_of(walk, work) if each.activity.name in SYSTEM_OF)


def _withdraws(walk: Walk, body: happened.ItemWithdrawn, _: AnyBody) -> None:
    walk.without(body.item)


def _moves(walk: Walk, body: happened.ItemDueMoved, _: AnyBody) -> None:
    work = walk.open[body.item]._replace(due_at=body.due_at, soon_at=body.soon_at)
    walk.open = {**walk.open, body.item: work}


def _assigns(walk: Walk, body: happened.ItemAssigned, _: AnyBody) -> None:
    walk.open = {**walk.open, body.item: walk.open[body.item]._replace(holder=body.to)}


def _ends(walk: Walk, _: happened.CaseEnded, __: AnyBody) -> None:
    walk.ended, walk.open, walk.calls = True, {}, {}


_CHANGES: dict[type, Callable[..., None]] = {
    happened.PhaseEntered: _enters,
    happened.ItemOpened: _opens,
    happened.ItemWithdrawn: _withdraws,
    happened.ItemDueMoved: _moves,
    happened.ItemAssigned: _assigns,
    happened.CaseEnded: _ends,
}


# --- what begins by itself ---
def _begins(walk: Walk, event: Event) -> Steps:
    kind = type(event.body)
    if walk.ended and kind is not happened.LinkWithdrawn:
        yield ConformanceRule.AFTER_END
    if event.phase != walk.phase:
        yield ConformanceRule.WRONG_PHASE
    if walk.ticked and kind not in (happened.Performed, happened.Validated):
        yield ConformanceRule.UNFINISHED
    if walk.asking and kind is not happened.CallAsked:
        walk.asking = ()
    step = _STEPS.get(kind)
    if step is None:
        yield FOLLOWS[kind]
        return
    if not _is_somebodys(event):
        yield ConformanceRule.PERSON
    yield from step(walk, event, event.body)


def _is_somebodys(event: Event) -> bool:
    """A person does it, for nobody or for another; what other systems are asked and answer has no person."""
    body = event.body
    if event.person is None:  # also what somebody lets go of whose role was taken on the command line
        left = isinstance(body, happened.ItemGivenBack) and body.why == "left"
        return event.for_person is None and (left or type(body) in ALONE)
    return event.for_person != event.person and type(body) not in ALONE


_STEPS: dict[type, Callable[..., Steps]] = {
    happened.Performed: decisions.ticked,
    happened.Validated: decisions.validated,
    happened.DocumentAttached: decisions.attached,
    happened.DocumentSent: decisions.sent,
    happened.Reviewed: decisions.reviewed,
    happened.LaneClosed: decisions.lane_closed,
    happened.DecisionTakenBack: decisions.taken_back,
    happened.EnvironmentRegistered: other_acts.registered,
    happened.ChannelHanded: other_acts.handed,
    happened.ItemTaken: other_acts.held,
    happened.ItemGivenBack: other_acts.held,
    happened.ItemAssigned: other_acts.held,
    happened.Commented: other_acts.commented,
    happened.CommentEdited: other_acts.commented,
    happened.LinkMade: other_acts.linked,
    happened.LinkWithdrawn: other_acts.linked,
    happened.CallAsked: other_acts.call_asked,
    happened.CallSettled: other_acts.call_settled,
    happened.CallAskedAgain: other_acts.call_asked_again,
}
# What begins a decision wherever it stands; what another system is asked belongs to the decision that asks it.
BEGINS = _STEPS.keys() - FOLLOWS.keys() - {happened.CallAsked}


# --- where one decision ends and the next begins ---
def by_decision(record: Iterable[Event]) -> Iterator[list[Event]]:
    """A record's entries, those of each decision together, in order; also of a record that deviates.

    The moment alone does not tell them apart: several decisions have one where a clock was behind.
    """
    decision: list[Event] = []
    for event in record:
        if decision and _begins_another(decision[-1], event):
            yield decision
            decision = []
        decision.append(event)
    if decision:
        yield decision


def _begins_another(before: Event, event: Event) -> bool:
    if event.at != before.at:
        return True
    if isinstance(event.body, happened.Validated) or _is_ticked(event):
        return not _is_ticked(before)
    if isinstance(event.body, happened.ItemAssigned):  # with work that is opened again, else an act of its own
        return not isinstance(before.body, happened.ItemOpened)
    return type(event.body) in BEGINS


def _is_ticked(event: Event) -> bool:
    """Whether it is an activity that stands in its lane before the decision of a work item, which comes after it."""
    body = event.body
    return isinstance(body, happened.Performed) and any(
        placed.position == body.position for placed in decisions.before_decision(body.phase, body.role)
    )
