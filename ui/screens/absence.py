"""Absences: the form with days and substitutes, a preview of the coverage, and the planned absences."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from core.errors import Invalid, Problem
from core.people import absences
from core.people.absences import Days
from core.process.terms import PROCESS_ROLES, ROLE_NAMES, Role
from core.process.working_time import Calendar
from core.queries.selection import begin_of
from core.staff import availability
from core.staff.availability import Absence, Staff
from core.store.settings import policy
from ui.shell.actions import attempt, show_problem
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import coverage_tables
from ui.widgets.form_state import Typed
from ui.words import labels
from ui.words.messages import plain, problem, t

DAYS = ("first", "last")


@part("the absences of a person")
def section(visit: Visit) -> None:
    """The visitor's own absences, in *Mi cuenta*."""
    held = [role for role in PROCESS_ROLES if role in visit.person.roles]
    if not held:
        return
    st.subheader(t("absence-title"), anchor=False)
    st.caption(t("absence-intro"))
    if visit.person.roles & absences.FOR_OTHERS:
        st.page_link("pages/cobertura.py", label=t("page-cobertura"))
    with st.container(width=760):
        for_person(visit, visit.person.id, held)


def for_person(visit: Visit, person: int, roles: list[Role]) -> None:
    """The absences of a person that are not over, and the form for another."""
    with visit.db.reading() as connection:
        staff = availability.staff(connection, visit.now)
        calendar = policy(connection).calendar
    for planned in (absence for absence in staff.absences if absence.person == person):
        _planned(visit, staff, planned)
    typed = Typed(visit, f"absence-{person}")
    # A toggle keeps the form open across the reruns that its fields cause.
    if st.toggle(t("absence-new"), **typed.widget("open")):
        with st.container(border=True):
            _form(visit, typed, staff, calendar, person, roles)


def _planned(visit: Visit, staff: Staff, absence: Absence) -> None:
    fmt = visit.format
    now = absence.from_at <= visit.now
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        days = t("absence-days", first=fmt.day(absence.from_at), last=fmt.day(absence.until_at - 1))
        badge = f":violet-badge[{t('absence-now')}]" if now else f":gray-badge[{t('absence-planned')}]"
        st.markdown(f"{badge} **{days}** · {substitutes(staff, absence)}", width="stretch")
        label = t("do-absence-end" if now else "do-absence-withdraw")
        st.button(label, key=f"absence-{absence.id}-end", on_click=partial(_end, absence), type="tertiary")


def substitutes(staff: Staff, absence: Absence) -> str:
    """The substitute for each role of the absent person, in markdown."""
    named = [f"{ROLE_NAMES[role]}: {plain(staff.names[person])}" for role, person in absence.substitutes.items()]
    return " · ".join(named) or t("absence-no-substitute")


def _end(absence: Absence) -> None:
    def act(visit: Visit) -> str:
        absences.end_absence(visit.db, absence.id, visit.person.id, visit.now)
        return t("done-absence-end")

    attempt(act)


def _form(visit: Visit, typed: Typed, staff: Staff, calendar: Calendar, person: int, roles: list[Role]) -> None:
    begins, ends = (
        _day(column, typed, field, availability.today(calendar, visit.now))
        for column, field in zip(st.columns(2), DAYS, strict=True)
    )
    for role in roles:
        _substitute(staff, typed, person, role)
    click = partial(_set, typed, person, roles)
    st.button(t("do-absence"), key=f"{typed.name}:save", on_click=click, type="primary")
    # Below the button: above it, choosing another day would move the button while it is being clicked.
    if begins and ends:
        _preview(visit, typed, staff, calendar, person, Days(begins, ends), _substitutes(typed, roles), roles)


def _day(column: Any, typed: Typed, field: str, today: date) -> date | None:
    if not typed.has(field):
        typed.put(field, today.isoformat())
    with column:
        return typed.day(field, t(f"absence-{field}"))


def _substitutes(typed: Typed, roles: list[Role]) -> dict[Role, int]:
    """The substitutes that are currently chosen in the form."""
    return {role: int(substitute) for role in roles if (substitute := typed.value(role.value, None))}


def _days(typed: Typed) -> Days:
    """The days that are currently typed in the form; raises Invalid with a problem per field."""
    problems, chosen = dict[str, Problem](), dict[str, date]()
    for field in DAYS:
        try:
            day = typed.day_in(field)
        except Invalid as refused:
            problems |= refused.problems
            continue
        if day is None:
            problems[field] = Problem("day_missing")
        else:
            chosen[field] = day
    if problems:
        raise Invalid(problems)
    return Days(**chosen)


def _substitute(staff: Staff, typed: Typed, person: int, role: Role) -> None:
    """Choose a substitute among everybody in the process, holders of the role first."""
    able = frozenset[int]().union(*(staff.holders[process_role] for process_role in PROCESS_ROLES)) - {person}
    listed = sorted(able, key=lambda candidate: (candidate not in staff.holders[role], staff.names[candidate]))
    if typed.value(role.value, None) not in (None, *listed):  # stored earlier, no longer eligible
        typed.put(role.value, None)
    names = labels.distinct({candidate: staff.names[candidate] for candidate in listed})
    st.selectbox(
        t("absence-substitute", role=ROLE_NAMES[role]),
        listed,
        index=None,
        format_func=lambda candidate: names.get(candidate, ""),
        placeholder=t("absence-nobody"),
        **typed.widget(role.value),
    )
    show_problem(f"{typed.name}:{role.value}")


def _preview(
    visit: Visit,
    typed: Typed,
    staff: Staff,
    calendar: Calendar,
    person: int,
    days: Days,
    named: dict[Role, int],
    roles: list[Role],
) -> None:
    """Show the resulting coverage of the person's roles, or the problems that no field shows already."""
    try:
        absence = absences.check_absence(staff, calendar, person, days, named, visit.now)
    except Invalid as wrong:
        problems = st.session_state.get("problems", {})
        for field, error in wrong.problems.items():
            if problems.get(f"{typed.name}:{field}") != problem(error):
                st.caption(f":red[{plain(problem(error))}]")
        return
    last_shown = min(days.last, days.first + timedelta(days=20))
    would = availability.working_days(staff.planning(absence), calendar, days.first, last_shown)
    st.caption(t("absence-preview"))
    coverage_tables.show_gaps(coverage_tables.gaps(would, roles), visit.format)
    coverage_tables.draw(would, roles, visit.format, columns=1)


def _set(typed: Typed, person: int, roles: list[Role]) -> None:
    def act(visit: Visit) -> str:
        days, named = _days(typed), _substitutes(typed, roles)
        absences.set_absence(visit.db, person, days, named, visit.person.id, visit.now)
        fmt = visit.format
        ends = (begin_of(day, fmt.zone) for day in (days.first, days.last))
        return t("done-absence", **dict(zip(("first", "last"), map(fmt.day, ends), strict=True)))

    if attempt(act, f"{typed.name}:"):
        typed.forget(open=False)
