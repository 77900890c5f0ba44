"""Drafts of the documents: a template's .docx filled with a case's data."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment


class Template(NamedTuple):
    """A template's bytes and their SHA-256."""

    sha256: str
    content: bytes


def draft(template: Template, values: Mapping[str, Any]) -> bytes:
    """Fill a template into a .docx; `values` are the template's variables (see `ui.words.draft_values`).

    The same values give the same file: the modification times that a .docx holds for its parts are left out.
    """
    document = DocxTemplate(BytesIO(template.content))
    document.render(dict(values), SandboxedEnvironment(autoescape=True), autoescape=True)
    content = BytesIO()
    document.save(content)
    return _undated(content)


def _undated(archive: BytesIO) -> bytes:
    content = BytesIO()
    with ZipFile(archive) as dated, ZipFile(content, "w", ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            undated.writestr(ZipInfo(name), dated.read(name), ZIP_DEFLATED)
    return content.getvalue()
