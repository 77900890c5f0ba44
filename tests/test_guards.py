"""Each guard has its attack, which is refused with the exact code and writes nothing."""

import pytest
from attacks import ATTACKS
from driver import World, dump
from seeding import ENTRIES

from core.errors import Invalid, Refused


def refused_as(error: Refused) -> str | dict[str, str]:
    """The code of a refusal, or those of its fields."""
    if isinstance(error, Invalid):
        return {field: problem.code for field, problem in error.problems.items()}
    return error.code


@pytest.mark.parametrize("guard", list(ATTACKS))
def test_the_attack_on_each_guard_is_refused_and_writes_nothing(both: World, guard):
    attack = ATTACKS[guard]
    attempt = attack.prepare(both)
    before = dump(both.db)
    with pytest.raises(Refused) as refusal:
        attempt()
    assert (type(refusal.value), refused_as(refusal.value)) == (attack.error, attack.code)
    assert dump(both.db) == before


def test_every_guard_of_the_table_has_its_attack():
    assert list(ATTACKS) == ENTRIES
