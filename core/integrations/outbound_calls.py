"""Activities that another system carries out: the outbox that decisions write, and its delivery.

`system_calls` is the outbox: a row is written in the transaction of the decision that opens the work item. Each run
takes what is due, one by one: claimed first, so that two runs never send the same at once, then sent, then settled on
the case's record. Another system tells repetitions apart by the idempotency key. What has failed is left to the person
whose work it is; until they go on, the administrator may have it asked again.
"""

import http.client
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from core.case.commands import Actor, AskAgain, SettleCall
from core.errors import Stale
from core.integrations import signed_http
from core.process.policy import Endpoint
from core.process.terms import SYSTEMS
from core.services.execute import carry_out, loaded, store
from core.state import decide
from core.store import settings, tables
from core.store.database import Database
from core.store.projection import Conflict
from core.store.settings import policy_in

MINUTE = 60_000
BACKOFF = tuple(minutes * MINUTE for minutes in (1, 5, 30, 120, 360))  # after each try; then it has failed
LEASE = 5 * MINUTE  # how long a claim holds when its run ends in the middle
AGAIN = (408, 425, 429)
MAX_REFERENCE = 100
NO_ENDPOINT = "it has no endpoint any more"
_calls, _cases, _items = tables.system_calls.c, tables.cases.c, tables.work_items.c
_contact = (_cases.contact_name, _cases.contact_email, _cases.contact_phone)
_open = (
    tables.system_calls.join(tables.cases)
    .join(tables.clients)
    .join(tables.work_items, (_items.case_id == _calls.case_id) & (_items.item == _calls.item))
)
_due = (
    select(
        _calls.case_id,
        _calls.call,
        _calls.system,
        _calls.asked_at,
        func.coalesce(_calls.attempts, 0).label("attempts"),
        func.coalesce(_calls.next_at, 0).label("next_at"),
        _cases.code,
        _cases.service,
        _cases.international,
        *_contact,
        tables.clients.c.name.label("client"),
    )
    .select_from(_open)
    .where(_calls.state == "pending", _items.ended_at.is_(None), func.coalesce(_calls.next_at, 0) <= bindparam("now"))
    .order_by(_calls.asked_at, _calls.case_id, _calls.call)
)
_of_call = update(tables.system_calls).where(_calls.case_id == bindparam("case"), _calls.call == bindparam("number"))
_claim = _of_call.where(_calls.state == "pending", func.coalesce(_calls.next_at, 0) == bindparam("seen")).values(
    next_at=bindparam("until"), attempts=bindparam("tries")
)
_postpone = _of_call.values(next_at=bindparam("until"), trouble=bindparam("why"))
_state = select(_cases.version, _cases.state).where(_cases.id == bindparam("case")).with_for_update()


class Failed(NamedTuple):
    """A dead letter to another system: of which case, which call, to whom, what was in the way, and since when."""

    code: str
    call: int
    client: str
    system: str
    trouble: str
    at: int


class Delivered(NamedTuple):
    """What one try came to: `answered`, `failed` or `again`; `trouble` says what was in the way."""

    key: str
    system: str
    outcome: str
    trouble: str


def deliver(db: Database, secrets: Mapping[str, str], now: Callable[[], int]) -> list[Delivered]:
    """One run over everything that is due; `secrets` signs for each system that has an endpoint."""
    with db.reading() as connection:
        due = connection.execute(_due, {"now": now()}).all()
        endpoints = settings.policy(connection).endpoints
    taken = (call for call in due if _claimed(db, call, now()))
    return [_try(db, call, endpoints.get(call.system), secrets.get(call.system, ""), now) for call in taken]


