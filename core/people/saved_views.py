"""Saved views: named filters and sort order of an inbox or of the analysis, per person."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, select

from core.errors import Invalid, NotAllowed, NotFound, Problem
from core.people import rights
from core.process.terms import Right, Role
from core.staff.actors import actor_in
from core.store import tables
from core.store.database import Database, Transaction, insert_into
from core.text import clean_name, text_problem

MAX_NAME = 40
MAX_VIEWS = 30
MAX_CHOSEN = 1000
_views = tables.inbox_views.c
_mine = (_views.person_id == bindparam("person"), _views.role == bindparam("whose"))
_this = (*_mine, _views.name == bindparam("view"))
_all = select(_views.name, _views.chosen, _views.is_default).where(*_mine).order_by(_views.name)
_one = select(_views.name).where(*_this)
_add = insert_into(tables.inbox_views)
_choose = tables.inbox_views.update().where(*_this).values(chosen=bindparam("what"))
_rename = tables.inbox_views.update().where(*_this).values(name=bindparam("new_name"))
_remove = tables.inbox_views.delete().where(*_this)
_no_default = tables.inbox_views.update().where(*_mine).values(is_default=False)
_default = tables.inbox_views.update().where(*_this).values(is_default=True)


class View(NamedTuple):
    """A saved view; `chosen` are its query parameters."""

    name: str
    chosen: Mapping[str, str]
    is_default: bool


class ViewOwner(NamedTuple):
    """The owner of views: a person, and the inbox (role) or the analysis (right)."""

    person: int
    role: Role | Right


def of(connection: Connection, owner: ViewOwner) -> list[View]:
    """The owner's views, by name."""
    rows = connection.execute(_all, {"person": owner.person, "whose": owner.role.value})
    return [View(name, msgspec.json.decode(chosen, type=dict[str, str]), bool(first)) for name, chosen, first in rows]


def save(db: Database, owner: ViewOwner, name: str, chosen: Mapping[str, str]) -> str:
    """Save a view under a new name; returns the cleaned name. Raises Invalid when it is taken, missing or too long.

    Saving an identical view again succeeds, as after a double click.
    """
    name, encoded = clean_name(name), _encoded(chosen)
    with db.writing() as tx:
        owner_params = _authorised(tx, owner)
        views = tx.rows(_all, **owner_params)
        if any((other, other_chosen) == (name, encoded) for other, other_chosen, _ in views):
            return name
        _check_name(tx, owner_params, name)
        if len(views) >= MAX_VIEWS:
            raise Invalid({"name": Problem("views_too_many", {"limit": MAX_VIEWS})})
        row = {"person_id": owner.person, "role": owner.role, "name": name, "chosen": encoded, "is_default": False}
        tx.run(_add, row)
    return name


def replace(db: Database, owner: ViewOwner, name: str, chosen: Mapping[str, str]) -> None:
    """Overwrite an existing view."""
    encoded = _encoded(chosen)
    with db.writing() as tx:
        _require_found(tx.run(_choose, {**_authorised(tx, owner), "view": name, "what": encoded}), name)


def rename(db: Database, owner: ViewOwner, name: str, new_name: str) -> str:
    """Rename a view; returns the cleaned name."""
    new_name = clean_name(new_name)
    with db.writing() as tx:
        owner_params = _authorised(tx, owner)
        if new_name != name:
            _check_name(tx, owner_params, new_name)
        _require_found(tx.run(_rename, {**owner_params, "view": name, "new_name": new_name}), name)
    return new_name


def delete(db: Database, owner: ViewOwner, name: str) -> None:
    """Delete a view."""
    with db.writing() as tx:
        _require_found(tx.run(_remove, {**_authorised(tx, owner), "view": name}), name)


def make_default(db: Database, owner: ViewOwner, name: str) -> None:
    """Make a view the inbox's default; "" removes the default."""
    with db.writing() as tx:
        owner_params = _authorised(tx, owner)
        tx.run(_no_default, owner_params)
        if name:
            _require_found(tx.run(_default, {**owner_params, "view": name}), name)


def _authorised(tx: Transaction, owner: ViewOwner) -> dict[str, str | int]:
    """Require that the owner currently has the role or right; returns the parameters that select their views."""
    roles = actor_in(tx, owner.person).roles
    if isinstance(owner.role, Right):
        rights.check_in(tx, owner.person, roles, owner.role)
    elif owner.role not in roles:
        raise NotAllowed("role_needed", role=owner.role)
    return {"person": owner.person, "whose": owner.role}


def _check_name(tx: Transaction, owner_params: Mapping[str, str | int], name: str) -> None:
    problems = text_problem("name", name, MAX_NAME, "view_name_missing")
    if not problems and tx.row(_one, **owner_params, view=name):
        problems = {"name": Problem("view_exists", {"view": name})}
    if problems:
        raise Invalid(problems)


def _require_found(changed: int, name: str) -> None:
    if not changed:
        raise NotFound("view_unknown", view=name)


def _encoded(chosen: Mapping[str, str]) -> str:
    text = msgspec.json.encode(dict(chosen)).decode()
    if len(text) > MAX_CHOSEN:
        raise Invalid({"name": Problem("view_too_long")})
    return text
