"""Saved views: the filters and the order of an inbox, or of the analysis, under a name; each person's own."""

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
    """A saved view: what is chosen in it, as the address has it."""

    name: str
    chosen: Mapping[str, str]
    is_default: bool


class Mine(NamedTuple):
    """Whose views, of which inbox, or of what a right lets them see."""

    person: int
    role: Role | Right


def of(connection: Connection, mine: Mine) -> list[View]:
    """A person's views of an inbox, by name."""
    rows = connection.execute(_all, {"person": mine.person, "whose": mine.role.value})
    return [View(name, msgspec.json.decode(chosen, type=dict[str, str]), bool(first)) for name, chosen, first in rows]


def save(db: Database, mine: Mine, name: str, chosen: Mapping[str, str]) -> str:
    """Keep what is chosen under a new name; the name as it is kept. Invalid when it is taken, missing or too long.

    The same under the same name is kept already: so ends the second of two clicks.
    """
    name, what = clean_name(name), _written(chosen)
    with db.writing() as tx:
        whose = _authorised(tx, mine)
        kept = tx.rows(_all, **whose)
        if any((known, chosen_then) == (name, what) for known, chosen_then, _ in kept):
            return name
        _check_name(tx, whose, name)
        if len(kept) >= MAX_VIEWS:
            raise Invalid({"name": Problem("views_too_many", {"limit": MAX_VIEWS})})
        row = {"person_id": mine.person, "role": mine.role, "name": name, "chosen": what, "is_default": False}
        tx.run(_add, row)
    return name


def replace(db: Database, mine: Mine, name: str, chosen: Mapping[str, str]) -> None:
    """Keep what is chosen now under a name that is there."""
    what = _written(chosen)
    with db.writing() as tx:
        _there(tx.run(_choose, {**_authorised(tx, mine), "view": name, "what": what}), name)


def rename(db: Database, mine: Mine, name: str, new_name: str) -> str:
    """Another name for a view; the name as it is kept."""
    new_name = clean_name(new_name)
    with db.writing() as tx:
        whose = _authorised(tx, mine)
        if new_name != name:
            _check_name(tx, whose, new_name)
        _there(tx.run(_rename, {**whose, "view": name, "new_name": new_name}), name)
    return new_name


def delete(db: Database, mine: Mine, name: str) -> None:
    """The view is not wanted any more."""
    with db.writing() as tx:
        _there(tx.run(_remove, {**_authorised(tx, mine), "view": name}), name)


def make_default(db: Database, mine: Mine, name: str) -> None:
    """The inbox opens with this view; with "" it opens with everything."""
    with db.writing() as tx:
        whose = _authorised(tx, mine)
        tx.run(_no_default, whose)
        if name:
            _there(tx.run(_default, {**whose, "view": name}), name)


def _authorised(tx: Transaction, mine: Mine) -> dict[str, str | int]:
    """Only whoever holds the role (or right) at this moment has such views; they are reached by their owner alone."""
    roles = actor_in(tx, mine.person).roles
    if isinstance(mine.role, Right):
        rights.check_in(tx, mine.person, roles, mine.role)
    elif mine.role not in roles:
        raise NotAllowed("role_needed", role=mine.role)
    return {"person": mine.person, "whose": mine.role}


def _check_name(tx: Transaction, whose: Mapping[str, str | int], name: str) -> None:
    problems = text_problem("name", name, MAX_NAME, "view_name_missing")
    if not problems and tx.row(_one, **whose, view=name):
        problems = {"name": Problem("view_exists", {"view": name})}
    if problems:
        raise Invalid(problems)


def _there(changed: int, name: str) -> None:
    if not changed:
        raise NotFound("view_unknown", view=name)


def _written(chosen: Mapping[str, str]) -> str:
    text = msgspec.json.encode(dict(chosen)).decode()
    if len(text) > MAX_CHOSEN:
        raise Invalid({"name": Problem("view_too_long")})
    return text
