"""Comments on a case: whom «@login» in a text mentions, and who wrote the comment that is to be put anew."""

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


def resolved(tx: Transaction, case_id: int, command: Command) -> Command:
    """A comment's command with what only the database knows: the people that it mentions, and who wrote it when."""
    if not isinstance(command, Comment | EditComment):
        return command
    active: dict[str, int] = {row[0]: row[1] for row in tx.rows(_active)} if "@" in command.text else {}
    mentions = tuple(active[login] for login in mentioned(command.text, active))
    command = replace(command, mentions=mentions)
    if isinstance(command, EditComment):
        row = tx.row(_written, case_id=case_id, seq=command.comment)
        command = replace(command, written=Written(*row) if row else None)
    return command


def people(connection: Connection, among: Iterable[int] | None = None) -> dict[str, str]:
    """The names of people by their logins, in the order of the names: everybody active, or these."""
    p = tables.people.c
    wanted = p.active if among is None else p.id.in_(set(among))
    rows = connection.execute(select(p.login, shown_name()).where(wanted).order_by(p.id))
    return by_name({row[0]: row[1] for row in rows})
