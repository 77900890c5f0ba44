"""What a person lets go of when they lose a role or leave, in the transaction that says so: work and substitutions."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from core.case.events import Event, ItemGivenBack
from core.process.terms import PROCESS_ROLES, Role
from core.services.execute import loaded
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


def let_go(tx: Transaction, person: int, roles: Iterable[Role], by: int | None, at: int) -> None:
    """Give back every open work item that the person holds in a role that is not among `roles`."""
    kept = set(roles)
    for case_id, item, role in tx.rows(_held, person=person):
        if Role(role) in kept:
            continue
        found = tx.row(_state, case_id=case_id)
        assert found is not None
        version, state = found
        case = loaded(tx, case_id, state)
        moment = tx.moment(at, case.moment)
        event = Event(version + 1, moment, case.phase, by, None, ItemGivenBack(item, Role(role), "left"))
        store(tx, case_id, version, case, (event,))


class Dropped(NamedTuple):
    """A substitution that has ended: of whom, in which role, by whom."""

    absent: int
    role: Role
    substitute: int


def release(tx: Transaction, person: int, roles: Iterable[Role], at: int) -> list[Dropped]:
    """End what a person may no longer leave to others, or do for others, once they hold only these roles."""
    kept = set(roles)
    found = []
    for absence, role, substitute, absent in tx.rows(_named, person=person, at=at):
        stays = Role(role) in kept if absent == person else bool(kept & set(PROCESS_ROLES))
        if not stays:
            tx.run(_drop, {"absence": absence, "of": role})
            found.append(Dropped(absent, Role(role), substitute))
    return found
