"""Every command records and changes what it did when the lives were written down, value by value."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from core.case.events import AnyBody
from tests.support.pure_case import PureCase
from tests.unit.case import recorded_lives

RECORDED = Path(recorded_lives.__file__).with_suffix(".txt")


def sections(text: str) -> dict[str, list[str]]:
    """The lines of each life, by its name."""
    return {part.splitlines()[0]: part.splitlines()[1:] for part in f"\n{text}".split("\n# ")[1:]}


@pytest.mark.parametrize("life", recorded_lives.LIVES, ids=lambda life: life.__name__)
def test_a_life_records_and_changes_what_it_did(life: Callable[[], PureCase]) -> None:
    recorded = sections(RECORDED.read_text(encoding="utf-8"))
    assert list(recorded_lives.told(life())) == recorded[life.__name__]


def test_every_kind_of_event_occurs_in_a_life() -> None:
    kinds = {type(event.body) for life in recorded_lives.LIVES for event in life().record}
    assert kinds == set(get_args(AnyBody))
