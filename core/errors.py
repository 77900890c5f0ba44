"""Every way in which the product says no.

    Refused                 somebody asked for something that may not happen; nothing was written
    ├── NotAllowed          this person, in this role, may not do this
    ├── Stale               what was on the screen is no longer so: decided, withdrawn or changed since
    ├── Ended               the case has ended and takes no further decision
    ├── Blocked             a prerequisite of the phase is missing
    ├── NotFound            there is no such case, work item, person or file
    ├── Altered             what is stored is no longer what the record names
    └── Invalid             something that was typed or attached is missing or wrong, field by field

Errors carry codes and parameters, never wording: the screen says them in the reader's language.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """What is wrong with one field: a code and the parameters that its sentence needs."""

    code: str
    params: Mapping[str, Any] = {}


class Refused(Exception):
    """A request that may not happen, as a code and its parameters."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class NotAllowed(Refused):
    """This person may not do this."""


class Stale(Refused):
    """What was shown is no longer so."""


class Ended(Refused):
    """The case has ended."""


class Blocked(Refused):
    """A prerequisite is missing."""


class NotFound(Refused):
    """There is no such thing."""


class Altered(Refused):
    """What is stored is no longer what the record names."""


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
    """Another process held the database for longer than we wait."""


class NotStored(Refused):
    """The database could not take it; nothing of it is kept unless only the answer was lost."""
