"""How a command becomes a durable decision: one transaction, from reading who asks to the commit."""

from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from core.case import permissions
from core.case.commands import Actor, Assign, Command, TakeBack, Written
from core.case.events import Event
from core.case.guards import Asked, check
from core.case.model import Case, dump, load
from core.errors import Ended, NotAllowed, NotFound, Stale
from core.notices import kinds
from core.process.terms import Role
from core.services import comments, refusal_details
from core.staff import availability
from core.state import evolve, foresee
from core.store import ended_cases, form_drafts, kept_templates, tables
from core.store.database import Database, Transaction
from core.store.person_names import shown_name
from core.store.projection import Conflict, Write, append, apply, writes
from core.store.settings import policy_in

_people, _roles, _cases = tables.people.c, tables.person_roles.c, tables.cases.c

_who = (
    select(_roles.role)
    .select_from(tables.people.outerjoin(tables.person_roles))
    .where(_people.id == bindparam("person"), _people.active)
)
_name = select(shown_name()).where(_people.id == bindparam("person"))
_state = select(_cases.id, _cases.version, _cases.state).where(_cases.code == bindparam("code")).with_for_update()
_last = select(tables.events.c.at).where(
    tables.events.c.case_id == bindparam("case"), tables.events.c.seq == bindparam("version")
)
_keep = (
    tables.cases.update()
    .where(_cases.id == bindparam("case_id"), _cases.version == bindparam("seen"))
    .values(
        {c: bindparam(c) for c in ("state", "phase", "channel", "outcome", "ended_at")} | {"version": bindparam("now")}
    )
)


class For(NamedTuple):
    """When somebody asks, and for whom when they stand in for another."""

    at: int
    person: int | None = None


class Allowed(NamedTuple):
    """A command that no guard is against, on a case that was read in this transaction at version `seen`."""

    case_id: int
    seen: int
    asked: Asked


def actor_in(tx: Transaction, person: int) -> Actor:
    """The person with the roles held at this moment; NotAllowed when unknown or disabled."""
    rows = tx.rows(_who, person=person)
    if not rows:
        raise NotAllowed("person_not_active")
    return Actor(person, frozenset(Role(role) for (role,) in rows if role))


def _acting(tx: Transaction, case: Case, command: Command, actor: Actor, asked: "For") -> Actor:
    """The person for the absent one that they name, where they stand in for them; their own role wins."""
    assert asked.person is not None
    roles = availability.roles_for(tx, actor.person, asked.person, asked.at)
    if not roles:
        absent = tx.row(_name, person=asked.person)
        raise NotAllowed("not_substituting", person=absent[0] if absent else "")
    item = case.item(getattr(command, "item", 0))
    own = item and permissions.why_not(policy_in(tx), case, item, actor, asked.at) is None
    return actor if own else Actor(actor.person, roles, asked.person)


def loaded(tx: Transaction, case_id: int, state: str) -> Case:
    """A case that is locked, from its state; where that does not hold the moment of the last event, the record does."""
    case = load(state)
    if case.moment:
        return case
    (moment,) = tx.row(_last, case=case_id, version=case.version) or (0,)
    return replace(case, moment=moment)


def carry_out(db: Database, person: int, code: str, command: Command, at: int, for_person: int | None = None) -> Case:
    """Decide and store one command on one case; the case as it is afterwards. Raises Refused, with nothing written.

    `at` is when it is asked for. It happens, and is judged, at the moment of the transaction once the case is locked.
    """
    with db.writing() as tx:
        case_id, seen, asked = _allowed(tx, person, code, command, For(at, for_person))
        events = foresee(asked.policy, asked.case, asked.command, asked.actor, asked.at)
        try:
            return store(tx, case_id, seen, asked.case, events)
        except (Conflict, db.conflicts) as conflict:
            raise Stale("case_changed") from conflict


def rehearse(db: Database, person: int, code: str, command: Command, at: int, for_person: int | None = None) -> None:
    """Raise what `carry_out` would raise at this moment; write nothing."""
    with db.rehearsing() as tx:
        _allowed(tx, person, code, command, For(at, for_person))


def _allowed(tx: Transaction, person: int, code: str, command: Command, asked: For) -> Allowed:
    found = tx.row(_state, code=code)
    if found is None:
        raise NotFound("case_unknown", case=code)
    case_id, version, state = found
    case = loaded(tx, case_id, state)
    asked = asked._replace(at=tx.moment(asked.at, case.moment))
    actor = actor_in(tx, person)
    if asked.person is not None:
        actor = _acting(tx, case, command, actor, asked)
    command = comments.resolved(tx, case_id, command)
    if isinstance(command, Assign):
        command = replace(command, holder=_anybody(tx, command.to))
    elif isinstance(command, TakeBack):
        begun = form_drafts.begun(tx, code, (item.item for item in case.items), person)
        command = replace(command, begun=Written(*begun) if begun else None)
    question = Asked(policy_in(tx), case, command, actor, asked.at)
    try:
        check(question)
    except NotAllowed as refused:
        raise refusal_details.holder(tx, refused) from refused
    except Stale as refused:
        raise refusal_details.stale(tx, case_id, command, actor, refused) from refused
    except Ended as refused:
        raise refusal_details.ended(tx, case_id, actor, refused) from refused
    return Allowed(case_id, version, question)


def _anybody(tx: Transaction, person: int) -> Actor:
    """That person with the roles held now: none when unknown or disabled."""
    return Actor(person, frozenset(Role(role) for (role,) in tx.rows(_who, person=person) if role))


def store(tx: Transaction, case_id: int, seen: int, case: Case, events: tuple[Event, ...]) -> Case:
    """Store events with everything that follows; Conflict when the case is not at version `seen` any more."""
    after = record(tx, case_id, case, events)
    if tx.run(_keep, {"case_id": case_id, "seen": seen, **kept(after)}) != 1:
        raise Conflict
    return after


def record(tx: Transaction, case_id: int, case: Case | None, events: tuple[Event, ...]) -> Case:
    """Append events to the record, write the rows that follow from them and tell people; the case afterwards."""
    append(tx, case_id, events)
    kept_templates.keep(tx, events)
    running = case is None or case.outcome is None
    rows: list[Write] = []
    steps: list[kinds.Step] = []
    for event in events:
        after = evolve(case, event)
        rows.extend(writes(case_id, case, event, after))
        steps.append((case, event, after))
        case = after
    assert case is not None
    apply(tx, rows)
    if running and case.outcome is not None:  # what is said of it afterwards changes no row that is kept
        ended_cases.keep(tx, case_id, case)
    kinds.follow(tx, case_id, steps)
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
