"""A field for a day: typed as text or picked from a month.

It is a text field because `st.date_input` turns 31/02/2027 into 28/02/2027 and drops what it cannot read, both without
saying so (docs/adr/0008-streamlits-own-and-ours.md).
"""

import re
from calendar import MONDAY, SUNDAY, Calendar
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_date, get_day_names, get_month_names

from core.errors import Invalid, Problem
from core.text import folded
from ui.words.format import ZONE
from ui.words.messages import LANGUAGES, language, plain, problem, t

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
LONGEST = 40  # signs of a day in words, in either language
WEEK_BEGINS = {"es": MONDAY, "en": SUNDAY}
CELL = 42  # px
CALENDAR_WIDTH = 7 * CELL + 6 * 4
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d\d)(\d\d)(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(20\d\d)(0\d|1[0-2])(\d\d)")
_IN_WORDS = re.compile(r"(\d{1,2})(?: de)? ([a-z]+)\.?(?: de| del)? (\d{4})")


# --- text ---
def written(day: date) -> str:
    """«26 nov 2026»: the month in words, so that nobody takes it for the day."""
    return format_date(day, "d MMM y", locale=language())


def read(text: str) -> date | None:
    """The day that somebody typed, None when the field is empty; Invalid at `day` when it is no day of 2000 to 2099.

    In English «03/04/2026» is refused: half of its readers put the month first.
    """
    typed = folded(text)
    if not typed:
        return None
    day = _words(typed) or _year_first(typed) or _day_first(typed)
    if day is None or not FIRST <= day <= LAST:
        raise Invalid({"day": Problem("day_unreadable", {"text": text.strip()[:LONGEST]})})
    return day


def _words(typed: str) -> date | None:
    match = _IN_WORDS.fullmatch(typed)
    month = _months().get(match[2]) if match else None
    return _date(match[3], month, match[1]) if match and month else None


def _year_first(typed: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(typed)
    return _date(*(part for part in match.groups() if part)) if match else None


def _day_first(typed: str) -> date | None:
    match = _DAY_FIRST.fullmatch(typed)
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups() if part)
    ambiguous = language() != "es" and day <= 12 and day != month
    return None if ambiguous else _date(year, month, day)


def _date(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """The months by their names in every language, whole and shortened."""
    return {
        folded(name).rstrip("."): number
        for code in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=code).items()
    }


# --- the field ---
def field(label: str, key: str, changed: Callable[[], None], width: int | None = None) -> date | None:
    """Draw the field and what is wrong with it; the day in it, None when it holds none.

    `st.session_state[key]` holds the text. `changed` is called when somebody has typed or picked another day.
    """
    settle(key)
    row = {"horizontal": True, "vertical_alignment": "bottom", "gap": "xxsmall", "width": width or "stretch"}
    with st.container(gap="xxsmall", width=width or "stretch"):
        with st.container(**row):  # type: ignore[arg-type]
            st.text_input(
                label,
                key=key,
                placeholder=t("day-form"),
                max_chars=LONGEST,
                on_change=partial(_typed, key, changed),
                autocomplete="off",
                persist_state="session",
            )
            _month(label, key, changed)
        return _said(key)


def settle(key: str) -> None:
    """Let the field say the day as it was understood; what cannot be read stays as it was typed."""
    try:
        day = read(st.session_state.get(key) or "")
    except Invalid:
        return
    if day and st.session_state[key] != written(day):
        st.session_state[key] = written(day)


def _typed(key: str, changed: Callable[[], None]) -> None:
    settle(key)
    changed()


def _said(key: str) -> date | None:
    try:
        return read(st.session_state.get(key) or "")
    except Invalid as refused:
        st.markdown(f":red[:small[↑ {plain(problem(refused.problems['day']))}]]")
        return None


# --- the month ---
def _month(label: str, key: str, changed: Callable[[], None]) -> None:
    """Behind a button the days of one month; the chosen one closes it."""
    is_open = f"{key}:calendar"
    opened = partial(st.session_state.pop, f"{key}:month", None)
    place = st.popover(":material/calendar_month:", key=is_open, on_change=opened, help=t("day-pick", field=label))
    if not place.open:
        return
    try:
        day = read(st.session_state.get(key) or "")
    except Invalid:
        day = None
    shown = st.session_state.setdefault(f"{key}:month", (day or _today()).replace(day=1))
    with place, st.container(width=CALENDAR_WIDTH, gap="xxsmall"):
        _turn(key, shown)
        _days(key, shown, day, changed)


def _turn(key: str, shown: date) -> None:
    earlier = _date(shown.year - (shown.month == 1), (shown.month - 2) % 12 + 1, 1) or shown
    later = _date(shown.year + (shown.month == 12), shown.month % 12 + 1, 1) or shown
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        for name, month in (("earlier", earlier), ("later", later)):
            if name == "later":
                st.markdown(f"**{format_date(shown, 'MMMM y', locale=language())}**", width="content")
            icon = ":material/chevron_left:" if name == "earlier" else ":material/chevron_right:"
            show = partial(st.session_state.__setitem__, f"{key}:month", month)
            st.button(icon, key=f"{key}:{name}", help=t(f"day-{name}"), type="tertiary", on_click=show)


def _days(key: str, shown: date, chosen: date | None, changed: Callable[[], None]) -> None:
    weeks = Calendar(WEEK_BEGINS[language()]).monthdatescalendar(shown.year, shown.month)
    names = get_day_names("short", locale=language())
    with _week():
        for head in weeks[0]:
            st.caption(names[head.weekday()], width=CELL, text_alignment="center")
    for week in weeks:
        with _week():
            for day in week:
                st.button(
                    str(day.day),
                    key=f"{key}:{day}",
                    type="primary" if day == chosen else "tertiary",
                    width=CELL,
                    disabled=day.month != shown.month,
                    on_click=partial(_picked, key, day, changed),
                )


def _week() -> Any:
    """A row of seven; columns would stand one beneath the other on a narrow screen."""
    return st.container(horizontal=True, gap="xxsmall")


def _picked(key: str, day: date, changed: Callable[[], None]) -> None:
    st.session_state[key] = written(day)
    st.session_state[f"{key}:calendar"] = False
    changed()


def _today() -> date:
    return datetime.now(ZoneInfo(st.session_state.get("zone", ZONE))).date()
