"""When open cases will end, by Monte Carlo simulation from past phase visits.

A run draws one past visit for each phase still ahead: its duration (including returns) and its outcome. Running visits
count as censored (Kaplan and Meier 1958), because leaving them out would be too optimistic. Phases are drawn
independently of each other, of the client and of the load. All times are ms of calendar time.
The accuracy of past forecasts is in `core.figures.pages.forecast.backtest`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from core.figures.base.clocks import Clock
from core.figures.base.evidence import Figure, FigureQuestion
from core.figures.base.in_order import lasted
from core.figures.base.survival import ENOUGH, FLOWS, LAST, Past, VisitTimes, times_of, widened
from core.queries.selection import Selection
from core.store.tables import clients

SEED = 20  # the default: the same input gives the same result
RUNS = 1000
POOL = 8192  # precomputed remaining times from the beginning of each phase
WEEK = 7 * 24 * 60 * 60_000
WEEKS = 12
COLUMNS = ("case_id", "flow", "phase", "opened_at", "entered_at", "left_at", "outcome")

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Forecast(NamedTuple):
    """The forecast as of `at`.

    `cases`: a row per open case, sorted `by_risk`: case_id, code, client, phase, age (in the phase), p50 and p85 (the
    moments by which it has ended, closed or rejected), closes (the share of runs that close it), late (the share that
    ends after `expected`, its opening plus the service level expectation; 1 for a case that has passed it), why (no
    dates: «few» or «older»).
    `closes`: at, p50, p85: how many of these cases are closed by then in at least that share of runs; cases that are
    not open yet, and those without dates, are not in it.
    `phases`: phase, n (finished visits).
    `sle`: 85 % of the past cases ended within it, of `sle_n`.
    """

    at: int
    cases: pd.DataFrame
    closes: pd.DataFrame
    phases: pd.DataFrame
    sle: float | None
    sle_n: int


class Runs(NamedTuple):
    """The simulated ends of the open cases: `ends` (ms, cases x runs; nan without dates), `closed`, and why none."""

    ends: Floats
    closed: NDArray[np.bool_]
    why: NDArray[np.str_]


def compute(connection: Connection, selection: Selection, now: int, *, seed: int = SEED) -> Forecast:
    """Return the forecast of the selected open cases; deterministic for a seed.

    A selection by closing dates or phase limits only the cases shown, not the past data.
    """
    at = selection.moment(now)
    chosen = _chosen(connection, selection)
    known = read(connection, selection).as_of(at)
    open_ = known.running()
    runs = simulate(known, open_, at, np.random.default_rng(seed))
    sle, sle_n = service_level(known)
    frame = _frame(open_, runs, at, sle).merge(chosen, on="case_id")
    shown = np.isin(open_.case, chosen["case_id"])
    return Forecast(
        at,
        by_risk(frame),
        closes(
            Runs(runs.ends[shown], runs.closed[shown], runs.why[shown]), [at + n * WEEK for n in range(1, WEEKS + 1)]
        ),
        pd.DataFrame([(phase, known.finished(phase)) for phase in range(1, LAST + 1)], columns=["phase", "n"]),
        sle,
        sle_n,
    )


def read(connection: Connection, selection: Selection) -> Past:
    """Return the phase visits that the forecast is based on."""
    wide = widened(selection)
    rows = wide.rows
    visits = connection.execute(
        select(*(rows.visits.c[name] for name in COLUMNS)).where(*wide.on(rows.visits, rows))
    ).all()
    return Past.of(visits)


def simulate(known: Past, open_: Past, at: int, rng: np.random.Generator) -> Runs:
    """Simulate the ends of `open_` (running visits) in RUNS runs, from what was known at `at`."""
    ends = np.full((len(open_), RUNS), np.nan)
    closed = np.zeros((len(open_), RUNS), dtype=bool)
    why = np.full(len(open_), "few", dtype="U5")
    for flow in range(len(FLOWS)):
        remainder: tuple[Floats, NDArray[np.bool_]] | None = (np.zeros(POOL), np.ones(POOL, dtype=bool))
        for phase in range(LAST, 0, -1):
            places = np.flatnonzero((open_.flow == flow) & (open_.phase == phase))
            times = times_of(known, flow, phase, at)
            if times is None or remainder is None:
                remainder = None
                continue
            if len(places):
                ages = lasted(open_.entered[places], at)
                ends[places], closed[places], why[places] = _ends(times, remainder, ages, at, rng)
            remainder = _draw_remainder(times, remainder, rng)
    return Runs(ends, closed, why)


def _ends(
    times: VisitTimes, remainder: tuple[Floats, NDArray[np.bool_]], ages: Integers, at: int, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.str_]]:
    """Simulate the ends of cases of one flow and phase by age; nan where too few past visits took longer."""
    spent, onward = times.draw(rng.random((len(ages), RUNS)), ages)
    after = rng.integers(POOL, size=spent.shape)
    ends = (at + spent - ages[:, None]).astype(np.float64) + np.where(onward, remainder[0][after], 0)
    older = times.longer(ages) < ENOUGH
    ends[older] = np.nan
    closed = onward & remainder[1][after] & ~older[:, None]
    return ends, closed, np.where(older, "older", "").astype(np.str_)


def _draw_remainder(
    times: VisitTimes, remainder: tuple[Floats, NDArray[np.bool_]], rng: np.random.Generator
) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw the time from the beginning of a phase to the end: a visit to it, then one of the remainders."""
    spent, onward = times.draw(rng.random((1, POOL)), np.array([-1]))
    after = rng.permutation(POOL)
    return spent[0] + np.where(onward[0], remainder[0][after], 0), onward[0] & remainder[1][after]


