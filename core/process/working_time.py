"""Working time: adding working minutes to a moment, and counting them between two moments.

Moments are milliseconds since 1970 UTC. A calendar's spans of working time are laid out once per year, with running
totals, so that every lookup is a binary search; a year is laid out when it is first needed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

import holidays

from core.errors import BadCalendar

MINUTE = 60_000
HORIZON = 50  # years after which a search for working time gives up
_DAY = 24 * 60 * MINUTE
_MEAN_YEAR = 31_556_952_000  # of the Gregorian calendar, in ms
_MINUTES_OF_DAY = {f"{minute // 60:02}:{minute % 60:02}": minute for minute in range(24 * 60 + 1)}


@dataclass(frozen=True)
class Calendar:
    """Working hours; the national holidays of `country` (ISO 3166) and the dates `closed` (ISO) are off.

    Weekdays count from Monday, 0; hours are local, up to 24:00.
    """

    country: str = "CO"
    time_zone: str = "America/Bogota"
    hours: tuple[tuple[str, str], ...] = (("08:00", "12:00"), ("13:00", "17:00"))
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    closed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("country", "time_zone"):
            if not isinstance(getattr(self, name), str):
                raise BadCalendar(f"calendar_{name}", **{name: getattr(self, name)})
        _known_country(self.country)
        _known_zone(self.time_zone)
        _check_hours(self.hours)
        if not self.weekdays or any(type(day) is not int or not 0 <= day <= 6 for day in self.weekdays):
            raise BadCalendar("calendar_weekdays", weekdays=list(self.weekdays))
        for day in self.closed:
            _check_date(day)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """Build from plain JSON over the defaults; raises BadCalendar for the first wrong setting."""
        unknown = sorted(set(settings) - {field.name for field in fields(cls)})
        if unknown:
            raise BadCalendar("calendar_unknown", settings=unknown)
        chosen = dict(settings)
        for name in {"hours", "weekdays", "closed"} & set(chosen):
            if not isinstance(chosen[name], list | tuple):
                raise BadCalendar(f"calendar_{name}", **{name: chosen[name]})
            chosen[name] = tuple(tuple(item) if isinstance(item, list) else item for item in chosen[name])
        return cls(**chosen)

    def as_settings(self) -> dict[str, Any]:
        """The calendar as plain JSON, which `of` reads back."""
        lists = {"hours": [list(span) for span in self.hours], "weekdays": list(self.weekdays)}
        return asdict(self) | lists | {"closed": list(self.closed)}

    def add(self, at_ms: int, minutes: int) -> int:
        """The moment when `minutes` of working time have passed; the end of a span belongs to that span.

        With 0 minutes: `at_ms` itself in working time, else the next span's start. Raises BadCalendar beyond HORIZON.
        """
        if minutes < 0:
            raise ValueError("working time is added forwards")
        remaining = minutes * MINUTE
        for year in self._years(at_ms):
            if remaining == 0:
                opens = bisect_right(year.ends, at_ms)
                if opens < len(year.ends):
                    return max(at_ms, year.starts[opens])
                continue
            target = year.worked(at_ms) + remaining
            if target <= year.total:
                return year.reached(target)
            remaining = target - year.total
        raise BadCalendar("calendar_horizon", years=HORIZON, minutes=minutes)

    def working_ms(self, start_ms: int, end_ms: int) -> int:
        """Working time between two moments, in ms; 0 when the end is not after the start."""
        if end_ms <= start_ms:
            return 0
        years = range(_year_before(start_ms), _year_before(end_ms) + 2)
        laid_out = (_lay_out(self, year) for year in years)
        return sum(year.worked(end_ms) - year.worked(start_ms) for year in laid_out)

    def spans(self, start_ms: int, end_ms: int) -> tuple[list[int], list[int]]:
        """The starts and the ends of every span of working time in the years of those moments, in ms."""
        years = [_lay_out(self, year) for year in range(_year_before(start_ms), _year_before(end_ms) + 2)]
        return [start for year in years for start in year.starts], [end for year in years for end in year.ends]

    def minutes(self, start_ms: int, end_ms: int) -> int:
        """Whole working minutes between two moments; 0 when the end is not after the start."""
        return self.working_ms(start_ms, end_ms) // MINUTE

    def midnight(self, day: date) -> int:
        """When a local day begins, in ms."""
        return _moment(day, "00:00", _known_zone(self.time_zone))

    def is_working(self, at_ms: int) -> bool:
        """Whether the moment lies in working time; the end of a span does not."""
        return self.add(at_ms, 0) == at_ms

    def _years(self, at_ms: int) -> Iterator["_Year"]:
        first = _year_before(at_ms)
        return (_lay_out(self, year) for year in range(first, first + HORIZON))


class _Year(NamedTuple):
    """The working spans of one local year; `totals[i]` is the working time up to the end of span i."""

    starts: list[int]
    ends: list[int]
    totals: list[int]
    total: int

    def worked(self, at_ms: int) -> int:
        span = bisect_right(self.starts, at_ms) - 1
        if span < 0:
            return 0
        return self.totals[span] - max(self.ends[span] - at_ms, 0)

    def reached(self, total: int) -> int:
        span = bisect_left(self.totals, total)
        return self.ends[span] - (self.totals[span] - total)


def _year_before(at_ms: int) -> int:
    """The year of the moment, or the one that ended up to five days before it; never later, in any time zone."""
    return 1970 + (at_ms - 4 * _DAY) // _MEAN_YEAR


@lru_cache(maxsize=256)
def _lay_out(calendar: Calendar, year: int) -> _Year:
    zone = _known_zone(calendar.time_zone)
    off = {*holidays.country_holidays(calendar.country, years=year), *map(date.fromisoformat, calendar.closed)}
    days = (date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    spans = [
        (_moment(day, opens, zone), _moment(day, closes, zone))
        for day in days
        if day.weekday() in calendar.weekdays and day not in off
        for opens, closes in sorted(calendar.hours)
    ]
    spans = [(start, end) for start, end in spans if start < end]  # a clock change may skip a whole span
    totals = list(accumulate(end - start for start, end in spans))
    return _Year([start for start, _ in spans], [end for _, end in spans], totals, sum(totals[-1:]))


def _moment(day: date, clock: str, zone: ZoneInfo) -> int:
    """When a local clock first shows a time, or the moment of the clock change that skips it."""
    local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=_MINUTES_OF_DAY[clock])
    while local.astimezone(UTC).astimezone(zone) != local:
        local += timedelta(minutes=1)
    return int(local.timestamp()) * 1000


@lru_cache
def _known_country(country: str) -> None:
    try:
        holidays.country_holidays(country)
    except NotImplementedError as cause:
        raise BadCalendar("calendar_country", country=country) from cause


@lru_cache
def _known_zone(time_zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(time_zone)
    except (ValueError, KeyError, OSError) as cause:  # unknown, malformed, or a folder of zones
        raise BadCalendar("calendar_time_zone", time_zone=time_zone) from cause


def _check_hours(hours: tuple[tuple[str, str], ...]) -> None:
    """Require HH:MM pairs, up to 24:00, that neither end before they start nor overlap."""
    try:
        spans = sorted((_MINUTES_OF_DAY[opens], _MINUTES_OF_DAY[closes]) for opens, closes in hours)
    except (KeyError, TypeError, ValueError) as cause:
        raise BadCalendar("calendar_hours", hours=hours) from cause
    overlap = any(earlier[1] > later[0] for earlier, later in pairwise(spans))
    if not spans or overlap or any(opens >= closes for opens, closes in spans):
        raise BadCalendar("calendar_hours", hours=hours)


def _check_date(day: str) -> None:
    try:
        canonical = date.fromisoformat(day).isoformat() == day
    except (ValueError, TypeError) as cause:
        raise BadCalendar("calendar_closed", date=day) from cause
    if not canonical:
        raise BadCalendar("calendar_closed", date=day)
