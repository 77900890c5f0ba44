"""The one database of this process; here for the server's routes too, which must not import what draws pages."""

import time
from functools import cache

from core.documents.store import Store
from core.services import opening
from core.store.database import Database
from core.store.files_root import files_root


@cache
def database() -> Database:
    """The one database of this process, its tables made if need be (anybody can clear a cache of Streamlit's own)."""
    db = Database(clock=moment)
    db.create()
    opening.renew_client_keys(db)
    return db


@cache
def store() -> Store:
    """Where the documents are."""
    return Store(files_root(database()))


def moment() -> int:
    """Now, in ms since 1970 UTC."""
    return time.time_ns() // 1_000_000
