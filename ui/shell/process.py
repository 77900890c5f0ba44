"""The one database of this process; here for the server's routes too, which must not import what draws pages."""

import time
from functools import cache

from core.documents.store import Store, files_root
from core.store.database import Database


@cache
def database() -> Database:
    """The one database of this process, its tables made if need be (anybody can clear a cache of Streamlit's own)."""
    db = Database(clock=moment)
    db.create()
    return db


@cache
def store() -> Store:
    """Where the documents are."""
    return Store(files_root(database()))


def moment() -> int:
    """Now, in ms since 1970 UTC."""
    return time.time_ns() // 1_000_000
