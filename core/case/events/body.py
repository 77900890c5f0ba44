"""What events are made of."""

from msgspec import Struct

from core.process.terms import Role


# An event holds plain values, never itself: the garbage collector need not look at it, and reading takes half the time.
class Body(Struct, frozen=True, gc=False, tag_field="event", tag=lambda name: name):
    """What happened; the subclass says what."""


class Criterion(Struct, frozen=True):
    """One of the client's review criteria and the value that is expected."""

    name: str
    expected: str


class CriterionAnswer(Struct, frozen=True):
    """A reviewer's answer to one criterion: `meets`, `fails` or `not_applicable`, with an optional comment."""

    criterion: str
    answer: str
    comment: str = ""


class Finding(Struct, frozen=True):
    """What a reviewer wants corrected; `criterion` is empty for a written reason."""

    number: int
    role: Role
    person: int
    criterion: str
    text: str
    answer: str = ""
    for_person: int | None = None


class PanelTaken(Struct, frozen=True):
    """The approval rule as it stood when the review was opened."""

    mode: str
    roles: tuple[Role, ...]
    needed: int
