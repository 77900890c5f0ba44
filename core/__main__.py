"""`python -m core`: the only module of `core` that imports `ui`, so that commands say what the screens say."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from sqlalchemy import Connection

from core.cli import main as cli
from core.cli.context import Words, now
from core.figures.pages.weekly import Week
from core.notices import sender
from core.queries.selection import Selection
from core.store.database import Database

# Most commands need none of these modules, and each is slow to import: they are imported where they are used.
# ruff: noqa: PLC0415
LANGUAGE = "en"  # of the terminal


class ScreenWords(Words):
    """The sentences of the screens, for the commands."""

    def refusal(self, code: str, params: Mapping[str, Any]) -> str:
        from ui.words.messages import sentence

        return sentence(LANGUAGE, code, params)

    def letters(self, db: Database, public_url: str, clock: Callable[[], int]) -> sender.Compose:
        from ui.words.emails import writer

        return writer(db, public_url, clock)

    def report(
        self, connection: Connection, week: Week, at: int, language: str, zone: str, sink: BinaryIO
    ) -> Iterator[float]:
        from ui.report import Format, write

        return write(connection, Selection(), week, at, Format(language, at, zone), sink)


def main(arguments: list[str] | None = None, clock: Callable[[], int] = now) -> int:
    """Carry one command out; the exit code."""
    return cli.run(arguments, ScreenWords(), clock)


if __name__ == "__main__":
    sys.exit(main())
