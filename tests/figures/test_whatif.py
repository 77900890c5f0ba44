"""The simulation: as theory says, the same for a seed, and honest about each change."""

import numpy as np
import pytest
from sqlalchemy import func, select

from core.figures.pages.whatif import past_flow, simulation
from core.figures.pages.whatif.past_flow import Numbers, PastFlow, PastWork, Script
from core.figures.pages.whatif.simulation import Scenario, SimulationResult, replicate
from core.figures.waiting.unattended import holders
from core.people import accounts
from core.process.terms import Flow, Role
from core.queries.selection import Selection
from core.store import tables
from tests.support import countable_cases
from tests.support.absences import leave
from tests.support.drive_case import World
from tests.support.people import ADMIN, HOUR, ID, MINUTE, OPERADOR_2, OPERADORA, PROCESO

DESK, MANAGER = Role.OPERADOR_OPERACION, Role.GERENTE_COMERCIAL
NOTHING = Numbers(0, 0, 0, 0, 0)


def one(role: Role, service: float, delay: float = 0, allowed: float = 1e9) -> tuple[PastWork, ...]:
    return (PastWork(role, int(service), int(delay), int(allowed)),)


def queue(load: float, people: int = 1, seed: int = 1) -> PastFlow:
    """One desk with exponential service of 1000 ms on average, and Poisson arrivals: M/M/c."""
    served = np.random.default_rng(seed).exponential(1000, 20_000)
    scripts = {(Flow.B2B, 9): [Script(((1, one(DESK, service)),), onward=True) for service in served]}
    return PastFlow(scripts, {Flow.B2B: load * people / 1000}, {DESK: people}, 1e6, NOTHING)


def busy() -> PastFlow:
    """Two phases with a return in half of the visits of the second; the manager is the narrow place."""
    again = Script(
        (
            (1, one(DESK, HOUR)),
            (1, one(MANAGER, 4 * HOUR, allowed=6 * HOUR)),
            (2, one(DESK, HOUR)),
            (2, one(MANAGER, HOUR)),
        ),
        onward=True,
    )
    straight = Script(((1, one(DESK, HOUR)), (1, one(MANAGER, 6 * HOUR, allowed=6 * HOUR))), onward=True)
    first = Script(((1, one(DESK, 2 * HOUR, HOUR)),), onward=True)
    no = Script(((1, one(DESK, HOUR)),), onward=False)
    scripts = {(Flow.B2B, 1): [first, first, first, no], (Flow.B2B, 9): [again, straight]}
    return PastFlow(scripts, {Flow.B2B: 1 / (8 * HOUR)}, {DESK: 1, MANAGER: 1}, 40 * HOUR, NOTHING)


def answered(past: PastFlow, change: Scenario, replications: int = 8) -> SimulationResult:
    *_, last = simulation.answer(past, change, replications=replications)
    assert last.answer
    return last.answer


@pytest.mark.slow
def test_one_desk_waits_as_the_theory_of_queues_says():
    # M/M/1 with load 0.5: the time in the house is exponential with mean 1 / (1/1000 - 0.5/1000) = 2000 ms.
    found = [replicate(queue(0.5), Scenario(), 1, n, weeks=30) for n in range(3)]
    assert np.mean([run.p50 for run in found]) == pytest.approx(2000 * np.log(2), rel=0.05)
    assert np.mean([run.p85 for run in found]) == pytest.approx(-2000 * np.log(0.15), rel=0.05)
    assert np.mean([run.wip for run in found]) == pytest.approx(1, rel=0.06)
    assert np.mean([run.throughput for run in found]) == pytest.approx(500, rel=0.02)


def test_nobody_waits_where_a_person_is_always_free():
    scripts = {(Flow.B2B, 9): [Script(((1, one(DESK, 700, 300)),), onward=True)]}
    past = PastFlow(scripts, {Flow.B2B: 1 / 1e6}, {DESK: 50}, 1e8, NOTHING)
    found = replicate(past, Scenario(), 1, 1, weeks=20)
    assert (found.p50, found.p85) == (1000, 1000)
    assert found.wip == pytest.approx(0.001, rel=0.1)


def test_the_same_seed_says_the_same_and_another_one_does_not():
    first, again = (replicate(busy(), Scenario(), 1, 1) for _ in range(2))
    assert first == again
    assert replicate(busy(), Scenario(), 2, 1) != first
    assert replicate(busy(), Scenario(), 1, 2) != first
    assert answered(busy(), Scenario(person=MANAGER), 2) == answered(busy(), Scenario(person=MANAGER), 2)


