"""Extracting the text of PDF and DOCX files for comparison.

For untrusted content: run it where time and memory are limited (`core.documents.sandbox`).
"""

import logging
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from msgspec import Struct

MAX_PAGES = 300
MAX_CHARACTERS = 600_000
MAX_UNPACKED = 100_000_000  # bytes
_PARAGRAPH, _FALLBACK = "p", "Fallback"
_BESIDE = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")  # parts of a .docx that also hold text


class ExtractedText(Struct, frozen=True):
    """The lines of a file with single spaces, or the `problem` code why there are none:

    `other_kind` (neither PDF nor DOCX), `encrypted`, `broken`, `no_text` (a scan, say), `too_large`.
    """

    lines: tuple[str, ...] = ()
    problem: str = ""


class TooLarge(Exception):
    """The file exceeds the limits of pages, characters or unpacked bytes."""


def extract(content: bytes) -> ExtractedText:
    """Extract the text of a file; failures are returned as a problem code."""
    try:
        if content.startswith(b"%PDF-"):
            lines = _normalised(_pdf(content))
        elif content.startswith(b"PK\x03\x04") and _is_word(content):
            lines = _normalised(_docx(content))
        else:
            return ExtractedText(problem="other_kind")
    except TooLarge:
        return ExtractedText(problem="too_large")
    except PermissionError:
        return ExtractedText(problem="encrypted")
    except Exception:  # damaged files raise all kinds of errors
        return ExtractedText(problem="broken")
    return ExtractedText(lines) if lines else ExtractedText(problem="no_text")


def _normalised(lines: Iterator[str]) -> tuple[str, ...]:
    """Normalise the lines, dropping empty ones; raises TooLarge beyond MAX_CHARACTERS."""
    normalised, characters = [], 0
    for line in lines:
        characters += len(line)
        if characters > MAX_CHARACTERS:
            raise TooLarge
        if spaced := " ".join(line.split()):
            normalised.append(spaced)
    return tuple(normalised)


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  (slow to import; only the sandbox needs it)

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PermissionError
    if len(reader.pages) > MAX_PAGES:
        raise TooLarge
    for page in reader.pages:
        yield from page.extract_text().splitlines()


def _is_word(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise TooLarge
        return "word/document.xml" in archive.namelist()


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415  (as above)
    from docx.oxml import parse_xml  # noqa: PLC0415

    document = Document(BytesIO(content))
    yield from _paragraphs(document.element.body)
    for part in document.part.package.iter_parts():
        if part.content_type.endswith(_BESIDE):
            yield from _paragraphs(parse_xml(part.blob))


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of every paragraph, also in tables, text boxes and content controls, without deleted text."""
    for element in root.iter():
        if _name(element) == _PARAGRAPH and not any(
            _name(ancestor) == _FALLBACK for ancestor in element.iterancestors()
        ):
            yield from "".join(_runs(element)).splitlines()


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        match _name(child):
            case "t":
                yield child.text or ""
            case "tab":
                yield " "
            case "br":
                yield "\n"
            case "p" | "Fallback":  # nested paragraphs are yielded on their own
                continue
            case "txbxContent":
                continue
            case _:
                yield from _runs(child)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
