"""The database and file store of this process, without Streamlit, for pages and the server's routes."""

import time
from functools import cache

from core.documents.store import Store
from core.services import opening
from core.store.database import Database
from core.store.files_root import files_root


@cache
def database() -> Database:
    """The database, with its tables created if needed; not in Streamlit's cache, which any visitor can clear."""
    db = Database(clock=moment)
    db.create()
    opening.renew_client_keys(db)
    return db


@cache
def store() -> Store:
    """The store of document files."""
    return Store(files_root(database()))


def moment() -> int:
    """Now, in ms since 1970 UTC."""
    return time.time_ns() // 1_000_000
