"""The lanes of the BPMN diagram: the work of each role, phase by phase, from left to right.

The first task of a lane in each phase has its deadline: a non-interrupting timer, and what follows when it expires. In
the B2B flow not every review lane decides; those that do not have a gateway on the flow that bypasses their review.
"""

from xml.etree.ElementTree import Element, SubElement

from core.exports.bpmn.shapes import Box, Drawing, Point, formula, ns, shape_of
from core.process.definition import PHASES, title
from core.process.policy import Policy
from core.process.terms import INTAKE_ROLES, OUTCOME_NAMES, Does, Flow, Kind, Outcome, Phase, Placed, Role

LEFT, TOP, LABELS, LEAD, PHASE_WIDTH = 20, 60, 30, 80, 400
INTAKE_HEIGHT, REVIEW_HEIGHT, BETWEEN_POOLS = 320, 184, 50
REVIEW_TOP = TOP + len(INTAKE_ROLES) * INTAKE_HEIGHT + BETWEEN_POOLS
YES, NO, APPROVE, RETURN = "Sí", "No", "Aprobar", "Devolver"
B2B = f"flow == '{Flow.B2B}'"
DEADLINE, LATE, IS_B2B = "Plazo", "Recordar y escalar a Proceso", "¿Flujo B2B?"


def left_of(phase: int) -> int:
    """Return the left edge of a phase, in pixels."""
    return LEFT + 2 * LABELS + LEAD + (phase - 1) * PHASE_WIDTH


class _Lane:
    """The elements of one role, drawn from left to right."""

    def __init__(self, draw: Drawing, process: Element, role: Role, top: int) -> None:
        self.draw, self.process, self.role, self.top = draw, process, role, top
        self.members = next(e for e in process.iter(ns("lane")) if e.get("id") == f"lane_{role}")

    def add(self, tag: str, name: str, caption: str, box: Box, *activities: Placed, label: Box | None = None) -> str:
        """Add an element with its shape, and its activities as documentation; return its id."""
        element = SubElement(self.process, ns(tag), id=name, name=caption)
        for phase, role, position, activity in activities:
            SubElement(element, ns("documentation"), id=f"activity_{phase}_{role}_{position}").text = activity.name
        SubElement(self.members, ns("flowNodeRef")).text = name
        marker = {"isMarkerVisible": "true"} if tag == "exclusiveGateway" else {}
        self.draw.shape(name, box, label, **marker)
        return name

    def wait_for_message(self, name: str, phase: int) -> None:
        """Make an event wait for the message of a phase."""
        self.draw.event(self.process, name, "message", messageRef=f"message_{phase}")

    def add_deadline(self, work: str, phase: int, due: Point, end: Point, label: Box) -> None:
        """Add the deadline of the lane's first task in a phase, on its edge, and what follows when it expires."""
        timer_label = Box(due.x + 22, due.y + 3, 34, 14)
        timer = self.add(
            "boundaryEvent", f"due_{phase}_{self.role}", DEADLINE, Box.event(due.x - 18, due.y), label=timer_label
        )
        element = next(child for child in self.process if child.get("id") == timer)
        element.attrib |= {"attachedToRef": work, "cancelActivity": "false"}
        # In working minutes, as in `python -m core settings show`.
        allowance = f"""f"PT{{deadlines['{phase}/{self.role}'][0]}}M\""""
        formula(self.draw.event(self.process, timer, "timer"), "timeDuration", allowance)
        late = self.add("endEvent", f"late_{phase}_{self.role}", LATE, Box.event(end.x - 18, end.y), label=label)
        self.draw.event(self.process, late, "escalation", escalationRef="escalation")
        self.flow(timer, late, *([] if due.x == end.x else [Point(due.x, end.y)]))

    def flow(self, source: str, target: str, *corners: Point, caption: str = "", when: str = "") -> None:
        self.draw.flow(self.process, source, target, corners, caption, when)

    def does(self, phase: Phase, *does: Does) -> tuple[Placed, ...]:
        return phase.placed(self.role, *does)


