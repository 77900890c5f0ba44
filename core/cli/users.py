"""The commands about people: `python -m core user create`, `reset`, `disable`, `enable`, `roles`, `right`, `list`."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import select

from core import people, rights, schema
from core.db import Database
from core.terminal import show_password
from core.terms import ROLE_NAMES, Right, Role

ROLES = ", ".join(Role)
Opened = Callable[..., Database]
Clock = Callable[[], int]
Run = Callable[[Opened, Clock, argparse.Namespace], None]
AddVerb = Callable[..., argparse.ArgumentParser]


def create_user(opened: Opened, now: Clock, args: argparse.Namespace) -> None:
    _, password = people.create(opened(create=True), args.login, args.name, args.role, args.email, at=now())
    show_password(args.login, password)


def reset_user(opened: Opened, now: Clock, args: argparse.Namespace) -> None:
    show_password(args.login, people.reset(opened(), args.login, None, now()))


def disable_user(opened: Opened, now: Clock, args: argparse.Namespace) -> None:
    people.disable(opened(), args.login, None, now())
    print(f"{args.login} can no longer sign in; open sessions have ended.")


def enable_user(opened: Opened, now: Clock, args: argparse.Namespace) -> None:
    people.enable(opened(), args.login, None, now())
    print(f"{args.login} can sign in again.")


def set_user_roles(opened: Opened, now: Clock, args: argparse.Namespace) -> None:
    people.set_roles(opened(), args.login, args.roles, None, now())
    print(f"{args.login} holds now: {', '.join(ROLE_NAMES[role] for role in args.roles) or 'no role'}")


def set_user_right(opened: Opened, now: Clock, args: argparse.Namespace) -> None:
    change = rights.take if args.take else rights.give
    change(opened(), args.login, Right(args.right), None, now())
    print(f"{args.login} {'no longer has' if args.take else 'has'} the right: {args.right}")


def list_users(opened: Opened, _now: Clock, _: argparse.Namespace) -> None:
    everybody, held = schema.people.c, schema.person_roles.c
    listed = select(everybody.id, everybody.login, everybody.name, everybody.active).order_by(everybody.login)
    with opened().reading() as connection:
        rows = connection.execute(listed).all()
        roles = connection.execute(select(held.person_id, held.role).order_by(held.role)).all()
    for person, login, name, active in rows:
        mine = ", ".join(ROLE_NAMES[Role(role)] for whose, role in roles if whose == person)
        print(f"{login:<20} {name:<36} {mine}{'' if active else '  (disabled)'}")


def add(verbs: Any, add_verb: AddVerb, opened: Callable[..., Database], now: Clock) -> None:
    """The verbs, for the command line."""
    says = "People: create, reset, disable, enable, roles, right, list."
    group = verbs.add_parser("user", help=says).add_subparsers(metavar="VERB", required=True)

    def verb(name: str, run: Run, what: str) -> argparse.ArgumentParser:
        return add_verb(group, name, partial(run, opened, now), what)

    made = verb("create", create_user, "Create a person and print the one-time password, once.")
    made.add_argument("login")
    made.add_argument("name")
    made.add_argument("--role", action="append", default=[], type=role, metavar="ROLE", help=f"of {ROLES}; repeatable")
    made.add_argument("--email")
    verb("reset", reset_user, "Print a new one-time password; ends sessions and a lockout.").add_argument("login")
    verb("disable", disable_user, "The person cannot sign in any more; sessions end now.").add_argument("login")
    verb("enable", enable_user, "The person can sign in again.").add_argument("login")
    made = verb("roles", set_user_roles, "Give these roles and no others; ends the person's sessions.")
    made.add_argument("login")
    made.add_argument("roles", nargs="*", type=role, metavar="ROLE", help=f"of {ROLES}")
    made = verb("right", set_user_right, "Give or take a right, e.g. to see the analysis, beside the roles.")
    made.add_argument("login")
    made.add_argument("right", choices=list(Right))
    made.add_argument("--take", action="store_true", help="take it instead of giving it")
    verb("list", list_users, "Everybody, with their roles.")


def role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as cause:
        raise argparse.ArgumentTypeError(f"there is no role {text!r}; the roles are {ROLES}") from cause
