"""How a command becomes a durable decision: one transaction, from reading who asks to the commit."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from core import comments, notices, schema
from core.case import Case, dump, load
from core.commands import Actor, Command
from core.db import Database, Transaction
from core.errors import Ended, NotAllowed, NotFound, Refused, Stale
from core.events import Event
from core.projection import Conflict, Write, append, apply, writes
from core.settings import policy_in
from core.state import decide, evolve
from core.terms import PROCESS_ROLES, Role

_people, _roles, _cases = schema.people.c, schema.person_roles.c, schema.cases.c
_items, _verdicts = schema.work_items.c, schema.verdicts.c

_who = (
    select(_roles.role)
    .select_from(schema.people.outerjoin(schema.person_roles))
    .where(_people.id == bindparam("person"), _people.active)
)
_state = select(_cases.id, _cases.version, _cases.state).where(_cases.code == bindparam("code")).with_for_update()
_keep = (
    schema.cases.update()
    .where(_cases.id == bindparam("case_id"), _cases.version == bindparam("seen"))
    .values(
        {c: bindparam(c) for c in ("state", "phase", "channel", "outcome", "ended_at")} | {"version": bindparam("now")}
    )
)
_ended_item = (
    select(_items.role, _items.ended_as, _items.ended_at, _items.ended_by, _people.name, _verdicts.reason)
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

_end = (
    select(schema.events.c.person_id, _people.name)
    .select_from(schema.events.join(schema.people, _people.id == schema.events.c.person_id))
    .where(schema.events.c.case_id == bindparam("case_id"), schema.events.c.kind == bindparam("kind"))
)


class Decided(NamedTuple):
    """What a command causes on a case that was read in this transaction, at version `seen`."""

    case_id: int
    seen: int
    case: Case
    events: tuple[Event, ...]


def actor_in(tx: Transaction, person: int, for_person: int | None = None) -> Actor:
    """The person with the roles held at this moment; NotAllowed when unknown or disabled."""
    rows = tx.rows(_who, person=person)
    if not rows:
        raise NotAllowed("person_not_active")
    return Actor(person, frozenset(Role(role) for (role,) in rows if role), for_person)


def carry_out(db: Database, person: int, code: str, command: Command, at: int) -> Case:
    """Decide and store one command on one case; the case as it is afterwards. Raises Refused, with nothing written."""
    with db.writing() as tx:
        decided = _decided(tx, person, code, command, at)
        try:
            return store(tx, *decided)
        except (Conflict, db.conflicts) as conflict:
            raise Stale("case_changed") from conflict


def rehearse(db: Database, person: int, code: str, command: Command, at: int) -> None:
    """Raise what `carry_out` would raise at this moment; write nothing."""
    with db.rehearsing() as tx:
        _decided(tx, person, code, command, at)


def _decided(tx: Transaction, person: int, code: str, command: Command, at: int) -> Decided:
    found = tx.row(_state, code=code)
    if found is None:
        raise NotFound("case_unknown", case=code)
    case_id, version, state = found
    case = load(state)
    actor = actor_in(tx, person)
    command = comments.resolved(tx, case_id, command)
    try:
        return Decided(case_id, version, case, decide(policy_in(tx), case, command, actor, at))
    except Stale as refused:
        raise _explained(tx, case_id, command, actor, refused) from refused
    except Ended as refused:
        raise _ended(tx, case_id, actor, refused) from refused


def store(tx: Transaction, case_id: int, seen: int, case: Case, events: tuple[Event, ...]) -> Case:
    """Store events with everything that follows; Conflict when the case is not at version `seen` any more."""
    after = record(tx, case_id, case, events)
    if tx.run(_keep, {"case_id": case_id, "seen": seen, **kept(after)}) != 1:
        raise Conflict
    return after


def record(tx: Transaction, case_id: int, case: Case | None, events: tuple[Event, ...]) -> Case:
    """Append events to the record, write the rows that follow from them and tell people; the case afterwards."""
    append(tx, case_id, events)
    rows: list[Write] = []
    steps: list[notices.Step] = []
    for event in events:
        after = evolve(case, event)
        rows.extend(writes(case_id, case, event, after))
        steps.append((case, event, after))
        case = after
    assert case is not None
    apply(tx, rows)
    notices.follow(tx, case_id, steps)
    return case


def kept(case: Case) -> dict[str, Any]:
    """The columns of `cases` that follow from the state."""
    return {
        "state": dump(case),
        "phase": case.phase,
        "channel": case.channel,
        "outcome": case.outcome,
        "ended_at": case.ended_at,
        "now": case.version,
    }


def _ended(tx: Transaction, case_id: int, actor: Actor, refused: Ended) -> Refused:
    """Say who ended the case, to whoever takes part in the process."""
    found = tx.row(_end, case_id=case_id, kind="CaseEnded")
    if found is None or not actor.roles & set(PROCESS_ROLES):
        return refused
    by, name = found
    return Ended(refused.code, **refused.params, person=name, own=by == actor.person)


def _explained(tx: Transaction, case_id: int, command: Command, actor: Actor, refused: Stale) -> Refused:
    """Say who was faster, what they did and when, to whoever could have done it."""
    if refused.code == "item_changed":
        found = tx.row(_attached, case_id=case_id)
        if found is None:
            return refused
        at, by, name = found
        return Stale("file_attached_meanwhile", at=at, person=name, own=by == actor.person)
    found = tx.row(_ended_item, case_id=case_id, item=getattr(command, "item", 0))
    if found is None or found[1] is None:
        return refused
    role, how, at, by, name, reason = found
    if role not in actor.roles:
        return NotAllowed("role_needed", role=Role(role))
    if how.startswith("withdrawn"):
        return Stale(f"item_{how}", at=at)
    return Stale("already_decided", how=how, at=at, person=name, own=by == actor.person, reason=reason or "")
