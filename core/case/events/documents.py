"""Events of documents: attached, sent, reviewed, approved."""

import msgspec

from core.case.events.body import Body, CriterionAnswer, Finding, PanelTaken
from core.process.terms import Document


class DocumentAttached(Body, frozen=True):
    """A file was attached as the newest version of a document."""

    item: int
    document: Document
    version: int
    sha256: str
    name: str
    media_type: str
    size: int


class DocumentSent(Body, frozen=True):
    """The intake lane sent a document; `answers` to findings are by number; a `panel` opens its review."""

    item: int
    document: Document
    version: int | None
    cycle: int
    answers: dict[int, str] = msgspec.field(default_factory=dict)
    panel: PanelTaken | None = None


class Reviewed(Body, frozen=True):
    """A review verdict, approve or return, on a version in a cycle."""

    item: int
    document: Document
    version: int
    cycle: int
    verdict: str
    answers: tuple[CriterionAnswer, ...]
    reason: str
    findings: tuple[Finding, ...] = ()


class DocumentApproved(Body, frozen=True):
    """The document has all the approvals that its rule requires."""

    document: Document
    version: int
    cycle: int


class DraftPrepared(Body, frozen=True):
    """The draft of the next document was prepared; its file follows from the template (SHA-256) and the case."""

    document: Document
    template: str
