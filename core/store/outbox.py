"""Delivery of the rows of a table: claim a row, send it, store the result. Times are ms since 1970 UTC.

Two tables are outboxes, `notices` and `system_calls`. They are two because their guarantees differ. A notice must
not be sent twice: a claim is final, and an interrupted run leaves a failed row (at most once). A call follows from the
events of its case, and the other system recognizes a repeated key: a claim is a lease, after which another run sends it
again (at least once). Each sender declares its table as an `Outbox`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, ColumnElement, Table, Update, bindparam, func, null

from core.store.database import Database, Transaction

MINUTE = 60_000
AS_RECORDED = "as_recorded"  # the code of a failure that an earlier version stored as a sentence
NOW: ColumnElement[int] = bindparam("now", type_=BigInteger)
Key = tuple[int, ...]  # the primary key of a row


class DeliveryFailure(NamedTuple):
    """Why an attempt failed: a code, and the parameters of its message."""

    code: str
    params: Mapping[str, Any] = {}


class AttemptResult(StrEnum):
    """The result of an attempt: delivered, to be tried again, or given up."""

    SENT = "sent"
    AGAIN = "again"
    DEAD = "dead"


class Attempt(NamedTuple):
    """One attempt to deliver one row; `number` counts from 1."""

    key: Key
    number: int
    result: AttemptResult
    failure: DeliveryFailure | None


@dataclass(frozen=True, eq=False)
class Outbox:
    """A table whose rows are delivered.

    `due` is the condition for claiming a row at `NOW`. `claimed`, `released`, `sent` and `dead` are the columns and
    values written by a claim, the end of a claim, a delivery and the last failure. `backoff` is the wait (ms) after
    each failed attempt; one more failure is the last. A failure with a code in `final` is not retried. `abandoned`
    selects the rows of an interrupted run, where those must not be sent again.
    """

    table: Table
    due: ColumnElement[bool]
    attempts: Column[int]
    next_at: Column[int]
    failure: Column[str]
    backoff: tuple[int, ...]
    claimed: Mapping[Column[Any], Any]
    released: Mapping[Column[Any], Any]
    sent: Mapping[Column[Any], Any]
    dead: Mapping[Column[Any], Any]
    final: frozenset[str] = frozenset()
    abandoned: ColumnElement[bool] | None = None

    def claim(self, tx: Transaction, key: Key, at: int) -> int:
        """Claim a row for one attempt; return its number, or 0 when the row is not due (another run claimed it)."""
        (number,) = tx.row(self._claim, **self._key_parameters(key), now=at) or (0,)
        return int(number)

    def result(self, number: int, failure: DeliveryFailure | None) -> AttemptResult:
        """Return the result of the attempt with that number."""
        if failure is None:
            return AttemptResult.SENT
        last = failure.code in self.final or number > len(self.backoff)
        return AttemptResult.DEAD if last else AttemptResult.AGAIN

    def settle(self, tx: Transaction, key: Key, number: int, failure: DeliveryFailure | None, at: int) -> Attempt:
        """Store the result of an attempt: the row is delivered, waits for the next attempt, or is given up."""
        result = self.result(number, failure)
        match result:
            case AttemptResult.SENT:
                tx.run(self._sent, {**self._key_parameters(key), "now": at})
            case AttemptResult.AGAIN:
                until = at + self.backoff[number - 1]
                tx.run(self._again, {**self._key_parameters(key), "until": until, "why": encode(failure)})
            case AttemptResult.DEAD:
                self.give_up(tx, key, failure, at)
        return Attempt(key, number, result, failure)

    def give_up(self, tx: Transaction, key: Key, failure: DeliveryFailure | None, at: int) -> None:
        """Stop trying to deliver a row until a person retries it."""
        tx.run(self._dead, {**self._key_parameters(key), "now": at, "why": encode(failure)})

    def give_up_abandoned(self, tx: Transaction, failure: DeliveryFailure, at: int) -> int:
        """Give up the rows claimed by an interrupted run; return how many."""
        return tx.run(self._abandon, {"now": at, "why": encode(failure)})

    def _key_parameters(self, key: Key) -> dict[str, int]:
        return {f"key_{column.name}": value for column, value in zip(self.table.primary_key, key, strict=True)}

    @cached_property
    def _row(self) -> Update:
        columns = self.table.primary_key
        return self.table.update().where(*(column == bindparam(f"key_{column.name}") for column in columns))

    @cached_property
    def _claim(self) -> Any:
        number = func.coalesce(self.attempts, 0) + 1
        return self._row.where(self.due).values({self.attempts: number, **self.claimed}).returning(self.attempts)

    @cached_property
    def _sent(self) -> Update:
        return self._row.values({self.failure: null(), **self.released, **self.sent})

    @cached_property
    def _again(self) -> Update:
        values = {self.failure: bindparam("why"), **self.released, self.next_at: bindparam("until")}
        return self._row.values(values)

    @cached_property
    def _dead(self) -> Update:
        return self._row.values({self.failure: bindparam("why"), **self.released, **self.dead})

    @cached_property
    def _abandon(self) -> Update:
        assert self.abandoned is not None
        values = {self.failure: bindparam("why"), **self.released, **self.dead}
        return self.table.update().where(self.abandoned).values(values)


def deliver(
    db: Database,
    outbox: Outbox,
    keys: Iterable[Key],
    send: Callable[[Mapping[Key, int]], DeliveryFailure | None],
    clock: Callable[[], int],
) -> list[Attempt]:
    """Claim rows, send them as one message and store the results; none when other runs have claimed them all.

    The claim is committed before anything is sent. `send` receives the claimed rows with the numbers of their attempts
    and returns the failure, or None on success.
    """
    at = clock()
    with db.writing() as tx:
        claims = {key: number for key in keys if (number := outbox.claim(tx, key, at))}
    if not claims:
        return []
    failure = send(claims)
    at = clock()
    with db.writing() as tx:
        return [outbox.settle(tx, key, number, failure, at) for key, number in claims.items()]


def encode(failure: DeliveryFailure | None) -> str | None:
    """Return a failure as stored: the code, followed by its parameters as JSON when it has any."""
    if failure is None or not failure.params:
        return failure and failure.code
    return f"{failure.code} {json.dumps(dict(failure.params), ensure_ascii=False)}"


def decode(stored: str | None) -> DeliveryFailure | None:
    """Return a stored failure; a sentence of an earlier version becomes the parameter `text`."""
    if not stored:
        return None
    code, _, params = stored.partition(" ")
    if code.replace("_", "").islower() and (not params or params.startswith("{")):
        return DeliveryFailure(code, json.loads(params or "{}"))
    return DeliveryFailure(AS_RECORDED, {"text": stored})
