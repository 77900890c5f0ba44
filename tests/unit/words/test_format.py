"""Moments, durations, numbers and sizes as a reader writes them; a person's text that stands for itself."""

import pytest

from core.process.deadlines import due_state
from tests.support.people import DAY, HOUR, MINUTE, START
from ui.widgets.due_badge import due_badge
from ui.words.format import Format
from ui.words.messages import bare, plain

ES, EN = Format("es", START), Format("en", START)
YEAR_AGO = START - 365 * DAY


@pytest.mark.parametrize(
    ("ms", "spanish", "english"),
    [
        (START, "lun 2 mar, 08:00", "Mon 2 Mar, 08:00"),
        (START + 8 * DAY + 7 * HOUR + 59 * MINUTE, "mar 10 mar, 15:59", "Tue 10 Mar, 15:59"),
        (START + 16 * HOUR - 1, "lun 2 mar, 23:59", "Mon 2 Mar, 23:59"),
        (START + 16 * HOUR, "mar 3 mar, 00:00", "Tue 3 Mar, 00:00"),
        (YEAR_AGO, "dom 2 mar 2025, 08:00", "Sun 2 Mar 2025, 08:00"),
        (START + 306 * DAY, "sáb 2 ene 2027, 08:00", "Sat 2 Jan 2027, 08:00"),
    ],
)
def test_a_moment_has_its_weekday_and_its_year_when_that_is_another(ms: int, spanish: str, english: str):
    assert (ES.moment(ms), EN.moment(ms)) == (spanish, english)
    assert (ES.day(ms), EN.day(ms)) == (spanish.split(",", maxsplit=1)[0], english.split(",", maxsplit=1)[0])


def test_a_day_of_a_week_and_a_moment_for_a_spreadsheet_are_short():
    friday = 1_764_365_700_000
    assert (ES.weekday(friday), EN.weekday(friday)) == ("vie 28", "Fri 28")
    assert ES.stamp(friday) == "2025-11-28 16:35"


def test_a_moment_is_told_in_the_zone_of_the_house():
    assert Format("es", START, "Asia/Tokyo").moment(START) == "lun 2 mar, 22:00"
    assert Format("en", START, "Asia/Tokyo").moment(START + 2 * HOUR) == "Tue 3 Mar, 00:00"
    new_year = START - 60 * DAY - 3 * HOUR  # 1 January, 05:00 in Bogotá; still 31 December in Honolulu
    assert Format("es", START, "Pacific/Honolulu").moment(new_year - 1 * HOUR) == "mié 31 dic 2025, 23:00"


@pytest.mark.parametrize(
    ("ms", "spanish", "english"),
    [
        (START + 9 * HOUR, "hoy 17:00", "today 17:00"),
        (START - 8 * HOUR, "hoy 00:00", "today 00:00"),
        (START + 16 * HOUR, "mar 3 mar, 00:00", "Tue 3 Mar, 00:00"),
        (START - 9 * HOUR, "dom 1 mar, 23:00", "Sun 1 Mar, 23:00"),
    ],
)
def test_a_clock_says_today_or_the_whole_moment(ms: int, spanish: str, english: str):
    assert (ES.clock(ms), EN.clock(ms)) == (spanish, english)


@pytest.mark.parametrize(
    ("distance", "spanish", "english"),
    [
        (0, "ahora", "now"),
        (MINUTE - 1, "ahora", "now"),
        (1 - MINUTE, "ahora", "now"),
        (MINUTE, "en 1 min", "in 1 min"),
        (-59 * MINUTE, "hace 59 min", "59 min ago"),
        (HOUR, "en 1 h", "in 1 h"),
        (1 - DAY, "hace 23 h", "23 h ago"),
        (-DAY, "hace 1 d", "1 d ago"),
        (40 * DAY + HOUR, "en 40 d", "in 40 d"),
    ],
)
def test_a_distance_is_its_largest_whole_unit(distance: int, spanish: str, english: str):
    assert (ES.relative(START + distance), EN.relative(START + distance)) == (spanish, english)


@pytest.mark.parametrize(
    ("minutes", "spanish", "english"),
    [
        (0, "0 min laborales", "0 min working"),
        (45, "45 min laborales", "45 min working"),
        (60, "1 h laborales", "1 h working"),
        (125, "2 h 5 min laborales", "2 h 5 min working"),
        (480, "1 d laborales", "1 d working"),
        (3 * 480 + 4 * 60 + 30, "3 d 4 h laborales", "3 d 4 h working"),
        (480 + 59, "1 d laborales", "1 d working"),
    ],
)
def test_working_time_is_in_days_of_eight_hours(minutes: int, spanish: str, english: str):
    assert (ES.working(minutes), EN.working(minutes)) == (spanish, english)


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0 min"), (HOUR - 1, "59 min"), (HOUR, "1 h"), (DAY - 1, "23 h 59 min"), (DAY, "1 d"), (76 * HOUR, "3 d 4 h")],
)
def test_elapsed_time_is_in_calendar_days(ms: int, text: str):
    assert ES.elapsed(ms) == EN.elapsed(ms) == text


