"""Drafts of the documents: each from its template under data/templates, filled with the case's data."""

import hashlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from core.db import ROOT
from core.errors import NotFound
from core.terms import Document

TEMPLATES = ROOT / "data" / "templates"


def template(document: Document) -> Path:
    """The template of a document; NotFound when it has none."""
    path = TEMPLATES / f"{document}.docx"
    if not path.is_file():
        raise NotFound("template_unknown", document=document)
    return path


@cache
def template_sha256(document: Document) -> str:
    """Which template is in force: the SHA-256 of its file, which the record of a draft names."""
    return hashlib.sha256(template(document).read_bytes()).hexdigest()


def draft(document: Document, values: Mapping[str, Any]) -> bytes:
    """The draft as a .docx; `values` are what the template names (see `core.queries.draft_values`).

    The same values give the same file: the time of writing, which a .docx holds for each of its parts, is left out.
    """
    filled = DocxTemplate(template(document))
    filled.render(dict(values), SandboxedEnvironment(autoescape=True), autoescape=True)
    content = BytesIO()
    filled.save(content)
    return _undated(content)


def _undated(archive: BytesIO) -> bytes:
    content = BytesIO()
    with ZipFile(archive) as dated, ZipFile(content, "w", ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            undated.writestr(ZipInfo(name), dated.read(name), ZIP_DEFLATED)
    return content.getvalue()
