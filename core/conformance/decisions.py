"""Checks of decisions on work items: one function per kind of decision."""

from functools import cache
from itertools import takewhile

from core.case import events as happened
from core.case.events import Event, Finding
from core.conformance.case_walk import Cycle, Decision, OpenWork, Restorable, Walk
from core.conformance.consequences import Following
from core.conformance.rules import ConformanceRule, Steps
from core.process.definition import LAST_PHASE, phase_of
from core.process.terms import REVIEW_ROLES, Does, Kind, Outcome, Placed, Role

ANSWERS = ("meets", "fails", "not_applicable")


def ticked(walk: Walk, event: Event, body: happened.Performed) -> Steps:
    """Check an activity ticked before a decision: in the order of the lane; in phase 1 some may be missing."""
    item = walk.gate()
    if item is None:
        yield ConformanceRule.ACTIVITY
        return
    work, before = walk.open[item], walk.ticked[-1].position if walk.ticked else 0
    why = walk.how_done(item, body.position)
    right = happened.Performed(work.phase, work.role, body.position, why=why)
    if body != right or not any(
        before < placed.position == body.position for placed in before_decision(work.phase, work.role)
    ):
        yield ConformanceRule.ACTIVITY
    yield from _goes_with_ticked(walk, event)
    walk.ticked = (*walk.ticked, body)
    walk.decided_at, walk.decided_by = event.at, (event.person, event.for_person)


@cache
def before_decision(phase: int, role: Role) -> tuple[Placed, ...]:
    """Return the activities of a lane before its decision."""
    lane = phase_of(phase).placed(role, Does.CHECK, Does.DECISION)
    return tuple(takewhile(lambda placed: placed.activity.does is Does.CHECK, lane))


def _goes_with_ticked(walk: Walk, event: Event) -> Steps:
    if walk.ticked and (event.at, event.person, event.for_person) != (walk.decided_at, *walk.decided_by):
        yield ConformanceRule.ONE_DECISION


def _decides(walk: Walk, event: Event, item: int, choice: str, *kinds: Kind) -> Steps:
    """Check that a decision is on an open work item of its kind that nobody else holds; save the state to restore."""
    yield from _works_on(walk, event, item, *kinds)
    work = walk.open[item]
    walk.last = Decision(item, work, choice, event.person, walk.standing())


def _works_on(walk: Walk, event: Event, item: int, *kinds: Kind) -> Steps:
    work = walk.open.get(item)
    if work is None or work.kind not in kinds:
        yield ConformanceRule.NOT_OPEN
        return
    if work.holder not in (None, event.person, event.for_person):
        yield ConformanceRule.HELD


def validated(walk: Walk, event: Event, body: happened.Validated) -> Steps:
    yield from _decides(walk, event, body.item, body.verdict, Kind.VALIDATE)
    work, following = walk.open[body.item], Following(walk, event)
    if body.verdict not in ("yes", "no"):
        yield ConformanceRule.VERDICT
    yield from _lane_is_ticked(walk, event, body, work)
    if body.verdict == "yes" and walk.missing(event.at):
        yield ConformanceRule.PREREQUISITE
    if body.verdict == "no" and not body.reason.strip():
        yield ConformanceRule.REASON
    following.perform(work.role, Does.DECISION, result=body.verdict)
    if body.verdict == "no":
        following.add(happened.CaseEnded(Outcome.REJECTED))
    else:
        following.open(Kind.CLOSE if walk.phase == LAST_PHASE else Kind.PRODUCE, walk.intake)
    walk.without(body.item)
    following.require()


def _lane_is_ticked(walk: Walk, event: Event, body: happened.Validated, work: OpenWork) -> Steps:
    """Check that all activities before the decision are recorded; a No of phase 1 may come earlier."""
    yield from _goes_with_ticked(walk, event)
    checks = before_decision(work.phase, work.role)
    if (work.phase > 1 or body.verdict == "yes") and len(walk.ticked) != len(checks):
        yield ConformanceRule.ACTIVITY
    if body.verdict == "yes" and walk.calls and walk.pending(body.item):
        yield ConformanceRule.CALL
    walk.ticked = ()


