"""The folder of a database's documents."""

import os
from pathlib import Path

from core.paths import ROOT
from core.store.database import Database


def files_root(db: Database) -> Path:
    """Return DOCUMENTS_DIR, else `files` next to the SQLite database, else data/files."""
    if folder := os.environ.get("DOCUMENTS_DIR"):
        return Path(folder)
    parent = Path(db.url.database).parent if db.is_sqlite and db.url.database else ROOT / "data"
    return parent / "files"
