"""Comments on a case: resolving mentions («@login»), and the author of a comment to be edited."""

from collections.abc import Iterable

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from core.case.commands import Command, Comment, EditComment, Written
from core.store import tables
from core.store.database import Transaction
from core.store.person_names import shown_name
from core.text import by_name, mentioned

_active = select(tables.people.c.login, tables.people.c.id).where(tables.people.c.active)
_written = select(tables.events.c.person_id, tables.events.c.at).where(
    tables.events.c.case_id == bindparam("case_id"),
    tables.events.c.seq == bindparam("seq"),
    tables.events.c.kind == "Commented",
)


def resolve(tx: Transaction, case_id: int, command: Command) -> Command:
    """Complete a comment's command from the database: the people mentioned, and who wrote the original and when."""
    if not isinstance(command, Comment | EditComment):
        return command
    id_of: dict[str, int] = {row[0]: row[1] for row in tx.rows(_active)} if "@" in command.text else {}
    mentions = tuple(id_of[login] for login in mentioned(command.text, id_of))
    command = replace(command, mentions=mentions)
    if isinstance(command, EditComment):
        row = tx.row(_written, case_id=case_id, seq=command.comment)
        command = replace(command, written=Written(*row) if row else None)
    return command


def people(connection: Connection, among: Iterable[int] | None = None) -> dict[str, str]:
    """The names of people by login, ordered by name: of all active people, or of those `among`."""
    p = tables.people.c
    condition = p.active if among is None else p.id.in_(set(among))
    rows = connection.execute(select(p.login, shown_name()).where(condition).order_by(p.id))
    return by_name({row[0]: row[1] for row in rows})
