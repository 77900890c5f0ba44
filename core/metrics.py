"""Flow figures from the summary rows, as `spec/metrics.md` defines them: one computation each.

A cohort is the cases that `Filters` chooses, by the flow, the channel that carries them now, and the day they were
opened. Times are ms of calendar time, nights and weekends included. Percentiles interpolate linearly, as numpy does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, Text, cast, func, select

from core.process import PHASES
from core.schema import cases, phase_visits
from core.terms import Channel, Flow, Outcome

COUNTS = ("entered", "advanced", "closed", "rejected", "running", "returns")
QUANTILES = (0.5, 0.85, 0.95)
DAY = 24 * 60 * 60_000
THROUGHPUT_DAYS = 30


@dataclass(frozen=True)
class Filters:
    """Which cases count: `opened_from` included, `opened_before` not, both in ms; None leaves a side open."""

    flow: Flow | None = None
    channel: Channel | None = None
    opened_from: int | None = None
    opened_before: int | None = None

    def on(self, table: FromClause) -> list[ColumnElement[bool]]:
        """The conditions, on `cases` or on a table that repeats a case's flow and opening."""
        column = table.c
        chosen = []
        if self.flow:
            chosen.append(column.flow == self.flow)
        if self.opened_from is not None:
            chosen.append(column.opened_at >= self.opened_from)
        if self.opened_before is not None:
            chosen.append(column.opened_at < self.opened_before)
        if self.channel and table is cases:
            chosen.append(column.channel == self.channel)
        elif self.channel:
            # A visit keeps the channel it began in; the cohort goes by the one that carries the case now.
            chosen.append(column.case_id.in_(select(cases.c.id).where(cases.c.channel == self.channel)))
        return chosen


class Spread(NamedTuple):
    """How long `n` finished stretches took, in ms; no percentiles without any."""

    n: int = 0
    p50: float | None = None
    p85: float | None = None
    p95: float | None = None


class PhaseFigures(NamedTuple):
    """One phase of a cohort: entered = advanced + closed + rejected + running; returns are counted apart.

    `cycle` is of finished visits and includes the wait for the client's environment; `blocked` is that wait, of those
    finished visits that had one.
    """

    phase: int
    entered: int = 0
    advanced: int = 0
    closed: int = 0
    rejected: int = 0
    running: int = 0
    returns: int = 0
    cycle: Spread = Spread()
    blocked: Spread = Spread()


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


def by_phase(connection: Connection, filters: Filters) -> list[PhaseFigures]:
    """The funnel and the cycle time, a row for each of the nine phases."""
    found = connection.execute(_visits(filters)).mappings().one()
    return [_phase_figures(found, phase.number) for phase in PHASES]


def of_cases(connection: Connection, filters: Filters, now: int) -> CaseFigures:
    """What became of the cases, up to `now`."""
    rows = connection.execute(_outcomes(filters, now - THROUGHPUT_DAYS * DAY)).all()
    count = {row.outcome: int(row.n) for row in rows}
    durations = {row.outcome: _durations(row.durations) for row in rows}
    closed = durations.get(Outcome.CLOSED, [])
    return CaseFigures(
        opened=sum(count.values()),
        running=count.get(None, 0),
        closed=count.get(Outcome.CLOSED, 0),
        rejected=count.get(Outcome.REJECTED, 0),
        finished_lately=sum(int(row.lately) for row in rows),
        cycle=spread([*closed, *durations.get(Outcome.REJECTED, [])]),
        closed_cycle=spread(closed),
    )


def frame(rows: list[PhaseFigures]) -> pd.DataFrame:
    """A flat row per phase: its counts; `n`, `p50`, `p85`, `p95` of the cycle time; `blocked_n`, `blocked_p50` (ms)."""
    flat = [
        {**row._asdict(), **row.cycle._asdict(), "blocked_n": row.blocked.n, "blocked_p50": row.blocked.p50}
        for row in rows
    ]
    times = dict.fromkeys(("p50", "p85", "p95", "blocked_p50"), "float64")
    return pd.DataFrame(flat).drop(columns=["cycle", "blocked"]).astype(times)


def spread(durations: list[int]) -> Spread:
    """The percentiles of some durations."""
    if not durations:
        return Spread()
    return Spread(len(durations), *(float(value) for value in np.quantile(durations, QUANTILES, method="linear")))


def _visits(filters: Filters) -> Select[Any]:
    """Nine phases side by side in one pass over the visits: to group them, SQLite would sort or jump for every row."""
    figures = [figure.label(f"{name}{phase.number}") for phase in PHASES for name, figure in _of_phase(phase.number)]
    return select(*figures).where(*filters.on(phase_visits))


def _of_phase(number: int) -> Iterator[tuple[str, Any]]:
    visit = phase_visits.c
    here = visit.phase == number
    yield "entered", func.count().filter(here)
    for outcome in ("advanced", "closed", "rejected"):
        yield outcome, func.count().filter(here, visit.outcome == outcome)
    yield "running", func.count().filter(here, visit.left_at.is_(None))
    yield "returns", func.sum(visit.returns).filter(here)
    yield "cycle", _listed(visit.duration).filter(here)
    yield "blocked", _listed(func.nullif(visit.blocked, 0)).filter(here, visit.left_at.is_not(None))


def _phase_figures(found: RowMapping, number: int) -> PhaseFigures:
    counts = (int(found[f"{name}{number}"] or 0) for name in COUNTS)
    spreads = (spread(_durations(found[f"{name}{number}"])) for name in ("cycle", "blocked"))
    return PhaseFigures._make((number, *counts, *spreads))


def _outcomes(filters: Filters, since: int) -> Select[Any]:
    case = cases.c
    return (
        select(
            case.outcome,
            func.count().label("n"),
            func.count().filter(case.ended_at > since).label("lately"),
            _listed(case.ended_at - case.opened_at).label("durations"),
        )
        .where(*filters.on(cases))
        .group_by(case.outcome)
    )


def _listed(value: ColumnElement[Any]) -> Any:
    """Every value in one text: one to fetch for a phase instead of one for each visit."""
    return func.aggregate_strings(cast(value, Text), ",")


def _durations(listed: str | None) -> list[int]:
    return msgspec.json.decode(f"[{listed or ''}]", type=list[int])
