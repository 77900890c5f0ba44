"""Cuellos de botella: which lane of which phase takes most of the time, against the quarter before.

Of the work items that ended in the last PERIOD_DAYS or are open at the moment of the figures; those that were withdrawn
are left out. Times are ms of calendar time and leave out the wait for the client's environment, which is nobody's.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal_column, or_, select

from core import schema
from core.figures.evidence import Asked, Behind, Clock, Figure
from core.figures.percentiles import durations, listed, spread
from core.figures.rows import Rows, waits_since
from core.figures.selection import Selection
from core.process import PHASES
from core.terms import PROCESS_ROLES, Kind

DAY = 24 * 60 * 60_000
PERIOD_DAYS = 91
ENOUGH = 5  # finished work items below which an 85th percentile says nothing
CLEARLY = 1.1  # how many times slower, or faster, is no chance
WITHDRAWN = "withdrawn%"
GATES = tuple(phase.number for phase in PHASES if phase.needs)
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


class Work(NamedTuple):
    """A work item's state at a moment, as conditions and times in SQL."""

    waiting: ColumnElement[bool]
    held: ColumnElement[bool]
    blocked: ColumnElement[bool]
    overdue: ColumnElement[bool]
    kept: ColumnElement[bool]
    elapsed: ColumnElement[int]
    held_time: ColumnElement[int]


def _state(rows: Rows, now: int) -> Work:
    item = rows.items.c
    is_open = item.ended_at.is_(None)
    waits = _waits(rows, now)
    blocked = and_(is_open, waits.is_not(None))
    queued = and_(is_open, waits.is_(None))
    elapsed = func.coalesce(item.ended_at, now) - item.opened_at - _waited(rows, now)
    elapsed -= case((blocked, now - case((waits > item.opened_at, waits), else_=item.opened_at)), else_=0)
    elapsed = case((elapsed > 0, elapsed), else_=0)
    running = case((and_(is_open, item.held_since.is_not(None)), now - item.held_since), else_=0)
    held = item.held + running
    return Work(
        waiting=and_(queued, item.held_since.is_(None)),
        held=and_(queued, item.held_since.is_not(None)),
        blocked=blocked,
        overdue=and_(queued, item.due_at < now),
        kept=item.ended_at <= item.due_at,
        elapsed=elapsed,
        held_time=case((held < elapsed, held), else_=elapsed),
    )


def _waits(rows: Rows, now: int) -> ColumnElement[Any]:
    """Since when an item waits for its client's environment: only what is at the gate of a phase does."""
    item, visit = rows.items.c, rows.visits.c
    since = (
        select(waits_since(rows.visits, now))
        .where(visit.case_id == item.case_id, visit.phase == item.phase)
        .scalar_subquery()
    )
    return case((_at_gate(rows), since), else_=None)


def _waited(rows: Rows, now: int) -> ColumnElement[int]:
    """How long an item has waited for it before, in waits that are over."""
    item, wait = rows.items.c, schema.blocks.c
    over = (
        select(func.coalesce(func.sum(wait.until - wait.since), 0))
        .where(
            wait.case_id == item.case_id,
            wait.phase == item.phase,
            wait.until > item.opened_at,
            wait.until <= func.coalesce(item.ended_at, now),
        )
        .scalar_subquery()
    )
    return case((_at_gate(rows), over), else_=0)


def _at_gate(rows: Rows) -> ColumnElement[bool]:
    return and_(rows.items.c.kind == Kind.VALIDATE, rows.items.c.phase.in_(GATES))


def _counts(rows: Rows, since: int) -> ColumnElement[bool]:
    """Work items that are open or ended since then, and were not withdrawn."""
    item = rows.items.c
    return or_(item.ended_at.is_(None), and_(item.ended_at > since, item.ended_as.not_like(WITHDRAWN)))


def _work(selection: Selection, now: int) -> Select[Any]:
    rows = selection.rows
    item, work = rows.items.c, _state(rows, now)
    since = now - PERIOD_DAYS * DAY
    period = case((item.ended_at.is_(None), OPEN), (item.ended_at > since, LATELY), else_=BEFORE)
    chosen = (
        select(item.phase, item.role, period.label("period"), work.elapsed.label("elapsed"), *_labelled(work))
        .where(*selection.on(rows.items, rows), _counts(rows, since - PERIOD_DAYS * DAY))
        .subquery("work")
    )
    each = chosen.c
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
        item, work = asked.rows.items.c, _state(asked.rows, asked.now)
        since = asked.now - PERIOD_DAYS * DAY
        lately = and_(_counts(asked.rows, since), item.ended_at.is_not(None))
        conditions = {
            "items": _counts(asked.rows, since),
            "done": lately,
            "open": item.ended_at.is_(None),
            "before": and_(_counts(asked.rows, since - PERIOD_DAYS * DAY), item.ended_at <= since),
            "withdrawn": and_(item.ended_at > since, item.ended_as.like(WITHDRAWN)),
            "queue": or_(work.waiting, work.held),
            "waiting": work.waiting,
            "held": work.held,
            "at_gate": work.blocked,
            "overdue": work.overdue,
            "kept": and_(lately, work.kept),
        }
        return asked.items(conditions[name])

    return behind


def _figure(clock: Clock, counts: Sequence[str], excluded: Sequence[str]) -> Figure:
    return Figure(clock, {name: _items(name) for name in counts}, {name: _items(name) for name in excluded})


FIGURES = {
    "lane": _figure(Clock.CALENDAR, ("items", "done", "open"), ("withdrawn",)),
    "lane_times": _figure(Clock.CALENDAR, ("done",), ("open", "withdrawn")),
    "lane_before": _figure(Clock.CALENDAR, ("before",), ("done", "open")),
    "lane_queue": _figure(Clock.MOMENT, ("queue", "waiting", "held"), ("at_gate",)),
    "lane_waiting": _figure(Clock.MOMENT, ("waiting",), ("held", "at_gate")),
    "lane_overdue": _figure(Clock.MOMENT, ("overdue", "queue"), ("at_gate",)),
    "lane_within": _figure(Clock.WORKING, ("kept", "done", "overdue"), ("withdrawn", "at_gate")),
}
