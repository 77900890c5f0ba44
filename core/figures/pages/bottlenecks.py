"""Cuellos de botella: which lane of which phase takes most of the time, against the quarter before.

Of the work items that ended in the last PERIOD_DAYS or are open at the moment of the figures; those that were withdrawn
are left out. Times are ms of calendar time and leave out the wait for the client's environment, which is nobody's.
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
ENOUGH = 5  # finished work items below which an 85th percentile says nothing
CLEARLY = 1.1  # how many times slower, or faster, is no chance
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
    """Every figure of the page Cuellos de botella."""
    moment = selection.moment(now)
    since = moment - PERIOD_DAYS * DAY
    items = _counting(connection, selection, since - PERIOD_DAYS * DAY)
    work = worked(connection, selection, items, moment)
    period = np.where(items["ended"] == MISSING, OPEN, np.where(items["ended"] > since, LATELY, BEFORE))
    lanes = _ranked(list(_lanes(items, work, period)))
    frame = table({name: [lane[name] for lane in lanes] for name in COLUMNS}, *FLOATS)
    return Bottlenecks(frame, _roles(lanes, _people(connection)), since)


def _counting(connection: Connection, selection: Selection, since: int) -> Columns:
    """The work items of both periods: open, or ended since then and not withdrawn."""
    items = selected_rows.in_phase(selected_rows.items(connection, selection, since), selection.phase)
    done = (items["ended"] > since) & (items["ending"] != WITHDRAWN)
    return selected_rows.those(items, (items["ended"] == MISSING) | done)


def _lanes(items: Columns, work: Columns, period: Array) -> Iterator[Record]:
    """The lane of each phase and role that had work in either period."""
    lane = items["phase"].astype(np.int64) * len(ROLES) + items["role"]
    group = lane * PERIODS + period
    count = (len(PHASES) + 1) * len(ROLES) * PERIODS
    ended = period != OPEN
    times = grouped(group[ended], work["time"][ended], count)
    sums = {name: np.bincount(group, each, count).astype(np.int64) for name, each in work.items()}
    n = np.bincount(group, minlength=count)
    for each in np.unique(lane).tolist():
        now, lately, before = (each * PERIODS + part for part in (OPEN, LATELY, BEFORE))
        told = times.spread(lately), times.spread(before)
        overdue, kept = int(sums["overdue"][now]), int(sums["kept"][lately])
        yield {
            "phase": each // len(ROLES),
            "role": ROLES[each % len(ROLES)].value,
            **told[0]._asdict(),
            **{name: int(sums[name][now] + sums[name][lately]) for name in ("time", "held_time")},
            "open": int(n[now]),
            **{name: int(sums[name][now]) for name in ("waiting", "held", "blocked")},
            "overdue": overdue,
            "kept": kept,
            "within": _share(kept, told[0].n + overdue),
            "before_n": told[1].n,
            "before_p85": told[1].p85,
            "trend": trend(told[0].n, told[0].p85, told[1].n, told[1].p85),
        }


def trend(n: int, now: float | None, before_n: int, before: float | None) -> str:
    """Whether an 85th percentile is clearly «worse» or «better» than before, the «same», or too little is known."""
    if n < ENOUGH or before_n < ENOUGH or now is None or before is None:
        return ""
    if now > before * CLEARLY:
        return "worse"
    return "better" if now * CLEARLY < before else "same"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _ranked(rows: list[Record]) -> list[Record]:
    """Those with work in the period, the largest share of the time first."""
    total = sum(row["time"] for row in rows)
    there = [{**row, "share": row["time"] / total if total else 0.0} for row in rows if row["n"] or row["open"]]
    there.sort(key=lambda row: (-row["time"], row["phase"], PROCESS_ROLES.index(row["role"])))
    return there


def _people(connection: Connection) -> Mapping[str, int]:
    """How many active people hold each role, today."""
    holds, person = tables.person_roles.c, tables.people.c
    found = connection.execute(
        select(holds.role, func.count())
        .join(tables.people, person.id == holds.person_id)
        .where(person.active)
        .group_by(holds.role)
    )
    return {role: int(n) for role, n in found}


def _roles(lanes: list[Record], people: Mapping[str, int]) -> pd.DataFrame:
    rows = []
    for role in PROCESS_ROLES:
        mine = [lane for lane in lanes if lane["role"] == role]
        total = {name: sum(lane[name] for lane in mine) for name in ("waiting", "held", "overdue", "n", "kept")}
        queue, there = total["waiting"] + total["held"], people.get(role, 0)
        more = {"queue": queue, "people": there, "per_person": _share(queue, there)}
        within = _share(total["kept"], total["n"] + total["overdue"])
        rows.append(
            {"role": role.value, **total, **more, "within": within, "share": sum(lane["share"] for lane in mine)}
        )
    return table({name: [row[name] for row in rows] for name in rows[0]}, "per_person", "within", "share")


# --- what stands behind each figure ---
def _items(name: str) -> Behind:
    """The work items of a count; in a lane, or of a role in every phase."""

    def behind(asked: FigureQuestion) -> Select[Any]:
        item, work = asked.rows.items.c, state(asked.rows, asked.now)
        since = asked.now - PERIOD_DAYS * DAY
        lately = and_(counts(asked.rows, since), item.ended_at.is_not(None))
        conditions = {
            "items": counts(asked.rows, since),
            "tasks_done": lately,
            "tasks_open": item.ended_at.is_(None),
            "before": and_(counts(asked.rows, since - PERIOD_DAYS * DAY), item.ended_at <= since),
            "tasks_withdrawn": and_(item.ended_at > since, item.ended_as.like(WITHDRAWN_TEXT)),
            "queue": or_(work.waiting, work.held),
            "waiting": work.waiting,
            "tasks_held": work.held,
            "at_gate": work.blocked,
            "tasks_overdue": work.overdue,
            "kept": and_(lately, work.kept),
        }
        return asked.items(conditions[name])

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
