"""How a command becomes a durable decision: one transaction, from reading who asks to the commit."""

from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from core.case import permissions
from core.case.commands import Actor, Assign, Command, TakeBack, Written
from core.case.context import Context
from core.case.guards import check
from core.case.model import Case, load
from core.errors import Ended, NotAllowed, NotFound, Stale
from core.services import comments, refusal_details
from core.services.record import store
from core.staff import availability
from core.staff.actors import actor_in, actor_or_nobody
from core.state import foresee
from core.store import form_drafts, tables
from core.store.database import Database, Transaction
from core.store.person_names import shown_name
from core.store.projected.write import Conflict
from core.store.settings import policy_in

_people, _cases = tables.people.c, tables.cases.c
_name = select(shown_name()).where(_people.id == bindparam("person"))
_state = select(_cases.id, _cases.version, _cases.state).where(_cases.code == bindparam("code")).with_for_update()
_last = select(tables.events.c.at).where(
    tables.events.c.case_id == bindparam("case"), tables.events.c.seq == bindparam("version")
)


class For(NamedTuple):
    """When somebody asks, and for whom when they stand in for another."""

    at: int
    person: int | None = None


class Allowed(NamedTuple):
    """A command that no guard is against, on a case that was read in this transaction at version `seen`."""

    case_id: int
    seen: int
    asked: Context


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
        command = replace(command, holder=actor_or_nobody(tx, command.to))
    elif isinstance(command, TakeBack):
        begun = form_drafts.begun(tx, code, (item.item for item in case.items), person)
        command = replace(command, begun=Written(*begun) if begun else None)
    question = Context(policy_in(tx), case, command, actor, asked.at)
    try:
        check(question)
    except NotAllowed as refused:
        raise refusal_details.holder(tx, refused) from refused
    except Stale as refused:
        raise refusal_details.stale(tx, case_id, command, actor, refused) from refused
    except Ended as refused:
        raise refusal_details.ended(tx, case_id, actor, refused) from refused
    return Allowed(case_id, version, question)
