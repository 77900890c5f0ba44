"""Cuellos de botella: which lane of which phase takes most of the time, compared with the previous quarter.

From the work items that ended in the last PERIOD_DAYS or are open at the moment of the figures, without withdrawn ones.
Times are ms of calendar time without the wait for the client's environment, for which no role is responsible.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from core.figures.base import selected_rows
from core.figures.base.clocks import Clock
from core.figures.base.columns import table
from core.figures.base.ended_cache import Array, Columns
from core.figures.base.evidence import Behind, Figure, FigureQuestion
from core.figures.base.percentiles import grouped
from core.figures.base.work_item_columns import worked
from core.figures.base.work_item_sql import WITHDRAWN as WITHDRAWN_TEXT
from core.figures.base.work_item_sql import counts, state
from core.process.definition import PHASES
from core.process.terms import PROCESS_ROLES
from core.queries.selection import Selection
from core.store import tables
from core.store.ended_cases import MISSING, ROLES, WITHDRAWN

DAY = 24 * 60 * 60_000
PERIOD_DAYS = 91
ENOUGH = 5  # finished work items needed for an 85th percentile
CLEARLY = 1.1  # the factor from which a change counts as significant
OPEN, LATELY, BEFORE = range(3)
PERIODS = 3
COLUMNS = [
    *("phase", "role", "n", "p50", "p85", "p95", "time", "held_time", "open", "waiting", "held", "blocked", "overdue"),
    *("kept", "within", "before_n", "before_p85", "trend", "share"),
]
FLOATS = ("p50", "p85", "p95", "within", "before_p85", "share")
Record = dict[str, Any]


class Bottlenecks(NamedTuple):
    """`lanes`: a row per phase and role that had work, the largest share of the time first; `roles`: one per role.

    `lanes` has phase, role; n, p50, p85, p95 (finished work items, ms); time and share (of all time), held_time (the
    part in which somebody held it, ms); open = waiting (nobody holds it) + held + blocked (waits for the client);
    overdue; kept (finished within the deadline), within (kept ÷ (n + overdue)); before_n, before_p85 (the period
    before) and trend («worse», «better», «same», or nothing when either period has fewer than ENOUGH).
    `roles` has role, people (active ones), queue = waiting + held, overdue, per_person, n, kept, within, share.
    `since` is when the period began (ms).
    """

    lanes: pd.DataFrame
    roles: pd.DataFrame
    since: int


def compute(connection: Connection, selection: Selection, now: int) -> Bottlenecks:
    """Compute every figure of the page Cuellos de botella."""
    moment = selection.moment(now)
    since = moment - PERIOD_DAYS * DAY
    items = _counting(connection, selection, since - PERIOD_DAYS * DAY)
    work = worked(connection, selection, items, moment)
    period = np.where(items["ended"] == MISSING, OPEN, np.where(items["ended"] > since, LATELY, BEFORE))
    lanes = _ranked(list(_lanes(items, work, period)))
    frame = table({name: [lane[name] for lane in lanes] for name in COLUMNS}, *FLOATS)
    return Bottlenecks(frame, _roles(lanes, _people(connection)), since)


def _counting(connection: Connection, selection: Selection, since: int) -> Columns:
    """Return the work items of both periods: open, or ended since then and not withdrawn."""
    items = selected_rows.in_phase(selected_rows.items(connection, selection, since), selection.phase)
    done = (items["ended"] > since) & (items["ending"] != WITHDRAWN)
    return selected_rows.take(items, (items["ended"] == MISSING) | done)


def _lanes(items: Columns, work: Columns, period: Array) -> Iterator[Record]:
    """Yield the lane of each phase and role that had work in either period."""
    lane = items["phase"].astype(np.int64) * len(ROLES) + items["role"]
    group = lane * PERIODS + period
    count = (len(PHASES) + 1) * len(ROLES) * PERIODS
    ended = period != OPEN
    times = grouped(group[ended], work["time"][ended], count)
    sums = {name: np.bincount(group, values, count).astype(np.int64) for name, values in work.items()}
    n = np.bincount(group, minlength=count)
    for number in np.unique(lane).tolist():
        now, lately, before = (number * PERIODS + part for part in (OPEN, LATELY, BEFORE))
        current, previous = times.spread(lately), times.spread(before)
        overdue, kept = int(sums["overdue"][now]), int(sums["kept"][lately])
        yield {
            "phase": number // len(ROLES),
            "role": ROLES[number % len(ROLES)].value,
            **current._asdict(),
            **{name: int(sums[name][now] + sums[name][lately]) for name in ("time", "held_time")},
            "open": int(n[now]),
            **{name: int(sums[name][now]) for name in ("waiting", "held", "blocked")},
            "overdue": overdue,
            "kept": kept,
            "within": _share(kept, current.n + overdue),
            "before_n": previous.n,
            "before_p85": previous.p85,
            "trend": trend(current.n, current.p85, previous.n, previous.p85),
        }


def trend(n: int, now: float | None, before_n: int, before: float | None) -> str:
    """Return whether an 85th percentile is clearly «worse», «better» or the «same»; empty with too few items."""
    if n < ENOUGH or before_n < ENOUGH or now is None or before is None:
        return ""
    if now > before * CLEARLY:
        return "worse"
    return "better" if now * CLEARLY < before else "same"


def _share(part: int, total: int) -> float | None:
    return part / total if total else None


def _ranked(rows: list[Record]) -> list[Record]:
    """Return the lanes with work in the period, the largest share of the time first."""
    total = sum(row["time"] for row in rows)
    ranked = [{**row, "share": row["time"] / total if total else 0.0} for row in rows if row["n"] or row["open"]]
    ranked.sort(key=lambda row: (-row["time"], row["phase"], PROCESS_ROLES.index(row["role"])))
    return ranked


def _people(connection: Connection) -> Mapping[str, int]:
    """Return how many active people have each role today."""
    holds, person = tables.person_roles.c, tables.people.c
    counts = connection.execute(
        select(holds.role, func.count())
        .join(tables.people, person.id == holds.person_id)
        .where(person.active)
        .group_by(holds.role)
    )
    return {role: int(n) for role, n in counts}


def _roles(lanes: list[Record], people: Mapping[str, int]) -> pd.DataFrame:
    rows = []
    for role in PROCESS_ROLES:
        own = [lane for lane in lanes if lane["role"] == role]
        total = {name: sum(lane[name] for lane in own) for name in ("waiting", "held", "overdue", "n", "kept")}
        queue, count = total["waiting"] + total["held"], people.get(role, 0)
        more = {"queue": queue, "people": count, "per_person": _share(queue, count)}
        within = _share(total["kept"], total["n"] + total["overdue"])
        rows.append(
            {"role": role.value, **total, **more, "within": within, "share": sum(lane["share"] for lane in own)}
        )
    return table({name: [row[name] for row in rows] for name in rows[0]}, "per_person", "within", "share")


# --- evidence ---
def _items(name: str) -> Behind:
    """Return the select of the work items of a count, in a lane or of a role in every phase."""

    def behind(question: FigureQuestion) -> Select[Any]:
        item, work = question.rows.items.c, state(question.rows, question.now)
        since = question.now - PERIOD_DAYS * DAY
        lately = and_(counts(question.rows, since), item.ended_at.is_not(None))
        conditions = {
            "items": counts(question.rows, since),
            "tasks_done": lately,
            "tasks_open": item.ended_at.is_(None),
            "before": and_(counts(question.rows, since - PERIOD_DAYS * DAY), item.ended_at <= since),
            "tasks_withdrawn": and_(item.ended_at > since, item.ended_as.like(WITHDRAWN_TEXT)),
            "queue": or_(work.waiting, work.held),
            "waiting": work.waiting,
            "tasks_held": work.held,
            "at_gate": work.blocked,
            "tasks_overdue": work.overdue,
            "kept": and_(lately, work.kept),
        }
        return question.items(conditions[name])

    return behind


def _figure(clock: Clock, counts: Sequence[str], excluded: Sequence[str]) -> Figure:
    return Figure(clock, {name: _items(name) for name in counts}, {name: _items(name) for name in excluded})


FIGURES = {
    "share_of_time": _figure(Clock.CALENDAR, ("items", "tasks_done", "tasks_open"), ("tasks_withdrawn",)),
    "lane_times": _figure(Clock.CALENDAR, ("tasks_done",), ("tasks_open", "tasks_withdrawn")),
    "lane_before": _figure(Clock.CALENDAR, ("before",), ("tasks_done", "tasks_open")),
    "lane_queue": _figure(Clock.MOMENT, ("queue", "waiting", "tasks_held"), ("at_gate",)),
    "lane_waiting": _figure(Clock.MOMENT, ("waiting",), ("tasks_held", "at_gate")),
    "lane_overdue": _figure(Clock.MOMENT, ("tasks_overdue", "queue"), ("at_gate",)),
    "lane_within": _figure(Clock.WORKING, ("kept", "tasks_done", "tasks_overdue"), ("tasks_withdrawn", "at_gate")),
}
