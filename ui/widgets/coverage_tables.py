"""Coverage of the coming working days by week: how many people each role has, and the gaps."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import streamlit as st

from core.case.commands import Actor
from core.process.terms import ROLE_NAMES, Role
from core.staff.availability import Day, Staff
from ui.words.format import Format
from ui.words.messages import by_whom, language, listed, plain, t


def draw(days: list[Day], roles: Iterable[Role], fmt: Format, columns: int = 2) -> None:
    """Draw one small table per week; gaps are marked by text, not by colour alone."""
    listed_roles = list(roles)
    columns = 1 if gaps(days, listed_roles) else columns  # the label of a gap needs the width
    weeks = [list(week) for _, week in groupby(days, key=lambda day: _monday(day, fmt))]
    for start in range(0, len(weeks), columns):
        places = st.columns(columns, gap="medium")
        for place, week in zip(places, weeks[start : start + columns], strict=False):
            place.table([_row(role, week, fmt) for role in listed_roles], border="horizontal", hide_index=True)


def _monday(day: Day, fmt: Format) -> str:
    local = datetime.fromtimestamp(day.at / 1000, ZoneInfo(fmt.zone)).date()
    return (local - timedelta(days=local.weekday())).isoformat()


def _row(role: Role, week: list[Day], fmt: Format) -> dict[str, str]:
    """The week is named once, so that five days fit side by side in a narrow window."""
    days = {fmt.weekday(day.at): _cell(day.acting[role]) for day in week}
    return {t("coverage-week", day=fmt.day(week[0].at)): ROLE_NAMES[role], **days}


def _cell(acting: tuple[Actor, ...]) -> str:
    """The number of people, with a mark when one of them is a substitute."""
    mark = " ⇄" if any(actor.for_person for actor in acting) else ""
    match len({actor.person for actor in acting}):
        case 0:
            return f":red-badge[✕ {t('coverage-nobody')}]"
        case 1:
            return f":orange-badge[1{mark}]"
        case count:
            return f"{count}{mark}"


def gaps(days: list[Day], roles: Iterable[Role]) -> dict[Role, list[Day]]:
    """The uncovered days of each role."""
    days_by_role = {role: [day for day in days if not day.acting[role]] for role in roles}
    return {role: without for role, without in days_by_role.items() if without}


def show_gaps(days_by_role: dict[Role, list[Day]], fmt: Format) -> None:
    """Draw one sentence per role with gaps, or that there are none."""
    if not days_by_role:
        st.success(t("coverage-complete"))
    for role, days in days_by_role.items():
        sentence = t("coverage-gap", role=ROLE_NAMES[role], count=len(days), first=fmt.day(days[0].at))
        st.error(sentence)


def names(day: Day, roles: Iterable[Role], staff: Staff) -> None:
    """Draw the names of who covers each role on a day."""
    rows = []
    for role in roles:
        people = [
            plain(by_whom(staff.names.get(actor.person, ""), staff.names.get(actor.for_person or 0)))
            for actor in day.acting[role]
        ]
        people_text = listed(language(), people) if people else _cell(())
        rows.append({t("coverage-role"): ROLE_NAMES[role], t("coverage-who"): people_text})
    st.table(rows, border="horizontal", hide_index=True)
