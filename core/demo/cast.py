"""The demonstration's fictitious people, companies and texts (`data/demo_cast.json`)."""

from random import Random

import msgspec
from msgspec import Struct

from core.case.events import Criterion
from core.paths import ROOT
from core.process.terms import Role
from core.text import folded

PATH = ROOT / "data" / "demo_cast.json"


class Member(Struct, frozen=True):
    """A person of the cast."""

    login: str
    name: str
    roles: tuple[Role, ...]


class Contact(Struct, frozen=True):
    """A contact at a company."""

    name: str
    email: str
    phone: str


class Cast(Struct, frozen=True):
    """The content of the file; all people share `password`."""

    note: str
    password: str
    people: tuple[Member, ...]
    national: tuple[str, ...]
    international: tuple[str, ...]
    given_names: tuple[str, ...]
    surnames: tuple[str, ...]
    services: tuple[str, ...]
    criteria: dict[str, tuple[str, ...]]
    rejections: dict[int, tuple[str, ...]]
    findings: tuple[str, ...]
    failures: tuple[str, ...]
    answers: tuple[str, ...]
    evidence: dict[str, tuple[str, ...]]
    hand_overs: tuple[str, ...]
    comments: tuple[str, ...]
    replies: tuple[str, ...]
    second_thoughts: tuple[str, ...]
    clauses: tuple[str, ...]

    def contact(self, company: str, dice: Random) -> Contact:
        """Make up a contact at a company, with an address that cannot exist."""
        given, surname = dice.choice(self.given_names), dice.choice(self.surnames)
        domain = "".join(c for c in folded(company) if c.isascii() and c.isalnum())[:20]
        mailbox = folded(f"{given} {surname}").replace(" ", ".")
        return Contact(f"{given} {surname}", f"{mailbox}@{domain}.example", f"+57 300 555 {dice.randrange(10_000):04d}")

    def expected(self, dice: Random) -> tuple[Criterion, ...]:
        """Draw three to five review criteria with expected values, the usual ones first."""
        names = list(self.criteria)[:4][: dice.choice((3, 4, 4))]
        names += dice.sample(list(self.criteria)[4:], dice.choice((0, 0, 1)))
        return tuple(Criterion(name, dice.choice(self.criteria[name])) for name in names)


def load() -> Cast:
    """The cast, read from its file."""
    return msgspec.json.decode(PATH.read_bytes(), type=Cast)
