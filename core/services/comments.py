"""Comments on a case: whom «@login» in a text mentions, and who wrote the comment that is to be put anew."""

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from core.case.commands import Command, Comment, EditComment, Written
from core.store import tables
from core.store.database import Transaction
from core.store.person_names import shown_name
from core.text import by_name

# «@» at the beginning of a word: an e-mail address mentions nobody, and the full stop after a name is no part of it.
MENTION = re.compile(r"(?<![\w@.+-])@([a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9]))", re.IGNORECASE | re.ASCII)
_active = select(tables.people.c.login, tables.people.c.id).where(tables.people.c.active)
_written = select(tables.events.c.person_id, tables.events.c.at).where(
    tables.events.c.case_id == bindparam("case_id"),
    tables.events.c.seq == bindparam("seq"),
    tables.events.c.kind == "Commented",
)


def mentioned(text: str) -> list[str]:
    """The logins that a text mentions, in its order, each once."""
    return list(dict.fromkeys(login.lower() for login in MENTION.findall(text)))


def resolved(tx: Transaction, case_id: int, command: Command) -> Command:
    """A comment's command with what only the database knows: the people that it mentions, and who wrote it when."""
    if not isinstance(command, Comment | EditComment):
        return command
    logins = mentioned(command.text)
    active: dict[str, int] = {row[0]: row[1] for row in tx.rows(_active)} if logins else {}
    unknown = [f"@{login}" for login in logins if login not in active]
    mentions = tuple(active[login] for login in logins if login in active)
    command = replace(command, mentions=mentions, unknown=tuple(unknown))
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


def shown(text: str, names: Mapping[str, str]) -> str:
    """A text with the names of those whom it mentions in the place of their logins."""
    return MENTION.sub(lambda found: f"@{names.get(found[1].lower(), found[1])}", text)
