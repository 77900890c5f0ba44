"""Access to documents: who may read them, and the files of a case's record."""

from sqlalchemy import Connection, select

from core.documents.store import File
from core.errors import NotAllowed, NotFound
from core.process.terms import PROCESS_ROLES
from core.staff import availability
from core.staff.person import Person
from core.store import tables

_documents, _cases = tables.documents.c, tables.cases.c


def check_reader(connection: Connection, person: Person, at: int) -> None:
    """Raise NotAllowed unless the person has a role of the process, or stands in today for somebody who has.

    Being an administrator is not enough, and a one-time password must have been changed first.
    """
    if person.must_change_password:
        raise NotAllowed("password_change_needed")
    standing = availability.substitutions_of(connection, person.id, at)
    roles = person.roles.union(*(substitution.roles for substitution in standing))
    if not roles & set(PROCESS_ROLES):
        raise NotAllowed("reader_role_needed")


def file_on_record(connection: Connection, code: str, sha256: str, name: str) -> File:
    """Return the file of a document version by its content and name; raise NotFound when there is no such version."""
    d = _documents
    row = connection.execute(
        select(d.sha256, d.name, d.media_type, d.size)
        .select_from(tables.documents.join(tables.cases, _cases.id == d.case_id))
        .where(_cases.code == code, d.sha256 == sha256, d.name == name)
    ).first()
    if row is None:
        raise NotFound("document_unknown")
    return File(*row)
