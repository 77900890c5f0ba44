"""People as actors, with their current roles."""

from sqlalchemy import bindparam, select

from core.case.commands import Actor
from core.errors import NotAllowed
from core.process.terms import Role
from core.store import tables
from core.store.database import Transaction

_people, _roles = tables.people.c, tables.person_roles.c

_roles_of_active = (
    select(_roles.role)
    .select_from(tables.people.outerjoin(tables.person_roles))
    .where(_people.id == bindparam("person"), _people.active)
)


def actor_in(tx: Transaction, person: int) -> Actor:
    """The person with their current roles; raises NotAllowed when unknown or disabled."""
    rows = tx.rows(_roles_of_active, person=person)
    if not rows:
        raise NotAllowed("person_not_active")
    return Actor(person, frozenset(Role(role) for (role,) in rows if role))


def actor_or_nobody(tx: Transaction, person: int) -> Actor:
    """The person with their current roles; without roles when unknown or disabled."""
    return Actor(person, frozenset(Role(role) for (role,) in tx.rows(_roles_of_active, person=person) if role))
