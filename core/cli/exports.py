"""`python -m core outline`, `bpmn` and `export`: the process itself, and the event log or a workbook of every case."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Connection, Select, select

from core.cli.context import Runtime, pass_runtime
from core.cli.types import DAY
from core.exports import ocel, workbook, xes
from core.exports.bpmn import file as process_file
from core.exports.event_log import case_logs
from core.process import definition
from core.queries.selection import Selection, end_of
from core.store import settings as stored
from core.store import tables


@click.command()
def outline() -> None:
    """Print the process definition as tab-separated rows.

    One row for each of the 229 activities.
    """
    print(definition.outline(), end="")


@click.command()
def bpmn() -> None:
    """Print the process as BPMN 2.0 with its layout."""
    print(process_file.file().decode(), end="")


@click.command()
@click.argument("form", type=click.Choice(["xes", "ocel", "xlsx"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="As it stood at the end of that day.")
@pass_runtime
def export(runtime: Runtime, form: str, file: Path, as_of: date | None) -> None:
    """Write the event log of every case, or a workbook.

    The log is written as XES (IEEE 1849) or as OCEL 2.0 JSON; the workbook (xlsx) has cases and work items. FILE is
    where to write; a name that ends in .gz is compressed.
    """
    chosen = select(tables.cases.c.id)
    with runtime.database().reading() as connection, whole(file) as sink:
        zone = stored.policy(connection).calendar.time_zone
        moment = end_of(as_of, zone) - 1 if as_of else None
        match form:
            case "xes":
                wrote = f"{xes.write(case_logs(connection, chosen, moment), sink)} events"
            case "ocel":
                wrote = f"{ocel.write(lambda: case_logs(connection, chosen, moment), sink).events} events"
            case _:
                wrote = f"{workbook.write(_sheets(connection, chosen, moment), sink, ZoneInfo(zone))} rows"
    print(f"{wrote} are in {file}.")


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
