"""Collecting the events of one command."""

from collections.abc import Callable, Container

from core.case import events as happened
from core.case.commands import Actor
from core.case.events import Event, Performed
from core.case.model import Call, Case, Item
from core.process.definition import checklist, phase_of
from core.process.policy import Policy
from core.process.terms import REVIEW_ROLES, Does, Kind, Outcome, Placed, Role


class Recorder:
    """Collects the events of one command and applies each to the case."""

    def __init__(
        self,
        policy: Policy,
        case: Case | None,
        actor: Actor,
        at: int,
        evolve: Callable[[Case | None, Event], Case],
    ) -> None:
        self.policy = policy
        self.actor = actor
        self.at = max(at, case.moment) if case else at
        self.events: list[Event] = []
        self._case = case
        self._evolve = evolve

    @property
    def case(self) -> Case:
        assert self._case is not None
        return self._case

    def item(self, number: int) -> Item:
        item = self.case.item(number)
        assert item is not None
        return item

    def add(self, body: happened.AnyBody, *, by_system: bool = False) -> int:
        """Record an event; returns its seq."""
        before = self._case
        seq = before.version + 1 if before else 1
        phase = body.phase if isinstance(body, happened.PhaseEntered) else before.phase if before else 1
        person, for_person = (None, None) if by_system else (self.actor.person, self.actor.for_person)
        event = Event(seq, self.at, phase, person, for_person, body)
        self.events.append(event)
        self._case = self._evolve(before, event)
        return seq

    def perform(self, placed: Placed, **how: str | int | None) -> int:
        """Record an activity of the source; messages to roles and activities not applicable have no person."""
        by_system = placed.activity.does is Does.MESSAGE or how.get("status") == "not_applicable"
        body = Performed(placed.phase, placed.role, placed.position, **how)  # type: ignore[arg-type]
        return self.add(body, by_system=by_system)

    def perform_all(self, role: Role, *does: Does, **how: str | int | None) -> None:
        for placed in phase_of(self.case.phase).placed(role, *does):
            self.perform(placed, **how)

    def open_item(self, work: Kind, role: Role, *, cycle: int = 1) -> None:
        """Open a work item; the first one of a lane in a phase gets the phase's first deadline."""
        phase = self.case.phase
        due_at, soon_at = self.policy.due(phase, role, self.at, first=role not in self.case.lanes)
        item = self.case.last_item + 1
        self.add(happened.ItemOpened(item, work, phase, role, cycle, due_at, soon_at), by_system=True)
        for placed in checklist(work, phase, role, international=self.case.international):
            if system := self.policy.system_of(placed.activity.name):
                call = happened.CallAsked(self.case.last_call + 1, item, system, phase, role, placed.position)
                self.add(call, by_system=True)

    def perform_ticked(self, placed: Placed, calls: tuple[Call, ...]) -> None:
        """Record a checklist activity: ticked by the person, or carried out by another system."""
        state = next((call.state for call in calls if call.position == placed.position), "")
        self.perform(placed, why={"answered": "by_system", "failed": "by_hand"}.get(state, ""))

    def calls(self, item: Item) -> tuple[Call, ...]:
        return tuple(call for call in self.case.calls if call.item == item.item)

    def withdraw_open(self, why: str, but: Container[int] = ()) -> None:
        for item in self.case.items:
            if item.item in but:
                continue
            self.add(happened.ItemWithdrawn(item.item, why), by_system=True)

    def end(self, outcome: Outcome) -> None:
        self.add(happened.CaseEnded(outcome))


def enter_next_phase(recorder: Recorder) -> None:
    recorder.add(happened.PhaseEntered(recorder.case.phase + 1), by_system=True)
    for role in REVIEW_ROLES:
        recorder.perform_all(role, Does.MESSAGE)
    recorder.open_item(Kind.VALIDATE, recorder.case.intake_role)
