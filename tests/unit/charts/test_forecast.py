"""The charts of Pronóstico hold exactly the numbers of their frames, and their sentences say them."""

import pandas as pd
import pytest

from tests.support.people import DAY, START
from ui.analysis.charts import forecast
from ui.words.format import Format

WORDS = {language: Format(language, START) for language in ("es", "en")}
CLOSES = pd.DataFrame({"at": [START + 7 * DAY, START + 14 * DAY], "p50": [3, 1206], "p85": [1, 1100]})
BACKTEST = pd.DataFrame(
    {"month": [START, START + 31 * DAY, START + 61 * DAY], "n": [8, 0, 1000], "held": [7, 0, 700], "pending": [0, 0, 9]}
)


@pytest.mark.parametrize(
    ("language", "dates", "names", "ends"),
    [
        (
            "es",
            ["lun 9 mar", "lun 16 mar"],
            ["Al menos tantos, con 50 %", "Al menos tantos, con 85 %"],
            ["1.206", "1.100"],
        ),
        (
            "en",
            ["Mon 9 Mar", "Mon 16 Mar"],
            ["At least this many, with 50%", "At least this many, with 85%"],
            ["1,206", "1,100"],
        ),
    ],
)
def test_the_expected_closes_are_two_lines_by_date(language: str, dates: list[str], names: list[str], ends: list[str]):
    half, most = forecast.closes(CLOSES, WORDS[language]).data
    assert [list(line.x) for line in (half, most)] == [dates, dates]
    assert [list(line.y) for line in (half, most)] == [[3, 1206], [1, 1100]]
    assert [line.name for line in (half, most)] == names
    assert [list(line.text) for line in (half, most)] == [["", end] for end in ends]
    assert [line.textposition for line in (half, most)] == ["top center", "bottom center"]
    assert half.line.dash != most.line.dash
    assert half.marker.symbol != most.marker.symbol


@pytest.mark.parametrize(
    ("language", "months", "said"),
    [
        ("es", ["mar 2026", "may 2026"], ["88 %<br>n = 8", "70 %<br>n = 1.000"]),
        ("en", ["Mar 2026", "May 2026"], ["88%<br>n = 8", "70%<br>n = 1,000"]),
    ],
)
def test_the_backtest_is_a_bar_for_each_month_that_has_statements(language: str, months: list[str], said: list[str]):
    figure = forecast.backtest(BACKTEST, WORDS[language])
    (bars,) = figure.data
    assert list(bars.x) == months
    assert list(bars.y) == [0.875, 0.7]
    assert list(bars.text) == said
    assert [line.y0 for line in figure.layout.shapes] == [0.85]


def test_the_sentences_say_the_numbers_in_both_languages():
    assert [forecast.closes_finding(CLOSES, words) for words in WORDS.values()] == [
        "Hasta el lun 16 mar se esperan 1.206 cierres o más con 50 % de probabilidad, y 1.100 o más con 85 %.",
        "By Mon 16 Mar, 1,206 closes or more are expected with a probability of 50%, and 1,100 or more with 85%.",
    ]
    assert [forecast.backtest_finding(BACKTEST, words) for words in WORDS.values()] == [
        "De las afirmaciones al 85 % de los últimos 2 meses con datos se cumplió el 70 % (707 de 1.008).",
        "Of the statements at 85% of the last 2 months with data, 70% held (707 of 1,008).",
    ]


def test_without_data_the_sentences_say_so():
    nothing = CLOSES.assign(p50=0, p85=0)
    assert forecast.closes_finding(nothing, WORDS["es"]).startswith("Todavía no se puede decir")
    assert forecast.backtest_finding(BACKTEST.assign(n=0), WORDS["en"]).startswith("No statement at 85%")
    assert list(forecast.closes(nothing, WORDS["es"]).data[0].y) == [0, 0]
    assert forecast.backtest(BACKTEST.assign(n=0), WORDS["es"]).data[0].x == ()


@pytest.mark.parametrize(("held", "said"), [(90, "Es lo prometido"), (79, "Se cumplen menos"), (91, "Se cumplen más")])
def test_the_backtest_says_what_it_means_for_the_dates(held: int, said: str):
    frame = pd.DataFrame({"month": [START], "n": [100], "held": [held], "pending": [0]})
    assert forecast.backtest_verdict(frame, WORDS["es"]).startswith(said)
    assert forecast.backtest_verdict(frame.assign(n=0, held=0), WORDS["es"]) == ""
