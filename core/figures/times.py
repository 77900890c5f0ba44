"""Tiempos: how long cases take, how long they stay in each phase and with each lane, and what they wait for."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select

from core.figures import waited, waits
from core.figures.arrays import Column, arrays, place
from core.figures.clock import by_clock
from core.figures.evidence import Asked, Clock, Figure
from core.figures.phases import by_phase, frame
from core.figures.selection import Selection
from core.process import PHASES
from core.terms import PROCESS_ROLES, Outcome

POINTS = 250  # finished cases up to which each is drawn; of more, the cells of a grid with how many lie in each
GRID = (20, 10)  # of the time when cases finished, and of how long they took
QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p85": 0.85, "p95": 0.95}
ENDS = tuple(Outcome)


class Times(NamedTuple):
    """`phases`: see `core.figures.phases.frame`; `waits` and `causes`: see `core.figures.waits.Waits`.

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
    phases = frame(by_phase(connection, selection))
    cases, points = _cases(connection, selection)
    stays = _stays(connection, selection)
    lanes = _lanes(connection, selection)
    return Times(phases, cases, points, stays, lanes, *waits.compute(connection, selection, now))


def _cases(connection: Connection, selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = selection.rows
    case = rows.cases.c
    found = arrays(
        connection,
        [*selection.on(rows.cases, rows), case.ended_at.is_not(None)],
        opened=case.opened_at,
        ended=case.ended_at,
        outcome=place(case.outcome, ENDS),
    )
    order = np.argsort(found["ended"], kind="stable")  # a database gives rows in an order of its own
    found = {name: values[order] for name, values in found.items()}
    took = list(by_clock(connection, found["opened"], found["ended"]))
    spreads = pd.DataFrame([{"clock": clock, **_spread(each)} for clock, each in took])
    points = [p for clock, each in took for p in _points(clock, found["ended"], each, found["outcome"])]
    return spreads, pd.DataFrame(points, columns=["clock", "outcome", "at", "took", "cases"])


def _points(clock: Clock, ended: Column, took: Column, outcome: Column) -> Iterator[tuple[Any, ...]]:
    """Each finished case, or the middle of each cell in which some lie."""
    for number, name in enumerate(ENDS):
        here = outcome == number
        if len(ended) <= POINTS:
            yield from ((clock, name, int(at), int(for_), 1) for at, for_ in zip(ended[here], took[here], strict=True))
            continue
        ranges = [(ended.min(), ended.max()), (0, took.max())]
        counts, ats, tooks = np.histogram2d(ended[here], took[here], bins=GRID, range=ranges)
        for x, y in np.argwhere(counts):
            middle = (int((edges[n] + edges[n + 1]) / 2) for edges, n in ((ats, x), (tooks, y)))
            yield clock, name, *middle, int(counts[x, y])


def _stays(connection: Connection, selection: Selection) -> pd.DataFrame:
    rows = selection.rows
    visit = rows.visits.c
    found = arrays(
        connection,
        [*selection.on(rows.visits, rows), visit.left_at.is_not(None)],
        of=visit.phase,
        begun=visit.entered_at,
        ended=visit.left_at,
    )
    numbers = [selection.phase] if selection.phase else [phase.number for phase in PHASES]
    return _boxes(connection, found, "phase", dict(zip(numbers, numbers, strict=True)))


def _lanes(connection: Connection, selection: Selection) -> pd.DataFrame:
    rows = selection.rows
    item = rows.items.c
    found = arrays(
        connection,
        [*selection.on(rows.items, rows), item.ended_at.is_not(None), item.ended_as.not_like("withdrawn%")],
        of=place(item.role, PROCESS_ROLES),
        begun=item.opened_at,
        ended=item.ended_at,
    )
    return _boxes(connection, found, "role", dict(enumerate(PROCESS_ROLES)))


def _boxes(connection: Connection, found: Any, name: str, groups: dict[int, Any]) -> pd.DataFrame:
    """The spread of each group by each clock."""
    took = by_clock(connection, found["begun"], found["ended"])
    rows = [
        {"clock": clock, name: group, **_spread(each[found["of"] == number])}
        for (clock, each), (number, group) in product(took, groups.items())
    ]
    return pd.DataFrame(rows)


def _spread(took: Sequence[int] | Column) -> dict[str, float]:
    values = np.quantile(took, list(QUANTILES.values()), method="linear") if len(took) else [np.nan] * len(QUANTILES)
    return {"n": len(took), **{name: float(value) for name, value in zip(QUANTILES, values, strict=True)}}


# --- what stands behind each figure ---
def _ended(asked: Asked) -> Select[Any]:
    return asked.cases(asked.rows.cases.c.ended_at.is_not(None))


def _running(asked: Asked) -> Select[Any]:
    return asked.cases(asked.rows.cases.c.ended_at.is_(None))


def _left(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None))


def _in_it(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_(None))


def _blocked(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None), asked.rows.visits.c.blocked > 0)


def _never_blocked(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None), asked.rows.visits.c.blocked == 0)


def _done(asked: Asked) -> Select[Any]:
    item = asked.rows.items.c
    return asked.items(item.ended_at.is_not(None), item.ended_as.not_like("withdrawn%"))


def _withdrawn(asked: Asked) -> Select[Any]:
    return asked.items(asked.rows.items.c.ended_as.like("withdrawn%"))


def _open(asked: Asked) -> Select[Any]:
    return asked.items(asked.rows.items.c.ended_at.is_(None))


FIGURES = {
    "cycle": Figure(Clock.CHOSEN, {"finished": _ended}, {"running": _running}),
    "phase": Figure(Clock.CHOSEN, {"left": _left}, {"running": _in_it}),
    "blocked": Figure(Clock.CALENDAR, {"blocked": _blocked}, {"never_blocked": _never_blocked, "running": _in_it}),
    "by_role": Figure(Clock.CHOSEN, {"done": _done}, {"withdrawn": _withdrawn, "open": _open}),
    **waited.FIGURES,
}
