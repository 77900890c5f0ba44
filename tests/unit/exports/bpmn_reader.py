"""The BPMN file as the tests read it: its elements by id, and where each is drawn."""

from lxml import etree

from core.exports.bpmn import file

SPACES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "i": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "d": "http://www.omg.org/spec/DD/20100524/DI",
}
ROOT = etree.fromstring(file.file())
SURROUND = {"participant", "lane", "group", "textAnnotation"}


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


def nodes() -> list[str]:
    """What flows: events, tasks and gateways."""
    return [name for name in BOXES if kind(name) not in SURROUND]


def into(name: str) -> list:
    return found(f"//b:sequenceFlow[@targetRef='{name}']")


def out_of(name: str) -> list:
    return found(f"//b:sequenceFlow[@sourceRef='{name}']")


def inside(small: tuple[float, ...], large: tuple[float, ...]) -> bool:
    (x, y, w, h), (left, top, width, height) = small, large
    return left <= x and top <= y and x + w <= left + width and y + h <= top + height


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (x, y, w, h), (left, top, width, height) = one, other
    return x < left + width and left < x + w and y < top + height and top < y + h
