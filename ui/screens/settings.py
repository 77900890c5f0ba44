"""Deadlines, calendar, reminders and approval rules, for Proceso: what is in force, what a change would do, who did."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple
from zoneinfo import available_timezones

import holidays
import pandas as pd
import streamlit as st

from core.errors import Invalid, Refused
from core.process.definition import PHASES, phase_name
from core.process.policy import Policy
from core.process.terms import DOCUMENT_NAMES, REVIEWED_DOCUMENTS, ROLE_NAMES, Role
from core.services import settings as services_settings
from core.services import settings_preview
from core.store import settings
from ui.screens import settings_fields
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.widgets import filters
from ui.widgets.stored_fields import Fields, Values
from ui.words import settings as settings_words
from ui.words.format import spelled
from ui.words.messages import plain, refusal, t

NARROW = 760


class Part(NamedTuple):
    """One part of the page: what its fields show, what they ask for, and how they are drawn."""

    shown: Callable[[Policy], Values]
    wanted: Callable[[Fields, Policy], Values]
    draw: Callable[[Fields, Policy], None]


def draw(visit: Visit) -> None:
    """The part that the address names."""
    st.title(t("page-plazos"), anchor=False)
    with visit.db.reading() as connection:
        policy, seen = settings.policy(connection), services_settings.newest(connection)
        changes = services_settings.history(connection)
    name = filters.part("parte", t("owner-part"), (*PARTS, "cambios"), lambda part: t(f"owner-part-{part}"))
    if name == "cambios":
        _history(visit, changes)
        return
    part = PARTS[name]
    fields = Fields(visit, f"plazos-{name}", part.shown(policy))
    part.draw(fields, policy)
    _save(visit, fields, part, policy, seen)


# --- the parts ---
def _deadlines(fields: Fields, policy: Policy) -> None:
    numbers = [str(phase.number) for phase in PHASES]
    phase = int(filters.part("fase", t("owner-phase"), numbers, lambda number: phase_name(int(number))))
    st.caption(t("owner-times-hint"))
    with st.container(width=NARROW):
        for role in settings_fields.lanes_of(policy, phase):
            for place, which in zip(st.columns(2), ("first", "later"), strict=True):
                with place:
                    fields.text(f"{phase}/{role.value}/{which}", t(f"owner-of-{which}", role=role))
    with st.expander(t("owner-all")):
        st.dataframe(_all(policy), hide_index=True)


def _all(policy: Policy) -> pd.DataFrame:
    """Phase by phase, what each role is allowed; both times where they differ."""

    def cell(phase: int, role: Role) -> str:
        allowed = policy.deadlines.get((phase, role))
        return " / ".join(dict.fromkeys(spelled(minutes) for minutes in allowed)) if allowed else "–"

    roles = [role for role in Role if role is not Role.ADMINISTRADOR]
    rows = [{t("owner-phase"): p.name} | {ROLE_NAMES[r]: cell(p.number, r) for r in roles} for p in PHASES]
    return pd.DataFrame(rows)


@cache
def _countries() -> list[str]:
    return sorted(holidays.list_supported_countries(include_aliases=False))


@cache
def _zones() -> list[str]:
    return sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right"))
    )


def _calendar(fields: Fields, policy: Policy) -> None:
    with st.container(width=NARROW):
        left, right = st.columns(2)
        with left:
            countries = sorted(_countries(), key=settings_words.country)
            fields.choose("country", t("owner-calendar-country"), countries, settings_words.country)
        with right:
            zones = _zones() if policy.calendar.time_zone in _zones() else [*_zones(), policy.calendar.time_zone]
            fields.choose("time_zone", t("owner-calendar-time-zone"), zones, str)
        fields.some("weekdays", t("owner-calendar-weekdays"), range(7), settings_words.weekday)
        fields.text("hours", t("owner-calendar-hours"), help=t("owner-hours-help"))
        fields.text("closed", t("owner-calendar-closed"), lines=4, placeholder=t("owner-closed-hint"))


def _times(fields: Fields, _: Policy) -> None:
    st.caption(t("owner-times-hint"))
    with st.container(width=NARROW):
        fields.text("soon", t("owner-soon"), help=t("owner-soon-help"))
        fields.text("escalate_after", t("owner-escalate-after"), help=t("owner-escalate-help"))


def _rules(fields: Fields, _: Policy) -> None:
    st.caption(t("owner-rules-hint"))
    with st.container(width=NARROW // 2):
        for document in REVIEWED_DOCUMENTS:
            choices = settings_fields.rule_choices(fields.shown[document.value])
            fields.choose(document.value, DOCUMENT_NAMES[document], choices, settings_words.rule)
        fields.tick("four_eyes_on_validation", t("owner-four-eyes-on-validation"))
        st.caption(t("owner-four-eyes-help"))


PARTS = {
    "plazos": Part(settings_fields.deadlines_shown, settings_fields.deadlines_wanted, _deadlines),
    "calendario": Part(settings_fields.calendar_shown, settings_fields.calendar_wanted, _calendar),
    "avisos": Part(settings_fields.times_shown, settings_fields.times_wanted, _times),
    "aprobacion": Part(settings_fields.rules_shown, settings_fields.rules_wanted, _rules),
}


# --- saving ---
def _save(visit: Visit, fields: Fields, part: Part, policy: Policy, seen: int) -> None:
    """The buttons, and beneath them what a change would do: above them it would move them away from a click."""
    changed = fields.changed
    with st.container(horizontal=True, vertical_alignment="center"):
        label = t("owner-do-save", count=len(changed)) if changed else t("owner-do-save-none")
        st.button(label, type="primary", on_click=partial(_saved, fields, part, seen), key="owner-save")
        if changed:
            st.button(t("owner-do-discard"), on_click=fields.forget, key="owner-discard")
    if changed:
        _preview(visit, part.wanted(fields, policy))


def _preview(visit: Visit, wanted: Values) -> None:
    """What would happen, before it does; what is wrong is said by its field when it is to be saved."""
    try:
        found = settings_preview.preview(visit.db, wanted, visit.now)
    except Invalid:
        st.info(t("owner-unreadable"))
        return
    except Refused as refused:
        st.warning(refusal(refused))
        return
    if not found.effects:
        return
    with st.container(border=True):
        st.markdown(f"**{t('owner-effects')}**")
        for sentence in settings_words.effects(found):
            st.markdown(f"- {plain(sentence)}")
        st.caption(t("owner-later-only"))
    if found.left_count:
        st.warning(t("owner-left", cases=list(found.left), count=found.left_count))


def _saved(fields: Fields, part: Part, seen: int) -> None:
    def act(visit: Visit) -> str:
        with visit.db.reading() as connection:
            policy = settings.policy(connection)
        services_settings.save(visit.db, visit.person.id, part.wanted(fields, policy), seen, visit.now)
        return t("owner-done-save")

    if attempt(act, f"{fields.name}:"):
        fields.forget()


# --- what was changed ---
def _history(visit: Visit, changes: list[services_settings.Change]) -> None:
    st.caption(t("owner-later-only"))
    if changes:
        st.dataframe(settings_words.history(changes, visit.format), hide_index=True, width="stretch")
    else:
        st.info(t("owner-no-changes"))
