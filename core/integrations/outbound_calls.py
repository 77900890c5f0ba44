"""Calls to other systems that carry out activities: the outbox that decisions write, and its delivery.

A row of `system_calls` is written in the transaction that opens the work item. Each run sends the due calls, at least
once (`core.store.outbox`), and records the outcomes on the cases; the other system recognises repetitions by the
idempotency key. A failed activity is left to the work item's person; until they decide, the administrator may repeat
the call.
"""

import http.client
import json
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from core.case.commands import Actor, AskAgain, SettleCall
from core.errors import Stale
from core.integrations import signed_http
from core.network import NotAllowedTarget
from core.process.policy import Endpoint
from core.process.terms import SYSTEMS
from core.services.execute import carry_out, load_locked
from core.services.record import store
from core.state import decide
from core.store import settings, tables
from core.store.database import Database
from core.store.outbox import MINUTE, NOW, AttemptResult, DeliveryFailure, Key, Outbox
from core.store.outbox import decode as decode_failure
from core.store.outbox import deliver as deliver_rows
from core.store.projected.write import Conflict
from core.store.settings import policy_in

BACKOFF = tuple(minutes * MINUTE for minutes in (1, 5, 30, 120, 360))  # after each attempt; then it has failed
LEASE = 5 * MINUTE  # how long a claim lasts when its run crashes
AGAIN = (408, 425, 429)
MAX_REFERENCE = 100
NO_ENDPOINT, TARGET_PRIVATE, NO_ANSWER = "no_endpoint", "target_private", "no_answer"
REFUSED, UNAVAILABLE = "refused", "unavailable"  # by HTTP status; only the second is retried
CAUSES: Mapping[type[Exception], str] = {
    TimeoutError: "timed_out",
    socket.gaierror: "host_unknown",
    ssl.SSLError: "tls_failed",
    ConnectionRefusedError: "connection_refused",
}
FAILURE_CODES = (NO_ENDPOINT, REFUSED, UNAVAILABLE, TARGET_PRIVATE, NO_ANSWER, *CAUSES.values())
OUTCOMES = {AttemptResult.SENT: "answered", AttemptResult.AGAIN: "again", AttemptResult.DEAD: "failed"}
_calls, _cases, _items = tables.system_calls.c, tables.cases.c, tables.work_items.c
_contact = (_cases.contact_name, _cases.contact_email, _cases.contact_phone)
_open = (
    tables.system_calls.join(tables.cases)
    .join(tables.clients)
    .join(tables.work_items, (_items.case_id == _calls.case_id) & (_items.item == _calls.item))
)
_is_due = (_calls.state == "pending") & (func.coalesce(_calls.next_at, 0) <= NOW)
_due = (
    select(
        _calls.case_id,
        _calls.call,
        _calls.system,
        _calls.asked_at,
        _cases.code,
        _cases.service,
        _cases.international,
        *_contact,
        tables.clients.c.name.label("client"),
    )
    .select_from(_open)
    .where(_is_due, _items.ended_at.is_(None))
    .order_by(_calls.asked_at, _calls.case_id, _calls.call)
)
OUTBOX = Outbox(
    table=tables.system_calls,
    due=_is_due,
    attempts=_calls.attempts,
    next_at=_calls.next_at,
    failure=_calls.trouble,
    backoff=BACKOFF,
    claimed={_calls.next_at: NOW + LEASE},
    released={},
    sent={_calls.next_at: NOW},  # due at once when repeated
    dead={_calls.next_at: NOW},
    final=frozenset({NO_ENDPOINT, REFUSED}),
)
_state = select(_cases.version, _cases.state).where(_cases.id == bindparam("case")).with_for_update()


class FailedCall(NamedTuple):
    """A call that was given up: case code, call, client, system, failure, and when (ms)."""

    code: str
    call: int
    client: str
    system: str
    failure: DeliveryFailure | None
    at: int


class CallAttempt(NamedTuple):
    """The outcome of an attempt: `answered`, `failed` or `again`, with the `failure` unless answered."""

    key: str
    system: str
    outcome: str
    failure: DeliveryFailure | None


def deliver(db: Database, secrets: Mapping[str, str], now: Callable[[], int]) -> list[CallAttempt]:
    """Send all due calls; `secrets` are the signing keys by system."""
    with db.reading() as connection:
        due = connection.execute(_due, {"now": now()}).all()
        endpoints = settings.policy(connection).endpoints
    delivered = []
    for call in due:
        send = partial(_send, db, call, endpoints.get(call.system), secrets.get(call.system, ""), now)
        for attempt in deliver_rows(db, OUTBOX, [(call.case_id, call.call)], send, now):
            delivered.append(CallAttempt(_key(call), call.system, OUTCOMES[attempt.result], attempt.failure))
    return delivered


