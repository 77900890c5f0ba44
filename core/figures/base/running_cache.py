"""What is read of the cases that have not ended, held in memory until any of them changes.

Whatever changes a case makes its version greater, and a new case has a greater id than all before it. So as long as how
many there are and the sums of their ids and versions are the same, and no case was rebuilt, all are as they were.
"""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select

from core.figures.base.memo import Once
from core.store import tables
from core.store.tables import last_rebuild

MOST = 12  # different things: each choice of cases has its own
_c = tables.cases.c
_stamp = select(
    func.count(), func.coalesce(func.sum(_c.id), 0), func.coalesce(func.sum(_c.version), 0), last_rebuild
).where(_c.ended_at.is_(None))
_held: "WeakKeyDictionary[Engine, tuple[Any, Once]]" = WeakKeyDictionary()
_seen: "WeakKeyDictionary[Any, Once]" = WeakKeyDictionary()  # by transaction: each sees one moment of the database


def standing(connection: Connection) -> Once:
    """What follows from the rows of the running cases alone, as the connection's transaction sees them."""
    moment = connection.get_transaction()
    if moment in _seen:
        return _seen[moment]
    stamp = tuple(connection.execute(_stamp).one())
    held, found = _held.get(connection.engine, (None, Once()))
    if held != stamp or found.count >= MOST:
        found = Once()
        _held[connection.engine] = (stamp, found)
    _seen[connection.get_transaction()] = found
    return found
