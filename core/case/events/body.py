"""The parts of events."""

from msgspec import Struct

from core.process.terms import Role


# Events hold plain values without cycles: untracked by the garbage collector, they are read in half the time.
class Body(Struct, frozen=True, gc=False, tag_field="event", tag=lambda name: name):
    """Base of all event bodies; stored with the subclass's name as its tag."""


class Criterion(Struct, frozen=True):
    """One of the client's review criteria and its expected value."""

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
    """The approval rule in force when the review was opened."""

    mode: str
    roles: tuple[Role, ...]
    needed: int
