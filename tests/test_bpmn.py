"""The process as BPMN 2.0: complete, laid out without overlap, and readable by an engine."""

from collections import Counter
from io import BytesIO
from itertools import combinations

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser

from core import __main__, bpmn
from core.process import PHASES, activities, phase_name
from core.terms import OUTCOME_NAMES, PROCESS_ROLES, ROLE_NAMES, Outcome

SPACES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "i": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "d": "http://www.omg.org/spec/DD/20100524/DI",
}
ROOT = etree.fromstring(bpmn.file())
SURROUND = {"participant", "lane", "group"}


def found(path: str) -> list:
    return ROOT.xpath(path, namespaces=SPACES)


ELEMENTS = {element.get("id"): element for element in found("//b:*[@id]")}
SIDES = ("x", "y", "width", "height")
BOXES = {
    shape.get("bpmnElement"): tuple(float(shape.find("c:Bounds", SPACES).get(side)) for side in SIDES)
    for shape in found("//i:BPMNShape")
}


def kind(name: str) -> str:
    return etree.QName(ELEMENTS[name]).localname


def inside(small: tuple[float, ...], large: tuple[float, ...]) -> bool:
    (x, y, w, h), (left, top, width, height) = small, large
    return left <= x and top <= y and x + w <= left + width and y + h <= top + height


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (x, y, w, h), (left, top, width, height) = one, other
    return x < left + width and left < x + w and y < top + height and top < y + h


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
    assert nodes["exclusiveGateway"] == 2 * 9 + 4 * 7
    assert nodes["eventBasedGateway"] == 2 * 7
    ends = Counter(end.get("name") for end in found("//b:endEvent"))
    assert ends == {OUTCOME_NAMES[Outcome.REJECTED]: 18, OUTCOME_NAMES[Outcome.CLOSED]: 6}
    assert Counter(flow.get("targetRef") for flow in found("//b:messageFlow")) == {"pool_revision": 16}
    told = Counter(flow.get("name") for flow in found("//b:sequenceFlow[@name]"))
    assert told == {"Sí": 18, "No": 18, "Aprobar": 28, "Devolver": 28}


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
    nodes = [name for name in BOXES if kind(name) not in SURROUND]
    assert set(nodes) == set(lanes)
    assert [name for name in nodes if not inside(BOXES[name], BOXES[lanes[name]])] == []
    assert [pair for pair in combinations(nodes, 2) if overlap(BOXES[pair[0]], BOXES[pair[1]])] == []


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
    nodes = {name for name in BOXES if kind(name) not in SURROUND}
    assert nodes - sources == {name for name in nodes if kind(name) == "endEvent"}
    assert nodes - targets == {name for name in nodes if kind(name) == "startEvent"}


def test_a_reference_names_what_is_there():
    named = found(
        "//@sourceRef | //@targetRef | //@processRef | //@messageRef | //@categoryValueRef | //@default"
    ) + found("//@bpmnElement")
    assert set(named) - set(ELEMENTS) == set()
    ids = found("//@id")
    assert len(ids) == len(set(ids))


def test_an_engine_loads_both_processes():
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(bpmn.file()))
    specs = {name: set(parser.get_spec(name).task_specs) for name in ("solicitud", "revision")}
    nodes = {name for name in BOXES if kind(name) not in SURROUND}
    assert nodes - set().union(*specs.values()) == set()
    assert len(PHASES) == 9


def test_the_command_prints_the_file(capsys: pytest.CaptureFixture[str]):
    assert __main__.main(["bpmn"]) == 0
    assert capsys.readouterr().out.encode() == bpmn.file()
