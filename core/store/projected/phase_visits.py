"""The rows of phase visits and of waits for an environment."""

from collections.abc import Iterator

from core.case import events as happened
from core.case.model import Case
from core.process.terms import Kind, Outcome
from core.store import tables
from core.store.projected.write import Step, Write


def case_opened(step: Step, body: happened.CaseOpened) -> Iterator[Write]:  # noqa: ARG001
    yield _visit_begins(step.case_id, 1, step.event.at, step.after)


def phase_entered(step: Step, body: happened.PhaseEntered) -> Iterator[Write]:
    yield _visit_ends(step.case_id, step.before, step.event.at, "advanced")
    yield _visit_begins(step.case_id, body.phase, step.event.at, step.after)


def case_ended(step: Step, body: happened.CaseEnded) -> Iterator[Write]:
    yield _visit_ends(
        step.case_id, step.before, step.event.at, "closed" if body.outcome is Outcome.CLOSED else "rejected"
    )


def _visit_begins(case_id: int, phase: int, at: int, case: Case) -> Write:
    values = {
        "flow": case.flow,
        "channel": case.channel,
        "international": case.international,
        "opened_at": case.opened_at,
        "entered_at": at,
        "left_at": None,
        "duration": None,
        "outcome": None,
        "returns": 0,
        "blocked": 0,
        "blocks_at": blocks_at(case, at),
    }
    return Write(tables.phase_visits, {"case_id": case_id, "phase": phase}, values, new=True)


def _visit_ends(case_id: int, case: Case, at: int, outcome: str) -> Write:
    values = {"left_at": at, "duration": at - case.entered_at, "outcome": outcome}
    return Write(tables.phase_visits, {"case_id": case_id, "phase": case.phase}, values)


def visit_changes(case_id: int, case: Case, blocks_at: int | None = None) -> Write:
    """Update a visit; `blocks_at` is None once the gate is passed and the phase no longer waits for its environment."""
    values = {"returns": case.returns, "blocked": case.blocked, "blocks_at": blocks_at}
    return Write(tables.phase_visits, {"case_id": case_id, "phase": case.phase}, values)


def blocks_at(case: Case, now: int) -> int | None:
    """Return from when the gate of the phase would wait for its environment if it stays open."""
    needs = case.definition.needs
    if needs is None:
        return None
    # A gate opens with its phase, and again when its Sí is taken back; one that is not open yet opens now.
    opened_at = next((item.opened_at for item in case.items if item.work is Kind.VALIDATE), now)
    if needs not in case.environments:
        return opened_at
    expires_at = case.environments[needs]
    return None if expires_at is None else max(opened_at, expires_at)


def gate_changes(step: Step, *, gate: bool) -> Iterator[Write]:
    """Yield the wait that ended here, if one did, and from when the phase would wait again."""
    since = step.before.blocked_since(step.event.at)
    if since is not None:
        key = {"case_id": step.case_id, "phase": step.before.phase, "since": since}
        yield Write(tables.blocks, key, {"until": step.event.at}, new=True)
    yield visit_changes(step.case_id, step.after, blocks_at(step.after, step.event.at) if gate else None)
