"""Open work items on which a person may decide, with the current state of their cases."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from core.case import permissions
from core.case.commands import Actor
from core.case.model import Case, Item, load
from core.process.policy import Policy
from core.process.terms import Kind
from core.store import tables

_items, _cases, _clients = tables.work_items.c, tables.cases.c, tables.clients.c


class ChosenItem(NamedTuple):
    """A selected work item, at the version shown, and the person it is decided for, if not oneself."""

    code: str
    item: int
    seen: int
    for_person: int | None = None


class DecidableItem(NamedTuple):
    """An open work item with the `id` of its inbox row, the current state of its case, and who may decide on it."""

    id: int
    case_id: int
    code: str
    client: str
    case: Case
    item: Item
    actor: Actor

    @property
    def chosen(self) -> ChosenItem:
        return ChosenItem(self.code, self.item.item, self.item.version, self.actor.for_person)


def decidable(
    connection: Connection,
    policy: Policy,
    actors: Sequence[Actor],
    ids: Iterable[int],
    at: int,
    kinds: Collection[Kind] = (Kind.REVIEW,),
) -> list[DecidableItem]:
    """Return the open work items among inbox rows on which one of the actors may decide, earliest due first.

    The actors are one person: as themself, then on behalf of each person they stand in for.
    """
    rows = connection.execute(
        select(_items.id, _items.item, _cases.id, _cases.code, _clients.name, _cases.state)
        .select_from(tables.work_items.join(tables.cases).join(tables.clients))
        .where(_items.id.in_(list(ids)), _items.kind.in_([kind.value for kind in kinds]), _items.ended_at.is_(None))
        .order_by(_items.due_at, _items.id)
    )
    items = []
    for number, item_number, case_id, code, client, state in rows:
        case = load(state)
        item = case.item(item_number)
        actor = permissions.able(policy, case, item, actors, at) if item else None
        if item and actor:
            items.append(DecidableItem(number, case_id, code, client, case, item, actor))
    return items