@pytest.mark.parametrize(
    ("value", "decimals", "spanish", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1234, 0, "1.234", "1,234"),
        (1234567.25, 1, "1.234.567,2", "1,234,567.2"),
        (2.5, 2, "2,50", "2.50"),
        (-0.5, 1, "-0,5", "-0.5"),
    ],
)
def test_numbers_have_the_separators_of_the_language(value: float, decimals: int, spanish: str, english: str):
    assert (ES.number(value, decimals), EN.number(value, decimals)) == (spanish, english)


def test_a_share_is_a_percentage():
    assert [ES.percent(0.125), ES.percent(0.125, 1), ES.percent(1)] == ["12 %", "12,5 %", "100 %"]
    assert [EN.percent(0.125), EN.percent(0.125, 1), EN.percent(1)] == ["12%", "12.5%", "100%"]


def test_what_is_not_nothing_or_not_all_is_told_so():
    assert [ES.percent(share) for share in (0, 0.004, 0.006, 0.994, 0.996)] == ["0 %", "< 1 %", "1 %", "99 %", "> 99 %"]
    assert [ES.percent(share, 1) for share in (0.0004, 0.004, 0.9996)] == ["< 0,1 %", "0,4 %", "> 99,9 %"]


@pytest.mark.parametrize(
    ("size", "spanish", "english"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1000, "1,0 kB", "1.0 kB"),
        (15_360, "15 kB", "15 kB"),
        (999_499, "999 kB", "999 kB"),
        (999_500, "1,0 MB", "1.0 MB"),
        (1_500_000, "1,5 MB", "1.5 MB"),
        (20_000_000, "20 MB", "20 MB"),
        (5_000_000_000_000, "5.000 GB", "5,000 GB"),
    ],
)
def test_a_size_is_in_units_of_a_thousand(size: int, spanish: str, english: str):
    assert (ES.size(size), EN.size(size)) == (spanish, english)


# --- deadlines ---
@pytest.mark.parametrize(
    ("now", "blocked", "state", "badge"),
    [
        (START, False, "on_time", ":green-badge[○ mar 3 mar, 08:00]"),
        (START + DAY - 4 * HOUR - 1, False, "on_time", ":green-badge[○ hoy 08:00]"),
        (START + DAY - 4 * HOUR, False, "soon", ":orange-badge[◐ vence hoy 08:00]"),
        (START + DAY, False, "soon", ":orange-badge[◐ vence hoy 08:00]"),
        (START + DAY + 1, False, "overdue", ":red-badge[● vencida ahora]"),
        (START + 3 * DAY, False, "overdue", ":red-badge[● vencida hace 2 d]"),
        (START + 3 * DAY, True, "blocked", ":violet-badge[‖ bloqueada]"),
    ],
)
def test_a_deadline_is_said_with_a_word_and_a_sign(now: int, blocked: bool, state: str, badge: str):
    due, soon = START + DAY, START + DAY - 4 * HOUR
    assert due_state(soon, due, now, blocked=blocked) == state
    assert due_badge(Format("es", now), soon, due, blocked=blocked) == badge


def test_a_deadline_that_is_soon_but_not_today_has_its_day():
    friday_evening = START + 4 * DAY + 9 * HOUR
    badge = due_badge(Format("es", friday_evening), friday_evening, friday_evening + 3 * DAY, blocked=False)
    assert badge == ":orange-badge[◐ vence lun 9 mar, 17:00]"


# --- a person's own text ---
HOSTILE = (
    "![x](https://evil.example/x.png)",
    "[haga clic](https://evil.example)",
    "https://evil.example/?q=1",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "# título\n## otro",
    "- uno\n- dos\n1. tres",
    "| a | b |\n|---|---|",
    "**negrita** _cursiva_ ~~no~~ `código`",
    "$x^2$ :red-badge[pagado] :material/check: :smile: &lt;b&gt;",
    "a\n\nb\n---",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_sign_of_a_persons_text_stands_for_itself(text: str):
    kept = plain(text)
    assert bare(kept).replace("\u2060", "") == " ".join(text.split())
    for place, sign in enumerate(kept):
        if sign in "`*_{}[]()<>#+-.!|~$:&^=":
            assert kept[place - 1] == "\\"


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("http://a.example", "http:\u2060//a.example"),
        ("vea HTTPS://a.example/?q=1", "vea HTTPS:\u2060//a.example/?q=1"),
        ("www.a.example", "www\u2060.a.example"),
        ("ana.ruiz@a.example", "ana.ruiz@\u2060a.example"),
        ("vea: // y @ todos @ las 10, www y más", "vea: // y @ todos @ las 10, www y más"),
    ],
)
def test_an_address_in_a_persons_text_is_no_link(text: str, broken: str):
    assert plain(text).replace("\\", "") == broken


def test_plain_words_stay_as_they_are():
    assert plain("  Peña e Hijos, S A S 100 % «SLA»  ") == "Peña e Hijos, S A S 100 % «SLA»"
    assert plain("a\\b") == "a\\\\b"
