"""Days by either clock: calendar days have 24 hours, working days 8."""

from collections.abc import Mapping

from ui.words.format import DAY, MINUTE, WORKING_DAY, Format

UNITS: Mapping[str, int] = {"calendar": DAY, "working": WORKING_DAY * MINUTE}  # ms in a day


def lengths(ms: float, language: str, clock: str) -> str:
    """«4,2»: days of that clock, with one decimal below a hundred."""
    value = ms / UNITS[clock]
    return Format(language, 0).number(value, 1 if value < 99.95 else 0)
