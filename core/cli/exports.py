"""`python -m core export xes|ocel|xlsx FILE`: the event log of every case, or cases and work items as a workbook.

`python -m core bpmn` prints the process itself.
"""

import argparse
import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, select

from core import bpmn, schema, settings
from core.db import Database
from core.exporting import ocel, workbook, xes
from core.exporting.log import told
from core.figures.selection import Selection, end_of


def add(verb: Callable[..., argparse.ArgumentParser], opened: Callable[[], Database]) -> None:
    """The verbs, for the command line."""
    verb("bpmn", lambda _: print(bpmn.file().decode(), end=""), "Print the process as BPMN 2.0 with its layout.")
    says = "Write the event log for other programs: XES (IEEE 1849), OCEL 2.0 JSON, or a workbook of cases."
    made = verb("export", lambda args: export(args, opened()), says)
    made.add_argument("form", choices=("xes", "ocel", "xlsx"))
    made.add_argument("file", type=Path, help="where to write; a name that ends in .gz is compressed")
    made.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="as it stood at the end of that day")


def export(args: argparse.Namespace, db: Database) -> None:
    """Write what is asked for of every case, and say how much it was."""
    chosen = select(schema.cases.c.id)
    with db.reading() as connection, whole(args.file) as sink:
        name = settings.policy(connection).calendar.time_zone
        zone = ZoneInfo(name)
        as_of = end_of(args.as_of, name) - 1 if args.as_of else None
        match args.form:
            case "xes":
                wrote = f"{xes.write(told(connection, chosen, as_of), sink)} events"
            case "ocel":
                wrote = f"{ocel.write(lambda: told(connection, chosen, as_of), sink).events} events"
            case _:
                wrote = f"{workbook.write(_sheets(connection, chosen, as_of), sink, zone)} rows"
    print(f"{wrote} are in {args.file}.")


def _sheets(connection: Connection, chosen: Select[tuple[int]], as_of: int | None) -> Iterator[workbook.Sheet]:
    selection = Selection(as_of=as_of)
    yield from workbook.sheets(connection, chosen, selection.rows.cases, selection.rows.items)
    yield workbook.phases(connection, selection)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file that is there when it is whole, and else not; what stood there before stays until then."""
    begun = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with begun.open("wb") as plain:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", fileobj=plain, mtime=0) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield plain
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as cause:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-25") from cause
