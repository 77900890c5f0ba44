"""Handing a case from one channel to the other: what is open stays, from the next work item on the other lane runs."""

import pytest

from core.case.events import ItemOpened
from core.errors import NotAllowed
from core.process.policy import default_deadlines
from core.process.terms import Channel, Flow, Kind, Role
from core.services import cases
from core.store.replay import differences
from tests.store.test_record import places
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY, HOUR, ID, MESA, OPERADORA, PROCESO

OPERADOR, MESA_ROLE = Role.OPERADOR_OPERACION, Role.MESA_DE_AYUDA


def opened(world: World, code: str) -> list[tuple[int, Kind, Role]]:
    return [(body.phase, body.work, body.role) for body in world.bodies(code, ItemOpened)]


def test_the_open_work_item_stays_with_its_lane_and_the_next_goes_to_the_other(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2)
    case = both.hand_over(code)
    assert (case.channel, case.items[0].role) == (Channel.MESA_DE_AYUDA, OPERADOR)
    case = both.validate(code)
    assert [(item.work, item.role) for item in case.items] == [(Kind.PRODUCE, MESA_ROLE)]
    with pytest.raises(NotAllowed):
        both.attach(code, OPERADORA)
    both.attach(code, MESA)
    assert list(differences(both.db)) == []


def test_in_phase_1_before_the_decision_the_other_lane_makes_the_cro(world: World):
    code = world.open()
    world.hand_over(code)
    world.to(code, 2)
    assert opened(world, code) == [
        (1, Kind.VALIDATE, OPERADOR),
        (1, Kind.PRODUCE, MESA_ROLE),
        (2, Kind.VALIDATE, MESA_ROLE),
    ]
    intake = [place for place in places(world.record(code)) if place[0] == 1]
    assert intake == [(1, OPERADOR, n) for n in (1, 2, 3, 4)] + [(1, MESA_ROLE, n) for n in (4, 5)]


def test_in_phase_1_while_the_cro_is_made_its_lane_finishes_it(world: World):
    code = world.open(channel=Channel.MESA_DE_AYUDA, international=True)
    world.to(code, 1, Kind.PRODUCE)
    world.hand_over(code, Channel.OPERACION)
    world.to(code, 2)
    assert opened(world, code)[1:] == [(1, Kind.PRODUCE, MESA_ROLE), (2, Kind.VALIDATE, OPERADOR)]


def test_while_a_review_is_open_the_correction_goes_to_the_other_lane(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 3, Kind.REVIEW)
    before = world.item(code)
    assert world.hand_over(code).items == (before,)
    case = world.review(code, verdict="return", answers=FAILS)
    assert [(item.work, item.role) for item in case.items] == [(Kind.CORRECT, MESA_ROLE)]
    world.to(code, 4)
    assert world.item(code).role is MESA_ROLE


def test_in_phase_9_the_other_lane_closes(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 9)
    world.hand_over(code)
    case = world.validate(code)
    assert [(item.work, item.role) for item in case.items] == [(Kind.CLOSE, MESA_ROLE)]
    assert world.to_end(code).outcome == "closed"
    intake = [place for place in places(world.record(code)) if place[0] == 9 and place[1] in (OPERADOR, MESA_ROLE)]
    assert intake == [(9, OPERADOR, 1), (9, OPERADOR, 2), (9, MESA_ROLE, 3), (9, MESA_ROLE, 4)]


def test_a_case_can_be_handed_back(world: World):
    code = world.open(flow=Flow.B2B)
    world.hand_over(code)
    world.hand_over(code, Channel.OPERACION)
    world.to(code, 3)
    assert {role for _, work, role in opened(world, code) if work is not Kind.REVIEW} == {OPERADOR}


def test_the_new_lane_s_first_work_item_of_the_phase_has_the_phase_s_deadline(world: World):
    world.setting("deadlines", {f"{phase}/{role}": [480, 60] for phase, role in default_deadlines()})
    code = world.open(flow=Flow.B2B)
    stayed = world.validate(code).items[0]
    assert stayed.due_at - stayed.opened_at == HOUR
    world.to(code, 2)
    world.hand_over(code)
    moved = world.validate(code).items[0]
    assert moved.due_at - moved.opened_at == DAY  # eight working hours


def test_the_reason_is_on_the_record(world: World):
    code = world.open()
    cases.hand_over(world.db, ID[PROCESO], code, Channel.MESA_DE_AYUDA, "  vacaciones ", world.tick())
    event = world.record(code)[-1]
    assert (event.person, event.body.channel, event.body.reason) == (ID[PROCESO], Channel.MESA_DE_AYUDA, "vacaciones")
