"""Registering environments of clients."""

from sqlalchemy import bindparam, select

from core.case.commands import RegisterEnvironment
from core.case.context import Context
from core.case.guards import check
from core.errors import NotFound
from core.process.terms import Environment
from core.services.execute import load_locked
from core.services.opening import lock_client
from core.services.record import store
from core.staff.actors import actor_in
from core.state import decide
from core.store import tables
from core.store.database import Database, insert_into
from core.store.settings import policy_in
from core.text import clean_text

_cases = tables.cases.c
_last_registered = (
    select(tables.environments.c.registered_at)
    .where(tables.environments.c.client_id == bindparam("client"))
    .order_by(tables.environments.c.id.desc())
    .limit(1)
)
_new_environment = insert_into(tables.environments)
_running = (
    select(_cases.id, _cases.version, _cases.state)
    .where(_cases.client_id == bindparam("client"), _cases.outcome.is_(None))
    .order_by(_cases.id)
    .with_for_update()
)


def register_environment(
    db: Database,
    person: int,
    client: int,
    environment: Environment,
    evidence: str,
    at: int,
    *,
    expires_at: int | None = None,
) -> int:
    """Register an environment of a client on all its running cases; returns how many those are."""
    command = RegisterEnvironment(environment, evidence, expires_at)
    with db.writing() as tx:
        known = tx.row(lock_client, client=client)
        rows = tx.rows(_running, client=client)
        cases = [(case_id, version, load_locked(tx, case_id, state)) for case_id, version, state in rows]
        (last,) = tx.row(_last_registered, client=client) or (0,)
        at = tx.moment(at, max([last, *(case.moment for *_, case in cases)]))  # the same for all cases
        actor, policy = actor_in(tx, person), policy_in(tx)
        check(Context(policy, None, command, actor, at))
        if known is None:
            raise NotFound("client_unknown")
        row = {"client_id": client, "kind": environment, "evidence": clean_text(evidence), "expires_at": expires_at}
        tx.run(_new_environment, {**row, "registered_at": at, "registered_by": person})
        for case_id, version, case in cases:
            store(tx, case_id, version, case, decide(policy, case, command, actor, at))
        return len(cases)
