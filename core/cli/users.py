"""`python -m core user`: create, reset, disable and enable people, give them roles and rights, list everybody."""

import click
from sqlalchemy import select

from core.cli.context import Runtime, pass_runtime
from core.cli.output import show_password
from core.cli.types import Codes
from core.people import accounts, rights
from core.process.terms import ROLE_NAMES, Right, Role
from core.store import tables

ROLE = Codes(Role)


@click.group()
def user() -> None:
    """People, their roles and their rights."""


@user.command()
@click.argument("login")
@click.argument("name")
@click.option("--role", "roles", type=ROLE, multiple=True, help="May be given more than once.")
@click.option("--email")
@pass_runtime
def create(runtime: Runtime, login: str, name: str, roles: tuple[Role, ...], email: str | None) -> None:
    """Create a person and print the one-time password, once."""
    _, password = accounts.create(runtime.database(create=True), login, name, roles, email, at=runtime.clock())
    show_password(login, password)


@user.command()
@click.argument("login")
@pass_runtime
def reset(runtime: Runtime, login: str) -> None:
    """Print a new one-time password; ends sessions and a lockout."""
    show_password(login, accounts.reset(runtime.database(), login, None, runtime.clock()))


@user.command()
@click.argument("login")
@pass_runtime
def disable(runtime: Runtime, login: str) -> None:
    """The person cannot sign in any more; sessions end now."""
    accounts.disable(runtime.database(), login, None, runtime.clock())
    print(f"{login} can no longer sign in; open sessions have ended.")


@user.command()
@click.argument("login")
@pass_runtime
def enable(runtime: Runtime, login: str) -> None:
    """The person can sign in again."""
    accounts.enable(runtime.database(), login, None, runtime.clock())
    print(f"{login} can sign in again.")


@user.command("roles")
@click.argument("login")
@click.argument("roles", type=ROLE, nargs=-1)
@pass_runtime
def set_roles(runtime: Runtime, login: str, roles: tuple[Role, ...]) -> None:
    """Give these roles and no others; ends the person's sessions."""
    accounts.set_roles(runtime.database(), login, roles, None, runtime.clock())
    print(f"{login} holds now: {', '.join(ROLE_NAMES[role] for role in roles) or 'no role'}")


@user.command("right")
@click.argument("login")
@click.argument("right", type=Codes(Right))
@click.option("--take", is_flag=True, help="Take it instead of giving it.")
@pass_runtime
def set_right(runtime: Runtime, login: str, right: Right, take: bool) -> None:
    """Give or take a right, e.g. to see the analysis, beside the roles."""
    change = rights.take if take else rights.give
    change(runtime.database(), login, right, None, runtime.clock())
    print(f"{login} {'no longer has' if take else 'has'} the right: {right}")


@user.command("list")
@pass_runtime
def list_users(runtime: Runtime) -> None:
    """Everybody, with their roles."""
    everybody, held = tables.people.c, tables.person_roles.c
    listed = select(everybody.id, everybody.login, everybody.name, everybody.active).order_by(everybody.login)
    with runtime.database().reading() as connection:
        rows = connection.execute(listed).all()
        roles = connection.execute(select(held.person_id, held.role).order_by(held.role)).all()
    for person, login, name, active in rows:
        names = ", ".join(ROLE_NAMES[Role(role)] for holder, role in roles if holder == person)
        print(f"{login:<20} {name:<36} {names}{'' if active else '  (disabled)'}")