def failed(connection: Connection) -> list[Failed]:
    """The dead letters that wait for a person, the oldest first."""
    trouble = func.coalesce(_calls.trouble, "")
    chosen = (
        select(_cases.code, _calls.call, tables.clients.c.name, _calls.system, trouble, _calls.settled_at)
        .select_from(_open)
        .where(_calls.state == "failed", _items.ended_at.is_(None))
        .order_by(_calls.settled_at, _cases.code, _calls.call)
    )
    return [Failed(*row) for row in connection.execute(chosen)]


def ask_again(db: Database, person: int, code: str, call: int, at: int) -> None:
    """The administrator has a dead letter sent again, under its key; until it is answered its work waits again."""
    carry_out(db, person, code, AskAgain(call), at)


def _claimed(db: Database, call: Any, at: int) -> bool:
    given = {"case": call.case_id, "number": call.call, "seen": call.next_at}
    with db.writing() as tx:
        return tx.run(_claim, {**given, "until": at + LEASE, "tries": call.attempts + 1}) == 1


def _try(db: Database, call: Any, endpoint: Endpoint | None, secret: str, now: Callable[[], int]) -> Delivered:
    key = f"{call.code}/{call.call}"
    status, reference, trouble, last = None, "", "", call.attempts >= len(BACKOFF)
    if endpoint is None:
        outcome, trouble = "failed", NO_ENDPOINT
    else:
        try:
            answer = signed_http.post(endpoint, _body(call, key), key, secret, now())
        except (OSError, http.client.HTTPException) as cause:
            outcome, trouble = "again", f"{type(cause).__name__}: {cause}"
        else:
            status, outcome = answer.status, _outcome(answer.status)
            reference = _reference(answer.body) if outcome == "answered" else ""
            trouble = "" if outcome == "answered" else f"HTTP {status}"
    outcome = "failed" if outcome == "again" and last else outcome
    until = now() + (BACKOFF[min(call.attempts, len(BACKOFF) - 1)] if outcome == "again" else 0)
    if outcome != "again":  # settled before the claim ends, or another run would send it in between
        with suppress(Stale):  # the work item has ended meanwhile
            settle(db, call.case_id, SettleCall(call.call, outcome, status, reference), now())
    note(db, call.case_id, call.call, trouble, until)
    return Delivered(key, call.system, outcome, trouble)


def note(db: Database, case_id: int, call: int, trouble: str, until: int) -> None:
    """Keep what was in the way of a call, and until when it rests."""
    with db.writing() as tx:
        tx.run(_postpone, {"case": case_id, "number": call, "until": until, "why": trouble})


def settle(db: Database, case_id: int, command: SettleCall, at: int) -> None:
    """Put on the record what became of a call; Stale when that is no longer expected."""
    with db.writing() as tx:
        found = tx.row(_state, case=case_id)
        assert found is not None
        version, state = found
        case = loaded(tx, case_id, state)
        at = tx.moment(at, case.moment)
        try:
            store(tx, case_id, version, case, decide(policy_in(tx), case, command, Actor(0, frozenset()), at))
        except Conflict as conflict:
            raise Stale("case_changed") from conflict


def _outcome(status: int) -> str:
    if 200 <= status < 300:
        return "answered"
    return "again" if status >= 500 or status in AGAIN else "failed"


def _body(call: Any, key: str) -> bytes:
    """What the other system is told; the contact only where the activity is to send it."""
    told = {
        "id": key,
        "activity": SYSTEMS[call.system],
        "case": call.code,
        "client": call.client,
        "service": call.service,
        "international": call.international,
        "asked_at": call.asked_at,
    }
    if call.system == "oob":
        told["contact"] = {"name": call.contact_name, "email": call.contact_email, "phone": call.contact_phone}
    return json.dumps(told, ensure_ascii=False).encode()


def _reference(body: bytes) -> str:
    """The other system's own reference, if its answer names one; nothing else of an answer is kept on the record."""
    try:
        found = json.loads(body).get("reference", "")
    except (ValueError, AttributeError):
        return ""
    return "".join(sign for sign in str(found) if sign.isprintable())[:MAX_REFERENCE] if found else ""
