"""`python -m core settings`: what the process owner sets, shown and changed as JSON."""

import json

import click

from core.cli.context import Runtime, pass_runtime
from core.cli.output import Failure
from core.process.policy import SETTINGS
from core.staff import coverage
from core.store import settings as stored


@click.group()
def settings() -> None:
    """What the process owner sets.

    Rules, deadlines, calendar, notices, four eyes, endpoints.
    """


@settings.command()
@pass_runtime
def show(runtime: Runtime) -> None:
    """Print every setting in force as JSON."""
    with runtime.database().reading() as connection:
        print(json.dumps(stored.policy(connection).as_settings(), indent=1, ensure_ascii=False))


@settings.command("set", context_settings={"ignore_unknown_options": True})  # a value may be a negative number
@click.argument("name", type=click.Choice(SETTINGS))
@click.argument("value", metavar="JSON")
@pass_runtime
def change(runtime: Runtime, name: str, value: str) -> None:
    """Put a setting in force for later work.

    What is left out keeps its default. JSON is written as `settings show` prints it, e.g. for rules
    '{"contrato": {"mode": "any"}}'.
    """
    try:
        decoded = json.loads(value)
    except json.JSONDecodeError as cause:
        raise Failure(
            f"The value is no JSON: {cause}. `settings show` prints every setting as it is written."
        ) from cause
    with runtime.database().writing() as tx, coverage.kept(tx, runtime.clock()):
        stored.change(tx, name, decoded, None, runtime.clock())
    print(f"{name} is set, for work that is opened from now on.")
