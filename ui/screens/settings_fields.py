"""Settings as form fields: one widget for each kind of value.

Text that is no valid time, span or date goes to the core as typed, which refuses it by its field.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import available_timezones

import holidays
import streamlit as st

from core.process.policy import Policy
from core.process.settings_catalogue import (
    ApprovalRule,
    Country,
    Dates,
    Hours,
    Leaf,
    Minutes,
    TimeZone,
    ValueKind,
    Weekdays,
    YesNo,
    assemble,
    leaves,
)
from ui.widgets.stored_fields import Fields, Values
from ui.words import settings as words
from ui.words.format import minutes_of, spelled
from ui.words.messages import language, t

HALF = 380
DATES = {"es": "%d/%m/%Y", "en": "%Y-%m-%d"}


class Widget(NamedTuple):
    """How a field shows a value, how its text is read (given the stored value), and how it is drawn."""

    shown: Callable[[Any], Any]
    typed: Callable[[Any, Any], Any]
    draw: Callable[[Fields, Leaf], object]


def shown_values(policy: Policy, part: str) -> Values:
    """The stored values of a part as its untouched fields show them."""
    stored = policy.as_settings()
    return {leaf.field: _widget(leaf).shown(leaf.value(stored)) for leaf in leaves(policy, part)}


def typed_values(fields: Fields, policy: Policy, part: str) -> Values:
    """The settings of a part as currently typed."""
    stored = policy.as_settings()
    typed = ((leaf, _widget(leaf).typed(fields.now(leaf.field), leaf.value(stored))) for leaf in leaves(policy, part))
    return assemble(typed)


def draw(fields: Fields, leaf: Leaf) -> None:
    """Draw the field of one value."""
    _widget(leaf).draw(fields, leaf)


def _widget(leaf: Leaf) -> Widget:
    return WIDGETS[type(leaf.kind)]


# --- texts ---
def _draw_text(fields: Fields, leaf: Leaf) -> None:
    fields.text(leaf.field, words.field_label(leaf), help=words.field_help(leaf))


def _read_minutes(typed: Any, _: Any) -> int | str:
    minutes = minutes_of(str(typed))
    return str(typed) if minutes is None else minutes


def _read_hours(typed: Any, _: Any) -> list[list[str]]:
    return [[end.strip() for end in span.split("-")] for span in _parts(typed, ",")]


def _draw_dates(fields: Fields, leaf: Leaf) -> None:
    fields.text(leaf.field, words.field_label(leaf), lines=4, placeholder=t("owner-closed-hint"))


def _show_dates(days: list[str]) -> str:
    return "\n".join(datetime.fromisoformat(day).strftime(DATES[language()]) for day in days)


def _read_dates(typed: Any, _: Any) -> list[str]:
    return sorted({_date(part) for part in _parts(typed, "\n")})


def _parts(text: Any, between: str) -> Iterator[str]:
    return (part.strip() for part in str(text).replace("–", "-").split(between) if part.strip())


def _date(text: str) -> str:
    """A date typed in either language as ISO; anything else unchanged."""
    for form in DATES.values():
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


# --- choices ---
@cache
def _countries() -> list[str]:
    return sorted(holidays.list_supported_countries(include_aliases=False))


@cache
def _zones() -> list[str]:
    elsewhere = ("Etc/", "posix", "right")
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(elsewhere))


def _draw_country(fields: Fields, leaf: Leaf) -> None:
    fields.choose(leaf.field, words.field_label(leaf), sorted(_countries(), key=words.country), words.country)


def _draw_zone(fields: Fields, leaf: Leaf) -> None:
    stored = fields.shown[leaf.field]
    fields.choose(leaf.field, words.field_label(leaf), list(dict.fromkeys([*_zones(), stored])), str)


def _draw_weekdays(fields: Fields, leaf: Leaf) -> None:
    fields.some(leaf.field, words.field_label(leaf), range(7), words.weekday)


def _draw_rule(fields: Fields, leaf: Leaf) -> None:
    """Draw the choice of all, any, quorum_3 and quorum_2 (and quorum_1 or quorum_4 where that is stored)."""
    choices = list(dict.fromkeys(["all", "quorum_3", "quorum_2", "any", fields.shown[leaf.field]]))
    fields.choose(leaf.field, words.field_label(leaf), choices, words.rule, width=HALF)


def _show_rule(rule: Mapping[str, Any]) -> str:
    return f"quorum_{rule['quorum']}" if rule["mode"] == "quorum" else str(rule["mode"])


def _read_rule(typed: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    mode, _, quorum = str(typed).partition("_")
    return {"mode": mode, "quorum": int(quorum) if quorum.isdigit() else stored["quorum"]}


def _draw_yes_no(fields: Fields, leaf: Leaf) -> None:
    fields.tick(leaf.field, words.field_label(leaf))
    if explained := words.field_help(leaf):
        st.caption(explained)


WIDGETS: Mapping[type[ValueKind], Widget] = {
    Minutes: Widget(spelled, _read_minutes, _draw_text),
    YesNo: Widget(bool, lambda typed, _: bool(typed), _draw_yes_no),
    ApprovalRule: Widget(_show_rule, _read_rule, _draw_rule),
    Country: Widget(str, lambda typed, _: typed, _draw_country),
    TimeZone: Widget(str, lambda typed, _: typed, _draw_zone),
    Weekdays: Widget(list, lambda typed, _: sorted(typed or []), _draw_weekdays),
    Hours: Widget(lambda spans: ", ".join("-".join(span) for span in spans), _read_hours, _draw_text),
    Dates: Widget(_show_dates, _read_dates, _draw_dates),
}
