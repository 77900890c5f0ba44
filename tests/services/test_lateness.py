"""Work is late after its deadline and not at it, wherever lateness is told: screens, notices and figures agree."""

from typing import Any

import numpy as np
import pytest
from sqlalchemy import BigInteger, Connection, literal, select

from core.figures.base.evidence import FigureRef, evidence_of, question_of
from core.figures.catalogue import FIGURES
from core.figures.pages import bottlenecks, compliance, weekly
from core.notices import reminders
from core.process.deadlines import DueState, due_state, is_escalated, is_near, is_overdue
from core.process.policy import Policy
from core.process.terms import Flow, Role
from core.queries import inbox, urgency
from core.queries.inbox import InboxFilter
from core.queries.selection import Selection, day_of
from core.services import settings_preview
from core.store import tables
from tests.support.drive_case import World
from tests.support.people import DAY, HOUR, MINUTE, START

ZONE = "America/Bogota"
LANE = Role.OPERADOR_OPERACION
AROUND = pytest.mark.parametrize(("ms", "late"), [(-1, False), (0, False), (1, True)])


# --- the rule ---
@AROUND
def test_the_rule_is_one_for_numbers_columns_and_statements(both: World, ms: int, late: bool):
    due, at = START, START + ms
    column = literal(due, BigInteger)
    with both.db.reading() as connection:
        by_sql = connection.execute(select(is_overdue(column, at), is_near(column, at))).one()
    assert (is_overdue(due, at), is_near(due, at)) == (late, ms >= 0)
    assert (is_overdue(np.array([due]), at)[0], is_near(np.array([due]), at)[0]) == (late, ms >= 0)
    assert tuple(map(bool, by_sql)) == (late, ms >= 0)


@pytest.mark.parametrize(
    ("at", "state"),
    [(9, DueState.ON_TIME), (10, DueState.SOON), (19, DueState.SOON), (20, DueState.SOON), (21, DueState.OVERDUE)],
)
def test_work_is_due_soon_up_to_its_deadline_and_what_waits_for_its_client_is_in_no_state_of_it(
    at: int, state: DueState
):
    assert due_state(10, 20, at, blocked=False) is state
    assert due_state(10, 20, at, blocked=True) is DueState.BLOCKED


def test_what_is_escalated_is_overdue():
    at_once, in_an_hour = Policy(escalate_after=0), Policy(escalate_after=60)
    assert [is_escalated(at_once, START, START + ms) for ms in (0, 1)] == [False, True]
    assert [is_escalated(in_an_hour, START, START + HOUR + ms) for ms in (-1, 0)] == [False, True]


# --- where it is told ---
def counted(connection: Connection, figure: str, at: int) -> int:
    """How many work items stand behind a figure."""
    found = evidence_of(connection, FIGURES[figure], question_of(connection, FigureRef(figure), Selection(), at))
    return next(iter(found.counts.values()))


def of_week(connection: Connection, at: int, name: str) -> int:
    week = weekly.week_of(day_of(at, ZONE), ZONE)
    return int(weekly.by_role(connection, Selection(), week, at)[name].sum())


def overdue_by(connection: Connection, at: int) -> dict[str, Any]:
    """By each place, how many open work items are overdue at a moment."""
    rows = inbox.inbox(connection, LANE, at)
    waits = urgency.waits(connection, rows)
    return {
        "inbox": len(inbox.inbox(connection, LANE, at, InboxFilter(state="overdue"))),
        "urgency": [urgency.reasons(row, at, waits)[0].code for row in rows].count("overdue"),
        "badge": [due_state(row.soon_at, row.due_at, at, blocked=row.blocked) for row in rows].count(DueState.OVERDUE),
        "bottlenecks": int(bottlenecks.compute(connection, Selection(), at).lanes["overdue"].sum()),
        "behind the bottlenecks": counted(connection, "lane_overdue", at),
        "compliance": int(compliance.compute(connection, Selection(), at).lanes["overdue"].sum()),
        "behind the compliance": counted(connection, "sla_overdue", at),
        "weekly report": of_week(connection, at, "overdue"),
    }


@AROUND
def test_open_work_is_overdue_everywhere_at_the_same_moment(both: World, ms: int, late: bool):
    code = both.open(flow=Flow.B2B)
    due = both.item(code).due_at
    with both.db.reading() as connection:
        found = overdue_by(connection, due + ms)
    reminders.remind(both.db, due + ms)
    with both.db.reading() as connection:
        told = select(tables.notices.c.kind).where(tables.notices.c.kind == "overdue").distinct()
        found["reminders"] = len(connection.scalars(told).all())
    (preview,) = settings_preview.preview(both.db, {"deadlines": {f"1/{LANE}": [60, 60]}}, due + ms).effects
    found["settings"] = preview.now
    assert found == dict.fromkeys(found, int(late))


@AROUND
def test_finished_work_was_late_everywhere_at_the_same_moment(both: World, ms: int, late: bool):
    code = both.open(flow=Flow.B2B)
    item = both.item(code)
    both.now = item.due_at + ms - MINUTE  # each act takes a minute
    both.validate(code, "no")
    at = item.due_at + DAY
    with both.db.reading() as connection:
        lanes = bottlenecks.compute(connection, Selection(), at).lanes
        deadlines = compliance.compute(connection, Selection(), at).lanes
        found = {
            "bottlenecks": 1 - int(lanes["kept"].sum()),
            "behind the bottlenecks": 1 - counted(connection, "lane_within", at),
            "compliance": int(deadlines["late"].sum()),
            "within": 1 - int(deadlines["within"].sum()),
            "behind the compliance": counted(connection, "sla_late", at),
            "behind what is within": 1 - counted(connection, "sla", at),
            "weekly report": of_week(connection, at, "late"),
        }
    assert found == dict.fromkeys(found, int(late))


def test_what_waits_for_its_client_is_overdue_nowhere(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    at = both.item(code).due_at + DAY
    with both.db.reading() as connection:
        found = overdue_by(connection, at)
    assert found == dict.fromkeys(found, 0)
    assert reminders.remind(both.db, at) == 0
