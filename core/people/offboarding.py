"""Offboarding: releasing a person's claims and substitutions when they lose a role or leave, in one transaction."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from core.case.events import Event, ItemGivenBack
from core.process.terms import PROCESS_ROLES, Role
from core.services.execute import load_locked
from core.services.record import store
from core.store import tables
from core.store.database import Transaction

_items, _cases = tables.work_items.c, tables.cases.c
_held = (
    select(_items.case_id, _items.item, _items.role)
    .where(_items.held_by == bindparam("person"), _items.ended_at.is_(None))
    .order_by(_items.case_id, _items.item)
)
_a, _s = tables.absences.c, tables.absence_substitutes.c
_named = (
    select(_s.absence_id, _s.role, _s.person_id, _a.person_id.label("absent"))
    .select_from(tables.absence_substitutes.join(tables.absences, _a.id == _s.absence_id))
    .where(
        _a.until_at > bindparam("at"),
        _a.withdrawn_at.is_(None),
        or_(_a.person_id == bindparam("person"), _s.person_id == bindparam("person")),
    )
    .order_by(_s.absence_id, _s.role)
)
_drop = tables.absence_substitutes.delete().where(_s.absence_id == bindparam("absence"), _s.role == bindparam("of"))
_state = select(_cases.version, _cases.state).where(_cases.id == bindparam("case_id")).with_for_update()


def release_claims(tx: Transaction, person: int, roles: Iterable[Role], by: int | None, at: int) -> None:
    """Release the person's claims on open work items in all roles other than `roles`."""
    remaining = set(roles)
    for case_id, item, role in tx.rows(_held, person=person):
        if Role(role) in remaining:
            continue
        row = tx.row(_state, case_id=case_id)
        assert row is not None
        version, state = row
        case = load_locked(tx, case_id, state)
        moment = tx.moment(at, case.moment)
        event = Event(version + 1, moment, case.phase, by, None, ItemGivenBack(item, Role(role), "left"))
        store(tx, case_id, version, case, (event,))


class EndedSubstitution(NamedTuple):
    """An ended substitution: absent person, role, substitute."""

    absent: int
    role: Role
    substitute: int


def end_substitutions(tx: Transaction, person: int, roles: Iterable[Role], at: int) -> list[EndedSubstitution]:
    """End the substitutions of and by a person that need a role other than `roles`; returns those ended."""
    remaining = set(roles)
    ended = []
    for absence, role, substitute, absent in tx.rows(_named, person=person, at=at):
        stays = Role(role) in remaining if absent == person else bool(remaining & set(PROCESS_ROLES))
        if not stays:
            tx.run(_drop, {"absence": absence, "of": role})
            ended.append(EndedSubstitution(absent, Role(role), substitute))
    return ended
