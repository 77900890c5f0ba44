"""`python -m core figures --json`: every figure of the analysis, computed as its pages do, for chosen cases."""

import argparse
import json
from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from core.cli.output import Failure
from core.figures.catalogue import everything
from core.figures.pages.whatif.simulation import Scenario
from core.process.definition import PHASES
from core.process.terms import PROCESS_ROLES, Channel, Flow, Role
from core.queries.selection import Selection, begin_of, end_of
from core.store import tables
from core.store.database import Database
from core.store.settings import policy
from core.text import identity

MOST = 10  # times: beyond it the simulation only grows a queue
Verb = Callable[..., argparse.ArgumentParser]


def add(verb: Verb, opened: Callable[[], Database], clock: Callable[[], int]) -> None:
    """The verb, for the command line."""
    says = "Print every figure of the analysis; days are whole days where the people are, both included."
    made = verb("figures", lambda args: figures(args, opened(), clock()), says)
    made.add_argument("--json", action="store_true", required=True, help="as one JSON object")
    made.add_argument("--flow", choices=list(Flow))
    made.add_argument("--channel", choices=list(Channel))
    made.add_argument("--client", help="a client's name")
    where = made.add_mutually_exclusive_group()
    where.add_argument("--international", action="store_true", default=None)
    where.add_argument("--national", dest="international", action="store_false")
    made.add_argument("--phase", type=int, choices=[phase.number for phase in PHASES])
    for name, says in (
        ("opened", "cases opened"),
        ("closed", "cases ended"),
    ):
        made.add_argument(f"--{name}-from", type=date.fromisoformat, metavar="DAY", help=f"{says} from that day on")
        made.add_argument(f"--{name}-to", type=date.fromisoformat, metavar="DAY", help=f"{says} up to that day")
    what = made.add_argument_group("what if", "what the simulation changes; without it, the process as it is")
    what.add_argument("--one-more", choices=list(PROCESS_ROLES), metavar="ROLE", help="one person more in a role")
    what.add_argument("--return-less", action="store_true", help="the last return of each visit left out")
    for name in ("arrivals", "deadlines"):
        what.add_argument(f"--{name}", type=_factor, default=1.0, metavar="FACTOR", help="times as many or as long")
    made.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="as it stood at the end of that day")


def figures(args: argparse.Namespace, db: Database, now: int) -> None:
    """Print the figures as JSON."""
    with db.reading() as connection:
        zone = policy(connection).calendar.time_zone
        selection = Selection(
            flow=Flow(args.flow) if args.flow else None,
            channel=Channel(args.channel) if args.channel else None,
            client=_client(db, args.client) if args.client else None,
            international=args.international,
            opened_from=args.opened_from and begin_of(args.opened_from, zone),
            opened_before=args.opened_to and end_of(args.opened_to, zone),
            closed_from=args.closed_from and begin_of(args.closed_from, zone),
            closed_before=args.closed_to and end_of(args.closed_to, zone),
            phase=args.phase,
            as_of=args.as_of and end_of(args.as_of, zone) - 1,
        )
        role = Role(args.one_more) if args.one_more else None
        change = Scenario(role, args.return_less, args.arrivals, args.deadlines)
        print(json.dumps(everything(connection, selection, now, change), indent=1, ensure_ascii=False))


def _factor(text: str) -> float:
    """A factor of what is now; argparse says what is wrong with another."""
    value = float(text)
    if not 0 < value <= MOST:
        raise ValueError
    return value


def _client(db: Database, name: str) -> int:
    with db.reading() as connection:
        found = connection.scalar(select(tables.clients.c.id).where(tables.clients.c.name_key == identity(name)))
    if found is None:
        raise Failure(f"There is no client {name!r}. Write the name as the cases have it.")
    return int(found)
