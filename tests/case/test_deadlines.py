"""Deadlines in working time: from the lane's first work item in the phase, anew after a wait for the client."""

import pytest
from sqlalchemy import select

from core.case.events import ItemDueMoved
from core.errors import Blocked, Invalid
from core.process.policy import Policy, default_deadlines
from core.process.terms import REVIEW_ROLES, Environment, Flow, Kind, Role
from core.store import tables
from core.store.replay import differences
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY, HOUR, MINUTE, START

WEEK = 7 * DAY


def allow(world: World, first: int, later: int) -> None:
    """These working minutes for every lane of every phase."""
    world.setting("deadlines", {f"{phase}/{role}": [first, later] for phase, role in default_deadlines()})


def stored_due(world: World, item: int) -> tuple[int, int, int]:
    w = tables.work_items.c
    with world.db.reading() as connection:
        return tuple(connection.execute(select(w.due_at, w.soon_at, w.version).where(w.item == item)).one())


def test_a_day_s_allowance_ends_at_the_same_time_of_the_next_working_day_and_is_due_soon_four_hours_before(both: World):
    code = both.open()
    item = both.item(code)
    assert item.opened_at == START + MINUTE
    assert item.due_at == START + MINUTE + DAY
    assert item.soon_at == START + 5 * HOUR + MINUTE  # four working hours before, with the lunch hour between
    assert stored_due(both, item.item) == (item.due_at, item.soon_at, item.version)


def test_a_weekend_does_not_count(world: World):
    world.now = START + 4 * DAY + 8 * HOUR + 30 * MINUTE  # Friday, 16:30
    code = world.open()
    item = world.item(code)
    assert item.due_at == item.opened_at + 3 * DAY


def test_a_holiday_of_colombia_does_not_count(world: World):
    world.now = START + 18 * DAY + 2 * HOUR  # Friday 20 March; Monday 23 March is San José
    code = world.open()
    item = world.item(code)
    assert item.due_at == item.opened_at + 4 * DAY


def test_the_first_work_item_of_a_lane_has_one_allowance_and_its_later_ones_another(world: World):
    allow(world, 120, 60)
    code = world.open(flow=Flow.B2B)
    spans: dict[Kind, int] = {}

    def look(expected: Kind) -> None:
        item = world.item(code)
        assert item.work is expected
        spans.setdefault(expected, item.due_at - item.opened_at)

    look(Kind.VALIDATE)
    world.validate(code)
    look(Kind.PRODUCE)
    world.to(code, 2, Kind.REVIEW)
    look(Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS)
    look(Kind.CORRECT)
    world.to(code, 2, Kind.REVIEW)
    second_review = world.item(code)
    assert spans == {Kind.VALIDATE: 2 * HOUR, Kind.PRODUCE: HOUR, Kind.REVIEW: 2 * HOUR, Kind.CORRECT: HOUR}
    assert second_review.due_at - second_review.opened_at == HOUR


def test_each_sign_off_is_its_lane_s_first_work_item(world: World):
    allow(world, 120, 60)
    code = world.open(flow=Flow.B2B)
    world.to(code, 9, Kind.SIGN_OFF)
    assert {item.due_at - item.opened_at for item in world.case(code).items} == {2 * HOUR}


def test_a_change_of_deadlines_applies_to_work_opened_afterwards(world: World):
    code = world.open()
    before = world.item(code)
    allow(world, 60, 30)
    assert world.item(code) == before
    item = world.validate(code).items[0]
    assert item.due_at - item.opened_at == HOUR // 2


@pytest.mark.parametrize("lane", ["1/gerente_comercial", "10/proceso", "2/administrador", "2/portero"])
def test_a_deadline_for_a_lane_that_there_is_not_is_refused(world: World, lane: str):
    with pytest.raises(Invalid):
        world.setting("deadlines", {lane: [60, 60]})
    assert world.item(world.open()).due_at == START + MINUTE + DAY


def test_a_deadline_of_no_time_is_refused(world: World):
    with pytest.raises(Invalid):
        allow(world, 0, 60)


# --- waiting for the client's environment ---
def waiting(world: World, phase: int = 6) -> str:
    code = world.open(flow=Flow.B2B)
    world.to(code, phase)
    return code


