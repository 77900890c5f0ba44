"""Executing commands: from reading the actor and the case to the commit, in one transaction."""

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


class RequestContext(NamedTuple):
    """When a command is requested (ms), and the person substituted, if any."""

    at: int
    person: int | None = None


class AcceptedCommand(NamedTuple):
    """An accepted command on a case that was read in this transaction at version `seen`."""

    case_id: int
    seen: int
    context: Context


def _acting(tx: Transaction, case: Case, command: Command, actor: Actor, request: RequestContext) -> Actor:
    """The actor as the substitute of the person they name; they act in their own name if they may."""
    assert request.person is not None
    roles = availability.roles_for(tx, actor.person, request.person, request.at)
    if not roles:
        absent = tx.row(_name, person=request.person)
        raise NotAllowed("not_substituting", person=absent[0] if absent else "")
    item = case.item(getattr(command, "item", 0))
    own = item and permissions.why_not(policy_in(tx), case, item, actor, request.at) is None
    return actor if own else Actor(actor.person, roles, request.person)


def load_locked(tx: Transaction, case_id: int, state: str) -> Case:
    """Load a locked case; states from before `moment` was stored take it from the last event."""
    case = load(state)
    if case.moment:
        return case
    (moment,) = tx.row(_last, case=case_id, version=case.version) or (0,)
    return replace(case, moment=moment)


def carry_out(db: Database, person: int, code: str, command: Command, at: int, for_person: int | None = None) -> Case:
    """Decide and store a command on a case; returns the case afterwards, or raises Refused with nothing written.

    `at` is the time of the request; the command is judged and stored at the moment taken once the case is locked.
    """
    with db.writing() as tx:
        case_id, seen, context = _accept(tx, person, code, command, RequestContext(at, for_person))
        events = foresee(context.policy, context.case, context.command, context.actor, context.at)
        try:
            return store(tx, case_id, seen, context.case, events)
        except (Conflict, db.conflicts) as conflict:
            raise Stale("case_changed") from conflict


def rehearse(db: Database, person: int, code: str, command: Command, at: int, for_person: int | None = None) -> None:
    """Check a command like `carry_out`, without writing; raises Refused."""
    with db.rehearsing() as tx:
        _accept(tx, person, code, command, RequestContext(at, for_person))


def _accept(tx: Transaction, person: int, code: str, command: Command, request: RequestContext) -> AcceptedCommand:
    row = tx.row(_state, code=code)
    if row is None:
        raise NotFound("case_unknown", case=code)
    case_id, version, state = row
    case = load_locked(tx, case_id, state)
    request = request._replace(at=tx.moment(request.at, case.moment))
    actor = actor_in(tx, person)
    if request.person is not None:
        actor = _acting(tx, case, command, actor, request)
    command = comments.resolve(tx, case_id, command)
    if isinstance(command, Assign):
        command = replace(command, holder=actor_or_nobody(tx, command.to))
    elif isinstance(command, TakeBack):
        begun = form_drafts.begun(tx, code, (item.item for item in case.items), person)
        command = replace(command, begun=Written(*begun) if begun else None)
    context = Context(policy_in(tx), case, command, actor, request.at)
    try:
        check(context)
    except NotAllowed as refused:
        raise refusal_details.holder(tx, refused) from refused
    except Stale as refused:
        raise refusal_details.stale(tx, case_id, command, actor, refused) from refused
    except Ended as refused:
        raise refusal_details.ended(tx, case_id, actor, refused) from refused
    return AcceptedCommand(case_id, version, context)
