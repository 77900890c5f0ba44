"""Where the documents of a database are kept."""

import os
from pathlib import Path

from core.paths import ROOT
from core.store.database import Database


def files_root(db: Database) -> Path:
    """Where files are kept: DOCUMENTS_DIR, or `files` beside the SQLite database, or data/files."""
    if given := os.environ.get("DOCUMENTS_DIR"):
        return Path(given)
    beside = Path(db.url.database).parent if db.is_sqlite and db.url.database else ROOT / "data"
    return beside / "files"
