"""Documents of the demonstration: small real PDFs, and .docx drafts filled from the product's own templates."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from core.case.events import Criterion
from core.case.model import Case
from core.demo.cast import Cast
from core.demo.plan import MAX_CYCLE, Plan
from core.documents import templates as documents_templates
from core.process.terms import DOCUMENT_NAMES, Channel, Document, Flow
from core.store import kept_templates

FLOW_NAMES = {Flow.ESTANDAR: "Estándar", Flow.B2B: "B2B"}
CHANNEL_NAMES = {Channel.OPERACION: "Operación", Channel.MESA_DE_AYUDA: "Mesa de Ayuda"}
LINE = 92  # characters that fit at 10 points
LINES = 52  # lines that fit on a page


class Paper(NamedTuple):
    """The content of a version of a document."""

    document: Document
    version: int
    code: str
    client: str
    contact: str
    service: str
    flow: str
    channel: str
    scope: str
    date: str
    criteria: tuple[Criterion, ...]
    clauses: Sequence[str]
    answered: Sequence[str]

    @property
    def file_name(self) -> str:
        return f"{DOCUMENT_NAMES[self.document]} {self.client[:60]} v{self.version}"


def write(cast: Cast, plan: Plan, code: str, case: Case, document: Document, day: date) -> Paper:
    """Write the next version of a case's document: after a return, with one clause changed and the findings listed."""
    newest = case.newest(document)
    version = newest.version + 1 if newest else 1
    clauses = plan.dice("clauses", document).sample(cast.clauses, 5 + MAX_CYCLE)
    return Paper(
        document,
        version,
        code,
        plan.company,
        cast.contact(plan.company, Random(plan.company)).name,  # noqa: S311  (not a secret)
        case.service,
        FLOW_NAMES[case.flow],
        CHANNEL_NAMES[case.channel],
        "Internacional" if case.international else "Nacional",
        f"{day:%d/%m/%Y}",
        case.criteria,
        (*clauses[:4], clauses[3 + version]),
        tuple(f"{finding.number}. {finding.text or finding.criterion}" for finding in case.findings),
    )


def as_pdf(paper: Paper) -> bytes:
    """The version as a PDF."""
    title = f"{DOCUMENT_NAMES[paper.document]} {paper.code}, versión {paper.version}"
    expected = (f"  {criterion.name}: {criterion.expected}" for criterion in paper.criteria)
    clauses = (f"{number}. {clause}" for number, clause in enumerate(paper.clauses, start=1))
    answered = (
        ("", "Cambios frente a la versión anterior, por los hallazgos:", *paper.answered) if paper.answered else ()
    )
    body = (
        f"Cliente: {paper.client}",
        f"Contacto: {paper.contact}",
        f"Servicio: {paper.service}",
        f"Fecha: {paper.date}",
        "",
        "Criterios de revisión del cliente:",
        *expected,
        "",
        *clauses,
        *answered,
        "",
        "Documento ficticio de demostración.",
    )
    return pdf(title, body)


def as_docx(paper: Paper) -> bytes:
    """The version as the template's .docx, filled with the case's data."""
    previous = tuple(Document)[tuple(Document).index(paper.document) - 1]
    values = {
        "code": paper.code,
        "date": paper.date,
        "client": paper.client,
        "contact": paper.contact,
        "service": f"{paper.service}. {' '.join((*paper.clauses, *paper.answered))}",
        "flow": paper.flow,
        "channel": paper.channel,
        "scope": paper.scope,
        "previous": DOCUMENT_NAMES[previous],
        "criteria": [{"name": c.name, "expected": c.expected} for c in paper.criteria],
    }
    return documents_templates.draft(kept_templates.in_force(paper.document), values)


def pdf(title: str, lines: Iterable[str]) -> bytes:
    """A one-page PDF 1.4 with a title and lines of text in Helvetica, without characters outside WinAnsi."""
    wrapped = [part for line in lines for part in textwrap.wrap(line, LINE) or [""]][:LINES]
    shown = b"".join(b"(%s) '\n" % _escaped(line) for line in wrapped)
    content = b"BT /B 15 Tf 56 780 Td (%s) Tj /T 10 Tf 14 TL T*\n%sET" % (_escaped(title), shown)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /T 5 0 R /B 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    )


def _file(*objects: bytes) -> bytes:
    """A PDF file of numbered objects with their cross-reference table; the first object is the catalogue."""
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(out))
    )


def _escaped(text: str) -> bytes:
    plain = text.encode("cp1252", errors="ignore")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
