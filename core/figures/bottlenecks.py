"""Cuellos de botella: which lane of which phase takes most of the time, against the quarter before.

Of the work items that ended in the last PERIOD_DAYS or are open at the moment of the figures; those that were withdrawn
are left out. Times are ms of calendar time and leave out the wait for the client's environment, which is nobody's.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, case, func, literal_column, or_, select

from core import schema
from core.figures.evidence import Asked, Behind, Clock, Figure
from core.figures.percentiles import durations, listed, spread
from core.figures.selection import Selection
from core.figures.work import WITHDRAWN, Work, counts, state, state_of, waited, waits
from core.terms import PROCESS_ROLES

DAY = 24 * 60 * 60_000
PERIOD_DAYS = 91
ENOUGH = 5  # finished work items below which an 85th percentile says nothing
CLEARLY = 1.1  # how many times slower, or faster, is no chance
OPEN, LATELY, BEFORE = "open", "lately", "before"
COUNTS = ("waiting", "held", "blocked", "overdue", "kept")
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
    found: dict[tuple[int, str], dict[str, Record]] = {}
    for row in connection.execute(_work(selection, moment)).mappings():
        found.setdefault((row["phase"], row["role"]), {})[row["period"]] = dict(row)
    lanes = _ranked([_lane(phase, role, parts) for (phase, role), parts in found.items()])
    return Bottlenecks(lanes, _roles(lanes, _people(connection)), moment - PERIOD_DAYS * DAY)


def _work(selection: Selection, now: int) -> Select[Any]:
    base = _chosen(selection, now).c
    work = state_of(base, base.waits, base.waited, now)
    period = case((base.ended_at.is_(None), OPEN), (base.ended_at > now - PERIOD_DAYS * DAY, LATELY), else_=BEFORE)
    chosen = select(base.phase, base.role, period.label("period"), work.elapsed.label("elapsed"), *_labelled(work))
    each = chosen.subquery("work").c
    return select(
        each.phase,
        each.role,
        each.period,
        func.count().label("n"),
        func.sum(each.elapsed).label("time"),
        func.sum(each.held_time).label("held_time"),
        *(func.sum(each[name]).label(name) for name in COUNTS),
        listed(each.elapsed).filter(each.period != OPEN).label("durations"),
    ).group_by(each.phase, each.role, literal_column("period"))


def _chosen(selection: Selection, now: int) -> CTE:
    """The work items of both periods with their waits, which are looked up once, not again for each figure."""
    rows = selection.rows
    item = rows.items.c
    columns = (item.phase, item.role, item.opened_at, item.ended_at, item.due_at, item.held, item.held_since)
    found = select(*columns, waits(rows, now).label("waits"), waited(rows, now).label("waited"))
    of_both = counts(rows, now - 2 * PERIOD_DAYS * DAY)
    return found.where(*selection.on(rows.items, rows), of_both).cte("chosen").prefix_with("MATERIALIZED")


def _labelled(work: Work) -> Sequence[ColumnElement[Any]]:
    flags = [case((getattr(work, name), 1), else_=0).label(name) for name in COUNTS]
    return [work.held_time.label("held_time"), *flags]


def _lane(phase: int, role: str, parts: Mapping[str, Record]) -> Record:
    now, lately, before = (parts.get(name, {}) for name in (OPEN, LATELY, BEFORE))
    times, earlier = (spread(durations(part.get("durations"))) for part in (lately, before))
    overdue, kept = int(now.get("overdue") or 0), int(lately.get("kept") or 0)
    return {
        "phase": phase,
        "role": role,
        **times._asdict(),
        **{name: sum(int(part.get(name) or 0) for part in (now, lately)) for name in ("time", "held_time")},
        "open": int(now.get("n") or 0),
        **{name: int(now.get(name) or 0) for name in ("waiting", "held", "blocked")},
        "overdue": overdue,
        "kept": kept,
        "within": _share(kept, times.n + overdue),
        "before_n": earlier.n,
        "before_p85": earlier.p85,
        "trend": trend(times.n, times.p85, earlier.n, earlier.p85),
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


def _ranked(rows: list[Record]) -> pd.DataFrame:
    """Those with work in the period, the largest share of the time first."""
    names = [*_lane(0, "", {}), "share"]
    total = sum(row["time"] for row in rows)
    there = [{**row, "share": row["time"] / total if total else 0.0} for row in rows if row["n"] or row["open"]]
    there.sort(key=lambda row: (-row["time"], row["phase"], PROCESS_ROLES.index(row["role"])))
    floats = dict.fromkeys(("p50", "p85", "p95", "within", "before_p85", "share"), "float64")
    return pd.DataFrame(there, columns=names).astype(floats)


def _people(connection: Connection) -> Mapping[str, int]:
    """How many active people hold each role, today."""
    holds, person = schema.person_roles.c, schema.people.c
    found = connection.execute(
        select(holds.role, func.count())
        .join(schema.people, person.id == holds.person_id)
        .where(person.active)
        .group_by(holds.role)
    )
    return {role: int(n) for role, n in found}


def _roles(lanes: pd.DataFrame, people: Mapping[str, int]) -> pd.DataFrame:
    rows = []
    for role in PROCESS_ROLES:
        mine = lanes[lanes["role"] == role]
        total = {name: int(mine[name].sum()) for name in ("waiting", "held", "overdue", "n", "kept")}
        queue, there = total["waiting"] + total["held"], people.get(role, 0)
        more = {"queue": queue, "people": there, "per_person": _share(queue, there)}
        within = _share(total["kept"], total["n"] + total["overdue"])
        rows.append({"role": role.value, **total, **more, "within": within, "share": float(mine["share"].sum())})
    return pd.DataFrame(rows).astype({"per_person": "float64", "within": "float64"})


# --- what stands behind each figure ---
def _items(name: str) -> Behind:
    """The work items of a count; in a lane, or of a role in every phase."""

    def behind(asked: Asked) -> Select[Any]:
        item, work = asked.rows.items.c, state(asked.rows, asked.now)
        since = asked.now - PERIOD_DAYS * DAY
        lately = and_(counts(asked.rows, since), item.ended_at.is_not(None))
        conditions = {
            "items": counts(asked.rows, since),
            "tasks_done": lately,
            "tasks_open": item.ended_at.is_(None),
            "before": and_(counts(asked.rows, since - PERIOD_DAYS * DAY), item.ended_at <= since),
            "tasks_withdrawn": and_(item.ended_at > since, item.ended_as.like(WITHDRAWN)),
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
