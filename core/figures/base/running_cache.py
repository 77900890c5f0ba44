"""Data of the running cases, cached in memory until any of them changes.

Every change of a case increases its version, and a new case has the greatest id. So while the number of cases and the
sums of their ids and versions are the same, and no case was rebuilt, none has changed.
"""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select

from core.figures.base.memo import Memo
from core.store import tables
from core.store.tables import last_rebuild

MAX_VALUES = 12  # cached values: each selection of cases has its own
_c = tables.cases.c
_stamp = select(
    func.count(), func.coalesce(func.sum(_c.id), 0), func.coalesce(func.sum(_c.version), 0), last_rebuild
).where(_c.ended_at.is_(None))
_by_engine: "WeakKeyDictionary[Engine, tuple[Any, Memo]]" = WeakKeyDictionary()
_by_transaction: "WeakKeyDictionary[Any, Memo]" = WeakKeyDictionary()  # each sees one snapshot


def running_memo(connection: Connection) -> Memo:
    """Return the cache of values derived from the running cases, as the connection's transaction sees them."""
    moment = connection.get_transaction()
    if moment in _by_transaction:
        return _by_transaction[moment]
    stamp = tuple(connection.execute(_stamp).one())
    cached_stamp, cache = _by_engine.get(connection.engine, (None, Memo()))
    if cached_stamp != stamp or cache.count >= MAX_VALUES:
        cache = Memo()
        _by_engine[connection.engine] = (stamp, cache)
    _by_transaction[connection.get_transaction()] = cache
    return cache
