"""Embudo: what becomes of cases, phase by phase and by the month in which they were opened.

Running cases are not losses, and returns are a count of their own.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal_column, select, true

from core.figures.evidence import Asked, Behind, Clock, Figure
from core.figures.percentiles import Spread, durations, listed, spread
from core.figures.phases import by_phase, frame
from core.figures.selection import Selection, begin_of, day_of
from core.process import PHASES
from core.settings import policy
from core.terms import Outcome

DAY = 24 * 60 * 60_000
THROUGHPUT_DAYS = 30
MONTHS = 12
OF_PHASE = ("entered", "advanced", "closed", "rejected", "running")
OF_CASE = ("opened", "closed", "rejected", "running")
EARLIER = ""  # the cohort of all that was opened before those months


class CaseFigures(NamedTuple):
    """A cohort of cases: opened = running (WIP) + closed + rejected.

    `finished_lately` is the throughput: cases finished in the last THROUGHPUT_DAYS. `cycle` is of every finished case,
    `closed_cycle` of those closed successfully.
    """

    opened: int
    running: int
    closed: int
    rejected: int
    finished_lately: int
    cycle: Spread
    closed_cycle: Spread


class Funnel(NamedTuple):
    """`phases`: see `core.figures.phases.frame`.

    `cohorts`: a row per month of opening («2026-03»; EARLIER for all before), the newest last: opened, closed,
    rejected, running (cases), and reached_2 to reached_9 (cases that reached that phase).
    """

    phases: pd.DataFrame
    cases: CaseFigures
    cohorts: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Funnel:
    """Every figure of the page Embudo."""
    phases = frame(by_phase(connection, selection))
    return Funnel(phases, of_cases(connection, selection, now), cohorts(connection, selection, now))


def of_cases(connection: Connection, selection: Selection, now: int) -> CaseFigures:
    """What became of the cases, up to the moment of the figures."""
    rows = connection.execute(_outcomes(selection, selection.moment(now) - THROUGHPUT_DAYS * DAY)).all()
    count = {row.outcome: int(row.n) for row in rows}
    times = {row.outcome: durations(row.durations) for row in rows}
    closed = times.get(Outcome.CLOSED, [])
    return CaseFigures(
        opened=sum(count.values()),
        running=count.get(None, 0),
        closed=count.get(Outcome.CLOSED, 0),
        rejected=count.get(Outcome.REJECTED, 0),
        finished_lately=sum(int(row.lately) for row in rows),
        cycle=spread([*closed, *times.get(Outcome.REJECTED, [])]),
        closed_cycle=spread(closed),
    )


def cohorts(connection: Connection, selection: Selection, now: int) -> pd.DataFrame:
    """What became of the cases opened in each of the last MONTHS months, and of all before them."""
    zone = policy(connection).calendar.time_zone
    months = _months(day_of(selection.moment(now), zone))
    rows = selection.rows
    visit, chosen = rows.visits.c, rows.cases
    month = _month(chosen.c.opened_at, months, zone)
    counts = {
        "opened": func.count(),
        "closed": func.count().filter(chosen.c.outcome == Outcome.CLOSED),
        "rejected": func.count().filter(chosen.c.outcome == Outcome.REJECTED),
        "running": func.count().filter(chosen.c.outcome.is_(None)),
    }
    # A case that stands in a phase has been in every one before it: they are entered in order, once each.
    reached = select(visit.case_id, func.max(visit.phase).label("phase")).group_by(visit.case_id).subquery("reached")
    far = {f"reached_{p.number}": func.count().filter(reached.c.phase >= p.number) for p in PHASES[1:]}
    found = connection.execute(
        select(month.label("month"), *(each.label(name) for name, each in (counts | far).items()))
        .select_from(chosen.join(reached, reached.c.case_id == chosen.c.id))
        .where(*selection.on(chosen, rows))
        .group_by(literal_column("month"))
        .order_by(literal_column("month"))
    )
    table = pd.DataFrame(found.mappings().all(), columns=["month", *counts, *far])
    return table.astype(dict.fromkeys((*counts, *far), "int64"))


def _outcomes(selection: Selection, since: int) -> Select[Any]:
    rows = selection.rows
    ended = rows.cases.c
    return (
        select(
            ended.outcome,
            func.count().label("n"),
            func.count().filter(ended.ended_at > since).label("lately"),
            listed(ended.ended_at - ended.opened_at).label("durations"),
        )
        .where(*selection.on(rows.cases, rows))
        .group_by(ended.outcome)
    )


def _months(last: date) -> list[date]:
    """The first days of the last MONTHS months, up to the month of that day."""
    numbers = range(last.year * 12 + last.month - MONTHS, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _month(opened_at: ColumnElement[int], months: list[date], zone: str) -> ColumnElement[str]:
    """The month of an opening as «2026-03»; the latest that had begun."""
    begun = [(opened_at >= begin_of(first, zone), f"{first:%Y-%m}") for first in reversed(months)]
    return case(*begun, else_=EARLIER)


# --- what stands behind each figure ---
def _all_of(made: Callable[[str], Behind], first: str, names: Sequence[str]) -> dict[str, Behind]:
    """The counts of a sum, the one that the figure is first."""
    return {name: made(name) for name in dict.fromkeys((first, *names))}


def _visit(name: str) -> Behind:
    def behind(asked: Asked) -> Select[Any]:
        visit = asked.rows.visits.c
        ended = {"entered": true(), "running": visit.left_at.is_(None)}
        return asked.visits(ended.get(name, visit.outcome == name))

    return behind


def _returned(asked: Asked) -> Select[Any]:
    return asked.verdicts(asked.rows.verdicts.c.verdict == "return")


def _cases(name: str) -> Behind:
    def behind(asked: Asked) -> Select[Any]:
        ended = asked.rows.cases.c
        lately = ended.ended_at > asked.now - THROUGHPUT_DAYS * DAY
        conditions = {
            "opened": true(),
            "finished": ended.outcome.is_not(None),
            "running": ended.outcome.is_(None),
            "closed": ended.outcome == Outcome.CLOSED,
            "rejected": ended.outcome == Outcome.REJECTED,
            "lately": lately,
            "earlier": and_(ended.outcome.is_not(None), ~lately),
        }
        return asked.cases(conditions[name], *_of_month(asked))

    return behind


def _of_month(asked: Asked) -> list[ColumnElement[bool]]:
    """The cohort that the figure names in its detail, e.g. «2026-03» or «earlier»."""
    if not asked.of.detail:
        return []
    months = _months(day_of(asked.now, asked.zone))
    wanted = EARLIER if asked.of.detail == "earlier" else asked.of.detail
    return [_month(asked.rows.cases.c.opened_at, months, asked.zone) == wanted]


FIGURES = {
    **{name: Figure(Clock.OPENING, _all_of(_visit, name, OF_PHASE)) for name in OF_PHASE},
    "returns": Figure(Clock.OPENING, {"returns": _returned}),
    "wip": Figure(Clock.MOMENT, {"running": _cases("running")}, {"finished": _cases("finished")}),
    "lately": Figure(
        Clock.MOMENT, {"lately": _cases("lately")}, {"running": _cases("running"), "earlier": _cases("earlier")}
    ),
    "case": Figure(Clock.CALENDAR, {"finished": _cases("finished")}, {"running": _cases("running")}),
    **{f"all_{name}": Figure(Clock.OPENING, _all_of(_cases, name, OF_CASE)) for name in OF_CASE},
}
