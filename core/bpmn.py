"""The process as BPMN 2.0, with its layout: two pools, six lanes, a group per phase, a task per kind of work item.

Each activity of the contract stands once, under its exact name, as documentation of the shape that carries it out.
Sources: OMG BPMN 2.0.2 (formal/13-12-09), chapters 7, 9, 10 and 12.
"""

from functools import cache
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from core.drawing import Box, Drawing, Point, ns
from core.process import PHASES, phase_name, title
from core.terms import (
    INTAKE_ROLES,
    OUTCOME_NAMES,
    REVIEW_ROLES,
    ROLE_NAMES,
    Does,
    Kind,
    Outcome,
    Phase,
    Placed,
    Role,
)

LEFT, TOP, LABELS, LEAD, PHASE_WIDTH = 20, 60, 30, 80, 400
INTAKE_HEIGHT, REVIEW_HEIGHT, BETWEEN_POOLS = 300, 140, 50
WIDTH = 2 * LABELS + LEAD + len(PHASES) * PHASE_WIDTH
REVIEW_TOP = TOP + len(INTAKE_ROLES) * INTAKE_HEIGHT + BETWEEN_POOLS
BOTTOM = REVIEW_TOP + len(REVIEW_ROLES) * REVIEW_HEIGHT
YES, NO, APPROVE, RETURN = "Sí", "No", "Aprobar", "Devolver"


def shape_of(kind: Kind, phase: int, role: Role) -> str:
    """The id of the task that a work item is."""
    return f"{kind}_{phase}_{role}"


@cache
def xml() -> str:
    """The whole file as text, UTF-8 and always the same."""
    return tostring(definitions(), encoding="unicode", xml_declaration=False, short_empty_elements=True)


