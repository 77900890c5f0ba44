"""What is held of running cases: read once, and again as soon as any of them changes."""

from collections.abc import Iterator

import pytest

from core.figures.base import selected_rows
from core.figures.base.running_cache import MAX_VALUES
from core.process.terms import Flow
from core.queries.selection import Selection
from tests.support.drive_case import World
from tests.support.statement_counter import recorded_statements


@pytest.fixture
def read(both: World) -> Iterator[list[str]]:
    """The statements that read work items of running cases from here on."""
    with recorded_statements(both.db, "AS ending") as said:
        yield said


def kinds(world: World, **asked: object) -> list[int]:
    with world.db.reading() as connection:
        found: list[int] = selected_rows.items(connection, Selection(**asked))["kind"].tolist()  # type: ignore[arg-type]
    return found


def test_they_are_read_once_and_again_after_each_change(both: World, read: list[str]):
    code = both.open()
    assert kinds(both) == kinds(both)
    assert len(read) == 1
    both.validate(code)
    assert len(kinds(both)) == 2
    assert len(read) == 2
    other = both.open("another")
    assert len(kinds(both)) == 3
    both.validate(other, "no")  # it ends
    assert len(kinds(both)) == 3
    assert (len(kinds(both)), len(read)) == (3, 4)


def test_another_case_in_the_place_of_one_that_ended_is_noticed(both: World):
    """As many are running, and as much has happened to them."""
    first = both.open()
    assert running(both) == [1]
    both.validate(first, "no")
    both.open("another")
    assert running(both) == [2]


def running(world: World) -> list[int]:
    with world.db.reading() as connection:
        found: list[int] = selected_rows.running_items(connection, Selection())["case"].tolist()
    return found


def test_each_choice_of_cases_has_its_own(both: World, read: list[str]):
    both.open(flow=Flow.B2B)
    both.open("another")
    assert [len(kinds(both, flow=flow)) for flow in (None, Flow.B2B, Flow.ESTANDAR)] == [2, 1, 1]
    assert [len(kinds(both, flow=flow)) for flow in (None, Flow.B2B, Flow.ESTANDAR)] == [2, 1, 1]
    assert len(read) == 3


def test_a_past_moment_is_read_each_time(both: World, read: list[str]):
    both.open()
    then = both.now
    both.tick(60_000)
    assert kinds(both, as_of=then) == kinds(both, as_of=then)
    assert len(read) == 2


def test_so_many_choices_are_held_and_not_more(both: World, read: list[str]):
    both.open()
    for first in range(MAX_VALUES + 1):
        kinds(both, opened_from=first)
    kinds(both, opened_from=0)
    assert len(read) == MAX_VALUES + 2


def test_what_is_held_cannot_be_written_into(both: World):
    both.open()
    with both.db.reading() as connection:
        items = selected_rows.running_items(connection, Selection())
        with pytest.raises(ValueError, match="read-only"):
            items["kind"][0] = 7
