"""A row to write, and the step of a case that it is derived from."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from core.case.events import Event
from core.case.model import Case


class Write(NamedTuple):
    """A new row, new values for the row with that key, or its deletion when `gone`."""

    table: Table
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    new: bool = False
    gone: bool = False


class Step(NamedTuple):
    """One event of a case, with the case before and after it (for the first event both are the opened case)."""

    case_id: int
    event: Event
    before: Case
    after: Case


class Conflict(Exception):
    """A row that should have been open was not, because somebody else changed it meanwhile."""
