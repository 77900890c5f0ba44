"""The state of an open work item to the millisecond: overdue begins after the deadline, not at it."""

import pytest

from core.process.deadlines import DueState, due_state

SOON, DUE = 1000, 2000


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (SOON - 1, DueState.ON_TIME),
        (SOON, DueState.SOON),
        (DUE, DueState.SOON),
        (DUE + 1, DueState.OVERDUE),
    ],
)
def test_what_waits_for_nobody_is_on_time_due_soon_or_overdue(at: int, state: DueState) -> None:
    assert due_state(SOON, DUE, at, blocked=False) is state
    assert due_state(SOON, DUE, at, blocked=True) is DueState.BLOCKED
