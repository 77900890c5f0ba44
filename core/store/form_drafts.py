"""Unsent form input, stored so that a reload or a lost connection loses nothing."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from core.store import tables
from core.store.database import Database, Transaction, insert_into

_drafts = tables.drafts.c
_mine = (_drafts.person_id == bindparam("person"), _drafts.name == bindparam("draft"))
_load = select(_drafts.data).where(*_mine)
_others = (
    select(_drafts.name, _drafts.person_id, _drafts.at)
    .where(_drafts.name.startswith(bindparam("beginning")), _drafts.person_id != bindparam("person"))
    .order_by(_drafts.at)
)
_forget = tables.drafts.delete().where(*_mine)
_keep = insert_into(tables.drafts)


def load(connection: Connection, person: int, name: str) -> dict[str, Any]:
    """Return the stored input of a form by field; empty when there is none."""
    data = connection.scalar(_load, {"person": person, "draft": name})
    return msgspec.json.decode(data, type=dict[str, Any]) if data else {}


def begun(tx: Transaction, code: str, items: Iterable[int], but: int) -> tuple[int, int] | None:
    """Return who, other than `but`, first typed into the form of one of these work items, and when; or None."""
    forms = {f"{code}/{item}" for item in items}
    rows = tx.rows(_others, beginning=f"{code}/", person=but)
    return next(((int(person), int(at)) for name, person, at in rows if name in forms), None)


def keep(db: Database, person: int, name: str, fields: dict[str, Any], at: int) -> None:
    """Store the input of a form, replacing what was stored before."""
    data = msgspec.json.encode(fields).decode()
    with db.writing() as tx:
        tx.run(_forget, {"person": person, "draft": name})
        tx.run(_keep, {"person_id": person, "name": name, "data": data, "at": tx.moment(at)})


def forget(db: Database, person: int, name: str) -> None:
    """Delete the stored input of a form that was sent or discarded."""
    with db.writing() as tx:
        tx.run(_forget, {"person": person, "draft": name})
