"""What a refusal says beyond its rule: who holds the work, who was faster, what they did and when."""

from sqlalchemy import bindparam, or_, select

from core import schema
from core.commands import Actor, Command, TakeBack
from core.db import Transaction
from core.errors import Ended, NotAllowed, Refused, Stale
from core.terms import PROCESS_ROLES, Role

STARTS = ("ItemTaken", "ItemAssigned", "DocumentAttached", "Validated", "DocumentSent", "Reviewed", "LaneClosed")
_people, _items, _verdicts = schema.people.c, schema.work_items.c, schema.verdicts.c

_ended_item = (
    select(
        _items.role,
        _items.ended_as,
        _items.ended_at,
        _items.ended_by,
        _people.name,
        _verdicts.reason,
        _items.taken_back_at,
    )
    .select_from(
        schema.work_items.outerjoin(schema.people, _people.id == _items.ended_by).outerjoin(
            schema.verdicts, (_verdicts.case_id == _items.case_id) & (_verdicts.item == _items.item)
        )
    )
    .where(_items.case_id == bindparam("case_id"), _items.item == bindparam("item"))
)
_attached = (
    select(schema.documents.c.attached_at, schema.documents.c.attached_by, _people.name)
    .select_from(schema.documents.join(schema.people, _people.id == schema.documents.c.attached_by))
    .where(schema.documents.c.case_id == bindparam("case_id"))
    .order_by(schema.documents.c.attached_at.desc())
    .limit(1)
)

_name = select(_people.name).where(_people.id == bindparam("person"))
_started = (
    select(schema.events.c.at, schema.events.c.person_id, _people.name)
    .select_from(schema.events.join(schema.people, _people.id == schema.events.c.person_id))
    .where(schema.events.c.case_id == bindparam("case_id"), or_(*(schema.events.c.kind == kind for kind in STARTS)))
    .order_by(schema.events.c.seq.desc())
    .limit(1)
)
_end = (
    select(schema.events.c.person_id, _people.name)
    .select_from(schema.events.join(schema.people, _people.id == schema.events.c.person_id))
    .where(schema.events.c.case_id == bindparam("case_id"), schema.events.c.kind == "CaseEnded")
)


def holder(tx: Transaction, refused: NotAllowed) -> Refused:
    """Say the name of whoever holds the item."""
    if "holder" not in refused.params:
        return refused
    found = tx.row(_name, person=refused.params["holder"])
    return NotAllowed(refused.code, **refused.params, person=found[0] if found else "")


def ended(tx: Transaction, case_id: int, actor: Actor, refused: Ended) -> Refused:
    """Say who ended the case, to whoever takes part in the process."""
    found = tx.row(_end, case_id=case_id)
    if found is None or not actor.roles & set(PROCESS_ROLES):
        return refused
    by, name = found
    return Ended(refused.code, **refused.params, person=name, own=by == actor.person)


def stale(tx: Transaction, case_id: int, command: Command, actor: Actor, refused: Stale) -> Refused:
    """Say who was faster, what they did and when, to whoever could have done it."""
    if isinstance(command, TakeBack):
        return _too_late(tx, case_id, command, actor, refused)
    if refused.code == "item_changed":
        return _changed(tx, case_id, actor, refused)
    return refused if refused.code.startswith("held") else _settled(tx, case_id, command, actor, refused)


def _too_late(tx: Transaction, case_id: int, command: TakeBack, actor: Actor, refused: Stale) -> Refused:
    """Who has started on what followed a decision, and when."""
    if command.begun:
        found = tx.row(_name, person=command.begun.person)
        return Stale(refused.code, at=command.begun.at, person=found[0] if found else "", own=False)
    found = tx.row(_started, case_id=case_id)
    if found is None:
        return refused
    at, by, name = found
    return Stale(refused.code, at=at, person=name, own=by == actor.person)


def _changed(tx: Transaction, case_id: int, actor: Actor, refused: Stale) -> Refused:
    found = tx.row(_attached, case_id=case_id)
    if found is None:
        return refused
    at, by, name = found
    return Stale("file_attached_meanwhile", at=at, person=name, own=by == actor.person)


def _settled(tx: Transaction, case_id: int, command: Command, actor: Actor, refused: Stale) -> Refused:
    """What has become of a work item that is not open any more."""
    found = tx.row(_ended_item, case_id=case_id, item=getattr(command, "item", 0))
    if found is None or found[1] is None:
        return refused
    role, how, at, by, name, reason, taken_back_at = found
    if role not in actor.roles:
        return NotAllowed("role_needed", role=Role(role))
    if taken_back_at is not None:
        return Stale("decision_was_taken_back", at=taken_back_at, person=name, own=by == actor.person)
    if how.startswith("withdrawn"):
        return Stale(f"item_{how}", at=at)
    return Stale("already_decided", how=how, at=at, person=name, own=by == actor.person, reason=reason or "")
