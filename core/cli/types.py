"""The types of the commands' parameters: codes, days and weeks."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

T = TypeVar("T")
Code_co = TypeVar("Code_co", bound=str, covariant=True)


class Codes(click.Choice[Code_co]):
    """A choice among codes of the core, written as they are stored (click itself takes the names of an enum)."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:  # noqa: ARG002  (click's own)
        return str(choice)


class Parsed(click.ParamType[T]):
    """A text that `read` turns into a value, or with a ValueError refuses."""

    def __init__(self, name: str, read: Callable[[str], T], example: str) -> None:
        self.name = name
        self.read = read
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> T:
        try:
            return self.read(value)
        except ValueError:
            self.fail(f"{value!r} is no {self.name}; write it as {self.example}", param, ctx)


def _monday(text: str) -> date:
    year, number = text.upper().split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


DAY = Parsed("day", date.fromisoformat, "2026-11-25")
WEEK = Parsed("week", _monday, "2026-W47")
