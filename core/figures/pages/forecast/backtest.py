"""The accuracy of past forecasts, month by month.

For the beginning of each month the forecast is recomputed from what was known then, and its 85 % dates are compared
with what happened.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, false, or_

from core.figures.base.clocks import Clock
from core.figures.base.evidence import Figure, FigureQuestion
from core.figures.base.survival import Past, widened
from core.figures.pages.forecast.remaining_time import SEED, percentile, read, simulate
from core.queries.selection import Selection, begin_of
from core.store.settings import policy

MONTHS = 12


class Backtest(NamedTuple):
    """The outcomes of forecasts as known at `at` (ms).

    `months`: month (its beginning, ms), n, held, pending: of the dates forecast at the beginning of each of the last
    MONTHS months, those that have passed, how many of these were met, and how many are still ahead.
    """

    at: int
    months: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int, *, seed: int = SEED) -> Backtest:
    """Return the backtest of the selected cases of any phase or end; deterministic for a seed."""
    at = selection.moment(now)
    past = read(connection, selection)
    starts = months(past, at, policy(connection).calendar.time_zone)
    return Backtest(at, compare(past, starts[-MONTHS:], at, seed))


def months(past: Past, until: int, zone: str) -> list[int]:
    """Return the beginnings (local time) of the months since the first visit, before `until`."""
    if not len(past):
        return []
    first = datetime.fromtimestamp(int(past.entered.min()) / 1000, ZoneInfo(zone))
    index, starts = first.year * 12 + first.month, []  # the month after the first
    while (start := begin_of(date(index // 12, index % 12 + 1, 1), zone)) < until:
        starts.append(start)
        index += 1
    return starts


def compare(past: Past, moments: Sequence[int], until: int, seed: int) -> pd.DataFrame:
    """Return month, n, held, pending: the outcomes by `until` of the forecasts made at each moment.

    A forecast counts only once its date has passed: counting cases that ended early would bias the result.
    """
    rows = []
    end_of = past.as_of(until).ends()
    for moment in moments:
        known = past.as_of(moment)
        open_ = known.running()
        forecast = percentile(simulate(known, open_, moment, np.random.default_rng(seed)).ends, 0.85)
        due = forecast <= until
        ended = np.array([end_of.get(int(case), np.inf) for case in open_.case], dtype=float)
        held = int((due & (ended <= forecast)).sum())
        rows.append((moment, int(due.sum()), held, int((forecast > until).sum())))
    return pd.DataFrame(rows, columns=["month", "n", "held", "pending"])


def _open_then(question: FigureQuestion) -> Select[Any]:
    """Select the cases open at the beginning of the figure's month («2026-05»); without a month, every case."""
    case = question.rows.cases.c
    wide = question._replace(selection=widened(question.selection))
    if not question.of.detail:
        return wide.cases()
    try:
        moment = begin_of(date.fromisoformat(f"{question.of.detail}-01"), question.zone)
    except ValueError:
        return wide.cases(false())
    return wide.cases(case.opened_at <= moment, or_(case.ended_at.is_(None), case.ended_at > moment))


FIGURES = {"told": Figure(Clock.CALENDAR, {"told": _open_then})}
