"""The nine intake validations can end a case as rejected; nothing else can, and what ended takes nothing more."""

from itertools import product

import pytest
from sqlalchemy import select

from core.case.events import CaseEnded, Performed
from core.process.definition import phase_of
from core.process.terms import CHANNEL_ROLE, OUTCOME_NAMES, Channel, Does, Environment, Flow, Kind, Outcome
from core.services import environments
from core.store import tables
from tests.support.drive_case import FAILS, World, dump
from tests.support.people import ID, PROCESO

VALIDATIONS = list(product(range(1, 10), Channel))


@pytest.mark.parametrize(("phase", "channel"), VALIDATIONS)
def test_a_no_at_each_of_the_nine_validations_ends_the_case_as_rejected(both: World, phase: int, channel: Channel):
    code = both.open(flow=Flow.B2B, channel=channel)
    both.to(code, phase)
    case = both.validate(code, "no", reason="  no es cliente  ")
    assert (case.outcome, case.ended_at, case.items, case.phase) == (Outcome.REJECTED, both.now, (), phase)
    *_, decided, ended = both.bodies(code, Performed, CaseEnded)
    lane = phase_of(phase).lane(CHANNEL_ROLE[channel])
    assert lane[decided.position - 1].does is Does.DECISION
    assert (decided.result, ended.outcome) == ("no", Outcome.REJECTED)
    with both.db.reading() as connection:
        v = tables.verdicts.c
        verdict = connection.execute(select(v.verdict, v.reason).order_by(v.seq.desc()).limit(1)).one()
        visit = connection.execute(select(tables.phase_visits).where(tables.phase_visits.c.phase == phase)).one()
    assert tuple(verdict) == ("no", "no es cliente")
    assert (visit.outcome, visit.left_at, visit.duration) == ("rejected", both.now, both.now - visit.entered_at)


def test_there_are_exactly_two_outcomes():
    assert list(OUTCOME_NAMES.values()) == ["Cierre Comercial y Fin de Proceso", "Fin de Proceso - Solicitud Rechazada"]


def test_a_return_never_ends_a_case(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    for cycle in range(1, 6):
        case = world.review(code, verdict="return", answers=FAILS)
        assert (case.outcome, case.returns) == (None, cycle)
        world.to(code, 2, Kind.REVIEW)
    assert world.item(code).cycle == 6


def test_a_no_is_possible_while_the_environment_is_missing(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 6)
    assert world.case(code).missing(world.item(code), world.now) is Environment.TEST
    assert world.validate(code, "no").outcome is Outcome.REJECTED


def test_an_environment_registered_for_the_client_leaves_an_ended_case_as_it_was(world: World):
    ended, running = world.open("a"), None
    client = world.case(ended).client
    running = world.open("b", client=client)
    world.validate(ended, "no")
    before = world.case(ended)
    reached = environments.register_environment(world.db, ID[PROCESO], client, Environment.TEST, "acta", world.tick())
    assert reached == 1
    assert world.case(ended) == before
    assert world.case(running).environments == {Environment.TEST: None}


def test_the_successful_close_needs_both_lanes(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 9, Kind.CLOSE)
    assert world.close(code).outcome is None
    before = len(dump(world.db)["events"])
    case = world.close(code, world.case(code).items[2].role)
    assert case.outcome is Outcome.CLOSED
    assert len(dump(world.db)["events"]) > before
