"""Whether every open case has somebody who may decide it: asked around a change of people, roles, absences or rules.

It is asked for this moment and for every later one at which somebody leaves or comes back. A change may not leave a
case that nobody may decide; one that was so before is no reason to refuse it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import select

from core.case.commands import Actor
from core.case.model import Case, Item, load
from core.case.permissions import why_never
from core.errors import NotAllowed
from core.process.definition import PHASES
from core.process.policy import Policy
from core.process.terms import REVIEW_ROLES, Flow, Kind, Role
from core.staff.availability import Staff, staff_in
from core.store import tables
from core.store.database import Transaction
from core.store.settings import policy_in

Acting = Mapping[Role, tuple[Actor, ...]]

_cases = tables.cases.c
_running = select(_cases.code, _cases.state).where(_cases.outcome.is_(None)).order_by(_cases.opened_at, _cases.id)

# Whoever changes people, roles, absences or rules takes turns: two changes that are fine alone may not be together.
_turn = select(tables.people.c.id).order_by(tables.people.c.id).limit(1).with_for_update(key_share=True)


class Ground(NamedTuple):
    """What decides who may decide: the rules, and who is there."""

    policy: Policy
    staff: Staff


class Left(NamedTuple):
    """The cases that nobody could decide, and from which moment on the first of them."""

    codes: list[str]
    from_at: int


def take_turns(tx: Transaction) -> None:
    """Wait until no other change of people or rules is under way (SQLite has one writer anyway)."""
    tx.rows(_turn)


@contextmanager
def kept(tx: Transaction, at: int) -> Iterator[None]:
    """Carry a change out in a transaction; NotAllowed `leaves_undecided`, with the cases, when it would leave any."""
    take_turns(tx)
    before = ground(tx, at)
    yield
    left = left_by(tx, before, ground(tx, at), at)
    if left.codes:
        given = {"cases": left.codes, "count": len(left.codes)}
        if left.from_at > at:
            raise NotAllowed("leaves_undecided_later", **given, from_day=left.from_at)
        raise NotAllowed("leaves_undecided", **given)


def ground(tx: Transaction, at: int) -> Ground:
    """The rules in force and who is there, read in this transaction."""
    return Ground(policy_in(tx), staff_in(tx, at))


def left_by(tx: Transaction, before: Ground, after: Ground, at: int) -> Left:
    """The running cases that somebody may decide as it was and nobody would as it is to be, oldest first."""
    cases = _cases_in(tx)
    return _left(cases, before, after, _moments(after, at))


def undecided(tx: Transaction, at: int) -> list[str]:
    """The codes of the running cases that nobody may decide now or on some day to come, oldest first."""
    as_it_is = ground(tx, at)
    return _left(_cases_in(tx), None, as_it_is, _moments(as_it_is, at)).codes


def _cases_in(tx: Transaction) -> list[tuple[str, Case]]:
    return [(code, load(state)) for code, state in tx.rows(_running)]


def _left(cases: list[tuple[str, Case]], before: Ground | None, after: Ground, moments: list[int]) -> Left:
    left: set[str] = set()
    first = 0
    last_asked: tuple[Acting, Acting | None] | None = None
    for at in moments:
        acting = after.staff.acting(at)
        was = before.staff.acting(at) if before else None
        if (acting, was) == last_asked:
            continue
        last_asked = (acting, was)
        for code, case in cases:
            if code in left or decidable(after.policy, case, acting, at):
                continue
            if before is None or was is None or decidable(before.policy, case, was, at):
                left.add(code)
                first = first or at
    return Left([code for code, _ in cases if code in left], first)


def _moments(found: Ground, at: int) -> list[int]:
    """The moments from which on other people are there, but for those until the next of which nobody works."""
    moments = found.staff.moments(at)
    calendar = found.policy.calendar
    ends = [*moments[1:], None]
    return [m for m, end in zip(moments, ends, strict=True) if m == at or end is None or calendar.working_ms(m, end)]


def decidable(policy: Policy, case: Case, acting: Acting, at: int) -> bool:
    """Whether what is open in the case has somebody who may act on it, and what comes after it too."""

    def able(item: Item) -> bool:
        return any(why_never(policy, case, item, actor, at) is None for actor in acting[item.role])

    if case.review:
        reviews = sum(able(item) for item in case.items if item.work is Kind.REVIEW)
        now = len(case.review.approvals) + reviews >= case.review.panel.needed
    else:
        now = any(able(item) for item in case.items)
    return now and _later(policy, case, acting)


def _later(policy: Policy, case: Case, acting: Acting) -> bool:
    """Whether every role that the rest of the way needs has somebody."""
    staffed = sum(bool(acting[role]) for role in REVIEW_ROLES)
    documents = [phase.document for phase in PHASES[max(case.phase, 2) - 1 :] if phase.document]
    if case.flow is Flow.B2B:
        reviewed = not documents or bool(acting[Role.GERENTE_COMERCIAL])
    else:
        reviewed = all(policy.rules[document].needed <= staffed for document in documents)
    signing = any(item.work is Kind.SIGN_OFF for item in case.items)
    return reviewed and staffed > 0 and (signing or bool(acting[case.intake_role]))
