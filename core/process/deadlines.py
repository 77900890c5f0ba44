"""Deadlines: whether work is on time, due soon or overdue at a moment.

Every comparison of a deadline with a moment is made here, so that the inbox, reminders, figures and map agree.
`is_overdue` and `is_near` take integers, numpy arrays or SQL columns, and return a bool, an array of bools or an SQL
condition accordingly. Times are ms since 1970 UTC.
"""

from enum import StrEnum
from typing import Any, Protocol, TypeVar

from core.process.policy import Policy

Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)


class Moment(Protocol[Answer_co]):
    """A moment, or a column of moments, that can be compared with another one."""

    def __lt__(self, other: Any, /) -> Answer_co: ...
    def __le__(self, other: Any, /) -> Answer_co: ...


class DueState(StrEnum):
    """Whether an open work item is on time; one that waits for its client's environment is never overdue."""

    OVERDUE = "overdue"
    SOON = "soon"
    ON_TIME = "on_time"
    BLOCKED = "blocked"


def is_overdue(due_at: Moment[Answer], at: object) -> Answer:
    """Whether the deadline has passed; work done exactly at the deadline is on time."""
    return due_at < at


def is_near(soon_at: Moment[Answer], at: object) -> Answer:
    """Whether the due-soon period has begun (it ends when the work is overdue)."""
    return soon_at <= at


def due_state(soon_at: int, due_at: int, at: int, *, blocked: bool) -> DueState:
    """Classify an open work item at a moment."""
    if blocked:
        return DueState.BLOCKED
    if is_overdue(due_at, at):
        return DueState.OVERDUE
    return DueState.SOON if is_near(soon_at, at) else DueState.ON_TIME


def is_escalated(policy: Policy, due_at: int, at: int) -> bool:
    """Whether work is so long overdue that it is escalated to Proceso."""
    return is_overdue(due_at, at) and policy.escalates(due_at) <= at
