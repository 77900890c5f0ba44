"""What people and other systems do beside the decisions, and whether they may: it changes no course of the case."""

from core.case import events as happened
from core.case.events import Event
from core.conformance.case_walk import SYSTEM_OF, PendingCall, Walk
from core.conformance.consequences import Following
from core.conformance.rules import ConformanceRule, Steps
from core.process.terms import Kind

MENDED_WITHIN = 5 * 60_000  # ms in which a comment may be put anew


def registered(walk: Walk, event: Event, body: happened.EnvironmentRegistered) -> Steps:
    """Whoever waited for it has the whole time anew."""
    if not body.evidence.strip() or (body.expires_at is not None and body.expires_at <= event.at):
        yield ConformanceRule.REASON
    item, missed = walk.gate(), walk.missing(event.at)
    walk.environments[body.environment] = body.expires_at
    if item is not None and missed and not walk.missing(event.at):
        following = Following(walk, event)
        following.add(happened.ItemDueMoved(item, 0, 0), alone=True)
        following.is_due()


def handed(walk: Walk, _: Event, body: happened.ChannelHanded) -> Steps:
    if body.channel is walk.channel:
        yield ConformanceRule.CHANNEL
    if not body.reason.strip():
        yield ConformanceRule.REASON
    walk.channel = body.channel


def held(walk: Walk, event: Event, body: happened.ItemTaken | happened.ItemGivenBack | happened.ItemAssigned) -> Steps:
    """What nobody holds is taken, what somebody holds is given back or handed on; no sender holds the review."""
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
    """Only its author puts a comment anew, and soon."""
    if not body.text.strip():
        yield ConformanceRule.REASON
    if isinstance(body, happened.Commented):
        walk.comments[event.seq] = (event.at, event.person)
        return
    at, person = walk.comments.get(body.comment, (0, None))
    if person != event.person or event.at - at > MENDED_WITHIN:
        yield ConformanceRule.COMMENT


def linked(walk: Walk, event: Event, body: happened.LinkMade | happened.LinkWithdrawn) -> Steps:
    """Links are numbered in their order; one that is open may be withdrawn."""
    if isinstance(body, happened.LinkMade):
        right = body.link == len(walk.links) + 1 and body.expires_at > event.at
    else:
        right = walk.links.get(body.link, False)
    if not right:
        yield ConformanceRule.LINK
    walk.links[body.link] = isinstance(body, happened.LinkMade)


def call_asked(walk: Walk, event: Event, body: happened.CallAsked) -> Steps:
    """In the decision that opens the work, for one of its activities that another system can carry out."""
    asked = next((each for each in walk.asking if each.position == body.position), None)
    if asked is None or event.at != walk.decided_at:
        yield ConformanceRule.CALL
        return
    right = happened.CallAsked(walk.last_call + 1, walk.last_item, SYSTEM_OF[asked.activity.name], *asked[:3])
    if body != right:
        yield ConformanceRule.CALL
    walk.last_call = body.call
    walk.calls = {**walk.calls, body.call: PendingCall(body.item, body.system, body.position)}
    walk.asking = tuple(each for each in walk.asking if each.position > body.position)


def call_settled(walk: Walk, _: Event, body: happened.CallSettled) -> Steps:
    """What is pending is answered or fails; with the answer somebody has started on it."""
    call = walk.calls.get(body.call)
    if call is None or call.state != "pending" or body.outcome not in ("answered", "failed"):
        yield ConformanceRule.CALL
        return
    walk.calls = {**walk.calls, body.call: call._replace(state=body.outcome)}
    if body.outcome == "answered":
        walk.last = None


def call_asked_again(walk: Walk, _: Event, body: happened.CallAskedAgain) -> Steps:
    """Of what has failed."""
    call = walk.calls.get(body.call)
    if call is None or call.state != "failed" or body.system != call.system:
        yield ConformanceRule.CALL
        return
    walk.calls = {**walk.calls, body.call: call._replace(state="pending")}
