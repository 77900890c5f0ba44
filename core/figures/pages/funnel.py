"""Embudo: the outcomes of cases by phase and by month of opening.

Running cases are not losses, and returns are counted separately.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, true

from core.figures.base import selected_rows
from core.figures.base.clocks import Clock
from core.figures.base.ended_cache import Columns
from core.figures.base.evidence import Behind, Figure, FigureQuestion
from core.figures.base.percentiles import Spread, spread
from core.figures.base.phase_table import frame, of_visits
from core.process.definition import PHASES
from core.process.terms import Outcome
from core.queries.selection import Selection, begin_of, day_of
from core.store.ended_cases import MISSING, OUTCOMES
from core.store.settings import policy

DAY = 24 * 60 * 60_000
THROUGHPUT_DAYS = 30
MONTHS = 12
OF_PHASE = ("entered", "advanced", "closed", "rejected", "running")
OF_CASE = ("opened", "closed", "rejected", "running")
EARLIER = ""  # the cohort of all cases opened before those months


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
    """`phases`: see `core.figures.base.phase_table.frame`.

    `cohorts`: a row per month of opening («2026-03»; EARLIER for all before), the newest last: opened, closed,
    rejected, running (cases), and reached_2 to reached_9 (cases that reached that phase).
    """

    phases: pd.DataFrame
    cases: CaseFigures
    cohorts: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Funnel:
    """Compute every figure of the page Embudo."""
    visits = selected_rows.visits(connection, selection)
    cases, moment = selected_rows.cases(visits, selection.phase), selection.moment(now)
    phases = frame(of_visits(visits, selection.phase))
    return Funnel(phases, _of_cases(cases, moment), _cohorts(cases, moment, policy(connection).calendar.time_zone))


def _of_cases(cases: Columns, moment: int) -> CaseFigures:
    closed, finished = (cases["outcome"] == OUTCOMES.index("closed"), cases["ended"] != MISSING)
    took = (cases["ended"] - cases["opened"])[finished]
    return CaseFigures(
        opened=len(finished),
        running=int((~finished).sum()),
        closed=int(closed.sum()),
        rejected=int((finished & ~closed).sum()),
        finished_lately=int((cases["ended"] > moment - THROUGHPUT_DAYS * DAY).sum()),
        cycle=spread(took),
        closed_cycle=spread(took[closed[finished]]),
    )


def _cohorts(cases: Columns, moment: int, zone: str) -> pd.DataFrame:
    """Return the outcomes of the cases opened in each of the last MONTHS months, and before them."""
    months = _months(day_of(moment, zone))
    names = np.array([EARLIER, *(f"{first:%Y-%m}" for first in months)])
    month = np.searchsorted([begin_of(first, zone) for first in months], cases["opened"], side="right")
    of = {
        "opened": np.ones(len(month), bool),
        **{name: cases["outcome"] == OUTCOMES.index(name) for name in ("closed", "rejected")},
        "running": cases["outcome"] == MISSING,
        **{f"reached_{p.number}": cases["reached"] >= p.number for p in PHASES[1:]},
    }
    counts = {name: np.bincount(month[some], minlength=len(names)) for name, some in of.items()}
    some = counts["opened"] > 0
    columns = {name: count[some] for name, count in counts.items()}
    return pd.DataFrame({"month": names[some].astype(object), **columns})


def _months(last: date) -> list[date]:
    """Return the first days of the last MONTHS months, up to the month of that day."""
    numbers = range(last.year * 12 + last.month - MONTHS, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _month(opened_at: ColumnElement[int], months: list[date], zone: str) -> ColumnElement[str]:
    """Return the month of an opening as «2026-03», or EARLIER."""
    begun = [(opened_at >= begin_of(first, zone), f"{first:%Y-%m}") for first in reversed(months)]
    return case(*begun, else_=EARLIER)


# --- evidence ---
def _all_of(behind: Callable[[str], Behind], first: str, names: Sequence[str]) -> dict[str, Behind]:
    """Return the counts of a sum, that of the figure itself first."""
    return {name: behind(name) for name in dict.fromkeys((first, *names))}


def _visit(name: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        visit = question.rows.visits.c
        ended = {"entered": true(), "running": visit.left_at.is_(None)}
        return question.visits(ended.get(name, visit.outcome == name))

    return behind


def _returned(question: FigureQuestion) -> Select[Any]:
    return question.verdicts(question.rows.verdicts.c.verdict == "return")


def _cases(name: str) -> Behind:
    def behind(question: FigureQuestion) -> Select[Any]:
        ended = question.rows.cases.c
        lately = ended.ended_at > question.now - THROUGHPUT_DAYS * DAY
        conditions = {
            "opened": true(),
            "finished": ended.outcome.is_not(None),
            "running": ended.outcome.is_(None),
            "closed": ended.outcome == Outcome.CLOSED,
            "rejected": ended.outcome == Outcome.REJECTED,
            "lately": lately,
            "earlier": and_(ended.outcome.is_not(None), ~lately),
        }
        return question.cases(conditions[name], *_of_month(question))

    return behind


def _of_month(question: FigureQuestion) -> list[ColumnElement[bool]]:
    """Return the condition on the cohort in the figure's detail, e.g. «2026-03» or «earlier»."""
    if not question.of.detail:
        return []
    months = _months(day_of(question.now, question.zone))
    cohort = EARLIER if question.of.detail == "earlier" else question.of.detail
    return [_month(question.rows.cases.c.opened_at, months, question.zone) == cohort]


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
