"""What the commands print: failures as sentences, one-time passwords, and how far a long job is."""

import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from core.cli.server import NotStarted
from core.demo.cast import Cast
from core.errors import BadCalendar, BadDefinition, Invalid, Refused
from core.process.terms import ROLE_NAMES
from core.store.database import sqlite3  # type: ignore[attr-defined]


class Failure(Exception):
    """Something expected went wrong; the text says what, why and the cure."""


DATABASE = (SQLAlchemyError, sqlite3.Error, psycopg.Error)
EXPECTED = (Refused, Failure, NotStarted, BadDefinition, BadCalendar, *DATABASE, OSError)


def sentence(failed: Exception, refusal: Callable[[str, Mapping[str, Any]], str]) -> str:
    """What happened and what to do, for an expected failure; `refusal` turns a code of the core into a sentence."""
    if isinstance(failed, Invalid):
        return "\n".join(refusal(*problem) for problem in failed.problems.values())
    if isinstance(failed, Refused | BadCalendar):
        return refusal(failed.code, failed.params)
    if isinstance(failed, DATABASE):
        cause = str(failed).splitlines()[0]
        return f"The database cannot be used: {cause}\nCheck DATABASE_URL, and that its server runs."
    if isinstance(failed, OSError):
        return f"{failed.strerror}: {failed.filename}. Check that the folder exists, its rights and the free space."
    return str(failed)


def show_password(login: str, password: str) -> None:
    print(f"One-time password of {login}: {password}")
    print("It is shown only now and has to be changed at the first sign-in.")


def show_sign_ins(cast: Cast) -> None:
    print(f"\nSign-ins of the demonstration, all with the password  {cast.password}")
    for member in cast.people:
        print(f"  {member.login:<16} {member.name:<30} {', '.join(ROLE_NAMES[role] for role in member.roles)}")


def shown(value: Any) -> str:
    """A stored value on a line: bytes by their number and SHA-256, a row column by column, anything else as it is."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes (SHA-256 {sha256(value).hexdigest()[:12]})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {shown(part)}" for name, part in value.items()) + "}"
    return repr(value)


def progress(cases: int) -> Callable[[float, int], None]:
    """Prints how much of the demonstration is filled: on a line that is written over, or now and then in a log."""
    step_size, last = (1, -1) if sys.stdout.isatty() else (20, -1)

    def tell(share: float, opened: int) -> None:
        nonlocal last
        if last < 0:
            print(f"Filling the demonstration, {cases} cases of the last eight months:")
        step = int(share * 100) // step_size
        if step > last:
            last = step
            line = f"  {step * step_size:3} %  {opened} cases opened"
            print(line, end="\r" if step_size == 1 and share < 1 else "\n", flush=True)

    return tell
