"""The events of a case, one struct per kind: facts only, as codes and numbers.

An event is stored as its kind and JSON. It never holds contacts' personal data, because the record is never erased.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from core.case.events.body import Body, Criterion, CriterionAnswer, Finding, PanelTaken
from core.case.events.conversation import (
    CallAsked,
    CallAskedAgain,
    CallSettled,
    Commented,
    CommentEdited,
    LinkMade,
    LinkWithdrawn,
)
from core.case.events.course import (
    CaseEnded,
    CaseOpened,
    ChannelHanded,
    EnvironmentRegistered,
    LaneClosed,
    PhaseEntered,
)
from core.case.events.documents import DocumentApproved, DocumentAttached, DocumentSent, DraftPrepared, Reviewed
from core.case.events.work import (
    DecisionTakenBack,
    ItemAssigned,
    ItemDueMoved,
    ItemGivenBack,
    ItemOpened,
    ItemTaken,
    ItemWithdrawn,
    Performed,
    Validated,
)

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
    """An entry of a case's record: seq, time in ms, phase, person, substituted person, and body."""

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


__all__ = [
    "AnyBody",
    "Body",
    "CallAsked",
    "CallAskedAgain",
    "CallSettled",
    "CaseEnded",
    "CaseOpened",
    "ChannelHanded",
    "CommentEdited",
    "Commented",
    "Criterion",
    "CriterionAnswer",
    "DecisionTakenBack",
    "DocumentApproved",
    "DocumentAttached",
    "DocumentSent",
    "DraftPrepared",
    "EnvironmentRegistered",
    "Event",
    "Finding",
    "ItemAssigned",
    "ItemDueMoved",
    "ItemGivenBack",
    "ItemOpened",
    "ItemTaken",
    "ItemWithdrawn",
    "LaneClosed",
    "LinkMade",
    "LinkWithdrawn",
    "PanelTaken",
    "Performed",
    "PhaseEntered",
    "Reviewed",
    "Validated",
    "as_row",
    "from_row",
]
