"""Whether every open case has somebody who may decide it: asked around a change of roles, people or rules.

A change may not leave a case that nobody may decide; one that was so before is no reason to refuse it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import select

from core import schema
from core.access import why_never
from core.case import Case, Item, load
from core.commands import Actor
from core.db import Transaction
from core.errors import NotAllowed
from core.policy import Policy
from core.process import PHASES
from core.settings import policy_in
from core.terms import REVIEW_ROLES, Flow, Kind, Role

SHOWN = 20
Holders = Mapping[Role, frozenset[int]]

_cases = schema.cases.c
_running = select(_cases.code, _cases.state).where(_cases.outcome.is_(None)).order_by(_cases.opened_at, _cases.id)
_held = (
    select(schema.person_roles.c.role, schema.person_roles.c.person_id)
    .join(schema.people, schema.people.c.id == schema.person_roles.c.person_id)
    .where(schema.people.c.active)
)


# Whoever changes people, roles, absences or rules takes turns: two changes that are fine alone may not be together.
_turn = select(schema.people.c.id).order_by(schema.people.c.id).limit(1).with_for_update(key_share=True)


def take_turns(tx: Transaction) -> None:
    """Wait until no other change of people or rules is under way (SQLite has one writer anyway)."""
    tx.rows(_turn)


@contextmanager
def kept(tx: Transaction, at: int) -> Iterator[None]:
    """Carry a change out in a transaction; NotAllowed `leaves_undecided`, with the cases, when it would leave any."""
    take_turns(tx)
    before = set(undecided(tx, at))
    yield
    left = [code for code in undecided(tx, at) if code not in before]
    if left:
        raise NotAllowed("leaves_undecided", cases=left[:SHOWN], count=len(left))


def undecided(tx: Transaction, at: int, policy: Policy | None = None) -> list[str]:
    """The codes of the running cases that nobody may decide, oldest first; under `policy` if not the one in force."""
    policy = policy or policy_in(tx)
    held: dict[Role, set[int]] = {role: set() for role in Role}
    for role, person in tx.rows(_held):
        held[Role(role)].add(person)
    holders = {role: frozenset(people) for role, people in held.items()}
    return [code for code, state in tx.rows(_running) if not decidable(policy, load(state), holders, at)]


def decidable(policy: Policy, case: Case, holders: Holders, at: int) -> bool:
    """Whether what is open in the case has somebody who may act on it, and what comes after it too."""

    def able(item: Item) -> bool:
        actors = (Actor(person, frozenset({item.role})) for person in holders[item.role])
        return any(why_never(policy, case, item, actor, at) is None for actor in actors)

    if case.review:
        reviews = sum(able(item) for item in case.items if item.work is Kind.REVIEW)
        now = len(case.review.approvals) + reviews >= case.review.panel.needed
    else:
        now = any(able(item) for item in case.items)
    return now and _later(policy, case, holders)


def _later(policy: Policy, case: Case, holders: Holders) -> bool:
    """Whether every role that the rest of the way needs is held by somebody."""
    staffed = sum(bool(holders[role]) for role in REVIEW_ROLES)
    documents = [phase.document for phase in PHASES[max(case.phase, 2) - 1 :] if phase.document]
    if case.flow is Flow.B2B:
        reviewed = not documents or bool(holders[Role.GERENTE_COMERCIAL])
    else:
        reviewed = all(policy.rules[document].needed <= staffed for document in documents)
    signing = any(item.work is Kind.SIGN_OFF for item in case.items)
    return reviewed and staffed > 0 and (signing or bool(holders[case.intake_role]))
