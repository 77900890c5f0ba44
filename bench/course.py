"""The course of a case: the sequence of human acts that all variants carry out.

An act is one decision of one person, with its own durable commit. A case has 34 to 61 of
them: opening, validating, attaching, sending, each review verdict, closing in both lanes.
"""

from collections.abc import Iterator
from typing import NamedTuple

from core.process.terms import REVIEW_ROLES, Channel, Flow, Role

RETURNED_IN = (2, 5)


class Act(NamedTuple):
    """An act of a person; `verb` is open, validate, attach, send, review or close."""

    verb: str
    phase: int
    verdict: str = ""
    role: Role | None = None


class Course(NamedTuple):
    """All acts of a case from opening to its end."""

    number: int
    flow: Flow
    channel: Channel
    acts: tuple[Act, ...]


def course(number: int) -> Course:
    """Case `number`: alternating flows and channels, none to two returns, every tenth rejected on its way."""
    flow = (Flow.ESTANDAR, Flow.B2B)[number % 2]
    channel = tuple(Channel)[number // 2 % 2]
    rejected_in = 2 + number % 7 if number % 10 == 9 else None
    return Course(number, flow, channel, tuple(_acts(flow, RETURNED_IN[: number % 3], rejected_in)))


def _acts(flow: Flow, returned_in: tuple[int, ...], rejected_in: int | None) -> Iterator[Act]:
    reviewers = REVIEW_ROLES if flow is Flow.ESTANDAR else (Role.GERENTE_COMERCIAL,)
    yield Act("open", 1)
    yield Act("validate", 1, "yes")
    yield Act("send", 1)
    for phase in range(2, 9):
        if phase == rejected_in:
            yield Act("validate", phase, "no")
            return
        yield Act("validate", phase, "yes")
        if phase in returned_in:
            yield from (Act("attach", phase), Act("send", phase), Act("review", phase, "return", reviewers[0]))
        yield from (Act("attach", phase), Act("send", phase))
        yield from (Act("review", phase, "approve", role) for role in reviewers)
    yield from (Act("validate", 9, "yes"), Act("close", 9), Act("close", 9, role=Role.PROCESO))
