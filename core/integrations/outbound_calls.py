"""Activities that another system carries out: the outbox that decisions write, and its delivery.

A row of `system_calls` is written in the transaction of the decision that opens the work item. Each run sends what is
due, one by one, at least once (`core.store.outbox`), and puts what became of it on the case's record; the other system
tells repetitions apart by the idempotency key. What has failed is left to the person whose work it is; until they go
on, the administrator may have it asked again.
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
from core.services.execute import carry_out, loaded
from core.services.record import store
from core.state import decide
from core.store import settings, tables
from core.store.database import Database
from core.store.outbox import MINUTE, NOW, AttemptResult, DeliveryFailure, Key, Outbox
from core.store.outbox import decode as decode_failure
from core.store.outbox import deliver as deliver_rows
from core.store.projected.write import Conflict
from core.store.settings import policy_in

BACKOFF = tuple(minutes * MINUTE for minutes in (1, 5, 30, 120, 360))  # after each try; then it has failed
LEASE = 5 * MINUTE  # how long a claim holds when its run ends in the middle
AGAIN = (408, 425, 429)
MAX_REFERENCE = 100
NO_ENDPOINT, TARGET_PRIVATE, NO_ANSWER = "no_endpoint", "target_private", "no_answer"
REFUSED, UNAVAILABLE = "refused", "unavailable"  # answers with a status: another attempt may mend the second only
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
    sent={_calls.next_at: NOW},  # asked again, it is due at once
    dead={_calls.next_at: NOW},
    final=frozenset({NO_ENDPOINT, REFUSED}),
)
_state = select(_cases.version, _cases.state).where(_cases.id == bindparam("case")).with_for_update()


class Failed(NamedTuple):
    """A call that was given up: of which case, which call, to whom, why, and since when."""

    code: str
    call: int
    client: str
    system: str
    failure: DeliveryFailure | None
    at: int


class Delivered(NamedTuple):
    """What one attempt came to: `answered`, `failed` or `again`; `failure` says why it was not answered."""

    key: str
    system: str
    outcome: str
    failure: DeliveryFailure | None


def deliver(db: Database, secrets: Mapping[str, str], now: Callable[[], int]) -> list[Delivered]:
    """One run over everything that is due; `secrets` signs for each system that has an endpoint."""
    with db.reading() as connection:
        due = connection.execute(_due, {"now": now()}).all()
        endpoints = settings.policy(connection).endpoints
    delivered = []
    for call in due:
        send = partial(_send, db, call, endpoints.get(call.system), secrets.get(call.system, ""), now)
        for attempt in deliver_rows(db, OUTBOX, [(call.case_id, call.call)], send, now):
            delivered.append(Delivered(_key(call), call.system, OUTCOMES[attempt.result], attempt.failure))
    return delivered


def failed(connection: Connection) -> list[Failed]:
    """The calls that were given up and wait for a person, the oldest first."""
    rows = (
        select(_cases.code, _calls.call, tables.clients.c.name, _calls.system, _calls.trouble, _calls.settled_at)
        .select_from(_open)
        .where(_calls.state == "failed", _items.ended_at.is_(None))
        .order_by(_calls.settled_at, _cases.code, _calls.call)
    )
    return [
        Failed(code, call, client, system, _kept_failure(trouble), at)
        for code, call, client, system, trouble, at in connection.execute(rows)
    ]


def ask_again(db: Database, person: int, code: str, call: int, at: int) -> None:
    """The administrator has a dead letter sent again, under its key; until it is answered its work waits again."""
    carry_out(db, person, code, AskAgain(call), at)


def _send(
    db: Database,
    call: Any,
    endpoint: Endpoint | None,
    secret: str,
    now: Callable[[], int],
    claims: Mapping[Key, int],
) -> DeliveryFailure | None:
    """Ask the other system once; an answer or a final failure goes on the record before the claim ends."""
    (number,) = claims.values()
    status, reference, failure = _ask(call, endpoint, secret, now())
    result = OUTBOX.result(number, failure)
    if result is not AttemptResult.AGAIN:
        with suppress(Stale):  # the work item has ended meanwhile
            settle(db, call.case_id, SettleCall(call.call, OUTCOMES[result], status, reference), now())
    return failure


def _ask(call: Any, endpoint: Endpoint | None, secret: str, at: int) -> tuple[int | None, str, DeliveryFailure | None]:
    """The status and the reference of the other system's answer, and why it is not the answer that is needed."""
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
    """None when the other system has done it; a refusal is final, and who is unavailable is asked again."""
    if 200 <= status < 300:
        return None
    return DeliveryFailure(UNAVAILABLE if status >= 500 or status in AGAIN else REFUSED, {"status": status})


def _kept_failure(stored: str | None) -> DeliveryFailure | None:
    """Why a call has failed, as its row says; earlier versions kept two of the reasons as English sentences."""
    if stored == "it has no endpoint any more":
        return DeliveryFailure(NO_ENDPOINT)
    if stored and stored.startswith("HTTP ") and stored[5:].isdecimal():
        return _status_failure(int(stored[5:]))
    return decode_failure(stored)


def _key(call: Any) -> str:
    return f"{call.code}/{call.call}"


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


def _body(call: Any) -> bytes:
    """What the other system is told; the contact only where the activity is to send it."""
    told = {
        "id": _key(call),
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
