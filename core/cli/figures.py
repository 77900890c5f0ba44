"""`python -m core figures --json`: every figure of the analysis, computed as its pages do, for chosen cases."""

import json
from datetime import date
from typing import Any

import click
from sqlalchemy import Connection, select

from core.cli.context import Runtime, pass_runtime
from core.cli.output import Failure
from core.cli.types import DAY, Codes
from core.figures.catalogue import everything
from core.figures.pages.whatif.simulation import Scenario
from core.process.definition import PHASES
from core.process.terms import PROCESS_ROLES, Channel, Flow, Role
from core.queries.selection import Selection, begin_of, end_of
from core.store import tables
from core.store.settings import policy
from core.text import identity

FACTOR = click.FloatRange(0, 10, min_open=True)  # beyond it the simulation only grows a queue


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object; the only form there is.")
@click.option("--flow", type=Codes(Flow))
@click.option("--channel", type=Codes(Channel))
@click.option("--client", help="A client's name.")
@click.option("--international", is_flag=True)
@click.option("--national", is_flag=True)
@click.option("--phase", type=click.Choice([phase.number for phase in PHASES]))
@click.option("--opened-from", type=DAY, help="Cases opened from that day on.")
@click.option("--opened-to", type=DAY, help="Cases opened up to that day.")
@click.option("--closed-from", type=DAY, help="Cases ended from that day on.")
@click.option("--closed-to", type=DAY, help="Cases ended up to that day.")
@click.option("--as-of", type=DAY, help="As it stood at the end of that day.")
@click.option("--one-more", type=Codes(PROCESS_ROLES), help="What if there were one person more in a role?")
@click.option("--return-less", is_flag=True, help="What if the last return of each visit had not been?")
@click.option("--arrivals", type=FACTOR, metavar="FACTOR", default=1.0, help="What if so many times as many came?")
@click.option("--deadlines", type=FACTOR, metavar="FACTOR", default=1.0, help="What if deadlines were so much longer?")
@pass_runtime
def figures(runtime: Runtime, /, as_json: bool, **options: Any) -> None:
    """Print every figure of the analysis.

    Days are whole days where the people are, both included.
    """
    if not as_json:
        raise click.UsageError("Missing option '--json'.")
    if options["international"] and options["national"]:
        raise click.UsageError("--international and --national exclude each other.")
    with runtime.database().reading() as connection:
        selection = _selection(connection, **options)
        role: Role | None = options["one_more"]
        change = Scenario(role, options["return_less"], options["arrivals"], options["deadlines"])
        print(json.dumps(everything(connection, selection, runtime.clock(), change), indent=1, ensure_ascii=False))


def _selection(
    connection: Connection,
    *,
    opened_from: date | None,
    opened_to: date | None,
    closed_from: date | None,
    closed_to: date | None,
    as_of: date | None,
    **options: Any,
) -> Selection:
    zone = policy(connection).calendar.time_zone
    return Selection(
        flow=options["flow"],
        channel=options["channel"],
        client=_client(connection, options["client"]) if options["client"] else None,
        international=options["international"] or (False if options["national"] else None),
        opened_from=begin_of(opened_from, zone) if opened_from else None,
        opened_before=end_of(opened_to, zone) if opened_to else None,
        closed_from=begin_of(closed_from, zone) if closed_from else None,
        closed_before=end_of(closed_to, zone) if closed_to else None,
        phase=options["phase"],
        as_of=end_of(as_of, zone) - 1 if as_of else None,
    )


def _client(connection: Connection, name: str) -> int:
    client = connection.scalar(select(tables.clients.c.id).where(tables.clients.c.name_key == identity(name)))
    if client is None:
        raise Failure(f"There is no client {name!r}. Write the name as the cases have it.")
    return int(client)
