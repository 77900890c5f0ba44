"""Times, waiting and its causes, counted again from the raw events, and the cases behind each number."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.figures.base.evidence import FigureRef, evidence_of, question_of
from core.figures.pages import times
from core.figures.pages.times import Times
from core.figures.waiting import causes as waiting_causes
from core.figures.waiting.causes import Cause
from core.figures.waiting.overload import PER_PERSON
from core.process.definition import PHASES
from core.process.terms import PROCESS_ROLES, Role
from core.process.working_time import Calendar
from core.queries.selection import Selection
from core.store import tables
from core.store.database import Database
from core.store.settings import policy
from tests.support.people import DAY, LIVED_UNTIL, START
from tests.support.people_from_log import People, unsettle

END = LIVED_UNTIL
NINE = range(1, 10)


def computed(db: Database, now: int, **chosen: Any) -> Times:
    with db.reading() as connection:
        return times.compute(connection, Selection(**chosen), now)


def of(frame: pd.DataFrame, clock: str, *columns: str) -> list[tuple[Any, ...]]:
    return list(frame[frame["clock"] == clock][list(columns)].itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def lived(lived: Database) -> Database:
    """The same life, with work that was taken, given back and taken back, and people who leave."""
    unsettle(lived, START, END, absences=150)
    return lived


@pytest.fixture(scope="module")
def empty(lived: Database) -> dict[str, list[tuple[int, int]]]:
    """When each role had nobody, in pieces."""
    return People(lived).spells(END)


ENDS = {"Validated", "DocumentSent", "Reviewed", "LaneClosed", "ItemWithdrawn"}
HOLDS = {"ItemTaken", "ItemAssigned"}


class Told:
    """A work item as the events tell it, up to a moment."""

    def __init__(self, row: Any, body: dict[str, Any]) -> None:
        self.case, self.phase, self.role, self.kind = row.case_id, body["phase"], body["role"], body["work"]
        self.opened, self.ended, self.by = row.at, None, None
        self.marks: list[tuple[int, bool]] = [(row.at, False)]

    def waits(self, now: int) -> list[tuple[int, int]]:
        ends = [*self.marks, (self.ended or now, False)]
        return [(a, b) for (a, held), (b, _) in pairwise(ends) if not held and b > a]


def told(db: Database, at: int) -> list[Told]:
    e = tables.events.c
    found: dict[tuple[int, int], Told] = {}
    with db.reading() as connection:
        rows = connection.execute(select(tables.events).where(e.at <= at).order_by(e.case_id, e.seq)).all()
    for row in rows:
        body = msgspec.json.decode(row.data)
        key = (row.case_id, body.get("item"))
        if row.kind == "ItemOpened":
            found[key] = Told(row, body)
        elif row.kind in HOLDS:
            found[key].marks.append((row.at, True))
        elif row.kind == "ItemGivenBack":
            found[key].marks.append((row.at, False))
        elif row.kind in ENDS:
            found[key].ended = row.at
            found[key].by = None if row.kind == "ItemWithdrawn" else row.person_id
    return list(found.values())


def again(db: Database, at: int, empty: dict[str, list[tuple[int, int]]]) -> tuple[dict[Any, int], dict[Any, int]]:
    """(clock, phase, held?) and (clock, cause): ms, one wait after the other."""
    items = told(db, at)
    with db.reading() as connection:
        calendar: Calendar = policy(connection).calendar
        blocks = defaultdict(list)
        for row in connection.execute(select(tables.blocks).where(tables.blocks.c.until <= at)):
            blocks[row.case_id, row.phase].append((row.since, row.until))
        visit = Selection(as_of=at).rows.visits
        for row in connection.execute(select(visit).where(visit.c.left_at.is_(None), visit.c.blocks_at <= at)):
            blocks[row.case_id, row.phase].append((row.blocks_at, at))
    people = {role: {i.by for i in items if i.role == role and i.by is not None} for role in PROCESS_ROLES}
    phases, causes = defaultdict(int), defaultdict(int)
    for item in items:
        end = item.ended or at
        queue = sum(o.role == item.role and o.opened < item.opened < (o.ended or at + 1) for o in items)
        busy = queue >= PER_PERSON * len(people[item.role] or {0})
        kinds = {"correct": Cause.CORRECTION, "produce": Cause.DOCUMENT}
        why = kinds.get(item.kind, Cause.OVERLOADED if busy else Cause.NOBODY)
        waited = {"calendar": 0, "working": 0}
        for begun, until in item.waits(at):
            over = [(max(a, begun), min(b, until)) for a, b in blocks[item.case, item.phase]]
            gate = sum(max(b - a, 0) for a, b in over)
            worked_gate = sum(calendar.working_ms(a, b) for a, b in over)
            worked = calendar.working_ms(begun, until)
            waited["calendar"] += until - begun
            waited["working"] += worked
            causes["calendar", Cause.PREREQUISITE] += gate
            causes["working", Cause.PREREQUISITE] += worked_gate
            causes["calendar", Cause.OUTSIDE_HOURS] += until - begun - gate - (worked - worked_gate)
            for clock in waited:
                causes[clock, why] += worked - worked_gate
            if why in kinds.values():
                continue
            # Whatever piece without anybody lies in this wait and at no gate is taken from the other cause.
            pieces = ((max(a, begun), min(b, until)) for a, b in empty[item.role] if a < until and begun < b)
            for a, b in pieces:
                gone = calendar.working_ms(a, b)
                gone -= sum(calendar.working_ms(max(a, c), min(b, d)) for c, d in over if max(a, c) < min(b, d))
                for clock in waited:
                    causes[clock, Cause.AWAY] += gone
                    causes[clock, why] -= gone
        whole = {"calendar": end - item.opened, "working": calendar.working_ms(item.opened, end)}
        for clock, waiting in waited.items():
            phases[clock, item.phase, "waiting"] += waiting
            phases[clock, item.phase, "held"] += whole[clock] - waiting
    return phases, causes


@given(back=st.integers(0, 200 * DAY))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_waiting_and_its_causes_follow_from_the_events_alone(
    lived: Database, empty: dict[str, list[tuple[int, int]]], back: int
) -> None:
    at = END - back
    phases, causes = again(lived, at, empty)
    with lived.reading() as connection:
        found = waiting_causes.compute(connection, Selection(as_of=at), END + DAY)
    for clock, phase, waiting, held in found.phases[["clock", "phase", "waiting", "held"]].itertuples(index=False):
        assert (waiting, held) == (phases[clock, phase, "waiting"], phases[clock, phase, "held"])
    for clock, cause, waited in found.causes[["clock", "wait", "waited"]].itertuples(index=False):
        assert waited == causes[clock, cause], (clock, cause)
    for clock in ("calendar", "working"):
        total = found.phases[found.phases["clock"] == clock]["waiting"].sum()
        assert found.causes[found.causes["clock"] == clock]["waited"].sum() == total


@given(back=st.integers(0, 200 * DAY), phase=st.sampled_from((None, *NINE)))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_how_long_phases_and_cases_take_follows_from_the_events_alone(
    lived: Database, back: int, phase: int | None
) -> None:
    at = END - back
    e = tables.events.c
    kinds = ("CaseOpened", "PhaseEntered", "CaseEnded", "DecisionTakenBack")
    with lived.reading() as connection:
        calendar = policy(connection).calendar
        rows = connection.execute(
            select(e.case_id, e.at, e.kind, e.data).where(e.at <= at, e.kind.in_(kinds)).order_by(e.case_id, e.seq)
        ).all()
    stays: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # case: (phase, entered, left) of each
    ended = {}
    for row in rows:
        body, visits = msgspec.json.decode(row.data), stays[row.case_id]
        match row.kind:
            case "CaseOpened":
                visits.append((1, row.at, 0))
            case "DecisionTakenBack":
                while visits and visits[-1][0] > body["phase"]:
                    visits.pop()
                visits[-1] = (*visits[-1][:2], 0)
            case _:
                visits[-1] = (*visits[-1][:2], row.at)
                if row.kind == "CaseEnded":
                    ended[row.case_id] = row.at
                else:
                    visits.append((body["phase"], row.at, 0))
    found = computed(lived, END + DAY, as_of=at, phase=phase)
    for clock, number, n, p25, p95 in found.stays[["clock", "phase", "n", "p25", "p95"]].itertuples(index=False):
        took = [
            left - entered if clock == "calendar" else calendar.working_ms(entered, left)
            for visits in stays.values()
            for each, entered, left in visits
            if each == number and left
        ]
        assert n == len(took)
        if n:
            assert (p25, p95) == tuple(np.quantile(took, (0.25, 0.95)))
    reached = {case for case, visits in stays.items() if phase is None or any(v[0] == phase for v in visits)}
    took = [at - stays[case][0][1] for case, at in ended.items() if case in reached]
    assert of(found.cases, "calendar", "n")[0][0] == len(took)
    if took:
        assert of(found.cases, "calendar", "p85")[0][0] == np.quantile(took, 0.85)


# --- every number leads home ---
def test_the_cases_behind_waiting_are_as_many_as_the_figure_counts(lived: Database) -> None:
    found = computed(lived, END)
    items = dict(of(found.causes, "calendar", "wait", "items"))

    def behind(figure: FigureRef) -> dict[str, int]:
        with lived.reading() as connection:
            question = question_of(connection, figure, Selection(), END)
            return dict(evidence_of(connection, times.FIGURES[figure.figure], question).counts)

    for cause in Cause:
        if cause is Cause.OUTSIDE_HOURS:  # every wait over a night
            continue
        assert behind(FigureRef(f"cause_{cause}")) == {"waited_for": items[cause]}, cause
    assert min(items.values()) > 0
    for role, n in of(found.lanes, "calendar", "role", "n"):
        assert behind(FigureRef("by_role", role=Role(role))) == {"done": n}
    for phase, n in of(found.stays, "working", "phase", "n"):
        assert behind(FigureRef("phase", phase)) == {"left": n}
    assert behind(FigureRef("cycle")) == {"finished": of(found.cases, "calendar", "n")[0][0]}
    assert len(PHASES) == len(of(found.waits, "calendar", "phase"))
