"""A person's name as screens and messages show it: with the login where two people have that name."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Label, case, func, select

from core.store import tables

_namesakes = tables.people.alias("namesakes")
# Of everybody, not only of the active: a record names people who have left.
_shared = select(_namesakes.c.name).group_by(_namesakes.c.name).having(func.count() > 1)


def shown_name(people: FromClause = tables.people) -> Label[Any]:
    """«Ana Ruiz», or «Ana Ruiz · ana» where somebody else has that name; `people` is the table or an alias of it."""
    name: ColumnElement[Any] = people.c.name
    return case((name.in_(_shared), name + " · " + people.c.login), else_=name).label("name")
