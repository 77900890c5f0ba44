"""The words of a file, for comparing one version with another: PDF and DOCX; of anything else, why there are none.

Pure, and for content that nobody vouches for: run it where time and memory are limited (`core.documents.sandbox`).
"""

import logging
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from msgspec import Struct

MAX_PAGES = 300
MAX_SIGNS = 600_000
MAX_UNPACKED = 100_000_000  # bytes
_PARAGRAPH, _FALLBACK = "p", "Fallback"
_BESIDE = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")  # parts of a .docx with text of their own


class Words(Struct, frozen=True):
    """The lines of a file, each with single spaces; `against` says why there are none.

    `other_kind` (neither PDF nor DOCX), `encrypted`, `broken`, `no_text` (a scan, say), `too_large`.
    """

    lines: tuple[str, ...] = ()
    against: str = ""


class TooLarge(Exception):
    """More than anybody would read line by line."""


def words_of(content: bytes) -> Words:
    """What a file says."""
    try:
        if content.startswith(b"%PDF-"):
            found = _kept(_pdf(content))
        elif content.startswith(b"PK\x03\x04") and _is_word(content):
            found = _kept(_docx(content))
        else:
            return Words(against="other_kind")
    except TooLarge:
        return Words(against="too_large")
    except PermissionError:
        return Words(against="encrypted")
    except Exception:  # a damaged file fails in as many ways as there are places in it
        return Words(against="broken")
    return Words(found) if found else Words(against="no_text")


def _kept(lines: Iterator[str]) -> tuple[str, ...]:
    """The lines that have words, in their order."""
    kept, signs = [], 0
    for line in lines:
        signs += len(line)
        if signs > MAX_SIGNS:
            raise TooLarge
        if spaced := " ".join(line.split()):
            kept.append(spaced)
    return tuple(kept)


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  (only the confined process pays for it)

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
    """Every paragraph's text, those in tables, text boxes and content controls too; what was struck out is not said."""
    for element in root.iter():
        if _name(element) == _PARAGRAPH and not any(_name(each) == _FALLBACK for each in element.iterancestors()):
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
            case "p" | "Fallback":  # a paragraph inside is one of its own
                continue
            case "txbxContent":
                continue
            case _:
                yield from _runs(child)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
