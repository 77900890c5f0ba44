"""How often what the forecast would have said held, month by month.

At the beginning of each month the forecast is made again from what was known then and nothing later, and its statements
at 85 % are compared with what happened.
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
    """What became of the statements, as far as `at` (ms) knows.

    `months`: month (its beginning, ms), n, held, pending: of the statements made at the beginning of each of the last
    MONTHS months, those whose date has come, how many of them held, and how many have their date still ahead.
    """

    at: int
    months: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int, *, seed: int = SEED) -> Backtest:
    """The backtest of the selected cases, whatever their phase or end; the same for the same seed."""
    at = selection.moment(now)
    past = read(connection, selection)
    beginnings = months(past, at, policy(connection).calendar.time_zone)
    return Backtest(at, turned_out(past, beginnings[-MONTHS:], at, seed))


def months(past: Past, until: int, zone: str) -> list[int]:
    """The beginnings of the months (local time) that the visits reach back to, before `until`."""
    if not len(past):
        return []
    first = datetime.fromtimestamp(int(past.entered.min()) / 1000, ZoneInfo(zone))
    index, found = first.year * 12 + first.month, []  # the month after the first
    while (start := begin_of(date(index // 12, index % 12 + 1, 1), zone)) < until:
        found.append(start)
        index += 1
    return found


def turned_out(past: Past, moments: Sequence[int], until: int, seed: int) -> pd.DataFrame:
    """Month, n, held, pending: how the statements made at each moment, knowing no more, turned out by `until`.

    A statement counts once its date has come: to count those that held early would praise the others away.
    """
    rows = []
    end_of = past.as_of(until).ends()
    for moment in moments:
        known = past.as_of(moment)
        open_ = known.running()
        said = percentile(simulate(known, open_, moment, np.random.default_rng(seed)).ends, 0.85)
        due = said <= until
        ended = np.array([end_of.get(int(case), np.inf) for case in open_.case], dtype=float)
        held = int((due & (ended <= said)).sum())
        rows.append((moment, int(due.sum()), held, int((said > until).sum())))
    return pd.DataFrame(rows, columns=["month", "n", "held", "pending"])


def _open_then(asked: FigureQuestion) -> Select[Any]:
    """The cases open at the beginning of the month that the figure names («2026-05»); of no month, every case."""
    case = asked.rows.cases.c
    wide = asked._replace(selection=widened(asked.selection))
    if not asked.of.detail:
        return wide.cases()
    try:
        moment = begin_of(date.fromisoformat(f"{asked.of.detail}-01"), asked.zone)
    except ValueError:
        return wide.cases(false())
    return wide.cases(case.opened_at <= moment, or_(case.ended_at.is_(None), case.ended_at > moment))


FIGURES = {"told": Figure(Clock.CALENDAR, {"told": _open_then})}