def attached(walk: Walk, event: Event, body: happened.DocumentAttached) -> Steps:
    yield from _works_on(walk, event, body.item, Kind.PRODUCE, Kind.CORRECT)
    work, newest = walk.open[body.item], walk.attached.get(body.document, 0)
    if body.document is not work.document or body.version != newest + 1:
        yield ConformanceRule.WRONG_DOCUMENT
    walk.attached[body.document] = body.version
    walk.last = None
    if body.version == 1 and work.phase > 1:
        following = Following(walk, event)
        following.perform(work.role, Does.GENERATE)
        following.require()


def sent(walk: Walk, event: Event, body: happened.DocumentSent) -> Steps:
    yield from _decides(walk, event, body.item, "send", Kind.PRODUCE, Kind.CORRECT)
    work, following = walk.open[body.item], Following(walk, event)
    if body.document is not work.document or body.cycle != work.cycle:
        yield ConformanceRule.WRONG_DOCUMENT
    yield from _is_new(walk, body, work)
    if set(body.answers) != _to_answer(walk, work) or not all(text.strip() for text in body.answers.values()):
        yield ConformanceRule.ANSWERS
    if not walk.asks_for(body.panel):
        yield ConformanceRule.PANEL
    if walk.calls and walk.pending(body.item):
        yield ConformanceRule.CALL
    if body.panel is None:
        following.finish_intake(body.item, work)
    else:
        following.perform(work.role, Does.SEND)
        for role in body.panel.roles:
            following.open(Kind.REVIEW, role, work.cycle)
    walk.without(body.item)
    if body.version is not None:
        senders = frozenset(person for person in (event.person, event.for_person) if person is not None)
        walk.sent = {**walk.sent, body.document: (body.version, senders)}
        walk.review = Cycle(body.document, body.version, body.cycle, body.panel) if body.panel else None
    following.require()


def _is_new(walk: Walk, body: happened.DocumentSent, work: OpenWork) -> Steps:
    """Check that the newest version is sent, only once; the CRO may be sent without a version."""
    newest = walk.attached.get(body.document)
    if body.version != newest or (newest is None and work.phase > 1):
        yield ConformanceRule.NOT_ATTACHED
    if newest is not None and walk.sent.get(body.document, (0,))[0] == newest:
        yield ConformanceRule.NOT_ATTACHED


def _to_answer(walk: Walk, work: OpenWork) -> set[int]:
    return {finding.number for finding in walk.findings} if work.kind is Kind.CORRECT else set()


def reviewed(walk: Walk, event: Event, body: happened.Reviewed) -> Steps:
    yield from _decides(walk, event, body.item, body.verdict, Kind.REVIEW)
    work, following, review = walk.open[body.item], Following(walk, event), walk.review
    if review is None or (body.document, body.version, body.cycle) != review[:3]:
        yield ConformanceRule.WRONG_DOCUMENT
        return
    if body.verdict not in ("approve", "return"):
        yield ConformanceRule.VERDICT
    yield from _judges(walk, event, body, work)
    following.perform(work.role, Does.REVIEW)
    following.perform(work.role, Does.DECISION, result=body.verdict)
    walk.voted = (*walk.voted, work.role)
    walk.without(body.item)
    if body.verdict == "return":
        walk.review, walk.findings = None, body.findings
        following.withdraw("returned")
        following.open(Kind.CORRECT, walk.intake, body.cycle + 1)
    else:
        approval = Decision(body.item, work, "approve", event.person)
        walk.review = review._replace(approvals=(*review.approvals, approval))
        if len(walk.review.approvals) >= review.panel.needed:
            following.approve(walk.review, work.role)
    following.require()


