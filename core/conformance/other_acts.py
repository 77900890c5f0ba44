"""Checks of acts of people and other systems that are not decisions and do not change the course of the case."""

from core.case import events as happened
from core.case.events import Event
from core.conformance.case_walk import SYSTEM_OF, PendingCall, Walk
from core.conformance.consequences import Following
from core.conformance.rules import ConformanceRule, Steps
from core.process.terms import Kind

EDIT_WINDOW = 5 * 60_000  # ms within which a comment may be edited


def registered(walk: Walk, event: Event, body: happened.EnvironmentRegistered) -> Steps:
    """Check a registration; a gate that waited for it gets a new deadline."""
    if not body.evidence.strip() or (body.expires_at is not None and body.expires_at <= event.at):
        yield ConformanceRule.REASON
    item, missed = walk.gate(), walk.missing(event.at)
    walk.environments[body.environment] = body.expires_at
    if item is not None and missed and not walk.missing(event.at):
        following = Following(walk, event)
        following.add(happened.ItemDueMoved(item, 0, 0), automatic=True)
        following.require()


def handed(walk: Walk, _: Event, body: happened.ChannelHanded) -> Steps:
    if body.channel is walk.channel:
        yield ConformanceRule.CHANNEL
    if not body.reason.strip():
        yield ConformanceRule.REASON
    walk.channel = body.channel


def held(walk: Walk, event: Event, body: happened.ItemTaken | happened.ItemGivenBack | happened.ItemAssigned) -> Steps:
    """Check a claim, release or assignment; a sender of the document may not hold its review."""
    work = walk.open.get(body.item)
    if work is None or body.role is not work.role:
        yield ConformanceRule.NOT_OPEN
        return
    holder, people = None, {event.person, event.for_person} - {None}
    if isinstance(body, happened.ItemAssigned):
        holder, people = body.to, {body.to}
    elif isinstance(body, happened.ItemTaken):
        holder = event.for_person or event.person
    taken_twice = isinstance(body, happened.ItemTaken) and work.holder is not None
    if taken_twice or holder == work.holder:
        yield ConformanceRule.HOLDING
    if holder and work.kind is Kind.REVIEW and walk.review and walk.sent[walk.review.document][1] & people:
        yield ConformanceRule.FOUR_EYES
    walk.open = {**walk.open, body.item: work._replace(holder=holder)}
    if holder is not None:
        walk.last = None


def commented(walk: Walk, event: Event, body: happened.Commented | happened.CommentEdited) -> Steps:
    """Check a comment; only its author may edit it, within EDIT_WINDOW."""
    if not body.text.strip():
        yield ConformanceRule.REASON
    if isinstance(body, happened.Commented):
        walk.comments[event.seq] = (event.at, event.person)
        return
    at, person = walk.comments.get(body.comment, (0, None))
    if person != event.person or event.at - at > EDIT_WINDOW:
        yield ConformanceRule.COMMENT


def linked(walk: Walk, event: Event, body: happened.LinkMade | happened.LinkWithdrawn) -> Steps:
    """Check that links are numbered in order and that only an active one is withdrawn."""
    if isinstance(body, happened.LinkMade):
        right = body.link == len(walk.links) + 1 and body.expires_at > event.at
    else:
        right = walk.links.get(body.link, False)
    if not right:
        yield ConformanceRule.LINK
    walk.links[body.link] = isinstance(body, happened.LinkMade)


def call_asked(walk: Walk, event: Event, body: happened.CallAsked) -> Steps:
    """Check a call: in the decision that opens the work, for an activity that another system can perform."""
    placed = next((placed for placed in walk.asking if placed.position == body.position), None)
    if placed is None or event.at != walk.decided_at:
        yield ConformanceRule.CALL
        return
    right = happened.CallAsked(walk.last_call + 1, walk.last_item, SYSTEM_OF[placed.activity.name], *placed[:3])
    if body != right:
        yield ConformanceRule.CALL
    walk.last_call = body.call
    walk.calls = {**walk.calls, body.call: PendingCall(body.item, body.system, body.position)}
    walk.asking = tuple(placed for placed in walk.asking if placed.position > body.position)


def call_settled(walk: Walk, _: Event, body: happened.CallSettled) -> Steps:
    """Check that a pending call is answered or fails; an answer counts as a start on the work."""
    call = walk.calls.get(body.call)
    if call is None or call.state != "pending" or body.outcome not in ("answered", "failed"):
        yield ConformanceRule.CALL
        return
    walk.calls = {**walk.calls, body.call: call._replace(state=body.outcome)}
    if body.outcome == "answered":
        walk.last = None


def call_asked_again(walk: Walk, _: Event, body: happened.CallAskedAgain) -> Steps:
    """Check that a failed call is repeated."""
    call = walk.calls.get(body.call)
    if call is None or call.state != "failed" or body.system != call.system:
        yield ConformanceRule.CALL
        return
    walk.calls = {**walk.calls, body.call: call._replace(state="pending")}
