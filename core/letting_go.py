"""What a person held goes back to the inboxes when they lose the role or leave, in the transaction that says so."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from core import schema
from core.carrying import store
from core.case import load
from core.db import Transaction
from core.events import Event, ItemGivenBack
from core.terms import Role

_items, _cases = schema.work_items.c, schema.cases.c
_held = (
    select(_items.case_id, _items.item, _items.role)
    .where(_items.held_by == bindparam("person"), _items.ended_at.is_(None))
    .order_by(_items.case_id, _items.item)
)
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
        case = load(state)
        event = Event(version + 1, at, case.phase, by, None, ItemGivenBack(item, Role(role), "left"))
        store(tx, case_id, version, case, (event,))
