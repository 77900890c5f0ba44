"""Tiempos: how long cases take, how long they stay in each phase and with each lane, and what they wait for."""

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

POINTS = 250  # finished cases up to which each is drawn; of more, the cells of a grid with how many lie in each
GRID = (20, 10)  # of the time when cases finished, and of how long they took
QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p85": 0.85, "p95": 0.95}


class Times(NamedTuple):
    """`phases`: see `core.figures.base.phase_table.frame`; `waits` and `causes`: see
    `core.figures.waiting.causes.Waits`.

    The others have a row per clock and what it is of; n and the percentiles in QUANTILES, in ms. `cases`: of the cycle
    times of finished cases. `points`: outcome, at (when they finished), took, cases (how many a point stands for).
    `stays`: phase, of the visits that ended. `lanes`: role, of the work items that were done (not withdrawn).
    """

    phases: pd.DataFrame
    cases: pd.DataFrame
    points: pd.DataFrame
    stays: pd.DataFrame
    lanes: pd.DataFrame
    waits: pd.DataFrame
    causes: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Times:
    """Every figure of the page Tiempos."""
    visits = selected_rows.visits(connection, selection)
    clock = working_clock(connection, visits["opened"], np.maximum(visits["left"], visits["opened"]))
    found = measure(connection, selection, now)
    phases = frame(of_visits(visits, selection.phase))
    stays = _stays(selected_rows.in_phase(visits, selection.phase), clock, selection.phase)
    cases, points = _cases(selected_rows.cases(visits, selection.phase), clock)
    return Times(phases, cases, points, stays, _lanes(found), *waiting_causes.of_measured(found))


def _cases(cases: Columns, clock: WorkingClock) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = selected_rows.those(cases, cases["ended"] != MISSING)
    found = selected_rows.those(found, np.lexsort((found["case"], found["ended"])))
    took = clock.both(found["opened"], found["ended"])
    spreads = _boxes(took, np.zeros(len(found["case"]), np.int64), "all", [None])
    spreads = spreads[[name for name in spreads if name != "all"]]
    points = [p for name, each in took.items() for p in _points(name, found["ended"], each, found["outcome"])]
    return spreads, pd.DataFrame(points, columns=["clock", "outcome", "at", "took", "cases"])


def _points(clock: Clock, ended: Array, took: Array, outcome: Array) -> Iterator[tuple[Any, ...]]:
    """Each finished case, or the middle of each cell in which some lie."""
    for name in Outcome:
        here = outcome == OUTCOMES.index(name)
        if len(ended) <= POINTS:
            yield from ((clock, name, int(at), int(for_), 1) for at, for_ in zip(ended[here], took[here], strict=True))
            continue
        ranges = [(ended.min(), ended.max()), (0, took.max())]
        counts, *edges = np.histogram2d(ended[here], took[here], bins=GRID, range=ranges)
        ats, tooks = ((each[:-1] + each[1:]) / 2 for each in edges)
        x, y = np.nonzero(counts)
        cells = (each.astype(np.int64).tolist() for each in (ats[x], tooks[y], counts[x, y]))
        yield from ((clock, name, *cell) for cell in zip(*cells, strict=True))


def _stays(visits: Columns, clock: WorkingClock, phase: int | None) -> pd.DataFrame:
    left = selected_rows.those(visits, visits["left"] != MISSING)
    numbers = [phase] if phase else [phase.number for phase in PHASES]
    return _boxes(clock.both(left["entered"], left["left"]), left["phase"] - numbers[0], "phase", numbers)


def _lanes(parts: Sequence[MeasuredPart]) -> pd.DataFrame:
    took = [part.measured.once("done", partial(_took, part.measured)) for part in parts]
    return _frame({clock: reduce(merged, (each[clock] for each in took)) for clock in CLOCKS}, "role", ROLES)


def _took(measured: MeasuredItems) -> Mapping[Clock, Array]:
    """How long each of the work items took that were done, by role and in order."""
    item = measured.items
    some = np.flatnonzero((item["ended"] != MISSING) & (item["ending"] != WITHDRAWN))
    return {clock: ordered(item["role"][some], measured.elapsed[clock][some]) for clock in CLOCKS}


def _boxes(took: Mapping[Clock, Array], of: Array, name: str, groups: Sequence[Any]) -> pd.DataFrame:
    return _frame({clock: ordered(of, each) for clock, each in took.items()}, name, groups)


def _frame(took: Mapping[Clock, Array], name: str, groups: Sequence[Any]) -> pd.DataFrame:
    """The percentiles of each group by each clock, of durations in order."""
    found = [of_ordered(each, len(groups), list(QUANTILES.values())) for each in took.values()]
    at = np.concatenate([each.at for each in found])
    return pd.DataFrame(
        {
            "clock": [clock for clock in took for _ in groups],
            name: [*groups] * len(found),
            "n": np.concatenate([each.n for each in found]),
            **{quantile: at[:, place] for place, quantile in enumerate(QUANTILES)},
        }
    )


# --- what stands behind each figure ---
def _ended(asked: FigureQuestion) -> Select[Any]:
    return asked.cases(asked.rows.cases.c.ended_at.is_not(None))


def _running(asked: FigureQuestion) -> Select[Any]:
    return asked.cases(asked.rows.cases.c.ended_at.is_(None))


def _left(asked: FigureQuestion) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None))


def _in_it(asked: FigureQuestion) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_(None))


def _blocked(asked: FigureQuestion) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None), asked.rows.visits.c.blocked > 0)


def _never_blocked(asked: FigureQuestion) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None), asked.rows.visits.c.blocked == 0)


def _done(asked: FigureQuestion) -> Select[Any]:
    item = asked.rows.items.c
    return asked.items(item.ended_at.is_not(None), item.ended_as.not_like("withdrawn%"))


def _withdrawn(asked: FigureQuestion) -> Select[Any]:
    return asked.items(asked.rows.items.c.ended_as.like("withdrawn%"))


def _open(asked: FigureQuestion) -> Select[Any]:
    return asked.items(asked.rows.items.c.ended_at.is_(None))


FIGURES = {
    "cycle": Figure(Clock.CHOSEN, {"finished": _ended}, {"running": _running}),
    "phase": Figure(Clock.CHOSEN, {"left": _left}, {"running": _in_it}),
    "blocked": Figure(Clock.CALENDAR, {"blocked": _blocked}, {"never_blocked": _never_blocked, "running": _in_it}),
    "by_role": Figure(Clock.CHOSEN, {"done": _done}, {"withdrawn": _withdrawn, "open": _open}),
    **evidence.FIGURES,
}
