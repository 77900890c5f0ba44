"""The page Cobertura: the coverage calendar per role, who is away, and absences entered for other people."""

from datetime import timedelta

import streamlit as st

from core.process.terms import PROCESS_ROLES
from core.staff import availability
from core.staff.availability import Staff
from core.store.settings import policy
from ui.screens import absence
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import coverage_tables
from ui.words import labels
from ui.words.messages import plain, t

WEEKS = 6


def draw(visit: Visit) -> None:
    """Draw the next six weeks, the names on a chosen day, and everybody's absences."""
    st.title(t("page-cobertura"), anchor=False)
    with visit.db.reading() as connection:
        staff = availability.staff(connection, visit.now)
        calendar = policy(connection).calendar
    today = availability.today(calendar, visit.now)
    days = availability.working_days(staff, calendar, today, today + timedelta(days=7 * WEEKS - 1 - today.weekday()))
    with part("the coverage calendar"):
        coverage_tables.show_gaps(coverage_tables.gaps(days, PROCESS_ROLES), visit.format)
        st.caption(t("coverage-intro"))
        coverage_tables.draw(days, PROCESS_ROLES, visit.format)
    with part("who is there on a day"):
        day_labels = labels.distinct({day.at: visit.format.day(day.at) for day in days})
        chosen = st.selectbox(t("coverage-day"), days, format_func=lambda day: day_labels[day.at], width=260)
        coverage_tables.names(chosen, PROCESS_ROLES, staff)
    with part("who is away"):
        _away(visit, staff)


def _away(visit: Visit, staff: Staff) -> None:
    """Draw current and planned absences, and the form for one person."""
    st.subheader(t("coverage-away"), anchor=False)
    for planned in staff.absences:
        if planned.person in staff.names:
            days = t(
                "absence-days", first=visit.format.day(planned.from_at), last=visit.format.day(planned.until_at - 1)
            )
            st.markdown(f"**{plain(staff.names[planned.person])}** · {days} · {absence.substitutes(staff, planned)}")
    people = {
        person: [role for role in PROCESS_ROLES if person in staff.holders[role]]
        for person in staff.names
        if any(person in staff.holders[role] for role in PROCESS_ROLES)
    }
    names = labels.distinct({person: staff.names[person] for person in people})
    person = st.selectbox(
        t("coverage-person"),
        list(people),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("coverage-person-hint"),
        width=420,
    )
    if person:
        absence.for_person(visit, person, people[person])
