"""Settings of the process owner, as append-only rows: the newest row of a name is in force."""

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
    """Return the policy in force, read in this transaction (and built only after a change)."""
    (newest,) = tx.row(_newest) or (None,)
    return _policy_of(() if newest is None else tuple(f"{name}\0{value}" for name, value in tx.rows(_all)))


def policy(connection: Connection) -> Policy:
    """Return the policy in force, for pages that only read."""
    return _policy_of(tuple(f"{name}\0{value}" for name, value in connection.execute(_all)))


def change(tx: Transaction, name: str, value: Any, by: int | None, at: int) -> Policy:
    """Put a setting in force for work opened from now on; raise Invalid for an unknown or invalid one.

    `at` is the time of the request; the time stored is the transaction's, never before the last change.
    """
    text = msgspec.json.encode(value).decode()
    rows = (*(f"{n}\0{v}" for n, v in tx.rows(_all)), f"{name}\0{text}")
    changed = _policy_of(rows)
    (last,) = tx.row(_last) or (0,)
    tx.run(_insert, {"name": name, "value": text, "at": tx.moment(at, last), "by_id": by})
    return changed


def _policy_of(rows: tuple[str, ...]) -> Policy:
    """Return the Policy of these settings rows, cached because they change rarely and every decision reads them."""
    in_force = kept_templates.all_in_force()
    key = (rows, tuple(in_force.values()))
    cached = _policies.get(key)
    if cached is None:
        values = dict(row.split("\0", 1) for row in rows)
        settings = {name: msgspec.json.decode(value) for name, value in values.items()}
        cached = _policies[key] = Policy.of(settings, in_force)
    return cached
