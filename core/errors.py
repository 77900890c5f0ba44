"""The tree of errors that the product raises.

    Refused                 the request is not allowed or not possible; nothing was written
    ├── NotAllowed          the person has no right to do this
    ├── Stale               what the screen showed has since been decided, withdrawn or changed
    ├── Ended               the case has ended and takes no further decision
    ├── Blocked             a prerequisite of the phase is missing
    ├── NotFound            the case, work item, person or file does not exist
    ├── Altered             stored content does not match its record
    └── Invalid             input is missing or wrong, field by field

Errors carry codes and parameters, never wording: the screen translates them into the reader's language.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """What is wrong with one field: a code and the parameters of its message."""

    code: str
    params: Mapping[str, Any] = {}


class Refused(Exception):
    """A refused request, as a code and its parameters."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class NotAllowed(Refused):
    """This person may not do this."""


class Stale(Refused):
    """What the screen showed is out of date."""


class Ended(Refused):
    """The case has ended."""


class Blocked(Refused):
    """A prerequisite is missing."""


class NotFound(Refused):
    """The object does not exist."""


class Altered(Refused):
    """Stored content does not match its record."""


class Invalid(Refused):
    """Fields that are missing or wrong: `problems` maps a field's name to its Problem."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        super().__init__("invalid", fields=sorted(problems))
        self.problems = dict(problems)


class BadDefinition(ValueError):
    """The process definition contradicts itself."""


class BadCalendar(ValueError):
    """A calendar that contradicts itself, as a code and its parameters."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params = params


class Busy(Refused):
    """Another process kept the database locked until the timeout."""


class NotStored(Refused):
    """The write failed: nothing is stored, unless only the database's reply was lost."""
