"""The values of a case for the draft templates, in Spanish like the templates."""

from collections.abc import Sequence

from core.process.terms import CHANNEL_ROLE, DOCUMENT_NAMES, ROLE_NAMES, Document
from core.queries.case import DocumentRow, Header
from ui.words.format import Format
from ui.words.messages import term, text

LANGUAGE = "es"


def of(head: Header, documents: Sequence[DocumentRow], document: Document, now: int, zone: str) -> dict[str, object]:
    """The values for a document's draft, made at `now` (ms since 1970 UTC)."""
    case = head.case
    contact = (head.contact_name, head.contact_email, head.contact_phone)
    before = list(Document)[list(Document).index(document) - 1]
    version = max((row.version for row in documents if row.document is before), default=None)
    return {
        "code": head.code,
        "date": Format(LANGUAGE, now, zone).dated(now),
        "client": head.client,
        "contact": " · ".join(part for part in contact if part),
        "flow": term(LANGUAGE, case.flow),
        "channel": ROLE_NAMES[CHANNEL_ROLE[case.channel]],
        "scope": text(LANGUAGE, "word-international" if case.international else "word-national"),
        "previous": f"{DOCUMENT_NAMES[before]} v{version}" if version else DOCUMENT_NAMES[before],
        "service": case.service,
        "criteria": [{"name": criterion.name, "expected": criterion.expected} for criterion in case.criteria],
    }
