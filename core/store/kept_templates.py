"""Templates of drafts: files under data/templates, whose content is stored before a record refers to it.

A replaced file applies to later decisions; the content that a record refers to stays in the table `templates`.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from core.case.events import DraftPrepared, Event
from core.documents import store
from core.documents.templates import Template
from core.errors import Invalid, NotFound
from core.paths import ROOT
from core.process.terms import REVIEWED_DOCUMENTS, Document
from core.store import tables
from core.store.database import Database, Transaction

FOLDER = ROOT / "data" / "templates"
SHOWN = 12  # characters of a SHA-256 that people compare

_templates, _events = tables.templates.c, tables.events.c
_kept = select(_templates.content).where(_templates.sha256 == bindparam("sha256"))
_is_kept = select(_templates.sha256).where(_templates.sha256 == bindparam("sha256"))
_keep = (  # SQLite accepts the same syntax
    insert(tables.templates).values(sha256=bindparam("sha256"), content=bindparam("content")).on_conflict_do_nothing()
)
_prepared = (
    select(_events.data)
    .where(_events.case_id == bindparam("case_id"), _events.kind == DraftPrepared.__name__)
    .order_by(_events.seq.desc())
)


class _Read(NamedTuple):
    """A template as it was read, and the status of its file at that time."""

    status_key: tuple[Path, int, int, int]
    template: Template


_read: dict[Document, _Read] = {}
_contents: dict[str, bytes] = {}  # of every template that has been in force in this process


def in_force(document: Document) -> Template:
    """Return the template for new drafts; raise NotFound when there is none.

    While its file is missing or only half written, the previous one stays in force.
    """
    previous = _read.get(document)
    path = FOLDER / f"{document}.docx"
    try:
        status = path.stat()
        status_key = (path, status.st_mtime_ns, status.st_size, status.st_ino)
        if previous and previous.status_key == status_key:
            return previous.template
        content = path.read_bytes()
        file = store.examine(content, path.name)
    except (OSError, Invalid) as cause:
        if previous and previous.status_key[0] == path:
            return previous.template
        raise NotFound("template_unknown", document=document) from cause
    template = Template(file.sha256, content)
    _contents[template.sha256] = content  # first: another thread may store the template as soon as it sees it
    _read[document] = _Read(status_key, template)
    return template


def all_in_force() -> dict[Document, str]:
    """Return the SHA-256 of each document's template."""
    return {document: in_force(document).sha256 for document in REVIEWED_DOCUMENTS}


def keep(tx: Transaction, events: Iterable[Event]) -> None:
    """Store each template that these events refer to, in the transaction that records them."""
    for event in events:
        if isinstance(event.body, DraftPrepared):
            _keep_content(tx, event.body.template)


def keep_all(db: Database) -> None:
    """Store every template in force, and so those that older records refer to while their files are unchanged."""
    in_use = all_in_force().values()
    with db.reading() as connection:
        missing = [sha256 for sha256 in in_use if not connection.execute(_is_kept, {"sha256": sha256}).first()]
    if missing:
        with db.writing() as tx:
            for sha256 in missing:
                _keep_content(tx, sha256)


def _keep_content(tx: Transaction, sha256: str) -> None:
    if tx.row(_is_kept, sha256=sha256) is None:
        tx.run(_keep, {"sha256": sha256, "content": _contents[sha256]})


def named(connection: Connection, case_id: int, document: Document) -> str | None:
    """Return the SHA-256 that a case's record has for a document's draft; None when no decision prepared one."""
    for (data,) in connection.execute(_prepared, {"case_id": case_id}):
        body = msgspec.json.decode(data, type=DraftPrepared)
        if body.document is document:
            return body.template
    return None


def of(connection: Connection, case_id: int, document: Document) -> Template:
    """Return the template of a case's draft: the one in its record, else the one in force.

    Raise NotFound `template_not_kept` when the recorded one is neither stored nor in force.
    """
    sha256 = named(connection, case_id, document)
    if sha256 is None:
        return in_force(document)
    content = connection.scalar(_kept, {"sha256": sha256})
    if content is not None and hashlib.sha256(content).hexdigest() == sha256:
        return Template(sha256, content)
    current = in_force(document)
    if current.sha256 != sha256:
        raise NotFound("template_not_kept", document=document, template=sha256[:SHOWN])
    return current
