"""How events change a case: one pure function per kind of event."""

from collections.abc import Callable, Mapping
from functools import singledispatch

from msgspec.structs import replace

from core.case import events as happened
from core.case.events import Event
from core.case.model import Approval, Before, Call, Case, Decision, Item, OpenReview, Version
from core.process.terms import Document

Documents = dict[Document, tuple[Version, ...]]


@singledispatch
def _change(body: object, case: Case, event: Event) -> Case:  # noqa: ARG001  (the default: facts that change no state)
    return case


@_change.register
def _(body: happened.PhaseEntered, case: Case, event: Event) -> Case:
    return replace(
        case,
        phase=body.phase,
        entered_at=event.at,
        returns=0,
        blocked=0,
        review=None,
        cycle=1,
        findings=(),
        reviewers=(),
        lanes=(),
    )


@_change.register
def _(body: happened.ItemOpened, case: Case, event: Event) -> Case:
    item = Item(
        body.item, body.work, body.phase, body.role, body.cycle, event.at, body.due_at, body.soon_at, version=event.seq
    )
    lanes = case.lanes if body.role in case.lanes else (*case.lanes, body.role)
    return replace(case, items=(*case.items, item), last_item=body.item, lanes=lanes)


@_change.register
def _(body: happened.ItemDueMoved, case: Case, event: Event) -> Case:  # noqa: ARG001
    moved = (replace(i, due_at=body.due_at, soon_at=body.soon_at) if i.item == body.item else i for i in case.items)
    return replace(case, items=tuple(moved))


@_change.register
def _(body: happened.ItemWithdrawn, case: Case, event: Event) -> Case:  # noqa: ARG001
    return _without(case, body.item)


@_change.register
def _(body: happened.ItemTaken, case: Case, event: Event) -> Case:
    return replace(_with_holder(case, body.item, event.at, event.for_person or event.person), last=None)


@_change.register
def _(body: happened.ItemGivenBack, case: Case, event: Event) -> Case:
    return _with_holder(case, body.item, event.at, None)


@_change.register
def _(body: happened.ItemAssigned, case: Case, event: Event) -> Case:
    return replace(_with_holder(case, body.item, event.at, body.to), last=None)


@_change.register
def _(body: happened.DecisionTakenBack, case: Case, event: Event) -> Case:  # noqa: ARG001
    taken_back = next(decision for decision in case.revocable if decision.item.item == body.item)
    if taken_back.before is None:
        assert case.review is not None
        approvals = tuple(a for a in case.review.approvals if a.item != taken_back.item)
        place = case.reviewers.index(body.role)  # of an earlier cycle the role's verdict stays
        reviewers = (*case.reviewers[:place], *case.reviewers[place + 1 :])
        return replace(case, review=replace(case.review, approvals=approvals), reviewers=reviewers, last=None)
    was = {name: getattr(taken_back.before, name) for name in Before.__struct_fields__ if name != "items"}
    was["calls"] = _renumbered_calls(taken_back.before, case)
    documents = _unsent(case.documents, body.document) if body.choice == "send" else case.documents
    return replace(case, **was, documents=documents, last=None)


@_change.register
def _(body: happened.Validated, case: Case, event: Event) -> Case:
    return _without(_waited(_decided(case, body.item, body.verdict, event), event.at), body.item)


@_change.register
def _(body: happened.DocumentAttached, case: Case, event: Event) -> Case:
    assert event.person is not None
    version = Version(body.version, body.sha256, event.person)
    versions = (*case.documents.get(body.document, ()), version)
    items = tuple(replace(i, version=event.seq) if i.item == body.item else i for i in case.items)
    return replace(case, documents={**case.documents, body.document: versions}, items=items, last=None)


@_change.register
def _(body: happened.DocumentSent, case: Case, event: Event) -> Case:
    case = _without(_decided(case, body.item, "send", event), body.item)
    if body.version is None:
        return case
    *older, newest = case.documents[body.document]
    sent = replace(newest, sent_by=event.person, sent_for=event.for_person)
    review = OpenReview(body.document, body.version, body.cycle, body.panel) if body.panel else None
    findings = tuple(replace(f, answer=body.answers.get(f.number, f.answer)) for f in case.findings)
    documents = {**case.documents, body.document: (*older, sent)}
    return replace(case, documents=documents, review=review, cycle=body.cycle, findings=findings)


