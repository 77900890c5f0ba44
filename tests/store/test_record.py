"""A case leaves a record of every activity of every lane that took part, in order: 229 of 229 over the set of runs."""

from itertools import product

import pytest

from core.case.events import DraftPrepared, Event, Performed
from core.process.definition import activities, phase_of
from core.process.terms import (
    CHANNEL_ROLE,
    REVIEW_ROLES,
    REVIEWED_DOCUMENTS,
    Channel,
    Document,
    Flow,
    Kind,
    Outcome,
    Role,
)
from core.services import cases
from tests.support.drive_case import World
from tests.support.people import HOLDER, ID, OPERADORA

RUNS = list(product(Flow, Channel, (False, True)))


def performed(record: list[Event]) -> list[Performed]:
    return [event.body for event in record if isinstance(event.body, Performed)]


def places(record: list[Event]) -> list[tuple[int, Role, int]]:
    return [(body.phase, body.role, body.position) for body in performed(record)]


def lanes_of(channel: Channel) -> set[tuple[int, Role, int]]:
    """The contract's activities of the lanes that take part in a channel."""
    roles = (CHANNEL_ROLE[channel], *REVIEW_ROLES)
    return {(placed.phase, placed.role, placed.position) for placed in activities() if placed.role in roles}


def closed(world: World, flow: Flow, channel: Channel, *, international: bool) -> list[Event]:
    code = world.open(f"{flow}{channel}{international}", flow=flow, channel=channel, international=international)
    assert world.to_end(code).outcome is Outcome.CLOSED
    return world.record(code)


@pytest.mark.parametrize(("flow", "channel", "international"), RUNS)
def test_a_run_to_its_close_records_each_activity_of_its_lanes_once_and_in_order(both, flow, channel, international):
    record = closed(both, flow, channel, international=international)
    found = places(record)
    assert len(found) == len(set(found))
    assert set(found) == lanes_of(channel)
    for role in (CHANNEL_ROLE[channel], *REVIEW_ROLES):
        lane = [(phase, position) for phase, who, position in found if who is role]
        assert lane == sorted(lane)


def test_the_runs_together_record_229_of_229(world):
    recorded: set[tuple[int, Role, int]] = set()
    for flow, channel, international in RUNS:
        recorded.update(places(closed(world, flow, channel, international=international)))
    assert recorded == {(placed.phase, placed.role, placed.position) for placed in activities()}
    assert len(recorded) == 229


def by_place(record: list[Event]) -> dict[tuple[int, Role, int], Performed]:
    return {(body.phase, body.role, body.position): body for body in performed(record)}


def test_the_international_activity_is_done_for_an_international_client_and_not_applicable_for_a_national_one(world):
    place = (1, Role.OPERADOR_OPERACION, 7)
    abroad = by_place(closed(world, Flow.B2B, Channel.OPERACION, international=True))[place]
    at_home = by_place(closed(world, Flow.B2B, Channel.OPERACION, international=False))[place]
    assert (abroad.status, abroad.why) == ("done", "")
    assert (at_home.status, at_home.why) == ("not_applicable", "national")


def test_in_b2b_the_other_three_received_the_message_and_the_rest_of_their_lanes_is_not_applicable_by_the_rule(world):
    record = by_place(closed(world, Flow.B2B, Channel.OPERACION, international=False))
    for phase, role in product(range(2, 9), REVIEW_ROLES):
        lane = [record[phase, role, position] for position in range(1, 6)]
        assert lane[0].status == "done"
        if role is Role.GERENTE_COMERCIAL:
            assert {body.status for body in lane[1:]} <= {"done", "ordered"}
        else:
            assert {(body.status, body.why) for body in lane[1:]} == {("not_applicable", "b2b")}


@pytest.mark.parametrize("rule", [{"mode": "any"}, {"mode": "quorum", "quorum": 2}])
def test_roles_that_the_rule_did_not_need_are_recorded_as_not_applicable_with_the_rule(world, rule):
    world.setting("rules", dict.fromkeys(REVIEWED_DOCUMENTS, rule))
    code = world.open()
    world.to(code, 3)
    needed = REVIEW_ROLES[: rule.get("quorum", 1)]
    record = by_place(world.record(code))
    for role in REVIEW_ROLES:
        statuses = {(record[2, role, position].status, record[2, role, position].why) for position in (2, 3, 4, 5)}
        assert statuses == ({("done", "")} if role in needed else {("not_applicable", rule["mode"])})


def test_closing_activities_are_carried_out_once_by_the_last_approver_and_the_others_point_there(world):
    code = world.open()
    world.to(code, 9)
    last = HOLDER[REVIEW_ROLES[-1]]
    events = {event.seq: event for event in world.record(code)}
    closing = [
        event
        for event in events.values()
        if isinstance(event.body, Performed) and event.body.role in REVIEW_ROLES and event.body.position in (4, 5)
    ]
    assert len(closing) == 7 * 2 * 4
    executions = [event for event in closing if event.body.execution is None]
    assert len(executions) == 7 * 2
    for event in closing:
        assert event.person == ID[last]
        if event.body.execution is not None:
            carried_out = events[event.body.execution].body
            assert (carried_out.phase, carried_out.position) == (event.body.phase, event.body.position)
            assert carried_out.role is REVIEW_ROLES[-1]


def test_what_cannot_be_a_draft_is_recorded_as_an_order_to_the_next_phase(world):
    record = by_place(closed(world, Flow.B2B, Channel.OPERACION, international=False))
    ordered = {place for place, body in record.items() if body.status == "ordered"}
    assert ordered == {(phase, Role.GERENTE_COMERCIAL, position) for phase, position in ((5, 4), (8, 4), (8, 5))}


def test_each_approval_prepares_the_draft_of_the_next_document_once(world):
    code = world.open()
    world.to(code, 9)
    prepared = [event for event in world.record(code) if isinstance(event.body, DraftPrepared)]
    drafts = [(event.phase, event.body.document) for event in prepared]
    assert drafts == [(phase, phase_of(phase + 1).document) for phase in range(2, 8)]
    assert all(len(body.template) == 64 for body in [event.body for event in prepared])


def test_messages_reach_every_reviewer_and_nobody_is_said_to_have_sent_them(world):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2)
    messages = [e for e in world.record(code) if isinstance(e.body, Performed) and e.body.role in REVIEW_ROLES]
    assert [e.body.role for e in messages] == list(REVIEW_ROLES)
    assert {e.person for e in messages} == {None}


def test_a_rejection_in_phase_1_records_what_was_ticked_and_nothing_else(world):
    code = world.open()
    on = world.on(code, OPERADORA)
    cases.validate(world.db, on, "no", world.tick(), reason="datos incompletos", done=frozenset({2}))
    assert places(world.record(code)) == [(1, Role.OPERADOR_OPERACION, n) for n in (1, 2, 4)]


def test_the_cro_goes_on_without_a_file(world):
    code = world.open()
    world.to(code, 1, Kind.PRODUCE)
    world.send(code)
    case = world.case(code)
    assert (case.phase, case.documents.get(Document.CRO)) == (2, None)


def test_decisions_are_recorded_with_their_answer(world):
    code = world.open(flow=Flow.B2B)
    world.to(code, 3)
    decided = {place: body.result for place, body in by_place(world.record(code)).items() if body.result}
    assert decided == {
        (1, Role.OPERADOR_OPERACION, 4): "yes",
        (2, Role.OPERADOR_OPERACION, 2): "yes",
        (2, Role.GERENTE_COMERCIAL, 3): "approve",
    }
