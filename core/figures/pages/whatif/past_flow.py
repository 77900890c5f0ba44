"""The input of the simulation: past visits as scripts of work items, arrivals, people, and what really happened.

All times are working time, in ms of the calendar's working hours, because people work only then.

The record has when an item was opened and who ended it when, but not when work on it began. A person is assumed to do
one thing at a time, so the service of an item began at the earliest when that person ended the previous one (and when
the item was opened). The time before in which the person served other items is queueing, which the simulation produces
itself and which is left out. The remaining time is delay: the item was open and its person idle. A wait for a client's
environment is not distinguished from these.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Select, select

from core.figures.base.clocks import Clock
from core.figures.base.evidence import Figure, FigureQuestion
from core.figures.base.survival import widened
from core.figures.waiting.unattended import holders
from core.process.deadlines import is_overdue
from core.process.definition import PHASES
from core.process.terms import Flow, Role
from core.queries.selection import Selection
from core.store.rows_as_of import Rows
from core.store.settings import policy

WEEKS = 26  # of past data used, and compared with
WEEK = 7 * 24 * 60 * 60_000  # of calendar time
ENOUGH = 5  # finished visits needed per phase to simulate


class PastWork(NamedTuple):
    """A work item of the past: its role, and in ms of working time its service, delay and deadline."""

    role: Role
    service: int
    delay: int
    allowed: int


class Script(NamedTuple):
    """A past visit: rounds of work, each a cycle and its parallel items; and whether the case went on."""

    rounds: tuple[tuple[int, tuple[PastWork, ...]], ...]
    onward: bool


class Numbers(NamedTuple):
    """Cases ended per week, cycle time (ms of working time), mean WIP, share of the items that ended overdue."""

    throughput: float
    p50: float
    p85: float
    wip: float
    overdue: float


class PastFlow(NamedTuple):
    """`scripts` by flow and phase, `arrivals` per ms by flow, `people` by role, `week` in ms of working time.

    `people` are the active ones with a role at the moment of the figures; a person with several counts in each.
    """

    scripts: Mapping[tuple[Flow, int], Sequence[Script]]
    arrivals: Mapping[Flow, float]
    people: Mapping[Role, int]
    week: float
    happened: Numbers


def measure(connection: Connection, selection: Selection, now: int) -> PastFlow | None:
    """Measure the last WEEKS weeks of the selected cases of any phase; None when a phase has too few visits."""
    at = selection.moment(now)
    chosen, calendar = widened(selection), policy(connection).calendar
    start = at - WEEKS * WEEK

    def clock(moment: int) -> int:
        """Return the working time since the beginning; negative before it."""
        return calendar.working_ms(start, moment) if moment >= start else -calendar.working_ms(moment, start)

    rows = chosen.rows
    cases = connection.execute(
        select(*(rows.cases.c[name] for name in ("flow", "opened_at", "ended_at"))).where(*chosen.on(rows.cases, rows))
    ).all()
    works = _works(connection, chosen, rows, clock)
    scripts = _scripts(connection, chosen, rows, works, start)
    opened = Counter(Flow(case.flow) for case in cases if case.opened_at >= start)
    if not opened or any(len(scripts.get((flow, p.number), ())) < ENOUGH for flow in opened for p in PHASES):
        return None
    end = clock(at)
    arrivals = {flow: count / end for flow, count in opened.items()}
    people = {role: len(held) for role, held in holders(connection, at).items() if held}
    return PastFlow(scripts, arrivals, people, end / WEEKS, _happened(cases, works, clock, end))


def _happened(cases: Sequence[Any], works: Sequence["EndedWork"], clock: Callable[[int], int], end: int) -> Numbers:
    spans = [(clock(case.opened_at), None if case.ended_at is None else clock(case.ended_at)) for case in cases]
    late = [done.late for done in works if done.ended >= 0]
    return numbers(spans, late, end, WEEKS)


def numbers(spans: Sequence[tuple[float, float | None]], late: Sequence[bool], end: float, weeks: float) -> Numbers:
    """Return the numbers from 0 to `end`, given when cases were opened and ended, and which items were late."""
    cycle = [ended - opened for opened, ended in spans if ended is not None and 0 <= ended <= end]
    wip = sum(max(min(end, end if ended is None else ended) - max(opened, 0), 0) for opened, ended in spans) / end
    p50, p85 = np.quantile(cycle, [0.5, 0.85]).tolist() if cycle else (np.nan, np.nan)
    return Numbers(len(cycle) / weeks, p50, p85, wip, float(np.mean(late)) if late else 0.0)


class EndedWork(NamedTuple):
    """A work item that somebody ended, with its times on the clock."""

    case_id: int
    phase: int
    cycle: int
    kind: str
    opened: int
    ended: int
    late: bool
    work: PastWork


COLUMNS = ("case_id", "item", "role", "kind", "phase", "cycle", "opened_at", "due_at", "ended_at", "ended_by")


def _works(connection: Connection, chosen: Selection, rows: Rows, clock: Callable[[int], int]) -> list[EndedWork]:
    item = rows.items.c
    ended_items = connection.execute(
        select(*(item[name] for name in COLUMNS))
        .where(*chosen.on(rows.items, rows), item.ended_by.is_not(None))
        .order_by(item.ended_by, item.ended_at, item.case_id, item.item)
    ).all()
    done = []
    for _, own in groupby(ended_items, key=lambda row: row.ended_by):
        ends: list[int] = []
        served: list[int] = []  # cumulative, up to each end
        for row in own:
            opened, ended = clock(row.opened_at), clock(row.ended_at)
            since = max(opened, ends[-1]) if ends else opened
            service, waited = ended - since, since - opened
            busy = _busy(ends, served, opened, since)
            work = PastWork(Role(row.role), service, max(waited - busy, 0), max(clock(row.due_at) - opened, 0))
            late = is_overdue(row.due_at, row.ended_at)
            done.append(EndedWork(row.case_id, row.phase, row.cycle, row.kind, opened, ended, late, work))
            ends.append(ended)
            served.append((served[-1] if served else 0) + service)
    return done


def _busy(ends: Sequence[int], served: Sequence[int], first: int, until: int) -> int:
    """Return for how much of the time from `first` to the last end a person served, by cumulative services."""
    if until <= first:
        return 0
    place = bisect_right(ends, first)
    before = served[place - 1] if place else 0
    begun = served[place] - before - (ends[place] - first)  # of the service that ran at the first moment
    return served[-1] - before - max(begun, 0)


def _scripts(
    connection: Connection, chosen: Selection, rows: Rows, works: Sequence[EndedWork], start: int
) -> Mapping[tuple[Flow, int], list[Script]]:
    """Return the visits that ended in the measured period, as scripts by flow and phase."""
    visit = rows.visits.c
    visits = connection.execute(
        select(visit.case_id, visit.phase, visit.flow, visit.outcome)
        .where(*chosen.on(rows.visits, rows), visit.left_at >= start)
        .order_by(visit.case_id, visit.phase)
    ).all()
    of_visit: dict[tuple[int, int], list[EndedWork]] = defaultdict(list)
    for done in works:
        of_visit[done.case_id, done.phase].append(done)
    scripts: dict[tuple[Flow, int], list[Script]] = defaultdict(list)
    for row in visits:
        rounds: dict[tuple[int, str], list[EndedWork]] = defaultdict(list)
        for done in sorted(of_visit[row.case_id, row.phase], key=lambda done: (done.opened, done.ended)):
            rounds[done.cycle, done.kind].append(done)
        script_rounds = tuple((cycle, tuple(done.work for done in items)) for (cycle, _), items in rounds.items())
        scripts[Flow(row.flow), row.phase].append(Script(script_rounds, row.outcome != "rejected"))
    return dict(scripts)


def _simulated(question: FigureQuestion) -> Select[Any]:
    wide = question._replace(selection=widened(question.selection))
    return wide.visits(question.rows.visits.c.left_at >= question.now - WEEKS * WEEK)


FIGURES = {"simulated": Figure(Clock.WORKING, {"left": _simulated})}
