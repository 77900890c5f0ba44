"""What the operations commands say on the terminal (the screens have their own words, in two languages)."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from core.cli.server import NotStarted
from core.demo.cast import Cast
from core.errors import BadCalendar, BadDefinition, Invalid, Problem, Refused
from core.process.terms import ROLE_NAMES
from core.store.database import sqlite3  # type: ignore[attr-defined]

FEW, FIRST = 8, 3  # a longer list than the one is cut to the other
SENTENCES = {
    "demo_not_empty": "The database has {people} people already, and the demonstration never mixes with real work. "
    "Name an empty one: DATABASE_URL=sqlite:///data/demo/other.db",
    "person_unknown": "There is no person {login!r}. `python -m core user list` shows everybody.",
    "login_taken": "The login {login!r} exists already. Choose another, or `user reset` its password.",
    "login_invalid": "A login has 2 to 40 characters: small letters without accents, digits, dot, hyphen, underscore.",
    "name_missing": "The name is empty. Write it in quotes: user create ana 'Ana Ruiz' --role mesa_de_ayuda",
    "text_too_long": "The text is too long: the limit is {limit} characters.",
    "leaves_undecided": "It would leave {count} open cases that nobody may decide: {cases}. "
    "Give the role to somebody else first.",
    "system_name_invalid": "A system's name has 2 to 30 characters: small letters without accents, digits, hyphen.",
    "system_name_taken": "The system {name!r} exists already. Choose another name.",
    "system_unknown": "There is no system {name!r} that is let in. `python -m core system list` shows all.",
    "last_administrator": "There would be no administrator left. Give that role to somebody else first.",
    "database_busy": "Another program held the database for more than {seconds} seconds. Try again in a moment.",
}


class Failure(Exception):
    """Something expected went wrong; the text says what, why and the cure."""


DATABASE = (SQLAlchemyError, sqlite3.Error, psycopg.Error)
EXPECTED = (Refused, Failure, NotStarted, BadDefinition, BadCalendar, *DATABASE, OSError)


def sentence(failed: Exception) -> str:
    """What happened and what to do, for an expected failure."""
    if isinstance(failed, Refused):
        return "\n".join(_refusal(problem) for problem in _problems(failed).values())
    if isinstance(failed, DATABASE):
        cause = str(failed).splitlines()[0]
        return f"The database cannot be used: {cause}\nCheck DATABASE_URL, and that its server runs."
    if isinstance(failed, OSError):
        return f"{failed.strerror}: {failed.filename}. Check that the folder exists, its rights and the free space."
    return str(failed)


def _problems(refused: Refused) -> Mapping[str, Problem]:
    return refused.problems if isinstance(refused, Invalid) else {"": Problem(refused.code, refused.params)}


def _refusal(problem: Problem) -> str:
    code, params = problem
    if code not in SENTENCES:
        return f"Refused: {code} {dict(params) or ''}"
    return SENTENCES[code].format(**{name: _named(value) for name, value in params.items()})


def _named(value: Any) -> Any:
    """A list as words: all of a few, of many the first and how many more; anything else as it is."""
    if not isinstance(value, list | tuple):
        return value
    named = [str(item) for item in value]
    return ", ".join(named) if len(named) <= FEW else f"{', '.join(named[:FIRST])} and {len(named) - FIRST} more"


def show_password(login: str, password: str) -> None:
    print(f"One-time password of {login}: {password}")
    print("It is shown only now and has to be changed at the first sign-in.")


def show_sign_ins(cast: Cast) -> None:
    print(f"\nSign-ins of the demonstration, all with the password  {cast.password}")
    for member in cast.people:
        print(f"  {member.login:<16} {member.name:<30} {', '.join(ROLE_NAMES[role] for role in member.roles)}")


def progress(cases: int) -> Callable[[float, int], None]:
    """Says how much of the demonstration is filled: on a line that is written over, or now and then in a log."""
    shown, last = (1, -1) if sys.stdout.isatty() else (20, -1)

    def tell(share: float, opened: int) -> None:
        nonlocal last
        if last < 0:
            print(f"Filling the demonstration, {cases} cases of the last eight months:")
        step = int(share * 100) // shown
        if step > last:
            last = step
            line = f"  {step * shown:3} %  {opened} cases opened"
            print(line, end="\r" if shown == 1 and share < 1 else "\n", flush=True)

    return tell
