"""Coverage: whether every open case has somebody who may decide it, checked on changes of people, absences or rules.

It is checked now and at every later start or end of an absence. A change is refused if it leaves a case undecidable
that was decidable before it.
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

# Serialises changes of people, roles, absences and rules: two changes may be fine alone but not together.
_turn = select(tables.people.c.id).order_by(tables.people.c.id).limit(1).with_for_update(key_share=True)


class Basis(NamedTuple):
    """The rules and the staff, which together determine who may decide."""

    policy: Policy
    staff: Staff


class Undecided(NamedTuple):
    """The codes of undecidable cases, and from which moment on the first of them is."""

    codes: list[str]
    from_at: int


def take_turns(tx: Transaction) -> None:
    """Wait until no other change of people or rules is in progress (SQLite has one writer anyway)."""
    tx.rows(_turn)


@contextmanager
def keep_decidable(tx: Transaction, at: int) -> Iterator[None]:
    """Guard a change within a transaction; raises NotAllowed `leaves_undecided` with the cases that it leaves."""
    take_turns(tx)
    before = basis_in(tx, at)
    yield
    undecidable = newly_undecided(tx, before, basis_in(tx, at), at)
    if undecidable.codes:
        params = {"cases": undecidable.codes, "count": len(undecidable.codes)}
        if undecidable.from_at > at:
            raise NotAllowed("leaves_undecided_later", **params, from_day=undecidable.from_at)
        raise NotAllowed("leaves_undecided", **params)


def basis_in(tx: Transaction, at: int) -> Basis:
    """Read the rules in force and the staff."""
    return Basis(policy_in(tx), staff_in(tx, at))


def newly_undecided(tx: Transaction, before: Basis, after: Basis, at: int) -> Undecided:
    """The running cases that are decidable `before` but not `after`, oldest first."""
    cases = _cases_in(tx)
    return _undecided(cases, before, after, _moments(after, at))


def undecided(tx: Transaction, at: int) -> list[str]:
    """The codes of the running cases that nobody may decide now or at some later moment, oldest first."""
    current = basis_in(tx, at)
    return _undecided(_cases_in(tx), None, current, _moments(current, at)).codes


def _cases_in(tx: Transaction) -> list[tuple[str, Case]]:
    return [(code, load(state)) for code, state in tx.rows(_running)]


def _undecided(cases: list[tuple[str, Case]], before: Basis | None, after: Basis, moments: list[int]) -> Undecided:
    undecidable_codes: set[str] = set()
    first = 0
    last_checked: tuple[Acting, Acting | None] | None = None
    for at in moments:
        acting = after.staff.acting(at)
        acting_before = before.staff.acting(at) if before else None
        if (acting, acting_before) == last_checked:
            continue
        last_checked = (acting, acting_before)
        for code, case in cases:
            if code in undecidable_codes or decidable(after.policy, case, acting, at):
                continue
            if before is None or acting_before is None or decidable(before.policy, case, acting_before, at):
                undecidable_codes.add(code)
                first = first or at
    return Undecided([code for code, _ in cases if code in undecidable_codes], first)


def _moments(basis: Basis, at: int) -> list[int]:
    """The moments at which availability changes, without those before which no working time passes."""
    moments = basis.staff.moments(at)
    calendar = basis.policy.calendar
    ends = [*moments[1:], None]
    return [m for m, end in zip(moments, ends, strict=True) if m == at or end is None or calendar.working_ms(m, end)]


def decidable(policy: Policy, case: Case, acting: Acting, at: int) -> bool:
    """Whether the case's open work, and every later phase, has somebody who may act on it."""

    def able(item: Item) -> bool:
        return any(why_never(policy, case, item, actor, at) is None for actor in acting[item.role])

    if case.review:
        reviews = sum(able(item) for item in case.items if item.work is Kind.REVIEW)
        now = len(case.review.approvals) + reviews >= case.review.panel.needed
    else:
        now = any(able(item) for item in case.items)
    return now and _later(policy, case, acting)


def _later(policy: Policy, case: Case, acting: Acting) -> bool:
    """Whether every role that the remaining phases need has somebody."""
    staffed = sum(bool(acting[role]) for role in REVIEW_ROLES)
    documents = [phase.document for phase in PHASES[max(case.phase, 2) - 1 :] if phase.document]
    if case.flow is Flow.B2B:
        reviewed = not documents or bool(acting[Role.GERENTE_COMERCIAL])
    else:
        reviewed = all(policy.rules[document].needed <= staffed for document in documents)
    signing = any(item.work is Kind.SIGN_OFF for item in case.items)
    return reviewed and staffed > 0 and (signing or bool(acting[case.intake_role]))