@cache
def file() -> bytes:
    """What is downloaded: the same with its declaration."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + xml().encode() + b"\n"


def definitions() -> Element:
    """The root element: collaboration, messages, both processes, and the diagram."""
    root = Element(ns("definitions"), id="definitions", targetNamespace="urn:approvals")
    together = SubElement(root, ns("collaboration"), id="collaboration")
    draw = Drawing(together)
    for phase in PHASES:
        category = SubElement(root, ns("category"), id=f"category_{phase.number}")
        SubElement(category, ns("categoryValue"), id=f"phase_{phase.number}", value=phase_name(phase.number))
        if phase.number < 9:
            SubElement(root, ns("message"), id=f"message_{phase.number}", name=phase_name(phase.number))
    intake = _pool(root, draw, "solicitud", "Solicitud", INTAKE_ROLES, TOP, INTAKE_HEIGHT)
    review = _pool(root, draw, "revision", "Revisión", REVIEW_ROLES, REVIEW_TOP, REVIEW_HEIGHT)
    for n, role in enumerate(INTAKE_ROLES):
        _Intake(draw, intake, role, TOP + n * INTAKE_HEIGHT, n).lane()
    for n, role in enumerate(REVIEW_ROLES):
        _Review(draw, review, role, REVIEW_TOP + n * REVIEW_HEIGHT).lane()
    for phase in PHASES:
        box = Box(_left(phase.number) - 2, TOP - 45, PHASE_WIDTH - 4, BOTTOM - TOP + 60)
        draw.group(f"group_{phase.number}", f"phase_{phase.number}", box)
    draw.finish()
    root.append(draw.diagram)
    indent(root, " ")
    return root


def _pool(
    root: Element, draw: Drawing, name: str, said: str, roles: tuple[Role, ...], top: int, height: int
) -> Element:
    SubElement(draw.together, ns("participant"), id=f"pool_{name}", name=said, processRef=name)
    draw.shape(f"pool_{name}", Box(LEFT, top, WIDTH, len(roles) * height), isHorizontal="true")
    process = SubElement(root, ns("process"), id=name, name=said, isExecutable="true")
    lanes = SubElement(process, ns("laneSet"), id=f"lanes_{name}")
    for n, role in enumerate(roles):
        SubElement(lanes, ns("lane"), id=f"lane_{role}", name=ROLE_NAMES[role])
        draw.shape(f"lane_{role}", Box(LEFT + LABELS, top + n * height, WIDTH - LABELS, height), isHorizontal="true")
    return process


def _left(phase: int) -> int:
    return LEFT + 2 * LABELS + LEAD + (phase - 1) * PHASE_WIDTH


class _Lane:
    """The elements of one role, drawn from left to right."""

    def __init__(self, draw: Drawing, process: Element, role: Role, top: int) -> None:
        self.draw, self.process, self.role, self.top = draw, process, role, top
        self.members = next(e for e in process.iter(ns("lane")) if e.get("id") == f"lane_{role}")

    def add(self, tag: str, name: str, said: str, box: Box, *activities: Placed, label: Box | None = None) -> str:
        """An element with its shape; its activities are its documentation."""
        element = SubElement(self.process, ns(tag), id=name, name=said)
        for phase, role, position, activity in activities:
            SubElement(element, ns("documentation"), id=f"activity_{phase}_{role}_{position}").text = activity.name
        SubElement(self.members, ns("flowNodeRef")).text = name
        marker = {"isMarkerVisible": "true"} if tag == "exclusiveGateway" else {}
        self.draw.shape(name, box, label, **marker)
        return name

    def hears(self, name: str, phase: int) -> None:
        """The event waits for the message of a phase."""
        self.draw.event(self.process, name, f"message_{phase}")

    def flow(self, source: str, target: str, *corners: Point, said: str = "", when: str = "") -> None:
        self.draw.flow(self.process, source, target, corners, said, when)

    def does(self, phase: Phase, *does: Does) -> tuple[Placed, ...]:
        return phase.placed(self.role, *does)


class _Intake(_Lane):
    """An intake lane: validate, produce and send, wait for the review, correct."""

    def __init__(self, draw: Drawing, process: Element, role: Role, top: int, number: int) -> None:
        super().__init__(draw, process, role, top)
        self.rows, self.number = (top + 80, top + 175, top + 250), number

    def lane(self) -> None:
        begins = self.does(PHASES[0], Does.START)
        x, y = LEFT + 2 * LABELS + 22, self.rows[0]
        label = Box(x - 18, y + 22, 72, 28)
        self.last = self.add(
            "startEvent", f"start_{self.role}", begins[0].activity.name, Box.event(x, y), *begins, label=label
        )
        self.hears(self.last, 1)
        for phase in PHASES:
            self._phase(phase)

    def _phase(self, phase: Phase) -> None:
        n, role, x, (first, second, _) = phase.number, self.role, _left(phase.number), self.rows
        listed = self.does(phase)
        split = next(i for i, placed in enumerate(listed) if placed.activity.does is Does.DECISION)
        checks = [placed for placed in listed[:split] if placed.activity.does is not Does.START]
        validate = shape_of(Kind.VALIDATE, n, role)
        self.add("userTask", validate, title(Kind.VALIDATE, n), Box.task(x + 14, first), *checks)
        self.flow(self.last, validate, *([] if n == 1 else [Point(x - 8, second), Point(x - 8, first)]))
        asks = "¿Información correcta?" if n == 1 else listed[split].activity.name
        label = Box(x + 116, first - 68, 128, 40)
        gate = self.add(
            "exclusiveGateway", f"gate_{n}_{role}", asks, Box.gate(x + 155, first), listed[split], label=label
        )
        self.flow(validate, gate)
        label = Box(x + 274, first - 20, 118, 40)
        rejected = self.add(
            "endEvent", f"rejected_{n}_{role}", OUTCOME_NAMES[Outcome.REJECTED], Box.event(x + 235, first), label=label
        )
        self.flow(gate, rejected, said=NO, when="verdict == 'no'")
        self._work(phase, gate, listed[split + 1 :])

    def _work(self, phase: Phase, gate: str, works: tuple[Placed, ...]) -> None:
        n, x, (_, second, third) = phase.number, _left(phase.number), self.rows
        kind = Kind.PRODUCE if phase.document else Kind.CLOSE
        work = shape_of(kind, n, self.role)
        done = works if phase.document else works[:-1]
        tag = "sendTask" if phase.document else "userTask"
        self.add(tag, work, title(kind, n), Box.task(x + 130, second), *done)
        self.flow(gate, work, said=YES)
        if phase.document:
            down = x + 118 + 4 * self.number
            self.draw.message(
                work, "pool_revision", [Point(x + 130, second), Point(down, second), Point(down, REVIEW_TOP)]
            )
        if not phase.document:
            label = Box(x + 300, second - 24, 84, 56)
            end = self.add(
                "endEvent", f"closed_{self.role}", OUTCOME_NAMES[Outcome.CLOSED], Box.event(x + 258, second),
                works[-1], label=label,
            )  # fmt: skip
            self.flow(work, end)
        self.last = work
        if phase.review and phase.document:
            self._answer(phase, work, third)

    def _answer(self, phase: Phase, work: str, third: int) -> None:
        """What the reviewers say: on to the next phase, or to correct and send again."""
        n, x, second, role = phase.number, _left(phase.number), self.rows[1], self.role
        answer = self.add(
            "eventBasedGateway", f"answer_{n}_{role}", "Respuesta de la revisión", Box.gate(x + 252, second),
            label=Box(x + 232, second - 58, 92, 28),
        )  # fmt: skip
        self.flow(work, answer)
        label = Box(x + 318, second + 22, 62, 14)
        approved = self.add(
            "intermediateCatchEvent", f"approved_{n}_{role}", "Aprobado", Box.event(x + 330, second), label=label
        )
        back = self.add(
            "intermediateCatchEvent", f"returned_{n}_{role}", "Devuelto", Box.event(x + 259, third),
            label=Box(x + 300, third - 7, 62, 14),
        )  # fmt: skip
        for event in (approved, back):
            self.hears(event, n)
            self.flow(answer, event)
        correct = shape_of(Kind.CORRECT, n, role)
        self.add("userTask", correct, title(Kind.CORRECT, n), Box.task(x + 130, third + 2, height=60))
        self.flow(back, correct)
        self.flow(correct, work)
        self.last = approved


class _Review(_Lane):
    """A review lane: the message, the review, and its return; at the end the sign-off."""

    def lane(self) -> None:
        self.last = ""
        for phase in PHASES[1:]:
            self._phase(phase)

    def _phase(self, phase: Phase) -> None:
        n, x, y, role = phase.number, _left(phase.number), self.top + 62, self.role
        heard = self.does(phase, Does.MESSAGE)
        tag = "intermediateCatchEvent" if self.last else "startEvent"
        label = Box(x + 8, y + 22, 110, 54)
        message = self.add(
            tag, f"message_{n}_{role}", heard[0].activity.name, Box.event(x + 30, y), *heard, label=label
        )
        self.hears(message, n - 1)
        if self.last:
            self.flow(self.last, message, said=APPROVE)
        kind = Kind.REVIEW if phase.document else Kind.SIGN_OFF
        work = shape_of(kind, n, role)
        of_work = self.does(phase, Does.REVIEW if phase.document else Does.CLOSE)
        self.add("userTask", work, title(kind, n), Box.task(x + 130, y, height=70), *of_work)
        self.flow(message, work)
        if not phase.document:
            label = Box(x + 310, y - 28, 80, 56)
            self.add(
                "endEvent", f"closed_{role}", OUTCOME_NAMES[Outcome.CLOSED], Box.event(x + 268, y),
                *self.does(phase, Does.END), label=label,
            )  # fmt: skip
            self.flow(work, f"closed_{role}")
            return
        listed = self.does(phase)
        label = Box(x + 240, y + 28, 134, 42)
        self.last = self.add(
            "exclusiveGateway", f"verdict_{n}_{role}", listed[2].activity.name, Box.gate(x + 282, y), *listed[2:],
            label=label,
        )  # fmt: skip
        self.flow(work, self.last)
        over = (Point(x + 307, y - 50), Point(x + 180, y - 50))
        self.flow(self.last, work, *over, said=RETURN, when="verdict == 'return'")
