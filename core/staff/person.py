"""A person with their name, roles and rights."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from core.process.terms import Right, Role
from core.store.tables import people, person_rights, person_roles


@dataclass(frozen=True)
class Person:
    """A person as read from the database."""

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    language: str | None
    must_change_password: bool
    rights: frozenset[Right] = frozenset()


_by_id = select(
    people.c.id, people.c.login, people.c.name, people.c.language, people.c.must_change_password, people.c.password_hash
).where(people.c.id == bindparam("id"), people.c.active)


_rights = select(person_rights.c.right).where(person_rights.c.person_id == bindparam("id"))


roles_of = select(person_roles.c.role).where(person_roles.c.person_id == bindparam("id")).order_by(person_roles.c.role)


def read(connection: Connection, person_id: int) -> Person | None:
    """Read an active person; None when unknown or disabled."""
    if (row := connection.execute(_by_id, {"id": person_id}).first()) is None:
        return None
    roles = frozenset(Role(role) for role in connection.scalars(roles_of, {"id": person_id}))
    rights = frozenset(Right(right) for right in connection.scalars(_rights, {"id": person_id}))
    return Person(row.id, row.login, row.name, roles, row.language, row.must_change_password, rights)
