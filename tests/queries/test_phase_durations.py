"""How long a phase takes, in working time: its finished visits say so, or its deadlines while there are few."""

import pytest

from core.process.settings_catalogue import DAY as WORKING_DAY
from core.process.terms import Channel, Environment, Flow
from core.queries import phase_durations
from core.queries.phase_durations import Pace
from core.store import tables
from core.store.settings import policy
from tests.support.drive_case import World
from tests.support.people import DAY

TEST = Environment.TEST
WEEK = 7 * DAY


def paces(w: World) -> dict[tuple[int, Flow, Channel], Pace]:
    with w.db.reading() as connection:
        return dict(phase_durations.paces(connection, policy(connection)))


def test_with_fewer_than_five_finished_visits_a_phase_takes_its_deadlines(both: World):
    for number in range(phase_durations.ENOUGH - 1):
        both.to(both.open(f"k{number}", flow=Flow.B2B), 3)
    found = paces(both)
    days = {1: 2, 2: 6, 3: 6, 4: 6, 5: 6, 6: 12, 7: 3, 8: 5, 9: 2}
    assert found == {
        (phase, flow, channel): Pace(count * WORKING_DAY) for phase, count in days.items() for flow in Flow
        for channel in Channel
    }  # fmt: skip
    both.to(both.open("fifth", flow=Flow.B2B), 2)
    assert paces(both)[1, Flow.B2B, Channel.MESA_DE_AYUDA] == Pace(3, 5)
    assert paces(both)[1, Flow.ESTANDAR, Channel.OPERACION] == Pace(2 * WORKING_DAY)


def test_deadlines_are_those_of_the_channel_and_of_the_slowest_who_reviews(world: World):
    world.setting("deadlines", {
        "2/operador_operacion": [60, 30], "2/mesa_de_ayuda": [100, 50],
        "2/gerente_comercial": [20, 999], "2/proceso": [70, 999], "2/gerente_alianzas": [10, 10],
        "2/responsable_implementacion_b2b": [10, 10],
    })  # fmt: skip
    found = {key[1:]: each.minutes for key, each in paces(world).items() if key[0] == 2}
    assert found == {
        (Flow.ESTANDAR, Channel.OPERACION): 160,
        (Flow.ESTANDAR, Channel.MESA_DE_AYUDA): 220,
        (Flow.B2B, Channel.OPERACION): 110,
        (Flow.B2B, Channel.MESA_DE_AYUDA): 170,
    }


def test_the_median_is_in_working_time_and_without_the_wait_for_the_environment(both: World):
    codes = [both.open(f"k{number}", flow=Flow.B2B) for number in range(5)]
    for code in codes:
        both.to(code, 6)
    both.tick(WEEK)  # they wait
    for number, code in enumerate(codes):
        both.register(code, TEST)
        both.tick(DAY if number == 4 else 0)
        both.to(code, 7)
    with both.db.reading() as connection:
        visits = connection.execute(tables.phase_visits.select().where(tables.phase_visits.c.phase == 6)).all()
    assert all(visit.blocked >= WEEK for visit in visits if visit.left_at)
    assert paces(both)[6, Flow.B2B, Channel.OPERACION] == Pace(4, 5)


def test_only_the_newest_cases_measure_a_phase(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(phase_durations, "NEWEST", 5)
    for number in range(7):
        world.to(world.open(f"k{number}", flow=Flow.B2B), 2)
        if number == 0:
            world.tick(WEEK)
    assert paces(world)[1, Flow.B2B, Channel.OPERACION] == Pace(3, 5)
    world.open("newest")
    assert paces(world)[1, Flow.B2B, Channel.OPERACION] == Pace(2 * WORKING_DAY)
