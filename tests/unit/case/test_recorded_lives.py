"""Every command records and changes what it did when the lives were written down, value by value."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from core.case.events import AnyBody, as_row, from_row
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


def test_an_event_is_read_from_its_row_as_it_was() -> None:
    for event in recorded_lives.returned_and_taken_back().record + recorded_lives.waits_for_environments().record:
        row = as_row(7, event)
        columns = ("seq", "at", "phase", "person_id", "for_person_id", "data")
        assert from_row(*(row[name] for name in columns)) == event
        assert (row["case_id"], row["kind"]) == (7, type(event.body).__name__)
        assert (row["role"], row["position"]) == tuple(getattr(event.body, n, None) for n in ("role", "position"))


def test_every_kind_of_event_occurs_in_a_life() -> None:
    kinds = {type(event.body) for life in recorded_lives.LIVES for event in life().record}
    assert kinds == set(get_args(AnyBody))
