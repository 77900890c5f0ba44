"""A person's display name, with the login where two people have the same name."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Label, case, func, select

from core.store import tables

_namesakes = tables.people.alias("namesakes")
# Inactive people too: a record still names them.
_shared = select(_namesakes.c.name).group_by(_namesakes.c.name).having(func.count() > 1)


def shown_name(people: FromClause = tables.people) -> Label[Any]:
    """Return «Ana Ruiz», or «Ana Ruiz · ana» for a shared name; `people` is the table or an alias of it."""
    name: ColumnElement[Any] = people.c.name
    return case((name.in_(_shared), name + " · " + people.c.login), else_=name).label("name")
