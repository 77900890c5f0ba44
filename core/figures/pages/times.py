"""Tiempos: the duration of cases, of phases and of lanes, and the causes of waiting."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial, reduce
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select

from core.figures.base import selected_rows
from core.figures.base.clocks import CLOCKS, Clock, WorkingClock, working_clock
from core.figures.base.ended_cache import Array, Columns
from core.figures.base.evidence import Figure, FigureQuestion
from core.figures.base.percentiles import merged, of_ordered, ordered
from core.figures.base.phase_table import frame, of_visits
from core.figures.waiting import causes as waiting_causes
from core.figures.waiting import evidence
from core.figures.waiting.measure import MeasuredItems, MeasuredPart, measure
from core.process.definition import PHASES
from core.process.terms import Outcome
from core.queries.selection import Selection
from core.store.ended_cases import MISSING, OUTCOMES, ROLES, WITHDRAWN

POINTS = 250  # finished cases drawn one by one; more are drawn as cells of a grid with their counts
GRID = (20, 10)  # of the time when cases finished, and of how long they took
QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p85": 0.85, "p95": 0.95}


class Times(NamedTuple):
    """`phases`: see `core.figures.base.phase_table.frame`; `waits` and `causes`: see
    `core.figures.waiting.causes.Waits`.

    The others have a row per clock and group, with n and the percentiles in QUANTILES, in ms. `cases`: the cycle times
    of finished cases. `points`: outcome, at (when finished), took, cases (how many a point represents). `stays`: by
    phase, of ended visits. `lanes`: by role, of finished work items (not withdrawn).
    """

    phases: pd.DataFrame
    cases: pd.DataFrame
    points: pd.DataFrame
    stays: pd.DataFrame
    lanes: pd.DataFrame
    waits: pd.DataFrame
    causes: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Times:
    """Compute every figure of the page Tiempos."""
    visits = selected_rows.visits(connection, selection)
    clock = working_clock(connection, visits["opened"], np.maximum(visits["left"], visits["opened"]))
    parts = measure(connection, selection, now)
    phases = frame(of_visits(visits, selection.phase))
    stays = _stays(selected_rows.in_phase(visits, selection.phase), clock, selection.phase)
    cases, points = _cases(selected_rows.cases(visits, selection.phase), clock)
    return Times(phases, cases, points, stays, _lanes(parts), *waiting_causes.of_measured(parts))


def _cases(cases: Columns, clock: WorkingClock) -> tuple[pd.DataFrame, pd.DataFrame]:
    finished = selected_rows.take(cases, cases["ended"] != MISSING)
    finished = selected_rows.take(finished, np.lexsort((finished["case"], finished["ended"])))
    took = clock.both(finished["opened"], finished["ended"])
    spreads = _boxes(took, np.zeros(len(finished["case"]), np.int64), "all", [None])
    spreads = spreads[[name for name in spreads if name != "all"]]
    points = [
        p for name, durations in took.items() for p in _points(name, finished["ended"], durations, finished["outcome"])
    ]
    return spreads, pd.DataFrame(points, columns=["clock", "outcome", "at", "took", "cases"])


def _points(clock: Clock, ended: Array, took: Array, outcome: Array) -> Iterator[tuple[Any, ...]]:
    """Yield each finished case, or the centre of each non-empty cell."""
    for name in Outcome:
        mask = outcome == OUTCOMES.index(name)
        if len(ended) <= POINTS:
            yield from ((clock, name, int(at), int(for_), 1) for at, for_ in zip(ended[mask], took[mask], strict=True))
            continue
        ranges = [(ended.min(), ended.max()), (0, took.max())]
        counts, *edges = np.histogram2d(ended[mask], took[mask], bins=GRID, range=ranges)
        ats, tooks = ((edge[:-1] + edge[1:]) / 2 for edge in edges)
        x, y = np.nonzero(counts)
        cells = (column.astype(np.int64).tolist() for column in (ats[x], tooks[y], counts[x, y]))
        yield from ((clock, name, *cell) for cell in zip(*cells, strict=True))


def _stays(visits: Columns, clock: WorkingClock, phase: int | None) -> pd.DataFrame:
    left = selected_rows.take(visits, visits["left"] != MISSING)
    numbers = [phase] if phase else [phase.number for phase in PHASES]
    return _boxes(clock.both(left["entered"], left["left"]), left["phase"] - numbers[0], "phase", numbers)


def _lanes(parts: Sequence[MeasuredPart]) -> pd.DataFrame:
    took = [part.measured.cached("done", partial(_took, part.measured)) for part in parts]
    return _frame({clock: reduce(merged, (durations[clock] for durations in took)) for clock in CLOCKS}, "role", ROLES)


def _took(measured: MeasuredItems) -> Mapping[Clock, Array]:
    """Return the durations of finished work items, encoded by role and sorted."""
    item = measured.items
    some = np.flatnonzero((item["ended"] != MISSING) & (item["ending"] != WITHDRAWN))
    return {clock: ordered(item["role"][some], measured.elapsed[clock][some]) for clock in CLOCKS}


def _boxes(took: Mapping[Clock, Array], of: Array, name: str, groups: Sequence[Any]) -> pd.DataFrame:
    return _frame({clock: ordered(of, durations) for clock, durations in took.items()}, name, groups)


def _frame(took: Mapping[Clock, Array], name: str, groups: Sequence[Any]) -> pd.DataFrame:
    """Return the percentiles of each group by each clock, from sorted durations."""
    by_clock = [of_ordered(durations, len(groups), list(QUANTILES.values())) for durations in took.values()]
    at = np.concatenate([percentiles.at for percentiles in by_clock])
    return pd.DataFrame(
        {
            "clock": [clock for clock in took for _ in groups],
            name: [*groups] * len(by_clock),
            "n": np.concatenate([percentiles.n for percentiles in by_clock]),
            **{quantile: at[:, place] for place, quantile in enumerate(QUANTILES)},
        }
    )


# --- evidence ---
def _ended(question: FigureQuestion) -> Select[Any]:
    return question.cases(question.rows.cases.c.ended_at.is_not(None))


def _running(question: FigureQuestion) -> Select[Any]:
    return question.cases(question.rows.cases.c.ended_at.is_(None))


def _left(question: FigureQuestion) -> Select[Any]:
    return question.visits(question.rows.visits.c.left_at.is_not(None))


def _in_it(question: FigureQuestion) -> Select[Any]:
    return question.visits(question.rows.visits.c.left_at.is_(None))


def _blocked(question: FigureQuestion) -> Select[Any]:
    return question.visits(question.rows.visits.c.left_at.is_not(None), question.rows.visits.c.blocked > 0)


def _never_blocked(question: FigureQuestion) -> Select[Any]:
    return question.visits(question.rows.visits.c.left_at.is_not(None), question.rows.visits.c.blocked == 0)


def _done(question: FigureQuestion) -> Select[Any]:
    item = question.rows.items.c
    return question.items(item.ended_at.is_not(None), item.ended_as.not_like("withdrawn%"))


def _withdrawn(question: FigureQuestion) -> Select[Any]:
    return question.items(question.rows.items.c.ended_as.like("withdrawn%"))


def _open(question: FigureQuestion) -> Select[Any]:
    return question.items(question.rows.items.c.ended_at.is_(None))


FIGURES = {
    "cycle": Figure(Clock.CHOSEN, {"finished": _ended}, {"running": _running}),
    "phase": Figure(Clock.CHOSEN, {"left": _left}, {"running": _in_it}),
    "blocked": Figure(Clock.CALENDAR, {"blocked": _blocked}, {"never_blocked": _never_blocked, "running": _in_it}),
    "by_role": Figure(Clock.CHOSEN, {"done": _done}, {"withdrawn": _withdrawn, "open": _open}),
    **evidence.FIGURES,
}