@_change.register
def _(body: happened.Reviewed, case: Case, event: Event) -> Case:
    assert case.review is not None
    assert event.person is not None
    item = case.item(body.item)
    assert item is not None
    case = _decided(case, body.item, body.verdict, event)
    case = replace(_without(case, body.item), reviewers=(*case.reviewers, item.role))
    if body.verdict == "return":
        return replace(case, review=None, returns=case.returns + 1, findings=body.findings)
    assert case.review is not None
    approval = Approval(item.role, event.person, event.for_person, item)
    return replace(case, review=replace(case.review, approvals=(*case.review.approvals, approval)))


@_change.register
def _(body: happened.EnvironmentRegistered, case: Case, event: Event) -> Case:
    if body.environment is case.definition.needs:
        case = _waited(case, event.at)
    return replace(case, environments={**case.environments, body.environment: body.expires_at})


@_change.register
def _(body: happened.ChannelHanded, case: Case, event: Event) -> Case:  # noqa: ARG001
    return replace(case, channel=body.channel)


@_change.register
def _(body: happened.LinkMade, case: Case, event: Event) -> Case:  # noqa: ARG001
    return replace(case, last_link=body.link, links=(*case.links, body.link))


@_change.register
def _(body: happened.LinkWithdrawn, case: Case, event: Event) -> Case:  # noqa: ARG001
    return replace(case, links=tuple(link for link in case.links if link != body.link))


@_change.register
def _(body: happened.CallAsked, case: Case, event: Event) -> Case:  # noqa: ARG001
    call = Call(body.call, body.item, body.system, body.position)
    return replace(case, last_call=body.call, calls=(*case.calls, call))


@_change.register
def _(body: happened.CallSettled, case: Case, event: Event) -> Case:  # noqa: ARG001
    case = replace(case, last=None) if body.outcome == "answered" else case
    return _with_call_state(case, body.call, body.outcome)


@_change.register
def _(body: happened.CallAskedAgain, case: Case, event: Event) -> Case:  # noqa: ARG001
    return _with_call_state(case, body.call, "pending")


@_change.register
def _(body: happened.LaneClosed, case: Case, event: Event) -> Case:
    return _without(_decided(case, body.item, "close", event), body.item)


@_change.register
def _(body: happened.CaseEnded, case: Case, event: Event) -> Case:
    return replace(case, outcome=body.outcome, ended_at=event.at, items=(), calls=(), last=None)


def _renumbered_calls(before: Before, case: Case) -> tuple[Call, ...]:
    """Move calls to other systems to the numbers that their work items get when they are reopened."""
    open_now = {item.item for item in case.items}
    ended = [item.item for item in before.items if item.item not in open_now]
    renumbered = {old: case.last_item + 1 + place for place, old in enumerate(ended)}
    return tuple(replace(call, item=renumbered.get(call.item, call.item)) for call in before.calls)


def _without(case: Case, number: int) -> Case:
    calls = tuple(call for call in case.calls if call.item != number)
    return replace(case, items=tuple(item for item in case.items if item.item != number), calls=calls)


def _with_call_state(case: Case, number: int, state: str) -> Case:
    """Set the state of a call to another system."""
    return replace(case, calls=tuple(replace(c, state=state) if c.call == number else c for c in case.calls))


def _with_holder(case: Case, number: int, at: int, by: int | None) -> Case:
    """Set the person who has claimed the item; None releases it."""
    since = at if by is not None else None
    items = (
        replace(i, held=i.held_until(at), held_by=by, held_since=since) if i.item == number else i for i in case.items
    )
    return replace(case, items=tuple(items))


def _decided(case: Case, number: int, choice: str, event: Event) -> Case:
    """Keep the case's state from before a decision, so that its author can take it back."""
    item = case.item(number)
    assert item is not None
    assert event.person is not None
    before = Before(*(getattr(case, name) for name in Before.__struct_fields__))
    return replace(case, last=Decision(item, choice, event.person, before, event.for_person))


def _unsent(documents: Documents, document: Document | None) -> Documents:
    """Mark the newest version of a document as not sent (a CRO without a file has no version)."""
    if document is None or not documents.get(document):
        return documents
    *older, newest = documents[document]
    return {**documents, document: (*older, replace(newest, sent_by=None, sent_for=None))}


def _waited(case: Case, until: int) -> Case:
    """Add the time that the case has waited for its prerequisite."""
    since = case.blocked_since(until)
    return case if since is None else replace(case, blocked=case.blocked + until - since)


# Looked up directly, because singledispatch costs more than the change itself.
_CHANGES: Mapping[type, Callable[..., Case]] = _change.registry


def changed(case: Case, event: Event) -> Case:
    """Apply an event to a case; most events change only its version and moment."""
    change = _CHANGES.get(type(event.body))
    return replace(change(event.body, case, event) if change else case, version=event.seq, moment=event.at)
