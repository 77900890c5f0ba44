"""Shapes and edges of a BPMN diagram: bounds, waypoints, and the flows they represent."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, register_namespace

from core.process.terms import Kind, Role

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
for _prefix, _uri in NAMESPACES.items():
    register_namespace(_prefix, _uri)


def ns(tag: str, prefix: str = "bpmn") -> str:
    """Return a tag with its namespace in ElementTree's notation."""
    return f"{{{NAMESPACES[prefix]}}}{tag}"


class Point(NamedTuple):
    x: int
    y: int


class Box(NamedTuple):
    """The bounds of a shape: its upper left corner and its size, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def task(cls, x: int, middle: int, height: int = 80) -> "Box":
        return cls(x, middle - height // 2, 100, height)

    @classmethod
    def gate(cls, x: int, middle: int) -> "Box":
        return cls(x, middle - 25, 50, 50)

    @classmethod
    def event(cls, x: int, middle: int) -> "Box":
        return cls(x, middle - 18, 36, 36)

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    def toward(self, other: Point) -> Point:
        """Return the middle of the side that faces a point."""
        middle = self.centre
        if abs(other.x - middle.x) * self.height > abs(other.y - middle.y) * self.width:
            return Point(self.x + self.width if other.x > middle.x else self.x, middle.y)
        return Point(middle.x, self.y + self.height if other.y > middle.y else self.y)


class Drawing:
    """The diagram of one collaboration, built along with its elements."""

    def __init__(self, collaboration: Element) -> None:
        self.collaboration = collaboration
        self.boxes: dict[str, Box] = {}
        self.diagram = Element(ns("BPMNDiagram", "bpmndi"), id="diagram")
        self.plane = SubElement(self.diagram, ns("BPMNPlane", "bpmndi"), id="plane", bpmnElement="collaboration")
        self._flows: list[tuple[Element, str, str, str]] = []

    def shape(self, name: str, box: Box, label: Box | None = None, **more: str) -> None:
        self.boxes[name] = box
        shape = SubElement(self.plane, ns("BPMNShape", "bpmndi"), {"id": f"{name}_di", "bpmnElement": name, **more})
        _bounds(shape, box)
        if label:
            _bounds(SubElement(shape, ns("BPMNLabel", "bpmndi")), label)

    def event(self, process: Element, name: str, what: str, **more: str) -> Element:
        """Add the definition of an event: a message, a timer, an escalation."""
        element = next(child for child in process if child.get("id") == name)
        return SubElement(element, ns(f"{what}EventDefinition"), {"id": f"{name}_{what}", **more})

    def flow(
        self, process: Element, source: str, target: str, corners: Sequence[Point], caption: str = "", when: str = ""
    ) -> None:
        """Add a sequence flow; one without a condition out of an exclusive gateway becomes its default."""
        name = f"{source}_to_{target}"
        flow = SubElement(process, ns("sequenceFlow"), id=name, sourceRef=source, targetRef=target)
        if caption:
            flow.set("name", caption)
        if when:
            formula(flow, "conditionExpression", when)
        self._flows.append((process, name, source, target))
        begin, end = self.boxes[source], self.boxes[target]
        first = begin.toward(corners[0] if corners else end.centre)
        last = end.toward(corners[-1] if corners else begin.centre)
        label = Box(first.x + 4, first.y + (4 if first.x == last.x else -18), 9 * len(caption), 14) if caption else None
        self._edge(name, (first, *corners, last), label)

    def message(self, source: str, target: str, points: Sequence[Point]) -> None:
        """Add a message flow between pools; the schema requires it before the groups."""
        name = f"{source}_sends"
        SubElement(self.collaboration, ns("messageFlow"), id=name, sourceRef=source, targetRef=target)
        self._edge(name, points)

    def group(self, name: str, value: str, box: Box) -> None:
        SubElement(self.collaboration, ns("group"), id=name, categoryValueRef=value)
        self.shape(name, box, Box(box.x + 10, box.y + 4, box.width - 20, 20))

    def note(self, name: str, text: str, box: Box) -> None:
        """Add a rule of the process that no flow shows."""
        SubElement(SubElement(self.collaboration, ns("textAnnotation"), id=name), ns("text")).text = text
        self.shape(name, box)

    def finish(self) -> None:
        """List the incoming and outgoing flows of each node, in the order that the schema requires."""
        for process in {id(process): process for process, *_ in self._flows}.values():
            nodes = {child.get("id"): child for child in process}
            flows = [flow for flow in self._flows if flow[0] is process]
            for name, node in nodes.items():
                place = sum(child.tag == ns("documentation") for child in node)
                references = [("incoming", n) for _, n, _, t in flows if t == name]
                references += [("outgoing", n) for _, n, s, _ in flows if s == name]
                for offset, (tag, flow) in enumerate(references):
                    child = Element(ns(tag))
                    child.text = flow
                    node.insert(place + offset, child)
                plain = [n for _, n, s, _ in flows if s == name and not len(nodes[n])]
                if node.tag == ns("exclusiveGateway") and plain:
                    node.set("default", plain[0])

    def _edge(self, name: str, points: Sequence[Point], label: Box | None = None) -> None:
        edge = SubElement(self.plane, ns("BPMNEdge", "bpmndi"), id=f"{name}_di", bpmnElement=name)
        for point in points:
            SubElement(edge, ns("waypoint", "di"), x=str(point.x), y=str(point.y))
        if label:
            _bounds(SubElement(edge, ns("BPMNLabel", "bpmndi")), label)


def formula(element: Element, tag: str, text: str) -> None:
    """Add an expression, in Python, over the data of a case and the settings of the process."""
    expression = SubElement(element, ns(tag))
    expression.set(ns("type", "xsi"), "bpmn:tFormalExpression")
    expression.text = text


def _bounds(shape: Element, box: Box) -> None:
    values = {name: str(value) for name, value in box._asdict().items()}
    SubElement(shape, ns("Bounds", "dc"), values)


def shape_of(kind: Kind, phase: int, role: Role) -> str:
    """Return the id of the task for a kind of work item."""
    return f"{kind}_{phase}_{role}"
