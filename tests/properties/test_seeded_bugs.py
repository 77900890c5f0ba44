"""No bug that `make seeded` planted before is lost by a change of the product."""

from pathlib import Path

from tests.properties import seed

LIST = Path(__file__).parent / "seeded_bugs.txt"


def test_the_bugs_that_can_be_planted_are_those_of_the_list() -> None:
    """A guard or refusal that came, went or moved: `python -m tests.properties.seed > tests/properties/seeded_bugs.txt`
    and look at the difference."""
    assert seed.names() == LIST.read_text(encoding="utf-8").splitlines()
