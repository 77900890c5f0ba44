"""`python -m core report --out FILE`: the weekly report as a PDF.

Its words are those of the screens, in ui/; they are named here, so that nothing in core/ imports them.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from core.db import Database
from core.export_verbs import whole
from core.figures.selection import Selection
from core.figures.weekly import last_whole, week_of
from core.settings import policy
from core.terminal import Failure

WORDS = "ui.report"


def add(verb: Callable[..., argparse.ArgumentParser], opened: Callable[[], Database], clock: Callable[[], int]) -> None:
    """The verb, for the command line."""
    says = "Write the weekly report as a PDF: three sentences and four charts, then the numbers."
    made = verb("report", lambda args: report(args, opened(), clock()), says)
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write")
    made.add_argument("--week", type=_day, metavar="WEEK", help="e.g. 2026-W47 (default: the last whole week)")
    made.add_argument("--language", choices=("es", "en"), default="es", help="default: %(default)s")


def report(args: argparse.Namespace, db: Database, now: int) -> None:
    """Write the report of a week, and say where it is."""
    words = import_module(WORDS)
    with db.reading() as connection:
        zone = policy(connection).calendar.time_zone
        week = week_of(args.week, zone) if args.week else last_whole(now, zone)
        if week.first > now:
            raise Failure(f"The week {week} has not begun. Choose an earlier one.")
        try:
            with whole(args.out) as sink:
                for share in words.write(
                    connection, Selection(), week, now, words.Format(args.language, now, zone), sink
                ):
                    _tell(share)
        except words.NothingYet as empty:
            raise Failure(f"There is no case up to the end of {week}. Choose a later week.") from empty
    print(f"The report of {week} is in {args.out}.")


def _tell(share: float) -> None:
    if sys.stdout.isatty():
        print(f"  {share:4.0%}", end="\r", flush=True)


def _day(text: str) -> date:
    """The Monday of a week."""
    try:
        year, number = text.upper().split("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError as cause:
        raise argparse.ArgumentTypeError(f"{text!r} is no week; write it as 2026-W47") from cause
