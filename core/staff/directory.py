"""Lists of people for the administrator, filtered by text, role or state, and the record of a person."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from core.process.terms import Right, Role
from core.store import tables
from core.store.person_names import shown_name
from core.text import folded, identity

SYSTEM = "system:"  # prefix of other systems' logins; no person's login has a colon
RECORD = 100  # most entries of a record that are shown
STATES = ("active", "disabled", "locked", "no_roles", "never_in")
_people, _sessions, _events = tables.people.c, tables.sessions.c, tables.people_events.c


class PersonRow(NamedTuple):
    """A person in a list; times in ms since 1970 UTC."""

    id: int
    login: str
    name: str
    email: str | None
    active: bool
    locked_until: int | None
    signed_in_at: int | None
    roles: tuple[Role, ...]
    rights: tuple[Right, ...] = ()


class PersonFilter(NamedTuple):
    """A filter of people: `state` is one of STATES; empty fields match everybody."""

    search: str = ""
    role: str = ""
    state: str = ""


def everybody(connection: Connection, person_filter: PersonFilter = PersonFilter(), at: int = 0) -> list[PersonRow]:  # noqa: B008
    """The people who match the filter, by name, with their roles and when they last signed in."""
    roles_of: dict[int, list[Role]] = {}
    for person_id, role in connection.execute(select(tables.person_roles.c.person_id, tables.person_roles.c.role)):
        roles_of.setdefault(person_id, []).append(Role(role))
    rights_of: dict[int, list[Right]] = {}
    for person_id, right in connection.execute(select(tables.person_rights.c.person_id, tables.person_rights.c.right)):
        rights_of.setdefault(person_id, []).append(Right(right))
    last = func.max(_sessions.created_at).label("signed_in_at")
    columns = (_people.id, _people.login, _people.name, _people.email, _people.active, _people.locked_until)
    rows = connection.execute(
        select(*columns, last)
        .select_from(tables.people.outerjoin(tables.sessions, _sessions.person_id == _people.id))
        .where(_people.login.not_like(f"{SYSTEM}%"))  # other systems have rows but are not people
        .group_by(*columns)
        .order_by(_people.id)
    )
    people = [
        PersonRow(
            *row, tuple(role for role in Role if role in roles_of.get(row[0], ())), tuple(rights_of.get(row[0], ()))
        )
        for row in rows
    ]
    return sorted(
        (person for person in people if _matches(person, person_filter, at)), key=lambda person: identity(person.name)
    )


def is_locked(person: PersonRow, at: int) -> bool:
    """Whether the person is locked out at a moment after too many failed sign-ins."""
    return person.locked_until is not None and person.locked_until > at


def _matches(person: PersonRow, person_filter: PersonFilter, at: int) -> bool:
    text = folded(f"{person.login} {person.name} {person.email or ''}")
    states = {
        "active": person.active,
        "disabled": not person.active,
        "locked": is_locked(person, at),
        "no_roles": not person.roles,
        "never_in": person.signed_in_at is None,
    }
    return (
        all(part in text for part in folded(person_filter.search).split())
        and (not person_filter.role or person_filter.role in person.roles)
        and states.get(person_filter.state, True)
    )


class PersonEvent(NamedTuple):
    """An entry of a person's record; `by` is None for the system and the command line."""

    at: int
    by: str | None
    kind: str
    data: Mapping[str, Any]


def record(connection: Connection, person_id: int, limit: int = RECORD) -> list[PersonEvent]:
    """The record of a person's account, newest first."""
    rows = connection.execute(
        select(_events.at, shown_name(), _events.kind, _events.data)
        .select_from(tables.people_events.outerjoin(tables.people, _people.id == _events.by_id))
        .where(_events.person_id == person_id)
        .order_by(_events.id.desc())
        .limit(limit)
    )
    return [PersonEvent(at, by, kind, json.loads(data)) for at, by, kind, data in rows]
