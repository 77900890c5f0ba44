"""The process as BPMN 2.0: complete, and laid out without overlap."""

from collections import Counter
from itertools import combinations

import pytest
from SpiffWorkflow.bpmn.script_engine.python_environment import TaskDataEnvironment

from core import __main__ as commands
from core.exports.bpmn import file
from core.exports.bpmn import lanes as bpmn_lanes
from core.process.definition import activities, phase_name
from core.process.policy import Policy
from core.process.terms import (
    INTAKE_ROLES,
    OUTCOME_NAMES,
    PROCESS_ROLES,
    REVIEW_ROLES,
    ROLE_NAMES,
    Document,
    Flow,
    Outcome,
)
from tests.unit.exports.bpmn_reader import (
    BOXES,
    ELEMENTS,
    SIDES,
    SPACES,
    found,
    inside,
    into,
    kind,
    nodes,
    out_of,
    overlap,
)


def test_it_has_two_pools_six_lanes_and_nine_phases():
    assert [pool.get("name") for pool in found("//b:participant")] == ["Solicitud", "Revisión"]
    assert [lane.get("name") for lane in found("//b:lane")] == [ROLE_NAMES[role] for role in PROCESS_ROLES]
    named = {value.get("id"): value.get("value") for value in found("//b:categoryValue")}
    assert [named[group.get("categoryValueRef")] for group in found("//b:group")] == [
        phase_name(n) for n in range(1, 10)
    ]


def test_it_has_the_tasks_gateways_ends_and_messages_of_the_process():
    nodes = Counter(kind(name) for name in BOXES)
    # Intake, two lanes: 9 validations, 8 sendings (7 are corrected), 1 close; review, four lanes: 7 and a sign-off.
    assert nodes["userTask"] == 2 * (9 + 7 + 1) + 4 * (7 + 1)
    assert nodes["sendTask"] == 2 * 8
    # A decision each; three of the four review lanes ask for the flow before each of the seven documents.
    assert nodes["exclusiveGateway"] == 2 * 9 + 4 * 7 + 3 * 7
    assert nodes["eventBasedGateway"] == 2 * 7
    ends = Counter(end.get("name") for end in found("//b:endEvent"))
    assert ends == {OUTCOME_NAMES[Outcome.REJECTED]: 18, OUTCOME_NAMES[Outcome.CLOSED]: 6, bpmn_lanes.LATE: 50}
    assert Counter(flow.get("targetRef") for flow in found("//b:messageFlow")) == {"pool_revision": 16}
    told = Counter(flow.get("name") for flow in found("//b:sequenceFlow[@name]"))
    assert told == {"Sí": 18 + 21, "No": 18 + 21, "Aprobar": 28, "Devolver": 28}


def test_the_first_task_of_each_lane_in_each_phase_has_its_deadline():
    timers = {timer.get("attachedToRef"): timer for timer in found("//b:boundaryEvent")}
    first = {f"validate_{n}_{role}" for n in range(1, 10) for role in INTAKE_ROLES}
    first |= {f"review_{n}_{role}" for n in range(2, 9) for role in REVIEW_ROLES}
    first |= {f"sign_off_9_{role}" for role in REVIEW_ROLES}
    assert set(timers) == first
    assert len(found("//b:boundaryEvent")) == len(first)
    assert {timer.get("cancelActivity") for timer in timers.values()} == {"false"}
    as_set = Policy().as_settings()["deadlines"]
    for (phase, role), allowance in Policy().deadlines.items():
        timer = ELEMENTS[f"due_{phase}_{role}"]
        said = timer.find("b:timerEventDefinition/b:timeDuration", SPACES).text
        assert TaskDataEnvironment().evaluate(said, {"deadlines": as_set}) == f"PT{allowance.first}M"
        (leads,) = (ELEMENTS[flow.text] for flow in timer.iterfind("b:outgoing", SPACES))
        late = ELEMENTS[leads.get("targetRef")]
        assert late.find("b:escalationEventDefinition", SPACES).get("escalationRef") == "escalation"


def test_in_the_b2b_flow_only_the_gerente_comercial_comes_to_a_verdict():
    deciding = set(Policy().panel(Flow.B2B, Document.CONTRATO).roles)
    for role in REVIEW_ROLES:
        for phase in range(2, 9):
            before = {flow.get("sourceRef") for flow in into(f"review_{phase}_{role}")} - {f"verdict_{phase}_{role}"}
            if role in deciding:
                assert before == {f"message_{phase}_{role}"}
                continue
            (asks,) = before
            assert ELEMENTS[asks].get("name") == "¿Flujo B2B?"
            (past,) = (flow for flow in out_of(asks) if len(flow))
            assert (past.get("targetRef"), past[0].text) == (f"message_{phase + 1}_{role}", "flow == 'b2b'")


