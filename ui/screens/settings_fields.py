"""Settings as the fields of a form show them, and what has been typed there as settings.

What cannot be read as a time, a span or a date goes to the core as it was typed: there it is refused by its field.
"""

from datetime import datetime
from typing import Any

from core.process.policy import Policy
from core.process.terms import Role
from ui.widgets.stored_fields import Fields, Values
from ui.words.format import minutes_of, spelled
from ui.words.messages import language

DATES = {"es": "%d/%m/%Y", "en": "%Y-%m-%d"}


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
