"""Trabajo en curso: the age of open work, arrivals and departures, and which weeks are unusual.

The process behaviour chart is an XmR chart over the finished weeks: its mean, the mean of the moving ranges, and the
natural limits mean ± SCALE × that range (below, never under 0). A week is a signal by the first of three rules that
holds: it lies beyond a limit; it is the last of RUN in a row on one side of the mean; three of four weeks in a row lie
nearer to a limit than to the mean, on one side, and it is the last of the four. Anything else is noise.
Source: Wheeler, Understanding Variation; Vacanti, Actionable Agile Metrics for Predictability II.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, select

from core.figures.base import selected_rows
from core.figures.base.clocks import Clock
from core.figures.base.ended_cache import Array, Columns
from core.figures.base.evidence import Figure, FigureQuestion
from core.figures.base.in_order import lasted
from core.figures.base.percentiles import grouped
from core.process.definition import PHASES
from core.process.terms import Outcome
from core.queries.selection import Selection, begin_of, day_of
from core.store import tables
from core.store.ended_cases import MISSING, OUTCOMES
from core.store.settings import policy

OLDEST = 30  # open cases listed per phase
WEEKS = 52
DAYS = 91  # longest period shown by day; longer ones are shown by week
SCALE = 2.66  # times the mean moving range: three standard deviations of random variation
RUN = 8
ENOUGH = 6  # weeks needed for limits
CHANGES = ("rules", "deadlines", "calendar")


class Limits(NamedTuple):
    """The mean and the natural limits of cases finished per week, over n weeks; None below ENOUGH weeks."""

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


class Wip(NamedTuple):
    """`ages`: phase, running, and p50, p85, p95 of what its ended visits took (n), and how many running ones are older
    than each (over_50, over_85, over_95). `oldest`: phase, code, age: the OLDEST of each phase. Times in ms.

    `flow`: at (the end of a day or week), phase_1 to phase_9 (cases in it then), closed, rejected (up to then).
    `weeks`: week (its Monday, ISO), arrived, finished, signal ("", "beyond", "run", "near"); the current week is not
    included. `changes`: week, setting. `limits`: see Limits.
    """

    ages: pd.DataFrame
    oldest: pd.DataFrame
    flow: pd.DataFrame
    weeks: pd.DataFrame
    changes: pd.DataFrame
    limits: Limits


def compute(connection: Connection, selection: Selection, now: int) -> Wip:
    """Compute every figure of the page Trabajo en curso."""
    moment, zone = selection.moment(now), policy(connection).calendar.time_zone
    all_visits = selected_rows.visits(connection, selection)
    visits = selected_rows.in_phase(all_visits, selection.phase)
    cases = selected_rows.cases(all_visits, selection.phase)
    ages, oldest = _ages(connection, selection, visits, moment)
    weeks, limits = _weeks(cases, moment, zone)
    return Wip(
        ages, oldest, _flow(visits, cases, moment, zone), weeks, _changes(connection, weeks, moment, zone), limits
    )


# --- age of open work ---
def _ages(
    connection: Connection, selection: Selection, visits: Columns, moment: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    running = visits["left"] == MISSING
    took = (visits["left"] - visits["entered"])[~running]
    past = grouped(visits["phase"][~running], took, len(PHASES) + 1)
    numbers = [selection.phase] if selection.phase else [phase.number for phase in PHASES]
    ages, oldest = [], []
    for number in numbers:
        mask = running & (visits["phase"] == number)
        old = lasted(visits["entered"][mask], moment)
        over = [int((old > band).sum()) for band in past.at[number]]
        ages.append((number, len(old), int(past.n[number]), *past.at[number].tolist(), *over))
        first = np.argsort(-old, kind="stable")[:OLDEST]
        pairs = zip(visits["case"][mask][first], old[first], strict=True)
        oldest += [(number, int(case), int(age)) for case, age in pairs]
    bands = ["p50", "p85", "p95"]
    columns = ["phase", "running", "n", *bands, *(name.replace("p", "over_") for name in bands)]
    return pd.DataFrame(ages, columns=columns), _named(connection, oldest)


def _named(connection: Connection, oldest: list[tuple[int, int, int]]) -> pd.DataFrame:
    cases = tables.cases.c
    chosen = select(cases.id, cases.code).where(cases.id.in_([case for _, case, _ in oldest]))
    codes = {row.id: row.code for row in connection.execute(chosen)}
    return pd.DataFrame([(p, codes[case], age) for p, case, age in oldest], columns=["phase", "code", "age"])


# --- arrivals and departures ---
def _flow(visits: Columns, cases: Columns, moment: int, zone: str) -> pd.DataFrame:
    """Return the cases per phase at the end of each day or week since the first opening, and at the moment itself."""
    at = np.array([*_marks(cases["opened"], moment, zone), moment] if len(cases["opened"]) else [], np.int64)
    columns = {"at": at}
    for phase in PHASES:
        mask = visits["phase"] == phase.number
        left = visits["left"][mask]
        columns[f"phase_{phase.number}"] = _by(visits["entered"][mask], at) - _by(left[left != MISSING], at)
    for name in Outcome:
        columns[name] = _by(cases["ended"][cases["outcome"] == OUTCOMES.index(name)], at)
    return pd.DataFrame(columns)


def _by(moments: Array, at: Array) -> Array:
    """Count the moments up to each of `at`."""
    return np.searchsorted(np.sort(moments), at, side="right")


def _marks(opened: Array, moment: int, zone: str) -> Iterator[int]:
    """Yield the last moments of days or weeks; in long histories several weeks apart, at most about a hundred."""
    first, last = day_of(int(opened.min()), zone), day_of(moment, zone)
    days = (last - first).days
    step = 1 if days <= DAYS else 7 * max(1, -(-days // (7 * 100)))
    begin = first if step == 1 else _monday(first)
    for n in range(days // step + 2):
        end = begin_of(begin + timedelta(days=step * (n + 1)), zone) - 1
        if end < moment:
            yield end


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(cases: Columns, moment: int, zone: str) -> tuple[pd.DataFrame, Limits]:
    """Return the finished weeks since the first opening, at most the last WEEKS."""
    running = _monday(day_of(moment, zone))
    first = _monday(day_of(int(cases["opened"].min()), zone)) if len(cases["opened"]) else running
    first = max(first, running - timedelta(weeks=WEEKS))
    mondays = [first + timedelta(weeks=n) for n in range((running - first).days // 7)]
    edges = np.array([begin_of(day, zone) for day in (*mondays, running)], np.int64)
    ended = cases["ended"][cases["ended"] != MISSING]
    arrived, finished = (
        np.histogram(times[times < edges[-1]], edges)[0] if mondays else np.zeros(0, np.int64)
        for times in (cases["opened"], ended)
    )
    limits = natural(finished)
    columns = {"week": [day.isoformat() for day in mondays], "arrived": arrived, "finished": finished}
    return pd.DataFrame({**columns, "signal": signals(finished, limits)}), limits


def natural(values: Array) -> Limits:
    """Return the natural limits of a series."""
    if len(values) < ENOUGH:
        return Limits(len(values))
    mean, spread = float(values.mean()), SCALE * float(np.abs(np.diff(values)).mean())
    return Limits(len(values), mean, max(mean - spread, 0.0), mean + spread)


def signals(values: Array, limits: Limits) -> list[str]:
    """Return the rule by which each value is a signal, or an empty text."""
    if limits.mean is None or limits.low is None or limits.high is None:
        return [""] * len(values)
    side = np.sign(values - limits.mean)
    # The lower limit may be cut off at 0; compare with its theoretical value.
    near = np.where(np.abs(values - limits.mean) > (limits.high - limits.mean) / 2, side, 0)
    rules = []
    for n, value in enumerate(values):
        run, four = side[max(n - RUN + 1, 0) : n + 1], near[max(n - 3, 0) : n + 1]
        if value > limits.high or value < limits.low:
            rules.append("beyond")
        elif len(run) == RUN and abs(run.sum()) == RUN:
            rules.append("run")
        elif max((four == 1).sum(), (four == -1).sum()) >= 3:
            rules.append("near")
        else:
            rules.append("")
    return rules


def _changes(connection: Connection, weeks: pd.DataFrame, moment: int, zone: str) -> pd.DataFrame:
    """Return in which of the weeks a rule, a deadline or the calendar was changed."""
    of = tables.settings.c
    settings = connection.execute(select(of.at, of.name).where(of.name.in_(CHANGES), of.at <= moment).order_by(of.id))
    known = set(weeks["week"])
    rows = dict.fromkeys((_monday(day_of(at, zone)).isoformat(), name) for at, name in settings)
    return pd.DataFrame([row for row in rows if row[0] in known], columns=["week", "setting"])


# --- evidence ---
def _running(question: FigureQuestion) -> Select[Any]:
    return question.visits(question.rows.visits.c.left_at.is_(None))


def _left(question: FigureQuestion) -> Select[Any]:
    return question.visits(question.rows.visits.c.left_at.is_not(None))


def _in_week(name: str) -> Any:
    """Return the select of the cases opened, or ended, in the week of the figure's detail (its Monday)."""

    def behind(question: FigureQuestion) -> Select[Any]:
        column = question.rows.cases.c[name]
        try:
            monday = date.fromisoformat(question.of.detail)
        except ValueError:  # no week: all cases
            return question.cases(column.is_not(None))
        first, end = (begin_of(monday + timedelta(weeks=n), question.zone) for n in (0, 1))
        return question.cases(column >= first, column < end)

    return behind


FIGURES = {
    "age": Figure(Clock.CALENDAR, {"running": _running}, {"left": _left}),
    "arrived": Figure(Clock.MOMENT, {"arrived": _in_week("opened_at")}),
    "week_finished": Figure(Clock.MOMENT, {"finished": _in_week("ended_at")}),
}
