"""Rights beside the roles: who may see the analysis. Given and taken by an administrator, each on the record."""

from sqlalchemy import bindparam, delete, select

from core.errors import NotAllowed, Refused
from core.people.accounts import administers, whose
from core.process.terms import Right, Role
from core.staff.person import Person
from core.store.database import Database, Transaction, insert_into
from core.store.people_log import record
from core.store.tables import person_rights

BY_ROLE = {Right.ANALYSIS: Role.PROCESO}  # whoever holds the role needs nothing else

_this = (person_rights.c.person_id == bindparam("whom"), person_rights.c.right == bindparam("which"))
_held = select(person_rights.c.right).where(*_this)
_give = insert_into(person_rights)
_take = delete(person_rights).where(*_this)


def give(db: Database, login: str, right: Right, by: int | None, at: int) -> None:
    """The person has the right from now on; Refused when they have it already."""
    with db.writing() as tx:
        administers(tx, by)
        at = tx.moment(at)
        whom = whose(tx, login)
        if tx.row(_held, whom=whom, which=right):
            raise Refused("right_same")
        tx.run(_give, {"person_id": whom, "right": right.value})
        record(tx, whom, "right_given", at, by, right=right)


def take(db: Database, login: str, right: Right, by: int | None, at: int) -> None:
    """The person has the right no more; Refused when they have not."""
    with db.writing() as tx:
        administers(tx, by)
        at = tx.moment(at)
        whom = whose(tx, login)
        if not tx.run(_take, {"whom": whom, "which": right.value}):
            raise Refused("right_same")
        record(tx, whom, "right_taken", at, by, right=right)


def allows(person: Person, right: Right) -> bool:
    """Whether the person may, by a role or by the right itself."""
    return BY_ROLE[right] in person.roles or right in person.rights


def check(person: Person, right: Right) -> None:
    """NotAllowed when the person may not."""
    if not allows(person, right):
        raise NotAllowed("right_needed")


def check_in(tx: Transaction, person: int, roles: frozenset[Role], right: Right) -> None:
    """The same within a transaction, by the roles held at this moment."""
    if BY_ROLE[right] not in roles and not tx.row(_held, whom=person, which=right):
        raise NotAllowed("right_needed")
