"""The orders of an inbox: by which columns, and how a page goes on after the last row of the one before.

A row's place is the values of its order's columns, the work item's id last, so that no row is lost or shown twice.
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
    """Columns, of which the first may run downwards, the names of a row's fields for them, and a place as text."""

    columns: tuple[ColumnElement[Any], ...]
    fields: tuple[str, ...]
    text: str
    downwards: bool = False


URGENCY = "urgency"
INDEXED = (URGENCY, "oldest")  # orders that an index keeps; the others sort what is open for the role
_DUE = (_items.due_at, _items.id)
ORDERS: Mapping[str, Order] = {
    URGENCY: Order(_DUE, ("due_at", "id"), rf"{NUMBER}\.{ID}"),
    "oldest": Order((_items.opened_at, _items.id), ("opened_at", "id"), rf"{NUMBER}\.{ID}"),
    "client": Order((_clients.name_key, _items.id), ("client", "id"), rf"(.{{1,200}})\.{ID}"),
    "phase": Order((_items.phase, *_DUE), ("phase", "due_at", "id"), rf"{NUMBER}\.{NUMBER}\.{ID}"),
    "cycle": Order((_items.cycle, *_DUE), ("cycle", "due_at", "id"), rf"{NUMBER}\.{NUMBER}\.{ID}", downwards=True),
}


def ordered(found: Select[Any], name: str, after: Place | None) -> Select[Any]:
    """The rows in an order (unknown: by urgency), those after a place only."""
    order = ORDERS.get(name, ORDERS[URGENCY])
    first, *rest = order.columns
    found = found.order_by(first.desc() if order.downwards else first, *rest)
    if not after or len(after) != len(order.columns):
        return found
    beyond = _beyond(tuple(rest), after[1:])
    start = after[0]
    # The first comparison alone is what an index can begin at.
    if order.downwards:
        return found.where(first <= start, or_(first < start, and_(first == start, beyond)))
    return found.where(first >= start, or_(first > start, and_(first == start, beyond)))


def _beyond(columns: tuple[ColumnElement[Any], ...], place: Place) -> ColumnElement[bool]:
    first, *rest = columns
    if not rest:
        return first > place[0]  # type: ignore[no-any-return]
    return or_(first > place[0], and_(first == place[0], _beyond(tuple(rest), place[1:])))


def place_of(row: Any, name: str) -> str:
    """Where a row stands in an order, as the address says it: «1772542800000.117»."""
    values = [getattr(row, field) for field in ORDERS.get(name, ORDERS[URGENCY]).fields]
    return ".".join(identity(value) if isinstance(value, str) else str(value) for value in values)


def read_place(text: str, name: str) -> Place | None:
    """The place that an address names; None when it names none of this order."""
    found = re.fullmatch(ORDERS.get(name, ORDERS[URGENCY]).text, text, re.ASCII)
    return tuple(int(part) if part.isdecimal() else part for part in found.groups()) if found else None