def failed(connection: Connection) -> list[FailedCall]:
    """The failed calls of open work items, oldest first."""
    statement = (
        select(_cases.code, _calls.call, tables.clients.c.name, _calls.system, _calls.trouble, _calls.settled_at)
        .select_from(_open)
        .where(_calls.state == "failed", _items.ended_at.is_(None))
        .order_by(_calls.settled_at, _cases.code, _calls.call)
    )
    return [
        FailedCall(code, call, client, system, _kept_failure(trouble), at)
        for code, call, client, system, trouble, at in connection.execute(statement)
    ]


def ask_again(db: Database, person: int, code: str, call: int, at: int) -> None:
    """Repeat a failed call under its key, as an administrator; its work item waits for the answer again."""
    carry_out(db, person, code, AskAgain(call), at)


def _send(
    db: Database,
    call: Any,
    endpoint: Endpoint | None,
    secret: str,
    now: Callable[[], int],
    claims: Mapping[Key, int],
) -> DeliveryFailure | None:
    """Call the other system once; an answer or final failure is recorded before the claim ends."""
    (number,) = claims.values()
    status, reference, failure = _ask(call, endpoint, secret, now())
    result = OUTBOX.result(number, failure)
    if result is not AttemptResult.AGAIN:
        with suppress(Stale):  # the work item has ended meanwhile
            settle(db, call.case_id, SettleCall(call.call, OUTCOMES[result], status, reference), now())
    return failure


def _ask(call: Any, endpoint: Endpoint | None, secret: str, at: int) -> tuple[int | None, str, DeliveryFailure | None]:
    """The answer's HTTP status and reference, and the failure unless it succeeded."""
    if endpoint is None:
        return None, "", DeliveryFailure(NO_ENDPOINT)
    try:
        answer = signed_http.post(endpoint, _body(call), _key(call), secret, at)
    except (OSError, http.client.HTTPException) as cause:
        return None, "", _no_answer(cause)
    failure = _status_failure(answer.status)
    return answer.status, "" if failure else _reference(answer.body), failure


def _no_answer(cause: Exception) -> DeliveryFailure:
    if isinstance(cause, NotAllowedTarget):
        return DeliveryFailure(TARGET_PRIVATE, {"address": cause.address})
    code = next((code for kind, code in CAUSES.items() if isinstance(cause, kind)), NO_ANSWER)
    return DeliveryFailure(code, {"error": f"{type(cause).__name__}: {cause}"})


def _status_failure(status: int) -> DeliveryFailure | None:
    """The failure for an HTTP status, None on success; refusals are final, unavailability is retried."""
    if 200 <= status < 300:
        return None
    return DeliveryFailure(UNAVAILABLE if status >= 500 or status in AGAIN else REFUSED, {"status": status})


def _kept_failure(stored: str | None) -> DeliveryFailure | None:
    """Decode a stored failure; earlier versions stored two of them as English sentences."""
    if stored == "it has no endpoint any more":
        return DeliveryFailure(NO_ENDPOINT)
    if stored and stored.startswith("HTTP ") and stored[5:].isdecimal():
        return _status_failure(int(stored[5:]))
    return decode_failure(stored)


def _key(call: Any) -> str:
    return f"{call.code}/{call.call}"


def settle(db: Database, case_id: int, command: SettleCall, at: int) -> None:
    """Record the outcome of a call; raises Stale when the call is no longer pending."""
    with db.writing() as tx:
        row = tx.row(_state, case=case_id)
        assert row is not None
        version, state = row
        case = load_locked(tx, case_id, state)
        at = tx.moment(at, case.moment)
        try:
            store(tx, case_id, version, case, decide(policy_in(tx), case, command, Actor(0, frozenset()), at))
        except Conflict as conflict:
            raise Stale("case_changed") from conflict


def _body(call: Any) -> bytes:
    """The request's JSON body; it has the contact only for the activity that needs it."""
    body = {
        "id": _key(call),
        "activity": SYSTEMS[call.system],
        "case": call.code,
        "client": call.client,
        "service": call.service,
        "international": call.international,
        "asked_at": call.asked_at,
    }
    if call.system == "oob":
        body["contact"] = {"name": call.contact_name, "email": call.contact_email, "phone": call.contact_phone}
    return json.dumps(body, ensure_ascii=False).encode()


def _reference(body: bytes) -> str:
    """The other system's reference, if the answer has one; nothing else of the answer is stored."""
    try:
        reference = json.loads(body).get("reference", "")
    except (ValueError, AttributeError):
        return ""
    return "".join(filter(str.isprintable, str(reference)))[:MAX_REFERENCE] if reference else ""
