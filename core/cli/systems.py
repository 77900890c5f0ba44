"""`python -m core deliver` and `python -m core system`: what is sent to other systems, and which of them are let in."""

import os
import time
from datetime import UTC, datetime

import click

from core.cli.context import Runtime, pass_runtime
from core.cli.output import Failure
from core.cli.types import Codes
from core.integrations import api_clients, outbound_calls
from core.process.terms import SYSTEMS, Channel
from core.store import settings as stored
from core.store.database import Database
from core.store.outbox import DeliveryFailure

SECRET = "ENDPOINT_SECRET"  # noqa: S105  (the name of a variable)
SHORTEST = 16  # characters
PAUSE = 20  # seconds between two runs of --watch


@click.command()
@click.option("--watch", is_flag=True, help=f"Stay, and send every {PAUSE} seconds.")
@pass_runtime
def deliver(runtime: Runtime, watch: bool) -> int:
    """Send what other systems are asked for and is due.

    Exit code 1 when something has failed.
    """
    db = runtime.database()
    while True:
        for key, name, outcome, failure in outbound_calls.deliver(db, _secrets(db), runtime.clock):
            print(f"{key} {name}: {outcome}{_why(failure)}", flush=True)
        if not watch:
            break
        time.sleep(PAUSE)
    with db.reading() as connection:
        failed = outbound_calls.failed(connection)
    for call in failed:
        print(f"{call.code}/{call.call} {call.system}: failed, to be done by hand{_why(call.failure)}")
    return 1 if failed else 0


def _why(failure: DeliveryFailure | None) -> str:
    """A failure in parentheses: its code and its parameters."""
    return f" ({' '.join([failure.code, *map(str, failure.params.values())])})" if failure else ""


def _secrets(db: Database) -> dict[str, str]:
    """What signs for each system: its own secret, or the common one; Failure when one that has an endpoint has none."""
    common = os.environ.get(SECRET, "")
    secrets = {name: os.environ.get(f"{SECRET}_{name.upper()}") or common for name in SYSTEMS}
    with db.reading() as connection:
        endpoints = stored.policy(connection).endpoints
    for name in endpoints:
        if len(secrets[name]) < SHORTEST:
            variable = f"{SECRET}_{name.upper()}"
            raise Failure(
                f"{SECRET}, or {variable}, is not set or too short ({SHORTEST} characters): it signs what is sent."
            )
    return secrets


@click.group()
def system() -> None:
    """Other systems that may open cases."""


@system.command()
@click.argument("name")
@click.option("--channel", type=Codes(Channel), default=Channel.OPERACION, show_default=True)
@pass_runtime
def create(runtime: Runtime, name: str, channel: Channel) -> None:
    """Let a system in and print its token, once."""
    token = api_clients.create(runtime.database(), name, channel, runtime.clock())
    print(f"Token of {name}: {token}")
    print("It is shown only now. The system sends it as `Authorization: Bearer TOKEN` to /api/cases.")


@system.command()
@click.argument("name")
@pass_runtime
def end(runtime: Runtime, name: str) -> None:
    """Its token is worth nothing from now on."""
    api_clients.end(runtime.database(), name, runtime.clock())
    print(f"{name} is no longer let in.")


@system.command("list")
@pass_runtime
def list_systems(runtime: Runtime) -> None:
    """Every system, with its channel."""
    with runtime.database().reading() as connection:
        for name, channel, created_at, ended_at in api_clients.everybody(connection):
            since = datetime.fromtimestamp(created_at / 1000, UTC)
            print(f"{name:<30} {channel:<14} since {since:%Y-%m-%d}{'  ended' if ended_at else ''}")
