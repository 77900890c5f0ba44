"""Rights besides roles (who may see the analysis), granted and revoked by an administrator, and recorded."""

from sqlalchemy import bindparam, delete, select

from core.errors import NotAllowed, Refused
from core.people.accounts import person_id_of, require_administrator
from core.process.terms import Right, Role
from core.staff.person import Person
from core.store.database import Database, Transaction, insert_into
from core.store.people_log import record
from core.store.tables import person_rights

BY_ROLE = {Right.ANALYSIS: Role.PROCESO}  # the role includes the right

_this = (person_rights.c.person_id == bindparam("whom"), person_rights.c.right == bindparam("which"))
_held = select(person_rights.c.right).where(*_this)
_give = insert_into(person_rights)
_take = delete(person_rights).where(*_this)


def give(db: Database, login: str, right: Right, by: int | None, at: int) -> None:
    """Grant a right; raises Refused when the person already has it."""
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        if tx.row(_held, whom=person_id, which=right):
            raise Refused("right_same")
        tx.run(_give, {"person_id": person_id, "right": right.value})
        record(tx, person_id, "right_given", at, by, right=right)


def take(db: Database, login: str, right: Right, by: int | None, at: int) -> None:
    """Revoke a right; raises Refused when the person does not have it."""
    with db.writing() as tx:
        require_administrator(tx, by)
        at = tx.moment(at)
        person_id = person_id_of(tx, login)
        if not tx.run(_take, {"whom": person_id, "which": right.value}):
            raise Refused("right_same")
        record(tx, person_id, "right_taken", at, by, right=right)


def allows(person: Person, right: Right) -> bool:
    """Whether the person has the right, directly or by a role."""
    return BY_ROLE[right] in person.roles or right in person.rights


def check(person: Person, right: Right) -> None:
    """Raise NotAllowed when the person does not have the right."""
    if not allows(person, right):
        raise NotAllowed("right_needed")


def check_in(tx: Transaction, person: int, roles: frozenset[Role], right: Right) -> None:
    """Like `check`, within a transaction and with the person's current roles."""
    if BY_ROLE[right] not in roles and not tx.row(_held, whom=person, which=right):
        raise NotAllowed("right_needed")
