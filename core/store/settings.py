"""Settings of the process owner, as rows that are only added: the newest row of a name is in force."""

from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from core.process.policy import Policy
from core.store import kept_templates, tables
from core.store.database import Transaction, insert_into

_newest = select(func.max(tables.settings.c.id))
_last = select(tables.settings.c.at).order_by(tables.settings.c.id.desc()).limit(1)
_all = select(tables.settings.c.name, tables.settings.c.value).order_by(tables.settings.c.id)
_insert = insert_into(tables.settings)
_policies: dict[tuple[tuple[str, ...], tuple[str, ...]], Policy] = {}


def policy_in(tx: Transaction) -> Policy:
    """The policy in force, read in this transaction (and made only when a setting is new)."""
    (newest,) = tx.row(_newest) or (None,)
    return _made(() if newest is None else tuple(f"{name}\0{value}" for name, value in tx.rows(_all)))


def policy(connection: Connection) -> Policy:
    """The policy in force, for reading pages."""
    return _made(tuple(f"{name}\0{value}" for name, value in connection.execute(_all)))


def change(tx: Transaction, name: str, value: Any, by: int | None, at: int) -> Policy:
    """Put a setting in force for work opened from now on; Invalid when it is none.

    `at` is when it is asked for; its moment is that of the transaction, never before the last change.
    """
    text = msgspec.json.encode(value).decode()
    rows = (*(f"{n}\0{v}" for n, v in tx.rows(_all)), f"{name}\0{text}")
    made = _made(rows)
    (last,) = tx.row(_last) or (0,)
    tx.run(_insert, {"name": name, "value": text, "at": tx.moment(at, last), "by_id": by})
    return made


def _made(rows: tuple[str, ...]) -> Policy:
    """One Policy per sequence of settings rows and set of templates: both change rarely, every decision reads them."""
    in_force = kept_templates.all_in_force()
    key = (rows, tuple(in_force.values()))
    made = _policies.get(key)
    if made is None:
        values = dict(row.split("\0", 1) for row in rows)
        settings = {name: msgspec.json.decode(value) for name, value in values.items()}
        made = _policies[key] = Policy.of(settings, in_force)
    return made
