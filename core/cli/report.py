"""`python -m core report --out FILE`: the weekly report as a PDF."""

import sys
from datetime import date
from pathlib import Path

import click

from core.cli.context import Runtime, pass_runtime
from core.cli.exports import whole
from core.cli.output import Failure
from core.cli.types import WEEK
from core.figures.pages.weekly import NothingYet, last_complete_week, week_of
from core.store.settings import policy


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where to write.")
@click.option("--week", "monday", type=WEEK, help="E.g. 2026-W47; the last whole week unless given.")
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True)
@pass_runtime
def report(runtime: Runtime, out: Path, monday: date | None, language: str) -> None:
    """Write the weekly report as a PDF.

    Three sentences and four charts, then the numbers.
    """
    at = runtime.clock()
    with runtime.database().reading() as connection:
        zone = policy(connection).calendar.time_zone
        week = week_of(monday, zone) if monday else last_complete_week(at, zone)
        if week.first > at:
            raise Failure(f"The week {week} has not begun. Choose an earlier one.")
        try:
            with whole(out) as sink:
                for share in runtime.words.report(connection, week, at, language, zone, sink):
                    _show(share)
        except NothingYet as empty:
            raise Failure(f"There is no case up to the end of {week}. Choose a later week.") from empty
    print(f"The report of {week} is in {out}.")


def _show(share: float) -> None:
    if sys.stdout.isatty():
        print(f"  {share:4.0%}", end="\r", flush=True)