def test_every_activity_of_the_contract_stands_once_under_its_name():
    said = {each.get("id"): each.text for each in found("//b:documentation")}
    expected = {f"activity_{p}_{role}_{n}": activity.name for p, role, n, activity in activities()}
    assert len(expected) == len(found("//b:documentation")) == 229
    assert said == expected


def test_an_activity_stands_in_the_lane_of_its_role_and_the_group_of_its_phase():
    lane_of = {ref.text: lane.get("id") for lane in found("//b:lane") for ref in lane.iterfind("b:flowNodeRef", SPACES)}
    groups = {n: BOXES[f"group_{n}"] for n in range(1, 10)}
    for phase, role, position, activity in activities():
        node = ELEMENTS[f"activity_{phase}_{role}_{position}"].getparent().get("id")
        assert lane_of[node] == f"lane_{role}", activity.name
        assert node.startswith("start_") or inside(BOXES[node], groups[phase]), activity.name


def test_every_shape_is_in_its_lane_and_touches_no_other():
    lanes = {ref.text: lane.get("id") for lane in found("//b:lane") for ref in lane.iterfind("b:flowNodeRef", SPACES)}
    assert set(nodes()) == set(lanes)
    assert [name for name in nodes() if not inside(BOXES[name], BOXES[lanes[name]])] == []
    on_its_task = {(timer.get("attachedToRef"), timer.get("id")) for timer in found("//b:boundaryEvent")}
    touching = {pair for pair in combinations(nodes(), 2) if overlap(BOXES[pair[0]], BOXES[pair[1]])}
    assert {tuple(sorted(pair)) for pair in touching} == {tuple(sorted(pair)) for pair in on_its_task}


def test_no_label_covers_a_shape_or_leaves_its_lane():
    lanes = {ref.text: lane.get("id") for lane in found("//b:lane") for ref in lane.iterfind("b:flowNodeRef", SPACES)}
    wrong = []
    for shape in found("//i:BPMNShape[i:BPMNLabel]"):
        name = shape.get("bpmnElement")
        if name in lanes:
            bounds = shape.find("i:BPMNLabel/c:Bounds", SPACES)
            label = tuple(float(bounds.get(side)) for side in SIDES)
            wrong += [(name, other) for other in lanes if overlap(label, BOXES[other])]
            wrong += [] if inside(label, BOXES[lanes[name]]) else [(name, "leaves")]
    assert wrong == []


def test_pools_and_lanes_lie_one_under_the_other():
    pools = [BOXES[pool.get("id")] for pool in found("//b:participant")]
    lanes = [BOXES[lane.get("id")] for lane in found("//b:lane")]
    assert not overlap(*pools)
    assert not any(overlap(*pair) for pair in combinations(lanes, 2))
    assert all(any(inside(lane, pool) for pool in pools) for lane in lanes)


def test_every_edge_begins_and_ends_at_its_shapes():
    edges = {edge.get("bpmnElement"): edge for edge in found("//i:BPMNEdge")}
    flows = found("//b:sequenceFlow | //b:messageFlow")
    assert set(edges) == {flow.get("id") for flow in flows}
    for flow in flows:
        points = [(float(p.get("x")), float(p.get("y"))) for p in edges[flow.get("id")].iterfind("d:waypoint", SPACES)]
        assert len(points) >= 2
        for (x, y), end in ((points[0], "sourceRef"), (points[-1], "targetRef")):
            left, top, width, height = BOXES[flow.get(end)]
            sides = x in (left, left + width) or y in (top, top + height)
            assert sides and left <= x <= left + width and top <= y <= top + height, flow.get("id")  # noqa: PT018


def test_every_node_is_reached_and_leads_on():
    sources = {flow.get("sourceRef") for flow in found("//b:sequenceFlow")}
    targets = {flow.get("targetRef") for flow in found("//b:sequenceFlow")}
    assert set(nodes()) - sources == {name for name in nodes() if kind(name) == "endEvent"}
    assert set(nodes()) - targets == {name for name in nodes() if kind(name) in ("startEvent", "boundaryEvent")}


def test_a_reference_names_what_is_there():
    named = found(
        "//@sourceRef | //@targetRef | //@processRef | //@messageRef | //@categoryValueRef | //@default"
        " | //@attachedToRef | //@escalationRef"
    ) + found("//@bpmnElement")
    assert set(named) - set(ELEMENTS) == set()
    ids = found("//@id")
    assert len(ids) == len(set(ids))


def test_the_command_prints_the_file(capsys: pytest.CaptureFixture[str]):
    assert commands.main(["bpmn"]) == 0
    assert capsys.readouterr().out.encode() == file.file()
