"""Recording the statements sent to a database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from core.store.database import Database


@contextmanager
def recorded_statements(db: Database, part: str) -> Iterator[list[str]]:
    """Record the statements that contain `part`, within the block."""
    statements: list[str] = []

    def listen(*arguments: object) -> None:
        if part in str(arguments[2]):
            statements.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", listen)
    yield statements
    event.remove(db.engine, "before_cursor_execute", listen)
