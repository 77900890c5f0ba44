"""Which statements a database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from core.store.database import Database


@contextmanager
def heard(db: Database, part: str) -> Iterator[list[str]]:
    """Each statement with this part in it, from here on."""
    said: list[str] = []

    def listen(*told: object) -> None:
        if part in str(told[2]):
            said.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", listen)
    yield said
    event.remove(db.engine, "before_cursor_execute", listen)