def service_level(known: Past) -> tuple[float | None, int]:
    """Return the period within which 85 % of the ended cases ended (None below ENOUGH), and their number."""
    cycle = known.cycle_times()
    return (float(np.quantile(cycle, 0.85)) if len(cycle) >= ENOUGH else None), len(cycle)


def closes(runs: Runs, dates: Sequence[int]) -> pd.DataFrame:
    """Return at, p50, p85: the minimum number of cases closed by a date in that share of the runs."""
    counts = np.array([(runs.closed & (runs.ends <= date)).sum(axis=0) for date in dates])
    fewest = np.quantile(counts, [0.5, 0.15], axis=1, method="lower").astype(int)
    return pd.DataFrame({"at": list(dates), "p50": fewest[0], "p85": fewest[1]})


def by_risk(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort cases: first those older than almost all past visits, then by the share of late runs, unknown ones last.

    The first have no dates because almost no past visit was as long: they need attention most.
    """
    unlike = (frame["why"] == "older") & frame["late"].isna()
    order = frame.assign(unlike=unlike).sort_values(
        ["unlike", "late", "p85", "case_id"], ascending=[False, False, False, True], ignore_index=True
    )
    return order.drop(columns="unlike")


def _chosen(connection: Connection, selection: Selection) -> pd.DataFrame:
    """Return case_id, code and client of the selected running cases."""
    rows = selection.rows
    case = rows.cases.c
    cases = connection.execute(
        select(case.id, case.code, clients.c.name)
        .select_from(rows.cases.join(clients, clients.c.id == case.client_id))
        .where(*selection.on(rows.cases, rows), case.ended_at.is_(None))
    ).all()
    return pd.DataFrame(cases, columns=["case_id", "code", "client"])


def _frame(open_: Past, runs: Runs, at: int, sle: float | None) -> pd.DataFrame:
    expected = open_.opened + (np.nan if sle is None else sle)
    dated = runs.why == ""
    later = (runs.ends > expected[:, None]).mean(axis=1)
    return pd.DataFrame(
        {
            "case_id": open_.case,
            "phase": open_.phase,
            "age": lasted(open_.entered, at),
            "p50": percentile(runs.ends, 0.5),
            "p85": percentile(runs.ends, 0.85),
            "closes": np.where(dated, runs.closed.mean(axis=1), np.nan),
            "expected": expected,
            "late": np.where(expected <= at, 1.0, np.where(dated & (sle is not None), later, np.nan)),
            "why": runs.why,
        }
    )


def percentile(ends: Floats, share: float) -> Floats:
    """Return the moment by which each case has ended in that share of its runs; nan without dates."""
    return np.quantile(ends, share, axis=1, method="linear") if len(ends) else np.empty(0)


# --- evidence ---
def _ended(question: FigureQuestion) -> Select[Any]:
    return question.cases(question.rows.cases.c.ended_at.is_not(None))


def _open(question: FigureQuestion) -> Select[Any]:
    return question.cases(question.rows.cases.c.ended_at.is_(None))


def _wide(question: FigureQuestion) -> FigureQuestion:
    return question._replace(selection=widened(question.selection))


def _left(question: FigureQuestion) -> Select[Any]:
    return _wide(question).visits(question.rows.visits.c.left_at.is_not(None))


def _in_it(question: FigureQuestion) -> Select[Any]:
    return _wide(question).visits(question.rows.visits.c.left_at.is_(None))


FIGURES = {
    "expected": Figure(Clock.CALENDAR, {"running": _open}, {"finished": _ended}),
    "learned": Figure(Clock.CALENDAR, {"left": _left, "running": _in_it}),
    "sle": Figure(
        Clock.CALENDAR,
        {"finished": lambda question: _ended(_wide(question))},
        {"running": lambda question: _open(_wide(question))},
    ),
}
