"""A day as people type it: read as what it says, or refused; nothing is guessed."""

from datetime import date

import pytest

from core.errors import Invalid, Problem
from ui.widgets import day_field

NOVEMBER = date(2026, 11, 26)


@pytest.fixture(params=["es", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(day_field, "language", lambda: request.param)
    return request.param


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    "text",
    [
        "26/11/2026", "26-11-2026", "26.11.2026", "26 11 2026", "26112026", " 26 nov 2026 ", "26 de noviembre de 2026",
        "26 Nov. 2026", "26 NOVEMBER 2026", "26 noviembre del 2026", "2026-11-26", "2026/11/26", "20261126",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_typed(text: str):
    assert day_field.read(text) == NOVEMBER


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "26/11/26", "11/26/2026", "mañana", "26", "26/11", "26/11/1926", "26/11/2126", "2026-13-01", "0"],
)
def test_what_is_no_day_is_refused_with_what_was_typed(text: str):
    with pytest.raises(Invalid) as refused:
        day_field.read(text)
    assert refused.value.problems == {"day": Problem("day_unreadable", {"text": text})}


@pytest.mark.usefixtures("language")
def test_an_empty_field_holds_no_day():
    assert day_field.read("  ") is None


def test_what_half_of_the_readers_of_english_take_for_another_day_is_refused(language: str):
    if language == "es":
        assert day_field.read("03/04/2026") == date(2026, 4, 3)
    else:
        with pytest.raises(Invalid):
            day_field.read("03/04/2026")
    assert day_field.read("04/04/2026") == date(2026, 4, 4)


def test_each_day_is_written_so_that_it_is_read_as_the_same_day(language: str):
    for month in range(1, 13):
        for day in (date(2000, month, 1), date(2026, month, 28), date(2099, month, 12)):
            assert day_field.read(day_field.written(day)) == day
    assert day_field.written(date(2026, 4, 3)) == {"es": "3 abr 2026", "en": "3 Apr 2026"}[language]
