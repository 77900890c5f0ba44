"""The figures of one week for the weekly report: what happened in it, and the state at its end.

Weeks are those of ISO 8601, in local time. Times are ms since 1970 UTC, durations ms of calendar time.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from core.figures.base.phase_table import by_phase, frame
from core.figures.base.work_item_sql import state
from core.process.deadlines import is_overdue
from core.process.terms import PROCESS_ROLES, Outcome
from core.queries.phase_durations import ENOUGH
from core.queries.selection import Selection, begin_of, day_of
from core.store import tables

WEEKS = 13  # shown in the report, the last one being its own
OLDEST = 10


class NothingYet(Exception):
    """There is no case of which the report could tell."""


class Week(NamedTuple):
    """An ISO week: its first moment, and the first moment after it."""

    year: int
    number: int
    first: int
    before: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    def earlier(self, weeks: int, zone: str) -> "Week":
        """Return the week that many weeks earlier."""
        return week_of(date.fromisocalendar(self.year, self.number, 1) - timedelta(weeks=weeks), zone)


class Moved(NamedTuple):
    """Numbers of cases in a week (`returned`: of returns): running = running_before + opened - ended.

    `ever` is the total number of cases by its end.
    """

    ever: int
    opened: int
    closed: int
    rejected: int
    returned: int
    running: int
    running_before: int


class Weekly(NamedTuple):
    """A week's figures, as known at the moment `at`.

    `phases`: see `core.figures.base.phase_table.frame`. `ages`: a row per running case, the late and then the older
    first: code, client, phase, age, `usual` (p85 of its phase; missing below ENOUGH visits), and whether it is `late`
    by it. `weeks`: a row for each of the last WEEKS: week, first, opened, closed, rejected, running (at its end).
    `roles`: a row per role: role, open, overdue (work items at `at`), done, late (done in the week; after their time).
    """

    week: Week
    at: int
    moved: Moved
    phases: pd.DataFrame
    ages: pd.DataFrame
    weeks: pd.DataFrame
    roles: pd.DataFrame


def week_of(day: date, zone: str) -> Week:
    """Return the week of a day."""
    year, number, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Week(year, number, begin_of(monday, zone), begin_of(monday + timedelta(weeks=1), zone))


def last_complete_week(now: int, zone: str) -> Week:
    """Return the last complete week."""
    return week_of(day_of(now, zone) - timedelta(weeks=1), zone)


def as_of(selection: Selection, week: Week, now: int) -> Selection:
    """Return the same selection as of the end of the week, or unchanged when the week is not over yet."""
    return selection if selection.moment(now) < week.before else replace(selection, as_of=week.before - 1)


def steps(connection: Connection, selection: Selection, week: Week, now: int, zone: str) -> Iterator[Weekly | None]:
    """Compute a week's figures step by step: None after each step, at last the figures."""
    then = as_of(selection, week, now)
    at = then.moment(now)
    weeks = by_week(connection, then, [week.earlier(n, zone) for n in reversed(range(WEEKS))])
    yield None
    moved = _moved(connection, then, week)
    yield None
    phases = frame(by_phase(connection, then))
    yield None
    ages = _ages(connection, then, at, phases)
    yield None
    roles = by_role(connection, then, week, at)
    yield Weekly(week, at, moved, phases, ages, weeks, roles)


def by_week(connection: Connection, selection: Selection, weeks: list[Week]) -> pd.DataFrame:
    """Return the arrivals and throughput of each week, and the cases running at its end."""
    rows = selection.rows
    counts = [count.label(f"{name}_{n}") for n, week in enumerate(weeks) for name, count in _in(week, rows.cases.c)]
    row = connection.execute(select(*counts).where(*selection.on(rows.cases, rows))).mappings().one()
    names = ("opened", "closed", "rejected", "running")
    return pd.DataFrame(
        [
            {"week": str(week), "first": week.first, **{name: int(row[f"{name}_{n}"]) for name in names}}
            for n, week in enumerate(weeks)
        ]
    )


def by_role(connection: Connection, selection: Selection, week: Week, at: int) -> pd.DataFrame:
    """Return the open work of each role at a moment, and what it did in the week."""
    rows = selection.rows
    item = rows.items.c
    is_open = item.ended_at.is_(None)
    done = and_(_within(item.ended_at, week), ~item.ended_as.startswith("withdrawn_", autoescape=True))
    counts = {
        "open": is_open,
        "overdue": state(rows, at).overdue,
        "done": done,
        "late": and_(done, is_overdue(item.due_at, item.ended_at)),
    }
    result = connection.execute(
        select(item.role, *(func.count().filter(condition).label(name) for name, condition in counts.items()))
        .where(*selection.on(rows.items, rows), or_(is_open, item.ended_at >= week.first))
        .group_by(item.role)
    )
    by = {row["role"]: row for row in result.mappings()}
    return pd.DataFrame(
        [
            {"role": role, **{name: int(by[role][name]) if role in by else 0 for name in counts}}
            for role in PROCESS_ROLES
        ]
    )


def _in(week: Week, case: Any) -> Iterator[tuple[str, ColumnElement[int]]]:
    yield "opened", func.count().filter(_within(case.opened_at, week))
    for outcome in (Outcome.CLOSED, Outcome.REJECTED):
        yield outcome.value, func.count().filter(case.outcome == outcome, _within(case.ended_at, week))
    yield "running", func.count().filter(_running(case, week.before))


def _within(column: ColumnElement[int], week: Week) -> ColumnElement[bool]:
    return and_(column >= week.first, column < week.before)


def _running(case: Any, moment: int) -> ColumnElement[bool]:
    return and_(case.opened_at < moment, or_(case.ended_at.is_(None), case.ended_at >= moment))


def _moved(connection: Connection, selection: Selection, week: Week) -> Moved:
    rows = selection.rows
    case, verdict = rows.cases.c, rows.verdicts.c
    counts = dict(_in(week, case)) | {
        "ever": func.count(),
        "running_before": func.count().filter(_running(case, week.first)),
    }
    row = connection.execute(
        select(*(count.label(name) for name, count in counts.items())).where(*selection.on(rows.cases, rows))
    ).one()
    returned = connection.scalar(
        select(func.count()).where(
            *selection.on(rows.verdicts, rows), verdict.verdict == "return", _within(verdict.at, week)
        )
    )
    return Moved(**{name: int(value) for name, value in row._mapping.items()}, returned=returned or 0)


def _ages(connection: Connection, selection: Selection, at: int, phases: pd.DataFrame) -> pd.DataFrame:
    rows = selection.rows
    visit, case, client = rows.visits.c, rows.cases.c, tables.clients.c
    result = connection.execute(
        select(case.code, client.name.label("client"), visit.phase, (at - visit.entered_at).label("age"))
        .select_from(
            rows.visits.join(rows.cases, case.id == visit.case_id).join(tables.clients, client.id == case.client_id)
        )
        .where(*selection.on(rows.visits, rows), visit.left_at.is_(None))
        .order_by(visit.entered_at, case.code)
    )
    table = pd.DataFrame(result.mappings().all(), columns=["code", "client", "phase", "age"])
    table["age"] = table["age"].clip(lower=0)  # a clock set back would make it negative
    known = phases.loc[phases["n"] >= ENOUGH].set_index("phase")["p85"]
    table["usual"] = table["phase"].map(known).astype("float64")
    table["late"] = table["age"] > table["usual"]
    return table.sort_values(["late", "age"], ascending=False, kind="stable", ignore_index=True)