def test_when_the_environment_comes_the_deadline_starts_anew_and_the_screen_stays_current(both: World):
    code = waiting(both)
    on, before = both.on(code, "oscar"), both.item(code)
    both.tick(WEEK)
    both.register(code, Environment.TEST)
    item = both.item(code)
    assert item.due_at == both.now + WEEK  # five working days
    assert item.opened_at == before.opened_at
    assert stored_due(both, item.item) == (item.due_at, item.soon_at, before.version)
    assert both.on(code, "oscar") == on
    moved = both.record(code)[-1]
    assert (moved.body, moved.person) == (ItemDueMoved(item.item, item.due_at, item.soon_at), None)
    assert both.validate(code).items[0].work is Kind.PRODUCE
    assert list(differences(both.db)) == []


def test_the_wait_is_counted_for_the_phase(both: World):
    code = waiting(both)
    entered = both.case(code).entered_at
    both.tick(3 * DAY)
    both.register(code, Environment.TEST)
    assert both.case(code).blocked == both.now - entered
    with both.db.reading() as connection:
        visits = tables.phase_visits.c
        assert connection.scalar(select(visits.blocked).where(visits.phase == 6)) == both.now - entered


def test_a_no_ends_the_wait_too(world: World):
    code = waiting(world)
    entered = world.case(code).entered_at
    world.tick(3 * DAY)
    assert world.validate(code, "no").blocked == world.now - entered


def test_an_environment_that_expires_blocks_again_and_only_the_waits_are_counted(world: World):
    code = waiting(world)
    entered = world.case(code).entered_at
    world.register(code, Environment.TEST, expires_at=world.now + DAY)
    first_wait = world.now - entered
    expired = world.now - MINUTE + DAY
    world.tick(3 * DAY)
    with pytest.raises(Blocked):
        world.validate(code)
    world.register(code, Environment.TEST)
    case = world.case(code)
    assert case.blocked == first_wait + world.now - expired
    assert case.items[0].due_at == world.now + WEEK
    assert len(world.bodies(code, ItemDueMoved)) == 2


def test_the_other_environment_moves_nothing(world: World):
    code = waiting(world)
    before = world.item(code)
    world.register(code, Environment.PRODUCTION)
    assert world.item(code) == before
    assert world.case(code).missing(before, world.now) is Environment.TEST


def test_an_environment_that_was_there_already_moves_nothing(world: World):
    code = world.open(flow=Flow.B2B)
    world.register(code, Environment.TEST)
    world.to(code, 6)
    before = world.item(code)
    world.register(code, Environment.TEST, expires_at=world.now + 100 * DAY)
    assert world.item(code) == before
    assert world.case(code).blocked == 0


@pytest.mark.parametrize(("phase", "needed"), [(7, Environment.PRODUCTION), (8, "production"), (9, "production")])
def test_the_last_three_phases_need_the_production_environment(world: World, phase: int, needed: str):
    code = world.open(flow=Flow.B2B)
    world.to(code, phase - 1)
    world.register(code, Environment.PRODUCTION, expires_at=world.now + HOUR)
    world.to(code, phase)
    world.tick(DAY)
    with pytest.raises(Blocked) as refusal:
        world.validate(code)
    assert refusal.value.params == {"environment": needed}
    world.register(code, Environment.PRODUCTION)
    assert world.validate(code).phase == phase


def test_a_new_case_of_the_client_starts_with_the_environments_that_it_has(world: World):
    first = world.open("a")
    world.register(first, Environment.TEST)
    second = world.open("b", client=world.case(first).client, flow=Flow.B2B)
    world.to(second, 6)
    assert world.case(second).missing(world.item(second), world.now) is None


def test_reviews_are_due_by_their_own_lane_s_deadline(world: World):
    chosen = {f"{phase}/{role}": [60, 60] for phase, role in default_deadlines()}
    world.setting("deadlines", chosen | {f"2/{Role.PROCESO}": [30, 30]})
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    spans = {item.role: item.due_at - item.opened_at for item in world.case(code).items}
    assert spans == {role: HOUR // 2 if role is Role.PROCESO else HOUR for role in REVIEW_ROLES}


def test_work_escalates_so_many_working_minutes_after_its_deadline():
    friday = START + 4 * DAY + 8 * HOUR  # 16:00
    assert Policy().escalates(friday) == friday + 3 * DAY  # a working day, with the weekend between
    assert Policy(escalate_after=60).escalates(friday) == friday + HOUR
    assert Policy(escalate_after=0).escalates(START) == START
