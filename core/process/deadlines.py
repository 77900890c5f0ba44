"""Deadlines: whether work is on time, due soon or overdue at a moment.

Every comparison of a deadline with a moment is made here, so that the inbox, the reminders, the figures and the map
agree. `is_overdue` and `is_near` take whole numbers, numpy columns and columns of an SQL statement alike, and answer in
kind: a bool, a column of bools or a condition. Times are ms since 1970 UTC.
"""

from enum import StrEnum
from typing import Any, Protocol, TypeVar

from core.process.policy import Policy

Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)


class Moment(Protocol[Answer_co]):
    """A moment, or a column of them: what is compared with another one."""

    def __lt__(self, other: Any, /) -> Answer_co: ...
    def __le__(self, other: Any, /) -> Answer_co: ...


class DueState(StrEnum):
    """How an open work item stands to its deadline; one that waits for its client's environment is never late."""

    OVERDUE = "overdue"
    SOON = "soon"
    ON_TIME = "on_time"
    BLOCKED = "blocked"


def is_overdue(due_at: Moment[Answer], at: object) -> Answer:
    """Whether the deadline has passed: at the deadline itself work is still in time."""
    return due_at < at


def is_near(soon_at: Moment[Answer], at: object) -> Answer:
    """Whether the time of being due soon has begun; it ends when the work is overdue."""
    return soon_at <= at


def due_state(soon_at: int, due_at: int, at: int, *, blocked: bool) -> DueState:
    """The state of an open work item at a moment."""
    if blocked:
        return DueState.BLOCKED
    if is_overdue(due_at, at):
        return DueState.OVERDUE
    return DueState.SOON if is_near(soon_at, at) else DueState.ON_TIME


def is_escalated(policy: Policy, due_at: int, at: int) -> bool:
    """Whether overdue work is so late that it is brought before Proceso."""
    return is_overdue(due_at, at) and policy.escalates(due_at) <= at
