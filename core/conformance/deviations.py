"""Check whether a case's record is allowed by the process, from the events and the definition alone.

This is independent of `core.state` and `core.case.transitions`, which make and replay the same events, so that each
reveals errors of the other. Entries are in the order of their numbers. A decision and all that follows from it are
consecutive entries of one moment, and no record ends between them. A deviation is the rule broken and its event.

`case_walk` has the state, `decisions` and `other_acts` check what may come next, `consequences` what must follow.
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

# Entries that only follow a decision, and the rule broken when one is missing or out of place.
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
TOLERANCE = 60_000  # ms for which an entry may have waited for the lock, or by which clocks of instances may differ
WITHOUT_PERSON = (happened.CallAsked, happened.CallSettled)  # entries without a person


def deviations(record: Iterable[Event]) -> Iterator[Deviation]:
    """Yield the deviations of a whole record, up to the first after which it can no longer be checked.

    A decision that is wrong in itself (four eyes, a reason) leaves the case in the same state as a correct one. Any
    other deviation leaves it in an unknown state, so that nothing after it is checked.
    """
    walk: Walk | None = None
    seq = 0
    for seq, event in enumerate(record, start=1):
        if event.seq != seq:
            yield Deviation(event.seq, ConformanceRule.NUMBERS)
            return
        if walk is None:
            if not isinstance(event.body, happened.CaseOpened) or event.person is None or event.phase != 1:
                break
            walk = _opened(event, event.body)
            continue
        if walk.owed:
            if broken := _follows(walk, event):
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
    """Yield the entries timed before the previous entry by more than TOLERANCE.

    This breaks no rule of the process: entries are ordered by number, regardless of clocks.
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
    following.require()
    return walk


def _follows(walk: Walk, event: Event) -> ConformanceRule | None:
    """Return the rule broken unless the entry is the one due: at the same time, by the same person or automatic."""
    body, (due, automatic) = event.body, walk.owed.pop()
    if body != due and not _matches(body, due):
        return FOLLOWS[type(due)]
    person, for_person = (None, None) if automatic else walk.decided_by
    if event.at != walk.decided_at or event.person != person or event.for_person != for_person:
        return ConformanceRule.ONE_DECISION
    if change := _CHANGES.get(type(body)):
        change(walk, body, due)
    return None if event.phase == walk.phase else ConformanceRule.WRONG_PHASE


def _matches(body: Any, due: Any) -> bool:
    """Whether an entry equals the due one except for what may vary: deadlines of new work, and templates of drafts."""
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
    walk.phase, walk.review, walk.findings, walk.voted = body.phase, None, (), ()


def _opens(walk: Walk, body: happened.ItemOpened, due: happened.ItemOpened) -> None:
    work = OpenWork(body.work, body.phase, body.role, body.cycle, body.due_at, body.soon_at)
    walk.last_item = body.item
    walk.open = {**walk.open, body.item: work}
    if body.phase == 1 and not due.due_at:  # not when it is reopened: its calls remain
        walk.asking = tuple(placed for placed in asked_of(walk, work) if placed.activity.name in SYSTEM_OF)


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


# --- entries that are not consequences of a decision ---
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
    if not _has_right_person(event):
        yield ConformanceRule.PERSON
    yield from step(walk, event, event.body)


def _has_right_person(event: Event) -> bool:
    """Whether the entry has a person exactly when it needs one; calls to other systems have none."""
    body = event.body
    if event.person is None:  # also a claim released because a role was removed on the command line
        left = isinstance(body, happened.ItemGivenBack) and body.why == "left"
        return event.for_person is None and (left or type(body) in WITHOUT_PERSON)
    return event.for_person != event.person and type(body) not in WITHOUT_PERSON


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
# Entries that always begin a decision; a call to another system belongs to the decision that makes it.
BEGINS = _STEPS.keys() - FOLLOWS.keys() - {happened.CallAsked}


# --- boundaries between decisions ---
def by_decision(record: Iterable[Event]) -> Iterator[list[Event]]:
    """Yield a record's entries grouped by decision, in order; also for a record that deviates.

    The time alone does not separate decisions: several have the same one where a clock was behind.
    """
    decision: list[Event] = []
    for event in record:
        if decision and _begins_new(decision[-1], event):
            yield decision
            decision = []
        decision.append(event)
    if decision:
        yield decision


def _begins_new(before: Event, event: Event) -> bool:
    if event.at != before.at:
        return True
    if isinstance(event.body, happened.Validated) or _is_ticked(event):
        return not _is_ticked(before)
    if isinstance(event.body, happened.ItemAssigned):  # part of reopening work, else a decision of its own
        return not isinstance(before.body, happened.ItemOpened)
    return type(event.body) in BEGINS


def _is_ticked(event: Event) -> bool:
    """Whether the event is an activity of a lane before its decision, which is recorded after it."""
    body = event.body
    return isinstance(body, happened.Performed) and any(
        placed.position == body.position for placed in decisions.before_decision(body.phase, body.role)
    )
