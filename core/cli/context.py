"""What every command is given: the words of the screens, the time, and the database of DATABASE_URL."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import click
from sqlalchemy import Connection, inspect

from core.cli.output import Failure
from core.figures.pages.weekly import Week
from core.notices import sender
from core.store import compatibility
from core.store.database import Database


class Words(Protocol):
    """What commands say in the words of the screens."""

    def refusal(self, code: str, params: Mapping[str, Any]) -> str:
        """Why something was refused, as a sentence."""
        ...

    def letters(self, db: Database, public_url: str, clock: Callable[[], int]) -> sender.Compose:
        """Writes the messages that the outbox sends."""
        ...

    def report(
        self, connection: Connection, week: Week, at: int, language: str, zone: str, sink: BinaryIO
    ) -> Iterator[float]:
        """Write the report of a week as a PDF; yields the share that is done. NothingYet without any case."""
        ...


def now() -> int:
    """This moment, in ms since 1970 UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Runtime:
    """The words and the clock with which a command runs."""

    words: Words
    clock: Callable[[], int] = now

    def database(self, *, create: bool = False) -> Database:
        """The database of DATABASE_URL; with `create` it is made when it is not there, else Failure."""
        db = Database(clock=self.clock)
        shown = db.url.render_as_string()
        absent = db.is_sqlite and db.url.database and not Path(db.url.database).exists()
        if not create and (absent or not inspect(db.engine).has_table("events")):
            raise Failure(
                f"There is nothing in {shown} yet. Check DATABASE_URL, or begin with `make run` or `make demo`."
            )
        if not absent and (missing := compatibility.missing_columns(db.engine)):
            raise Failure(
                f"{shown} was made by another version of the product: it has no {missing[0]}. Nothing was changed in "
                "it. Name another database in DATABASE_URL, or go on with the version that made it."
            )
        db.create()  # an older database lacks the tables that were added since
        return db


pass_runtime = click.make_pass_decorator(Runtime)
