"""`python -m core settings`: what the process owner sets, shown and changed as JSON."""

import json

import click

from core.cli.context import Runtime, pass_runtime
from core.cli.output import Failure
from core.errors import Invalid
from core.services import settings as owner_settings
from core.store import settings as stored


@click.group()
def settings() -> None:
    """What the process owner sets.

    Rules, deadlines, calendar, notices, four eyes, endpoints.
    """


@settings.command()
@click.option("--json", "as_json", is_flag=True, help="The values in force as `settings set` takes them.")
@pass_runtime
def show(runtime: Runtime, as_json: bool) -> None:
    """Print each value in force, its default and what it may be, tab-separated."""
    with runtime.database().reading() as connection:
        policy = stored.policy(connection)
    if as_json:
        print(json.dumps(policy.as_settings(), indent=1, ensure_ascii=False))
        return
    for row in owner_settings.rows(policy):
        print("\t".join((row.path, *(json.dumps(each, ensure_ascii=False) for each in row[1:3]), row.range)))


@settings.command("set", context_settings={"ignore_unknown_options": True})  # a value may be a negative number
@click.argument("name")
@click.argument("value", metavar="JSON")
@pass_runtime
def change(runtime: Runtime, name: str, value: str) -> None:
    """Put a setting in force for later work.

    NAME is the first part of a path of `settings show`: soon, rules, calendar … What JSON leaves out keeps its value,
    e.g. for rules '{"contrato": {"mode": "any"}}'.
    """
    try:
        decoded = json.loads(value)
    except json.JSONDecodeError as cause:
        raise Failure(
            f"The value is no JSON: {cause}. `settings show` prints every setting as it is written."
        ) from cause
    try:
        changed = owner_settings.set_one(runtime.database(), name, decoded, runtime.clock())
    except Invalid as refused:
        lines = (f"{field}: {runtime.words.refusal(*problem)}" for field, problem in refused.problems.items())
        raise Failure("\n".join(lines)) from refused
    for path, now_set in changed.items():
        print(f"{path} is now {json.dumps(now_set, ensure_ascii=False)}, for work that is opened from now on.")
    if not changed:
        print(f"{name} has that value already.")
