"""Each guard has its attack, which is refused with the exact code and writes nothing."""

import pytest

from core.errors import Invalid, Refused
from tests.properties.seed import ENTRIES
from tests.support.drive_case import World, dump
from tests.support.refused_commands import ATTACKS


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
