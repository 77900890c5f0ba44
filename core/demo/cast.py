"""The fictitious demonstration cast: who signs in, which companies ask, what people write (`data/demo_cast.json`)."""

from random import Random

import msgspec
from msgspec import Struct

from core.case.events import Criterion
from core.paths import ROOT
from core.process.terms import Role
from core.text import folded

PATH = ROOT / "data" / "demo_cast.json"


class Member(Struct, frozen=True):
    """Somebody of the cast: login, name and the roles held."""

    login: str
    name: str
    roles: tuple[Role, ...]


class Contact(Struct, frozen=True):
    """Whom to call at a company."""

    name: str
    email: str
    phone: str


class Cast(Struct, frozen=True):
    """Everything invented for the demonstration, as the file holds it; `password` is everybody's."""

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
        """A contact at a company, with an address that belongs to nobody."""
        given, surname = dice.choice(self.given_names), dice.choice(self.surnames)
        house = "".join(c for c in folded(company) if c.isascii() and c.isalnum())[:20]
        who = folded(f"{given} {surname}").replace(" ", ".")
        return Contact(f"{given} {surname}", f"{who}@{house}.example", f"+57 300 555 {dice.randrange(10_000):04d}")

    def expected(self, dice: Random) -> tuple[Criterion, ...]:
        """Three to five review criteria with the value that a client expects, the usual ones first."""
        names = list(self.criteria)[:4][: dice.choice((3, 4, 4))]
        names += dice.sample(list(self.criteria)[4:], dice.choice((0, 0, 1)))
        return tuple(Criterion(name, dice.choice(self.criteria[name])) for name in names)


def load() -> Cast:
    """The cast, read from its file."""
    return msgspec.json.decode(PATH.read_bytes(), type=Cast)
