"""Who may decide while somebody is away: each person once, and at both ends of an absence to the millisecond."""

import pytest

from core.case.commands import Actor
from core.process.terms import Role
from core.staff.availability import Absence, Staff

ROLE = Role.GERENTE_COMERCIAL
FROM, UNTIL = 1000, 2000
ABSENT, SUBSTITUTE, OTHER = 1, 2, 3


def staff(*holders: int, substitute: int | None = SUBSTITUTE) -> Staff:
    """A role of these holders, of whom the first is away."""
    held = {role: frozenset(holders if role is ROLE else ()) for role in Role}
    named = {ROLE: substitute} if substitute else {}
    names = {ABSENT: "Ana", SUBSTITUTE: "Beto", OTHER: "Ciro"}
    return Staff(names, held, (Absence(1, ABSENT, FROM, UNTIL, named),))


@pytest.mark.parametrize(
    ("at", "person"), [(FROM - 1, ABSENT), (FROM, SUBSTITUTE), (UNTIL - 1, SUBSTITUTE), (UNTIL, ABSENT)]
)
def test_a_substitute_decides_from_the_first_moment_to_the_last(at: int, person: int) -> None:
    for_person = ABSENT if person == SUBSTITUTE else None
    assert staff(ABSENT).acting(at)[ROLE] == (Actor(person, frozenset({ROLE}), for_person),)


def test_a_substitute_who_holds_the_role_counts_once() -> None:
    own = (Actor(SUBSTITUTE, frozenset({ROLE})), Actor(OTHER, frozenset({ROLE})))
    assert staff(ABSENT, SUBSTITUTE, OTHER).acting(FROM)[ROLE] == own


def test_nobody_decides_for_who_named_nobody() -> None:
    assert staff(ABSENT, substitute=None).acting(FROM)[ROLE] == ()


def test_the_moments_at_which_somebody_leaves_or_returns() -> None:
    assert [staff(ABSENT).moments(at) for at in (FROM - 1, FROM, UNTIL)] == [[999, 1000, 2000], [1000, 2000], [2000]]
