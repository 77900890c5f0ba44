"""The sort orders of an inbox, and the keyset that starts the next page after a row.

A row's place is its values in the sort columns, the work item's id last, so that no row is lost or shown twice.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_

from core.store import tables
from core.text import identity

_items, _clients = tables.work_items.c, tables.clients.c
Place = tuple[Any, ...]
NUMBER = r"(\d{1,15})"
ID = r"(\d{1,9})"


class Order(NamedTuple):
    """Sort columns (the first may be descending), the row fields that hold them, and the pattern of a place as text."""

    columns: tuple[ColumnElement[Any], ...]
    fields: tuple[str, ...]
    text: str
    downwards: bool = False


URGENCY = "urgency"
INDEXED = (URGENCY, "oldest")  # orders that an index supports; the others sort the open items of the role
_DUE = (_items.due_at, _items.id)
ORDERS: Mapping[str, Order] = {
    URGENCY: Order(_DUE, ("due_at", "id"), rf"{NUMBER}\.{ID}"),
    "oldest": Order((_items.opened_at, _items.id), ("opened_at", "id"), rf"{NUMBER}\.{ID}"),
    "client": Order((_clients.name_key, _items.id), ("client", "id"), rf"(.{{1,200}})\.{ID}"),
    "phase": Order((_items.phase, *_DUE), ("phase", "due_at", "id"), rf"{NUMBER}\.{NUMBER}\.{ID}"),
    "cycle": Order((_items.cycle, *_DUE), ("cycle", "due_at", "id"), rf"{NUMBER}\.{NUMBER}\.{ID}", downwards=True),
}


def ordered(query: Select[Any], name: str, after: Place | None) -> Select[Any]:
    """Sort a query (an unknown order: by urgency), and keep only the rows after a place, if given."""
    order = ORDERS.get(name, ORDERS[URGENCY])
    first, *others = order.columns
    query = query.order_by(first.desc() if order.downwards else first, *others)
    if not after or len(after) != len(order.columns):
        return query
    beyond = _beyond(tuple(others), after[1:])
    start = after[0]
    # An index can only start at the first comparison.
    if order.downwards:
        return query.where(first <= start, or_(first < start, and_(first == start, beyond)))
    return query.where(first >= start, or_(first > start, and_(first == start, beyond)))


def _beyond(columns: tuple[ColumnElement[Any], ...], place: Place) -> ColumnElement[bool]:
    first, *others = columns
    if not others:
        return first > place[0]  # type: ignore[no-any-return]
    return or_(first > place[0], and_(first == place[0], _beyond(tuple(others), place[1:])))


def place_of(row: Any, name: str) -> str:
    """Return a row's place in an order as used in addresses: «1772542800000.117»."""
    values = [getattr(row, field) for field in ORDERS.get(name, ORDERS[URGENCY]).fields]
    return ".".join(identity(value) if isinstance(value, str) else str(value) for value in values)


def read_place(text: str, name: str) -> Place | None:
    """Parse a place of an order; None when the text is not one."""
    match = re.fullmatch(ORDERS.get(name, ORDERS[URGENCY]).text, text, re.ASCII)
    return tuple(int(part) if part.isdecimal() else part for part in match.groups()) if match else None
