"""Moments, durations and numbers formatted for people, in one language and time zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

ZONE = "America/Bogota"
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WORKING_DAY = 8 * 60  # minutes

PAST = {"es": "hace {0}", "en": "{0} ago"}
FUTURE = {"es": "en {0}", "en": "in {0}"}
TODAY = {"es": "hoy", "en": "today"}
NOW = {"es": "ahora", "en": "now"}
WORKING = {"es": "{0} laborales", "en": "{0} working"}
PERCENT = {"es": "{0} %", "en": "{0}%"}
SIZES = ("B", "kB", "MB", "GB")


@dataclass(frozen=True)
class Format:
    """Formats times (ms since 1970 UTC), durations, shares and sizes; `now` decides the year and «hace»."""

    language: str
    now: int
    zone: str = ZONE

    def moment(self, ms: int) -> str:
        """«mié 25 nov, 15:40», with its year when that is not the current one."""
        return self._dated(ms, "EEE d MMM, HH:mm", "EEE d MMM y, HH:mm")

    def stamp(self, ms: int) -> str:
        """«2026-11-25 15:40», which a spreadsheet parses and sorts."""
        return f"{self._local(ms):%Y-%m-%d %H:%M}"

    def day(self, ms: int) -> str:
        """«mié 25 nov», with its year when that is not the current one."""
        return self._dated(ms, "EEE d MMM", "EEE d MMM y")

    def dated(self, ms: int) -> str:
        """«30 de noviembre de 2026», for text that may be read in another year."""
        return format_date(self._local(ms), "long", locale=self.language)

    def weekday(self, ms: int) -> str:
        """«mié 25», where the month is shown beside it."""
        return format_datetime(self._local(ms), "EEE d", locale=self.language)

    def month(self, month: str) -> str:
        """«mar 2026» for «2026-03»."""
        return format_date(date.fromisoformat(f"{month}-01"), "MMM y", locale=self.language)

    def month_of(self, ms: int) -> str:
        """«nov 2026», the month in which a moment lies."""
        return format_datetime(self._local(ms), "MMM y", locale=self.language)

    def clock(self, ms: int) -> str:
        """«hoy 17:00», or the whole moment when that is another day."""
        when = self._local(ms)
        return (
            f"{TODAY[self.language]} {when:%H:%M}" if when.date() == self._local(self.now).date() else self.moment(ms)
        )

    def relative(self, ms: int) -> str:
        """«hace 5 d», «en 2 h», «ahora»: the largest whole unit."""
        distance = abs(ms - self.now)
        if distance < MINUTE:
            return NOW[self.language]
        return (PAST if ms < self.now else FUTURE)[self.language].format(_largest(distance))

    def ago(self, ms: int) -> str:
        """«hace 5 d», «ahora», for past events: never «en …», even if the clock was set back since."""
        return self.relative(min(ms, self.now))

    def age(self, ms: int) -> str:
        """«12 d», «2 h»: how long ago a moment is, in the largest whole unit."""
        return _largest(max(self.now - ms, 0))

    def elapsed(self, ms: int) -> str:
        """«3 d 4 h» of calendar time: the two largest units."""
        days, rest = divmod(max(ms, 0), DAY)
        hours, rest = divmod(rest, HOUR)
        return _units(days, hours, rest // MINUTE)

    def working(self, minutes: int) -> str:
        """«3 d 4 h laborales», in working days of eight hours."""
        days, rest = divmod(minutes, WORKING_DAY)
        return WORKING[self.language].format(_units(days, *divmod(rest, 60)))

    def number(self, value: float, decimals: int = 0) -> str:
        """«1.234» or, with one decimal, «1.234,5»."""
        pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        return format_decimal(value, pattern, locale=self.language)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of 1 as «12 %»; «< 1 %» and «> 99 %» where rounding would give 0 or 100 for what is neither."""
        mark, value, least = "", share * 100, 10**-decimals
        if 0 < share < 1 and round(value, decimals) in (0, 100):
            mark, value = ("< ", least) if share < 0.5 else ("> ", 100 - least)
        return PERCENT[self.language].format(f"{mark}{self.number(value, decimals)}")

    def size(self, size: int) -> str:
        """Bytes as «1,5 MB» (1 kB is 1,000 bytes)."""
        value, unit = float(size), 0
        while value >= 999.5 and unit < len(SIZES) - 1:
            value, unit = value / 1000, unit + 1
        return f"{self.number(value, 1 if unit and value < 10 else 0)} {SIZES[unit]}"

    def _dated(self, ms: int, this_year: str, other_year: str) -> str:
        when, now = self._local(ms), self._local(self.now)
        pattern = this_year if when.year == now.year else other_year
        return format_datetime(when, pattern, locale=self.language)

    def _local(self, ms: int) -> datetime:
        return datetime.fromtimestamp(ms / 1000, ZoneInfo(self.zone))


def _largest(ms: int) -> str:
    if ms >= DAY:
        return f"{ms // DAY} d"
    return f"{ms // HOUR} h" if ms >= HOUR else f"{ms // MINUTE} min"


def _units(days: int, hours: int, minutes: int) -> str:
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


_SPELLED = re.compile(
    r"(?:(\d{1,4})\s*d(?:ías?|ias?|ays?)?)?\s*(?:(\d{1,4})\s*h(?:oras?|ours?)?)?\s*(?:(\d{1,5})\s*m(?:in(?:uto|ute)?s?)?)?"
)


def spelled(minutes: int) -> str:
    """Working minutes as a person may type them, in eight-hour days and unrounded: «2 d 4 h»."""
    days, rest = divmod(minutes, WORKING_DAY)
    parts = zip((days, *divmod(rest, 60)), ("d", "h", "min"), strict=True)
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def minutes_of(text: str) -> int | None:
    """Parse working minutes such as «2 d 4 h», «90 min», «1 día»; None when the text is no such time."""
    match = _SPELLED.fullmatch(text.strip().lower())
    if not match or not any(match.groups()):
        return None
    days, hours, minutes = (int(number or 0) for number in match.groups())
    return days * WORKING_DAY + hours * 60 + minutes