def _judges(walk: Walk, event: Event, body: happened.Reviewed, work: OpenWork) -> Steps:
    """Check four eyes, the answers to all criteria, no approval with a failed one, and the findings of a return."""
    if walk.sent[body.document][1] & {event.person, event.for_person}:
        yield ConformanceRule.FOUR_EYES
    answered = sorted(answer.criterion for answer in body.answers if answer.answer in ANSWERS)
    if len(answered) != len(body.answers) or answered != walk.criteria:
        yield ConformanceRule.CRITERIA
    failed = [answer for answer in body.answers if answer.answer == "fails"]
    returns = body.verdict == "return"
    if failed and not returns:
        yield ConformanceRule.FAILED_APPROVED
    if returns and not (failed or body.reason):
        yield ConformanceRule.RETURN_WITHOUT_FINDING
    if body.findings != (_findings(event, body, work) if returns else ()):
        yield ConformanceRule.FINDINGS


def _findings(event: Event, body: happened.Reviewed, work: OpenWork) -> tuple[Finding, ...]:
    """Return the expected findings: one per failed criterion, and one for the written reason."""
    texts = [(answer.criterion, answer.comment.strip()) for answer in body.answers if answer.answer == "fails"]
    if body.reason:
        texts.append(("", body.reason))
    return tuple(
        Finding(number, work.role, event.person or 0, criterion, text, for_person=event.for_person)
        for number, (criterion, text) in enumerate(texts, start=1)
    )


def lane_closed(walk: Walk, event: Event, body: happened.LaneClosed) -> Steps:
    yield from _decides(walk, event, body.item, "close", Kind.CLOSE, Kind.SIGN_OFF)
    work, following = walk.open[body.item], Following(walk, event)
    following.perform(work.role, Does.CLOSE, Does.END)
    walk.without(body.item)
    if work.kind is Kind.CLOSE:
        for role in REVIEW_ROLES:
            following.open(Kind.SIGN_OFF, role)
    else:
        following.sign_off(work.role)
    following.require()


def taken_back(walk: Walk, event: Event, body: happened.DecisionTakenBack) -> Steps:
    """Check that the author takes a decision back before anybody acted on its consequences; restore the state."""
    approvals = walk.review.approvals if walk.review else ()
    candidates = approvals or (walk.last,)
    decision = next((decision for decision in candidates if decision and decision.item == body.item), None)
    if decision is None or decision.person != event.person:
        yield ConformanceRule.TAKEN_BACK
        return
    work = decision.work
    stated = (body.role, body.choice, body.work, body.phase, body.document)
    if stated != (work.role, decision.choice, work.kind, work.phase, work.document):
        yield ConformanceRule.TAKEN_BACK
    if not body.reason.strip():
        yield ConformanceRule.REASON
    following = Following(walk, event)
    if decision.before is None:
        assert walk.review is not None
        walk.review = walk.review._replace(
            approvals=tuple(approval for approval in approvals if approval is not decision)
        )
        voted = list(walk.voted)
        voted.remove(work.role)  # only once: a verdict of an earlier cycle stays
        walk.voted = tuple(voted)
        following.open_again(work)
    else:
        _restores(walk, decision.before, following)
    walk.last = None
    following.require()


def _restores(walk: Walk, before: Restorable, following: Following) -> None:
    """Require the withdrawal of what followed and the reopening of what ended, and move calls to the new items."""
    gone = {item: work for item, work in before.open.items() if item not in walk.open}
    following.withdraw("taken_back", before.open)
    for work in gone.values():
        following.open_again(work)
    renumbered = {item: walk.last_item + 1 + place for place, item in enumerate(gone)}
    walk.phase, _, walk.review, walk.findings, walk.voted, walk.sent, calls = before
    walk.calls = {n: call._replace(item=renumbered.get(call.item, call.item)) for n, call in calls.items()}
