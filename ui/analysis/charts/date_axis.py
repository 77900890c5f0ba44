"""A date axis: «3 mar», with the year below the first tick and wherever it changes."""

from functools import cache
from typing import Any

from babel.dates import get_day_names, get_month_names

from ui.analysis.charts.style import TEXT

TICKS = "%-d %b\n%Y"  # the second line is drawn only where it changes
HOVER = "%-d %b %Y"
BENEATH = 44  # px for the two lines of a tick
SCREEN = {"displayModeBar": False}


@cache
def config(language: str) -> dict[str, Any]:
    """The Plotly config of charts on the screen: no tools, localized month and day names."""
    names = {
        "months": list(get_month_names("wide", locale=language).values()),
        "shortMonths": list(get_month_names("abbreviated", locale=language).values()),
        "days": _from_sunday(dict(get_day_names("wide", locale=language))),
        "shortDays": _from_sunday(dict(get_day_names("abbreviated", locale=language))),
    }
    return {**SCREEN, "locale": language, "locales": {language: {"format": names}}}


def axis_of_days() -> dict[str, Any]:
    """An axis with a few formatted days."""
    return {
        "type": "date",
        "tickformat": TICKS,
        "hoverformat": HOVER,
        "nticks": 6,
        "tickfont": {"color": TEXT},
        "fixedrange": True,
        "showgrid": False,
    }


def _from_sunday(names: dict[int, str]) -> list[str]:
    return [names[(day - 1) % 7] for day in range(7)]
