"""Working time: Colombian holidays, weekends, the lunch hour, other countries, and clocks that change."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadCalendar
from core.process.working_time import Calendar

BOGOTA = ZoneInfo("America/Bogota")
OFFICE = Calendar()
NEW_YORK = Calendar(country="US", time_zone="America/New_York", hours=(("00:00", "24:00"),), weekdays=tuple(range(7)))


def at(text: str, zone: ZoneInfo = BOGOTA) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02 08:00", 0, "2026-03-02 08:00"),
        ("2026-03-02 08:00", 60, "2026-03-02 09:00"),
        ("2026-03-02 11:30", 60, "2026-03-02 13:30"),  # over lunch
        ("2026-03-02 08:00", 240, "2026-03-02 12:00"),  # the end of a span belongs to it
        ("2026-03-02 08:00", 480, "2026-03-02 17:00"),
        ("2026-03-02 12:30", 30, "2026-03-02 13:30"),  # from within lunch
        ("2026-03-02 20:00", 60, "2026-03-03 09:00"),  # from the evening
        ("2026-03-06 16:30", 60, "2026-03-09 08:30"),  # over the weekend
        ("2026-03-07 10:00", 0, "2026-03-09 08:00"),  # on a Saturday
        ("2026-03-20 16:30", 60, "2026-03-24 08:30"),  # San José, moved to Monday 23 March
        ("2026-04-01 16:00", 120, "2026-04-06 09:00"),  # Holy Thursday and Good Friday
        ("2026-12-24 16:30", 60, "2026-12-28 08:30"),  # Christmas on a Friday
        ("2026-12-31 16:30", 60, "2027-01-04 08:30"),  # over the new year
        ("2026-07-17 16:30", 60, "2026-07-21 08:30"),  # 20 July, a Monday
    ],
)
def test_minutes_are_added_in_working_time(start: str, minutes: int, end: str):
    reached = OFFICE.add(at(start), minutes)
    assert datetime.fromtimestamp(reached / 1000, BOGOTA).strftime("%Y-%m-%d %H:%M") == end


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-02 08:00", "2026-03-02 17:00", 480),
        ("2026-03-02 11:00", "2026-03-02 14:00", 120),
        ("2026-03-07 00:00", "2026-03-09 00:00", 0),
        ("2026-03-20 16:00", "2026-03-24 09:00", 120),
        ("2026-03-02 09:00", "2026-03-02 08:00", 0),
        ("2025-12-31 16:00", "2026-01-02 09:00", 120),
    ],
)
def test_working_minutes_between_two_moments(start: str, end: str, minutes: int):
    assert OFFICE.minutes(at(start), at(end)) == minutes


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_year_has_eight_hours_on_each_weekday_that_is_no_holiday(year: int):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    free = holidays.country_holidays("CO", years=year)
    worked = sum(day.weekday() < 5 and day not in free for day in days)
    assert OFFICE.minutes(at(f"{year}-01-01 00:00"), at(f"{year + 1}-01-01 00:00")) == worked * 480


def test_a_day_of_23_and_one_of_25_hours_count_as_long_as_they_are():
    zone = ZoneInfo("America/New_York")
    assert NEW_YORK.minutes(at("2026-03-08 00:00", zone), at("2026-03-09 00:00", zone)) == 23 * 60
    assert NEW_YORK.minutes(at("2026-11-01 00:00", zone), at("2026-11-02 00:00", zone)) == 25 * 60


def test_an_hour_that_the_clock_skips_is_no_working_time():
    zone = ZoneInfo("America/New_York")
    night = Calendar(country="US", time_zone="America/New_York", hours=(("02:00", "03:00"),), weekdays=tuple(range(7)))
    assert night.minutes(at("2026-03-08 00:00", zone), at("2026-03-09 00:00", zone)) == 0
    assert night.add(at("2026-03-07 12:00", zone), 30) == at("2026-03-09 02:30", zone)


def test_the_company_s_own_closed_days_are_free():
    closed = Calendar(closed=("2026-03-03",))
    assert closed.add(at("2026-03-02 16:00"), 120) == at("2026-03-04 09:00")


def test_whether_a_moment_is_working_time():
    moments = ["2026-03-02 08:00", "2026-03-02 12:00", "2026-03-02 12:30", "2026-03-01 10:00", "2026-03-02 16:59"]
    assert [OFFICE.is_working(at(moment)) for moment in moments] == [True, False, False, False, True]


MOMENTS = st.integers(at("2024-01-01 00:00") // 1000, at("2030-01-01 00:00") // 1000).map(lambda s: s * 1000)


@given(MOMENTS, st.integers(1, 5000))
def test_what_was_added_lies_between(start: int, minutes: int):
    end = OFFICE.add(start, minutes)
    assert OFFICE.working_ms(start, end) == minutes * 60_000
    assert OFFICE.working_ms(start, end - 1) < minutes * 60_000


@given(MOMENTS, st.integers(0, 3000), st.integers(0, 3000))
def test_adding_twice_is_adding_the_sum(start: int, first: int, second: int):
    assert OFFICE.add(OFFICE.add(start, first), second) == OFFICE.add(start, first + second) or second == 0


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"country": "XX"}, "calendar_country"),
        ({"country": 57}, "calendar_country"),
        ({"time_zone": "America/Macondo"}, "calendar_time_zone"),
        ({"time_zone": "../../etc/passwd"}, "calendar_time_zone"),
        ({"hours": []}, "calendar_hours"),
        ({"hours": [["12:00", "08:00"]]}, "calendar_hours"),
        ({"hours": [["08:00", "12:00"], ["17:00", "13:00"]]}, "calendar_hours"),
        ({"hours": [["08:00", "12:00"], ["13:00", "13:00"]]}, "calendar_hours"),
        ({"hours": [["08:00", "12:00"], ["11:00", "17:00"]]}, "calendar_hours"),
        ({"hours": [["8", "12"]]}, "calendar_hours"),
        ({"hours": "08:00-12:00"}, "calendar_hours"),
        ({"weekdays": []}, "calendar_weekdays"),
        ({"weekdays": [7]}, "calendar_weekdays"),
        ({"closed": ["2026-02-30"]}, "calendar_closed"),
        ({"closed": ["1 de mayo"]}, "calendar_closed"),
        ({"closed": ["20261224"]}, "calendar_closed"),
        ({"closed": [20261224]}, "calendar_closed"),
        ({"colour": "blue"}, "calendar_unknown"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_by_its_setting(setting: dict[str, object], code: str):
    with pytest.raises(BadCalendar) as refused:
        Calendar.of(setting)
    assert refused.value.code == code


def test_a_calendar_without_any_working_time_says_so():
    never = Calendar(country="US", weekdays=(3,), hours=(("23:59", "24:00"),), closed=())
    with pytest.raises(BadCalendar) as refused:
        never.add(at("2026-03-02 08:00"), 60 * 24 * 365)
    assert refused.value.code == "calendar_horizon"


def test_a_calendar_survives_its_way_through_the_settings():
    calendar = Calendar(closed=("2026-03-03",), weekdays=(0, 2), hours=(("06:00", "14:00"),))
    assert Calendar.of(calendar.as_settings()) == calendar
