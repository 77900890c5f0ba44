"""The commands about other systems: `python -m core deliver`, and `system create`, `end`, `list`."""

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from core import calls, settings, systems
from core.db import Database
from core.terminal import Failure
from core.terms import SYSTEMS, Channel

SECRET = "ENDPOINT_SECRET"  # noqa: S105  (the name of a variable)
SHORTEST = 16  # characters
PAUSE = 20  # seconds between two runs of --watch
Opened = Callable[[], Database]


def now() -> int:
    return time.time_ns() // 1_000_000


def deliver(opened: Opened, args: argparse.Namespace) -> int:
    """One run, or one after the other until it is stopped; 1 when something waits for a person."""
    db = opened()
    while True:
        for key, system, outcome, trouble in calls.deliver(db, _secrets(db), now):
            print(f"{key} {system}: {outcome}{f' ({trouble})' if trouble else ''}", flush=True)
        if not args.watch:
            break
        time.sleep(PAUSE)
    with db.reading() as connection:
        dead = calls.failed(connection)
    for each in dead:
        print(f"{each.code}/{each.call} {each.system}: failed, to be done by hand ({each.trouble})")
    return 1 if dead else 0


def _secrets(db: Database) -> dict[str, str]:
    """What signs for each system: its own secret, or the common one; Failure when one that has an endpoint has none."""
    common = os.environ.get(SECRET, "")
    found = {system: os.environ.get(f"{SECRET}_{system.upper()}") or common for system in SYSTEMS}
    with db.reading() as connection:
        tied = settings.policy(connection).endpoints
    for system in tied:
        if len(found[system]) < SHORTEST:
            name = f"{SECRET}_{system.upper()}"
            raise Failure(
                f"{SECRET}, or {name}, is not set or too short ({SHORTEST} characters): it signs what is sent."
            )
    return found


def create(opened: Opened, args: argparse.Namespace) -> None:
    token = systems.create(opened(), args.name, args.channel, now())
    print(f"Token of {args.name}: {token}")
    print("It is shown only now. The system sends it as `Authorization: Bearer TOKEN` to /api/cases.")


def end(opened: Opened, args: argparse.Namespace) -> None:
    systems.end(opened(), args.name, now())
    print(f"{args.name} is no longer let in.")


def show(opened: Opened, _: argparse.Namespace) -> None:
    with opened().reading() as connection:
        for name, channel, created_at, ended_at in systems.everybody(connection):
            since = datetime.fromtimestamp(created_at / 1000, UTC)
            print(f"{name:<30} {channel:<14} since {since:%Y-%m-%d}{'  ended' if ended_at else ''}")


def add(verbs: Any, add_verb: Callable[..., argparse.ArgumentParser], opened: Opened) -> None:
    """Put these verbs beside the others."""
    says = "Send what other systems are asked for and is due; exit code 1 when something has failed."
    made = add_verb(verbs, "deliver", partial(deliver, opened), says)
    made.add_argument("--watch", action="store_true", help=f"stay, and send every {PAUSE} seconds")
    says = "Systems that may open cases: create, end, list."
    group = verbs.add_parser("system", help=says, description=says).add_subparsers(metavar="VERB", required=True)
    made = add_verb(group, "create", partial(create, opened), "Let a system in and print its token, once.")
    made.add_argument("name")
    made.add_argument("--channel", type=Channel, choices=list(Channel), default=Channel.OPERACION)
    add_verb(group, "end", partial(end, opened), "Its token is worth nothing from now on.").add_argument("name")
    add_verb(group, "list", partial(show, opened), "Every system, with its channel.")
