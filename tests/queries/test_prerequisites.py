"""The prerequisite board, with exact values: which environment will be missing when, and how urgent that is."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from core.process.settings_catalogue import DAY as WORKING_DAY
from core.process.terms import Environment, Flow, Kind
from core.queries import phase_durations, prerequisites
from core.queries.prerequisites import PrerequisiteFilter, Row, chosen
from core.services import cases, opening
from core.store import tables
from core.store.settings import policy
from tests.support.drive_case import World, request
from tests.support.people import DAY, HOUR, ID, MINUTE, OPERADOR_2, VALIDATOR

TEST, PRODUCTION = Environment.TEST, Environment.PRODUCTION
BOGOTA = ZoneInfo("America/Bogota")
WEEK = 7 * DAY


def rows(w: World, at: int | None = None) -> list[Row]:
    with w.db.reading() as connection:
        rules = policy(connection)
        return prerequisites.board(connection, rules, phase_durations.paces(connection, rules), at or w.now)


def moment(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, BOGOTA):%d %b %H:%M}"


def said(found: list[Row]) -> list[tuple[str, ...]]:
    """Each row as it matters: client, environment, state, the gate, when, how urgent."""
    needs = ((row.need, row) for row in found)
    return [
        (n.case.name.removeprefix("Cliente "), n.environment, n.state, str(n.gate), moment(n.needed_at), row.urgency)
        for n, row in needs
    ]


def test_a_case_that_was_just_opened_will_need_both_when_its_deadlines_have_run(both: World):
    both.open("a")  # Monday 2 March, 08:01; 23 March, 2 and 3 April, 1 May are holidays
    assert said(rows(both)) == [
        ("a", TEST, "missing", "6", "10 Apr 08:01", "later"),  # 2 + 4 × 6 working days
        ("a", PRODUCTION, "missing", "7", "28 Apr 08:01", "later"),  # and 12 more
    ]


def test_what_is_spent_of_a_phase_counts_and_a_phase_that_is_late_counts_from_now(both: World):
    both.open("a")
    both.tick(DAY)
    assert said(rows(both))[0][4] == "10 Apr 08:01"
    both.tick(9 * DAY)  # Thursday 12 March 08:01: six working days late
    assert said(rows(both))[0][4] == "20 Apr 08:01"
    both.tick(14 * 60 * MINUTE)  # at night it counts from the next morning
    assert said(rows(both))[0][4] == "20 Apr 17:00"


def test_whoever_stands_at_the_gate_waits_since_it_got_there(both: World):
    code = both.open("a", flow=Flow.B2B)
    arrived = both.to(code, 6).entered_at
    both.tick(3 * DAY)
    first, second = rows(both)
    assert (first.urgency, first.need.waiting, first.need.needed_at) == ("waiting", True, arrived)
    # what is still to come counts from now: Thursday 5 March 08:26 and 12 working days
    assert said([second]) == [("a", PRODUCTION, "missing", "7", f"24 Mar {moment(both.now)[-5:]}", "later")]
    both.register(code, TEST)
    assert [(row.need.environment, row.need.state, row.urgency) for row in rows(both)] == [
        (PRODUCTION, "missing", "later"),
        (TEST, "covered", "soon"),
    ]
    both.validate(code)
    assert [row.need.environment for row in rows(both)] == [PRODUCTION]  # its gate is passed


def test_what_expires_before_it_is_needed_is_said_beforehand(both: World):
    code = both.open("a")
    needed = rows(both)[0].need.needed_at
    both.register(code, TEST, expires_at=needed)
    assert said(rows(both))[0] == ("a", TEST, "expiring", "6", "10 Apr 08:01", "later")
    both.register(code, TEST, expires_at=needed + 1)
    assert said(rows(both))[-1] == ("a", TEST, "covered", "6", "10 Apr 08:01", "later")
    both.register(code, PRODUCTION, expires_at=both.now + DAY)
    both.tick(2 * DAY)
    assert said(rows(both)) == [
        ("a", TEST, "expiring", "6", "10 Apr 08:04", "later"),  # the case is late by now
        ("a", PRODUCTION, "expired", "7", "28 Apr 08:04", "later"),
    ]


def test_a_production_environment_is_asked_for_at_the_first_gate_at_which_it_will_be_gone(both: World):
    code = both.open("a", flow=Flow.B2B)
    both.register(code, TEST)
    both.to(code, 6)
    seventh = next(row.need.needed_at for row in rows(both) if row.need.environment is PRODUCTION)
    both.register(code, PRODUCTION, expires_at=seventh + DAY)
    (row,) = [each for each in rows(both) if each.need.environment is PRODUCTION]
    assert (row.need.state, row.need.gate) == ("expiring", 8)


def test_expired_at_the_gate_waits_since_the_expiry(both: World):
    code = both.open("a", flow=Flow.B2B)
    both.register(code, TEST)
    both.to(code, 6)
    both.register(code, PRODUCTION)
    both.to(code, 8)
    expiry = both.now + DAY
    both.register(code, PRODUCTION, expires_at=expiry)
    both.tick(3 * DAY)
    (row,) = rows(both)
    assert (row.need.state, row.need.gate, row.need.needed_at, row.urgency) == ("expired", 8, expiry, "waiting")
    assert row.need.registered is not None
    assert (row.need.registered.evidence, row.need.registered.registered_by) == ("acta 12", "Pablo")


def test_a_gate_that_opened_again_after_the_expiry_waits_since_it_opened(both: World):
    code = both.open("a", flow=Flow.B2B)
    both.to(code, 6)
    both.register(code, TEST, expires_at=both.now + HOUR)
    gate = both.item(code).item
    both.validate(code)
    both.tick(2 * HOUR)
    cases.take_back(both.db, ID[VALIDATOR[both.item(code).role]], code, gate, "era otro", again := both.tick())
    both.tick(HOUR)
    need = rows(both)[0].need
    assert (need.environment, need.state, need.waiting, need.needed_at) == (TEST, "expired", True, again)


def test_the_clients_cases_are_one_row_with_the_one_that_gets_there_first(both: World):
    first = both.open("a", flow=Flow.B2B)
    both.to(first, 4)
    client = both.case(first).client
    again = request("b", client=client, client_name="", flow=Flow.B2B)
    opening.open_case(both.db, ID[OPERADOR_2], again, both.tick())
    both.open("z")
    found = [(row.need.case.code, row.need.environment, row.cases) for row in rows(both)]
    assert found == [(first, TEST, 2), (first, PRODUCTION, 2), ("S-2026-0003", TEST, 1), ("S-2026-0003", PRODUCTION, 1)]
    both.validate(first, "no")
    assert {row.need.case.code for row in rows(both)} == {"S-2026-0002", "S-2026-0003"}


def test_a_case_that_ended_or_has_passed_its_gates_needs_nothing(both: World):
    code = both.open("a", flow=Flow.B2B)
    both.to(code, 9, Kind.CLOSE)
    assert rows(both) == []
    both.to_end(code)
    assert rows(both) == []


def test_the_most_urgent_comes_first_and_what_is_in_order_last(both: World):
    near, stuck, far, fine = (both.open(key, flow=Flow.B2B) for key in ("near", "stuck", "far", "fine"))
    for environment in Environment:
        both.register(fine, environment)
    both.to(near, 5)
    both.to(stuck, 6)
    both.tick(5 * DAY)
    found = [(row.need.case.code, row.need.environment, row.urgency) for row in rows(both)]
    assert found == [
        (stuck, TEST, "waiting"),
        (near, TEST, "soon"),
        (stuck, PRODUCTION, "later"),
        (near, PRODUCTION, "later"),
        (far, TEST, "later"),
        (far, PRODUCTION, "later"),
        (fine, TEST, "later"),
        (fine, PRODUCTION, "later"),
    ]


def test_soon_are_the_next_five_working_days(both: World):
    both.to(both.open("a", flow=Flow.B2B), 5)
    needed = rows(both)[0].need.needed_at  # six working days on
    assert rows(both)[0].urgency == "later"
    with both.db.reading() as connection:
        calendar = policy(connection).calendar
    edge = next(
        at for at in range(both.now, both.now + 2 * DAY, MINUTE) if calendar.minutes(at, needed) == 5 * WORKING_DAY
    )
    assert [rows(both, at)[0].urgency for at in (edge - MINUTE, edge)] == ["later", "soon"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (PrerequisiteFilter(), ["stuck test", "stuck production", "Téxtiles test", "Téxtiles production"]),
        (PrerequisiteFilter(environment="test"), ["stuck test", "Téxtiles test"]),
        (PrerequisiteFilter(state="covered"), ["fine test", "fine production"]),
        (PrerequisiteFilter(state="expired"), []),
        (PrerequisiteFilter(urgency="waiting"), ["stuck test"]),
        (PrerequisiteFilter("TEXTILES"), ["Téxtiles test", "Téxtiles production"]),
        (PrerequisiteFilter("0002 stuck", urgency="later"), ["stuck production"]),
    ],
)
def test_the_filters_let_through_what_is_wanted(world: World, wanted: PrerequisiteFilter, names: list[str]):
    world.open("Téxtiles")
    world.to(world.open("stuck", flow=Flow.B2B), 6)
    fine = world.open("fine")
    for environment in Environment:
        world.register(fine, environment)
    found = chosen(rows(world), wanted)
    assert [f"{r.need.case.name.removeprefix('Cliente ')} {r.need.environment}" for r in found] == names


def test_looking_at_the_board_reads_summary_rows_and_no_record(world: World):
    code = world.open("a")
    with world.db.writing() as tx:
        tx.run(update(tables.cases).values(state="{}"), {})
    assert [row.need.case.code for row in rows(world)] == [code] * 2
