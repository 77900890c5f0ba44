"""The process as BPMN 2.0, with its layout: two pools, six lanes, a group per phase, a task per kind of work item.

Each activity of the process appears once, under its exact name, as documentation of the shape that performs it.
Sources: OMG BPMN 2.0.2 (formal/13-12-09), chapters 7, 9, 10 and 12.
"""

from functools import cache
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from core.exports.bpmn.lanes import (
    INTAKE_HEIGHT,
    LABELS,
    LEAD,
    LEFT,
    PHASE_WIDTH,
    REVIEW_HEIGHT,
    REVIEW_TOP,
    TOP,
    IntakeLane,
    ReviewLane,
    left_of,
)
from core.exports.bpmn.shapes import Box, Drawing, ns
from core.process.definition import LAST_PHASE, PHASES, phase_name
from core.process.terms import INTAKE_ROLES, REVIEW_ROLES, ROLE_NAMES, Role

WIDTH = 2 * LABELS + LEAD + len(PHASES) * PHASE_WIDTH
BOTTOM = REVIEW_TOP + len(REVIEW_ROLES) * REVIEW_HEIGHT
NOTES = {  # rules that no flow shows, by the lane in which they are drawn
    Role.GERENTE_COMERCIAL: "Flujo B2B: solo el Gerente Comercial decide los documentos; los otros roles "
    "los ven y los comentan. Flujo estándar: decide cada rol en su carril, y la regla del documento dice cuántos "
    f"deben aprobarlo: todos, uno o un quórum. En la Fase {LAST_PHASE} firma uno cualquiera de los roles.",
    Role.PROCESO: "Plazos: los fija Proceso por fase y rol, en tiempo laboral; cuentan desde que se abre la primera "
    "tarea del carril, y las siguientes tienen el suyo. Antes de vencer y al vencer se recuerda a quien tiene la "
    "tarea; después se escala a Proceso. La espera por el ambiente del cliente no cuenta.",
}


@cache
def file() -> bytes:
    """Return the whole file in UTF-8; it never changes."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(definitions(), encoding="unicode").encode() + b"\n"


def definitions() -> Element:
    """Return the root element: collaboration, messages, both processes, and the diagram."""
    root = Element(ns("definitions"), id="definitions", targetNamespace="urn:approvals")
    collaboration = SubElement(root, ns("collaboration"), id="collaboration")
    draw = Drawing(collaboration)
    for phase in PHASES:
        category = SubElement(root, ns("category"), id=f"category_{phase.number}")
        SubElement(category, ns("categoryValue"), id=f"phase_{phase.number}", value=phase_name(phase.number))
        if phase.number < LAST_PHASE:
            SubElement(root, ns("message"), id=f"message_{phase.number}", name=phase_name(phase.number))
    SubElement(root, ns("escalation"), id="escalation", name=ROLE_NAMES[Role.PROCESO])
    intake = _pool(root, draw, "solicitud", "Solicitud", INTAKE_ROLES, TOP, INTAKE_HEIGHT)
    review = _pool(root, draw, "revision", "Revisión", REVIEW_ROLES, REVIEW_TOP, REVIEW_HEIGHT)
    for n, role in enumerate(INTAKE_ROLES):
        IntakeLane(draw, intake, role, TOP + n * INTAKE_HEIGHT, n).lane()
    for n, role in enumerate(REVIEW_ROLES):
        ReviewLane(draw, review, role, REVIEW_TOP + n * REVIEW_HEIGHT).lane()
    for phase in PHASES:
        box = Box(left_of(phase.number) - 2, TOP - 45, PHASE_WIDTH - 4, BOTTOM - TOP + 60)
        draw.group(f"group_{phase.number}", f"phase_{phase.number}", box)
    for n, role in enumerate(REVIEW_ROLES):
        if role in NOTES:
            draw.note(f"note_{role}", NOTES[role], Box(left_of(1) + 14, REVIEW_TOP + n * REVIEW_HEIGHT + 26, 350, 132))
    draw.finish()
    root.append(draw.diagram)
    indent(root, " ")
    return root


def _pool(
    root: Element, draw: Drawing, name: str, label: str, roles: tuple[Role, ...], top: int, height: int
) -> Element:
    SubElement(draw.collaboration, ns("participant"), id=f"pool_{name}", name=label, processRef=name)
    draw.shape(f"pool_{name}", Box(LEFT, top, WIDTH, len(roles) * height), isHorizontal="true")
    process = SubElement(root, ns("process"), id=name, name=label, isExecutable="true")
    lanes = SubElement(process, ns("laneSet"), id=f"lanes_{name}")
    for n, role in enumerate(roles):
        SubElement(lanes, ns("lane"), id=f"lane_{role}", name=ROLE_NAMES[role])
        draw.shape(f"lane_{role}", Box(LEFT + LABELS, top + n * height, WIDTH - LABELS, height), isHorizontal="true")
    return process
