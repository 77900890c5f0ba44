"""The entries that must follow each decision at the same time, in order, derived from the process definition alone."""

from collections.abc import Container, Iterable
from functools import cache

from core.case import events as happened
from core.case.events import AnyBody, Event, Performed
from core.conformance.case_walk import Cycle, OpenWork, Owed, Walk, asked_of
from core.process.definition import phase_of
from core.process.terms import REVIEW_ROLES, Does, Kind, Outcome, Placed, Role


@cache
def _lane(phase: int, role: Role, does: tuple[Does, ...], how: tuple[str, str, str]) -> tuple[Owed, ...]:
    status, result, why = how
    return tuple(
        (
            Performed(phase, role, placed.position, status, result, why),
            placed.activity.does is Does.MESSAGE or status == "not_applicable",
        )
        for placed in phase_of(phase).placed(role, *does)
    )


@cache
def _messages(phase: int) -> tuple[Owed, ...]:
    return tuple(entry for role in REVIEW_ROLES for entry in _lane(phase, role, (Does.MESSAGE,), ("done", "", "")))


class Following:
    """The entries that must follow one decision, in order."""

    def __init__(self, walk: Walk, event: Event) -> None:
        self.walk = walk
        self.event = event
        self.phase = walk.phase
        self.opened = walk.last_item
        self.owed: list[Owed] = []

    def require(self) -> None:
        """Require these entries next in the record."""
        self.walk.owed = self.owed[::-1]
        self.walk.decided_at = self.event.at
        self.walk.decided_by = (self.event.person, self.event.for_person)

    def add(self, body: AnyBody, *, automatic: bool = False) -> None:
        self.owed.append((body, automatic))

    def perform(self, role: Role, *does: Does, status: str = "done", result: str = "", why: str = "") -> None:
        self.owed.extend(_lane(self.phase, role, does, (status, result, why)))

    def open(self, kind: Kind, role: Role, cycle: int = 1) -> None:
        """Require a new work item; its deadline is not checked."""
        self.opened += 1
        self.add(happened.ItemOpened(self.opened, kind, self.phase, role, cycle, 0, 0), automatic=True)

    def open_again(self, work: OpenWork) -> None:
        """Require the same work under the next number, with its deadline and its holder."""
        self.opened += 1
        self.add(happened.ItemOpened(self.opened, *work[:-1]), automatic=True)
        if work.holder is not None:
            self.add(happened.ItemAssigned(self.opened, work.role, work.holder), automatic=True)

    def withdraw(self, why: str, but: Container[int] = ()) -> None:
        for item in self.walk.open:
            if item not in but:
                self.add(happened.ItemWithdrawn(item, why), automatic=True)

    def enter_next_phase(self) -> None:
        """Require the messages to every reviewer, and the intake lane's validation of the next phase."""
        self.phase += 1
        self.add(happened.PhaseEntered(self.phase), automatic=True)
        self.owed.extend(_messages(self.phase))
        self.open(Kind.VALIDATE, self.walk.intake)

    def finish_intake(self, item: int, work: OpenWork) -> None:
        """Require the activities of phase 1 after its decision; some do not apply to a national client."""
        asked = {placed.position for placed in asked_of(self.walk, work)}
        lane = phase_of(1).placed(work.role)
        split = next(placed.position for placed in lane if placed.activity.does is Does.DECISION)
        for placed in lane[split:]:
            if placed.position in asked:
                why = self.walk.how_done(item, placed.position)
                self.add(Performed(1, work.role, placed.position, why=why))
            else:
                self.add(Performed(1, work.role, placed.position, "not_applicable", why="national"), automatic=True)
        self.enter_next_phase()

    def approve(self, review: Cycle, last: Role) -> None:
        """Require the approval: the others' work is withdrawn, the lane closes for each role, the next phase begins."""
        self.add(happened.DocumentApproved(review.document, review.version, review.number))
        self.withdraw("approved")
        took_part = [approval.work.role for approval in review.approvals]
        idle = [role for role in REVIEW_ROLES if role not in took_part]
        for role in idle:
            if role not in self.walk.voted:
                self.perform(role, Does.REVIEW, Does.DECISION, status="not_applicable", why=review.panel.mode)
        closing = phase_of(self.phase).placed(last, Does.DRAFT, Does.HAND_OVER, Does.ORDER)
        drafting = (
            placed for does in (Does.DRAFT, Does.HAND_OVER) for placed in closing if placed.activity.does is does
        )
        drafts = next(drafting, None)
        for placed in closing:
            if placed == drafts:
                self._draft()
            self._close_once(placed, took_part, idle, review.panel.mode)
        self.enter_next_phase()

    def _draft(self) -> None:
        following = phase_of(self.phase + 1).document
        assert following is not None
        self.add(happened.DraftPrepared(following, ""))

    def _close_once(self, placed: Placed, took_part: Iterable[Role], idle: Iterable[Role], mode: str) -> None:
        """Require an activity of the last approver's lane; the other roles refer to it, or took no part."""
        status = "ordered" if placed.activity.does is Does.ORDER else "done"
        at = (placed.phase, placed.role, placed.position)
        self.add(Performed(*at, status))
        execution = self.event.seq + len(self.owed)
        for role in took_part:
            if role is not placed.role:
                self.add(Performed(placed.phase, role, placed.position, status, execution=execution))
        for role in idle:
            self.add(Performed(placed.phase, role, placed.position, "not_applicable", why=mode), automatic=True)

    def sign_off(self, signer: Role) -> None:
        self.withdraw("signed_off")
        for role in REVIEW_ROLES:
            if role is not signer:
                self.perform(role, Does.CLOSE, Does.END, status="not_applicable", why="one_sign_off")
        self.add(happened.CaseEnded(Outcome.CLOSED))