class IntakeLane(_Lane):
    """An intake lane: validate, produce and send, wait for the review, correct."""

    def __init__(self, draw: Drawing, process: Element, role: Role, top: int, number: int) -> None:
        super().__init__(draw, process, role, top)
        self.rows, self.number = (top + 80, top + 185, top + 275), number

    def lane(self) -> None:
        begins = self.does(PHASES[0], Does.START)
        x, y = LEFT + 2 * LABELS + 22, self.rows[0]
        label = Box(x - 18, y + 22, 72, 28)
        self.last = self.add(
            "startEvent", f"start_{self.role}", begins[0].activity.name, Box.event(x, y), *begins, label=label
        )
        self.wait_for_message(self.last, 1)
        for phase in PHASES:
            self._phase(phase)

    def _phase(self, phase: Phase) -> None:
        n, role, x, (first, second, _) = phase.number, self.role, left_of(phase.number), self.rows
        listed = self.does(phase)
        split = next(i for i, placed in enumerate(listed) if placed.activity.does is Does.DECISION)
        checks = [placed for placed in listed[:split] if placed.activity.does is not Does.START]
        validate = shape_of(Kind.VALIDATE, n, role)
        self.add("userTask", validate, title(Kind.VALIDATE, n), Box.task(x + 14, first), *checks)
        self.flow(self.last, validate, *([] if n == 1 else [Point(x - 8, second), Point(x - 8, first)]))
        late = Box(x + 5, second + 20, 90, 28)
        self.add_deadline(validate, n, Point(x + 50, first + 40), Point(x + 50, second), late)
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
        self.flow(gate, rejected, caption=NO, when="verdict == 'no'")
        self._work(phase, gate, listed[split + 1 :])

    def _work(self, phase: Phase, gate: str, works: tuple[Placed, ...]) -> None:
        n, x, (_, second, third) = phase.number, left_of(phase.number), self.rows
        kind = Kind.PRODUCE if phase.document else Kind.CLOSE
        work = shape_of(kind, n, self.role)
        done = works if phase.document else works[:-1]
        tag = "sendTask" if phase.document else "userTask"
        self.add(tag, work, title(kind, n), Box.task(x + 130, second), *done)
        self.flow(gate, work, caption=YES)
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
        """Add the answer of the review: on to the next phase, or correct and send again."""
        n, x, second, role = phase.number, left_of(phase.number), self.rows[1], self.role
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
            self.wait_for_message(event, n)
            self.flow(answer, event)
        correct = shape_of(Kind.CORRECT, n, role)
        self.add("userTask", correct, title(Kind.CORRECT, n), Box.task(x + 130, third + 2, height=60))
        self.flow(back, correct)
        self.flow(correct, work)
        self.last = approved


class ReviewLane(_Lane):
    """A review lane: the message, the review, and its return; at the end the sign-off."""

    def lane(self) -> None:
        self.last = self.asks = ""
        self.asks_at = 0
        for phase in PHASES[1:]:
            self._phase(phase)

    def _phase(self, phase: Phase) -> None:
        n, x, y, role = phase.number, left_of(phase.number), self.top + 72, self.role
        messages = self.does(phase, Does.MESSAGE)
        tag = "intermediateCatchEvent" if self.last else "startEvent"
        label = Box(x, y + 22, 88, 66)
        message = self.add(
            tag, f"message_{n}_{role}", messages[0].activity.name, Box.event(x + 26, y), *messages, label=label
        )
        self.wait_for_message(message, n - 1)
        if self.last:
            self.flow(self.last, message, caption=APPROVE)
        if self.asks:
            self.flow(self.asks, message, Point(self.asks_at, y - 62), Point(x + 44, y - 62), caption=YES, when=B2B)
        kind = Kind.REVIEW if phase.document else Kind.SIGN_OFF
        work = shape_of(kind, n, role)
        of_work = self.does(phase, Does.REVIEW if phase.document else Does.CLOSE)
        self.add("userTask", work, title(kind, n), Box.task(x + 172, y), *of_work)
        self._begin(phase, message, work, y)
        late = Box(x + 142, y + 78, 90, 28)
        self.add_deadline(work, n, Point(x + 188, y + 40), Point(x + 119, y + 74), late)
        self._end(phase, work, y)

    def _begin(self, phase: Phase, message: str, work: str, y: int) -> None:
        """Lead from the message to the review, or to the next message for a role without a verdict in the B2B flow."""
        n, x = phase.number, left_of(phase.number)
        self.asks = ""
        if not phase.document or self.role in Policy().panel(Flow.B2B, phase.document).roles:
            self.flow(message, work)
            return
        self.asks_at = x + 119
        label = Box(x + 84, y + 28, 70, 14)
        self.asks = self.add("exclusiveGateway", f"asks_{n}_{self.role}", IS_B2B, Box.gate(x + 94, y), label=label)
        self.flow(message, self.asks)
        self.flow(self.asks, work, caption=NO)

    def _end(self, phase: Phase, work: str, y: int) -> None:
        n, x, role = phase.number, left_of(phase.number), self.role
        if not phase.document:
            label = Box(x + 274, y + 24, 90, 56)
            self.add(
                "endEvent", f"closed_{role}", OUTCOME_NAMES[Outcome.CLOSED], Box.event(x + 301, y),
                *self.does(phase, Does.END), label=label,
            )  # fmt: skip
            self.flow(work, f"closed_{role}")
            return
        listed = self.does(phase)
        label = Box(x + 276, y + 28, 102, 42)
        self.last = self.add(
            "exclusiveGateway", f"verdict_{n}_{role}", listed[2].activity.name, Box.gate(x + 302, y), *listed[2:],
            label=label,
        )  # fmt: skip
        self.flow(work, self.last)
        over = (Point(x + 327, y - 50), Point(x + 222, y - 50))
        self.flow(self.last, work, *over, caption=RETURN, when="verdict == 'return'")
