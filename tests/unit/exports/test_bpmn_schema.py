"""The BPMN file in other hands: the OMG's schema, an engine, process mining, and what a linter asks."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pm4py
import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from core.exports.bpmn import file
from core.process.definition import PHASES
from tests.unit.exports.bpmn_reader import BOXES, ELEMENTS, SPACES, found, kind, nodes, out_of


def test_it_is_valid_by_the_schema_of_the_omg_and_an_engine_loads_both_processes():
    parser = BpmnParser(validator=BpmnValidator())  # the XML Schema of BPMN 2.0, as SpiffWorkflow ships it
    parser.add_bpmn_io(BytesIO(file.file()))
    specs = {name: set(parser.get_spec(name).task_specs) for name in ("solicitud", "revision")}
    assert set(nodes()) - set().union(*specs.values()) == set()
    assert len(PHASES) == 9


def test_the_schema_would_refuse_what_is_not_bpmn():
    wrong = file.file().replace(b'cancelActivity="false"', b'cancelActivity="sometimes"', 1)
    assert wrong != file.file()
    with pytest.raises(ValidationException):
        BpmnParser(validator=BpmnValidator()).add_bpmn_io(BytesIO(wrong))


def test_process_mining_reads_every_node_and_every_flow(tmp_path: Path):
    path = tmp_path / "process.bpmn"
    path.write_bytes(file.file())
    read = pm4py.read_bpmn(str(path))
    flows = {flow.get_id() for flow in read.get_flows()}
    assert {node.get_id() for node in read.get_nodes()} >= set(nodes())
    assert {flow.get("id") for flow in found("//b:sequenceFlow")} <= flows


# --- what bpmnlint's recommended rules ask, for machines without node (`make lint-bpmn` runs bpmnlint itself) ---
def test_everything_that_a_reader_needs_has_a_label():
    named = [*nodes(), *(each.get("id") for each in found("//b:lane | //b:participant"))]
    assert [name for name in named if not ELEMENTS[name].get("name")] == []
    forks = [name for name in BOXES if kind(name) == "exclusiveGateway"]
    unsaid = [flow.get("id") for name in forks for flow in out_of(name) if not flow.get("name")]
    assert unsaid == []


def test_only_gateways_split_and_each_splits():
    ways = {name: len(out_of(name)) for name in nodes()}
    gates = {"exclusiveGateway", "eventBasedGateway"}
    assert {name for name, n in ways.items() if n > 1} == {name for name in nodes() if kind(name) in gates}


def test_an_event_has_one_definition_and_no_two_flows_lead_the_same_way():
    events = found("//b:process/*[contains(local-name(), 'Event') or contains(local-name(), 'event')]")
    defined = Counter(len(event.xpath("*[contains(local-name(), 'EventDefinition')]")) for event in events)
    assert set(defined) == {0, 1}
    ways = Counter((flow.get("sourceRef"), flow.get("targetRef")) for flow in found("//b:sequenceFlow"))
    assert max(ways.values()) == 1


def test_every_lane_begins_with_one_event_and_comes_to_an_end():
    lanes = {lane.get("id"): {ref.text for ref in lane.iterfind("b:flowNodeRef", SPACES)} for lane in found("//b:lane")}
    for members in lanes.values():
        kinds = Counter(kind(name) for name in members)
        assert kinds["startEvent"] == 1
        assert kinds["endEvent"] > 1
