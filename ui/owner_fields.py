"""Fields that show what is in force until somebody types over it, and what has been typed as settings.

What cannot be read as a time, a span or a date goes to the core as it was typed: there it is refused by its field.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from core.policy import Policy
from core.terms import Role
from ui.acting import show_problem
from ui.format import minutes_of, spelled
from ui.i18n import language
from ui.shell import Visit
from ui.typed import Typed

DATES = {"es": "%d/%m/%Y", "en": "%Y-%m-%d"}
Values = dict[str, Any]
Words = Callable[[Any], str]


class Fields(Typed):
    """A form over settings: `shown` is what each field holds when nobody has touched it."""

    def __init__(self, visit: Visit, name: str, in_force: Values) -> None:
        super().__init__(visit, f"plazos-{name}")
        self.shown = in_force
        before = self.value("shown", {})
        for field, value in in_force.items():
            key = self.key(field)
            if key not in st.session_state or (field in before and st.session_state[key] == before[field]):
                st.session_state[key] = value  # untouched: it follows what somebody else has set meanwhile
        st.session_state[self.key("shown")] = in_force

    @property
    def changed(self) -> list[str]:
        """The fields in which something else stands than is in force."""
        return [field for field in self.shown if self.now(field) != self.shown[field]]

    def now(self, field: str) -> Any:
        found = st.session_state.get(f"{self.name}:{field}")
        return "" if found is None else found

    def choose(self, field: str, label: str, options: Sequence[str], words: Words, **how: Any) -> None:
        """One of many."""
        key = self.key(field)
        st.selectbox(label, options, format_func=words, key=key, on_change=self.keep, **how)
        show_problem(key)

    def some(self, field: str, label: str, options: Sequence[Any], words: Words) -> None:
        """Any number of a few."""
        key = self.key(field)
        st.pills(label, options, selection_mode="multi", format_func=words, key=key, on_change=self.keep)
        show_problem(key)


# --- deadlines ---
def deadlines_shown(policy: Policy) -> Values:
    """`4/proceso/first` and `4/proceso/later`, as «2 d»."""
    found = {}
    for (phase, role), allowance in policy.deadlines.items():
        found[f"{phase}/{role}/first"] = spelled(allowance.first)
        found[f"{phase}/{role}/later"] = spelled(allowance.later)
    return found


def deadlines_wanted(fields: Fields, policy: Policy) -> Values:
    lanes = {f"{phase}/{role.value}": (phase, role) for phase, role in policy.deadlines}
    return {"deadlines": {lane: [_time(fields, f"{lane}/{which}") for which in ("first", "later")] for lane in lanes}}


def times_shown(policy: Policy) -> Values:
    return {"soon": spelled(policy.soon), "escalate_after": spelled(policy.escalate_after)}


def times_wanted(fields: Fields, _: Policy) -> Values:
    return {name: _time(fields, name) for name in ("soon", "escalate_after")}


def _time(fields: Fields, field: str) -> int | str:
    typed = str(fields.now(field))
    found = minutes_of(typed)
    return typed if found is None else found


# --- calendar ---
def calendar_shown(policy: Policy) -> Values:
    calendar = policy.calendar
    return {
        "country": calendar.country,
        "time_zone": calendar.time_zone,
        "weekdays": list(calendar.weekdays),
        "hours": ", ".join(f"{opens}-{closes}" for opens, closes in calendar.hours),
        "closed": "\n".join(datetime.fromisoformat(day).strftime(DATES[language()]) for day in calendar.closed),
    }


def calendar_wanted(fields: Fields, _: Policy) -> Values:
    hours = [[each.strip() for each in span.split("-")] for span in _parts(fields.now("hours"), ",")]
    closed = sorted({_date(each) for each in _parts(fields.now("closed"), "\n")})
    calendar = {"country": fields.now("country"), "time_zone": fields.now("time_zone"), "hours": hours}
    return {"calendar": {**calendar, "closed": closed, "weekdays": sorted(fields.now("weekdays") or [])}}


def _parts(text: Any, between: str) -> list[str]:
    return [part.strip() for part in str(text).replace("–", "-").split(between) if part.strip()]


def _date(text: str) -> str:
    """A date as it may be typed in either language, as ISO; anything else as it is."""
    for form in DATES.values():
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


# --- approval ---
def rules_shown(policy: Policy) -> Values:
    modes: Values = {document.value: _mode(rule.mode, rule.quorum) for document, rule in policy.rules.items()}
    return modes | {"four_eyes_on_validation": policy.four_eyes_on_validation}


def rules_wanted(fields: Fields, policy: Policy) -> Values:
    rules = {}
    for document, rule in policy.rules.items():
        mode, _, quorum = str(fields.now(document.value)).partition("_")
        rules[document.value] = {"mode": mode, "quorum": int(quorum) if quorum.isdigit() else rule.quorum}
    return {"rules": rules, "four_eyes_on_validation": bool(fields.now("four_eyes_on_validation"))}


def _mode(mode: str, quorum: int) -> str:
    """A rule as one choice: all, any, quorum_2, quorum_3 (and quorum_1, quorum_4 where they were set)."""
    return f"{mode}_{quorum}" if mode == "quorum" else mode


def rule_choices(shown: str) -> list[str]:
    usual = ["all", "quorum_3", "quorum_2", "any"]
    return usual if shown in usual else [*usual, shown]


def lanes_of(policy: Policy, phase: int) -> list[Role]:
    """The roles that have a lane in a phase, in their usual order."""
    return [role for role in Role if (phase, role) in policy.deadlines]
