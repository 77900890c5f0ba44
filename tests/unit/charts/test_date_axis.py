"""The days under a chart are written in the language of the reader, with the year where it begins or changes."""

import pandas as pd
import pytest

from core.text import by_name
from tests.support.people import DAY, START
from ui.analysis.charts import date_axis, times, wip
from ui.words.format import Format

POINTS = pd.DataFrame([("closed", START, 41 * DAY, 1)], columns=["outcome", "at", "took", "cases"])
CASES = pd.DataFrame([{"n": 1, "p50": DAY, "p85": DAY, "p95": DAY}])
WEEKS = pd.DataFrame([("2026-03-02", 3, 1)], columns=["week", "arrived", "finished"])


@pytest.mark.parametrize(
    ("language", "march", "september", "sunday"), [("es", "mar", "sept", "domingo"), ("en", "Mar", "Sep", "Sunday")]
)
def test_the_names_are_those_that_the_text_has(language: str, march: str, september: str, sunday: str) -> None:
    config = date_axis.config(language)
    names = config["locales"][config["locale"]]["format"]
    assert (names["shortMonths"][2], names["shortMonths"][8], names["days"][0]) == (march, september, sunday)
    assert [len(names[each]) for each in ("months", "shortMonths", "days", "shortDays")] == [12, 12, 7, 7]
    assert names["shortMonths"][2] in Format(language, START).day(START + 365 * DAY)


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_axis_is_in_digits_that_can_be_read_in_two_ways(language: str) -> None:
    for figure in (times.scatter(POINTS, CASES, language, "calendar"), wip.weeks(WEEKS, language)):
        assert (figure.layout.xaxis.tickformat, figure.layout.xaxis.hoverformat) == ("%-d %b\n%Y", "%-d %b %Y")
    assert times.scatter(POINTS, CASES, language, "calendar").data[0].hovertemplate.startswith("%{x}: ")


def test_names_stand_as_in_a_directory() -> None:
    found = by_name({1: "Yuliana", 2: "Óscar", 3: "omar", 4: "Ñáñez", 5: "Nora"})
    assert list(found.values()) == ["Nora", "Ñáñez", "omar", "Óscar", "Yuliana"]
