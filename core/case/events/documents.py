"""Documents: attached, sent, reviewed, approved."""

import msgspec

from core.case.events.body import Body, CriterionAnswer, Finding, PanelTaken
from core.process.terms import Document


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
    answers: dict[int, str] = msgspec.field(default_factory=dict)
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