@pytest.mark.parametrize("role", [DESK, MANAGER])
def test_one_person_more_is_never_slower_in_expectation(role: Role):
    found = answered(busy(), Scenario(person=role))
    assert found.changed["p85"].middle <= found.baseline["p85"].middle
    assert found.changed["wip"].middle <= found.baseline["wip"].middle


def test_one_person_more_at_the_narrow_place_is_faster():
    assert answered(busy(), Scenario(person=MANAGER)).difference["p85"].high < 0


def test_another_deadline_changes_what_is_overdue_and_nothing_else():
    found = answered(busy(), Scenario(deadlines=0.5))
    same = [name for name in Numbers._fields if found.difference[name] == (0, 0, 0)]
    assert same == ["throughput", "p50", "p85", "wip"]
    assert found.difference["overdue"].low > 0


def test_one_return_less_is_faster_and_more_arrivals_are_slower():
    assert answered(busy(), Scenario(return_less=True)).difference["p85"].high < 0
    more = answered(busy(), Scenario(arrivals=1.2))
    assert more.difference["throughput"].middle > 0
    assert more.difference["p85"].middle > 0


def test_only_the_last_cycle_of_a_visit_with_returns_is_left_out():
    a, b, c = one(DESK, 1), one(MANAGER, 2), one(DESK, 3)
    twice = Script(((1, a), (1, b), (2, c), (2, b), (3, c)), onward=True)
    assert simulation.rounds(twice, return_less=True) == [a, b, c, b]
    assert simulation.rounds(twice, return_less=False) == [a, b, c, b, c]
    assert simulation.rounds(Script(((1, a), (1, b)), onward=True), return_less=True) == [a, b]


def test_the_steps_tell_how_far_it_is_and_the_last_has_the_answer():
    steps = list(simulation.answer(busy(), Scenario(), replications=2))
    assert [step.done for step in steps] == [0.25, 0.5, 0.75, 1.0, 1.0]
    assert [step.answer is None for step in steps] == [True] * 4 + [False]


# --- what it learns from ---
def test_a_person_serves_one_item_at_a_time():
    # Ends at 10, 20 and 50, after services of 4, 10 and 15: busy from 6 to 20 and from 35 to 50.
    ends, served = [10, 20, 50], [4, 14, 29]
    assert [past_flow._busy(ends, served, first, 50) for first in (0, 8, 20, 40, 50)] == [29, 27, 15, 10, 0]


def test_numbers_are_of_the_time_that_counts():
    spans = [(-5, 5), (0, 10), (5, None), (8, 20), (-9, -1)]
    found = past_flow.numbers(spans, [True, False, False, False], 10, 2)
    assert found == Numbers(1.0, 10.0, 10.0, (5 + 10 + 5 + 2) / 10, 0.25)


def test_too_few_visits_of_a_phase_are_not_simulated(both: World):
    countable_cases.play(both)
    with both.db.reading() as connection:
        assert past_flow.measure(connection, Selection(), both.now) is None


def test_the_past_is_measured_from_the_work_items(both: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(past_flow, "ENOUGH", 1)
    countable_cases.play(both)
    with both.db.reading() as connection:
        past = past_flow.measure(connection, Selection(), both.now)
    assert past is not None
    assert {flow: round(rate * past.week * past_flow.WEEKS) for flow, rate in past.arrivals.items()} == {
        Flow.B2B: 11,
        Flow.ESTANDAR: 1,
    }
    assert past.happened.throughput * past_flow.WEEKS == 6
    assert sum(len(scripts) for scripts in past.scripts.values()) == 48
    # The Propuesta of the second phase came back four times.
    cycles = [cycle for script in past.scripts[Flow.B2B, 2] for cycle, _ in script.rounds]
    assert max(cycles) > 1
    works = [work for each in past.scripts.values() for script in each for _, works in script.rounds for work in works]
    assert all(work.service >= 0 and work.delay >= 0 for work in works)
    assert any(work.service >= MINUTE for work in works)


def test_the_people_of_a_role_are_those_of_the_moment(both: World):
    opened = both.tick()
    accounts.set_roles(both.db, PROCESO, [Role.PROCESO, DESK], ID[ADMIN], given := both.tick())
    accounts.disable(both.db, OPERADORA, ID[ADMIN], gone := both.tick())
    leave(both, OPERADOR_2, {})  # who is away is still of the role
    with both.db.reading() as connection:
        counted = [len(holders(connection, at)[DESK]) for at in (opened, given - 1, given, gone, both.now)]
        now = connection.scalar(
            select(func.count())
            .select_from(tables.person_roles.join(tables.people))
            .where(tables.people.c.active, tables.person_roles.c.role == DESK)
        )
    assert counted == [3, 3, 4, 3, 3]
    assert counted[-1] == now
