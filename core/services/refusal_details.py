"""Details of refusals: who holds the work item, or who acted first, what they did and when."""

from typing import Any

from sqlalchemy import bindparam, or_, select

from core.case.commands import Actor, Command, TakeBack
from core.errors import Ended, NotAllowed, Refused, Stale
from core.process.terms import PROCESS_ROLES, Role
from core.store import tables
from core.store.database import Transaction
from core.store.person_names import shown_name

STARTS = ("ItemTaken", "ItemAssigned", "DocumentAttached", "Validated", "DocumentSent", "Reviewed", "LaneClosed")
_people, _items, _verdicts, _events = tables.people.c, tables.work_items.c, tables.verdicts.c, tables.events.c
_absent = tables.people.alias("absent")

_ended_item = (
    select(
        _items.role,
        _items.ended_as,
        _items.ended_at,
        _items.ended_by,
        shown_name(),
        _verdicts.reason,
        _items.taken_back_at,
        shown_name(_absent).label("absent"),
    )
    .select_from(
        tables.work_items.outerjoin(tables.people, _people.id == _items.ended_by)
        .outerjoin(tables.verdicts, (_verdicts.case_id == _items.case_id) & (_verdicts.item == _items.item))
        .outerjoin(tables.events, (_events.case_id == _items.case_id) & (_events.seq == _items.version))
        .outerjoin(_absent, _absent.c.id == _events.for_person_id)
    )
    .where(_items.case_id == bindparam("case_id"), _items.item == bindparam("item"))
)
_attached = (
    select(
        tables.documents.c.attached_at,
        tables.documents.c.attached_by,
        shown_name(),
        shown_name(_absent).label("absent"),
    )
    .select_from(
        tables.documents.join(tables.people, _people.id == tables.documents.c.attached_by).outerjoin(
            _absent, _absent.c.id == tables.documents.c.attached_for
        )
    )
    .where(tables.documents.c.case_id == bindparam("case_id"))
    .order_by(tables.documents.c.attached_at.desc())
    .limit(1)
)

_name = select(shown_name()).where(_people.id == bindparam("person"))
_started = (
    select(_events.at, _events.person_id, shown_name(), shown_name(_absent).label("absent"))
    .select_from(
        tables.events.join(tables.people, _people.id == _events.person_id).outerjoin(
            _absent, _absent.c.id == _events.for_person_id
        )
    )
    .where(tables.events.c.case_id == bindparam("case_id"), or_(*(tables.events.c.kind == kind for kind in STARTS)))
    .order_by(tables.events.c.seq.desc())
    .limit(1)
)
_end = (
    select(_events.person_id, shown_name(), shown_name(_absent).label("absent"))
    .select_from(
        tables.events.join(tables.people, _people.id == _events.person_id).outerjoin(
            _absent, _absent.c.id == _events.for_person_id
        )
    )
    .where(tables.events.c.case_id == bindparam("case_id"), tables.events.c.kind == "CaseEnded")
)


def holder(tx: Transaction, refused: NotAllowed) -> Refused:
    """Add the name of the item's holder."""
    if "holder" not in refused.params:
        return refused
    row = tx.row(_name, person=refused.params["holder"])
    return NotAllowed(refused.code, **refused.params, person=row[0] if row else "")


def ended(tx: Transaction, case_id: int, actor: Actor, refused: Ended) -> Refused:
    """Add who ended the case, for actors who take part in the process."""
    row = tx.row(_end, case_id=case_id)
    if row is None or not actor.roles & set(PROCESS_ROLES):
        return refused
    by, name, absent = row
    return Ended(refused.code, **refused.params, **_by(name, absent, own=by == actor.person))


def stale(tx: Transaction, case_id: int, command: Command, actor: Actor, refused: Stale) -> Refused:
    """Add who acted first, what they did and when, for actors who could have done it."""
    if isinstance(command, TakeBack):
        return _too_late(tx, case_id, command, actor, refused)
    if refused.code == "item_changed":
        return _changed(tx, case_id, actor, refused)
    return refused if refused.code.startswith("held") else _settled(tx, case_id, command, actor, refused)


def _too_late(tx: Transaction, case_id: int, command: TakeBack, actor: Actor, refused: Stale) -> Refused:
    """Add who has started on what followed a decision, and when."""
    if command.begun:
        row = tx.row(_name, person=command.begun.person)
        return Stale(refused.code, at=command.begun.at, person=row[0] if row else "", own=False)
    row = tx.row(_started, case_id=case_id)
    if row is None:
        return refused
    at, by, name, absent = row
    return Stale(refused.code, at=at, **_by(name, absent, own=by == actor.person))


def _changed(tx: Transaction, case_id: int, actor: Actor, refused: Stale) -> Refused:
    row = tx.row(_attached, case_id=case_id)
    if row is None:
        return refused
    at, by, name, absent = row
    return Stale("file_attached_meanwhile", at=at, **_by(name, absent, own=by == actor.person))


def _settled(tx: Transaction, case_id: int, command: Command, actor: Actor, refused: Stale) -> Refused:
    """Explain how a work item was ended."""
    row = tx.row(_ended_item, case_id=case_id, item=getattr(command, "item", 0))
    if row is None or row[1] is None:
        return refused
    role, how, at, by, name, reason, taken_back_at, absent = row
    if role not in actor.roles:
        return NotAllowed("role_needed", role=Role(role))
    if taken_back_at is not None:
        return Stale("decision_was_taken_back", at=taken_back_at, **_by(name, absent, own=by == actor.person))
    if how.startswith("withdrawn"):
        return Stale(f"item_{how}", at=at)
    by_whom = _by(name, absent, own=by == actor.person)
    return Stale("already_decided", how=how, at=at, reason=reason or "", **by_whom)


def _by(person: str | None, absent: str | None, *, own: bool) -> dict[str, Any]:
    """The person who acted and the person they substituted, if any."""
    return {"person": person, "own": own, **({"other": absent} if absent else {})}
