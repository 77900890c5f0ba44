"""Sending unsent notices to people as they chose. Times are ms since 1970 UTC.

A notice is sent at most once: `core.store.outbox` claims it durably before it is sent. Known failures are retried at
growing intervals. Notices that cannot be delivered, and those claimed by a run that crashed, become dead letters for
the administrator.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, null, select

from core.notices import reminders
from core.notices.feed import COLUMNS, JOINED, NoticeRow, notice_row
from core.notices.preferences import Choices, Delivery, choices_of
from core.store import settings, tables
from core.store.database import Database
from core.store.outbox import MINUTE, NOW, Attempt, DeliveryFailure, Key, Outbox, deliver

HOUR = 60 * MINUTE
RETRIES = (1, 5, 25, 120, 600)  # minutes until the next attempt
PATIENCE = 10 * MINUTE  # after which a claim counts as abandoned by a crashed run
STALE = 3 * 24 * 60 * MINUTE  # the app has shown it for so long that sending makes no sense
DIGEST_HOUR = 7
BATCH = 1000
FAILURES = 3  # in a row, after which a route is skipped until the next run
INTERRUPTED = "interrupted"  # the run crashed while sending
FAILURE_CODES = ("not_taken", "address_malformed", "address_private", INTERRUPTED)
_n, _people, _choices = tables.notices.c, tables.people.c, tables.notice_choices.c

OUTBOX = Outbox(
    table=tables.notices,
    due=_n.next_try_at <= NOW,
    attempts=_n.attempts,
    next_at=_n.next_try_at,
    failure=_n.last_error,
    backoff=tuple(minutes * MINUTE for minutes in RETRIES),
    claimed={_n.claimed_at: NOW, _n.next_try_at: null()},
    released={_n.claimed_at: null()},
    sent={_n.sent_at: NOW},
    dead={_n.dead_at: NOW},
    abandoned=_n.claimed_at <= NOW - PATIENCE,
)
_waits = tables.notices.update().where(_n.id == bindparam("notice"), _n.next_try_at.is_not(None))
_withdraw = _waits.values(next_try_at=null())
_postpone = _waits.values(next_try_at=bindparam("until"))


class Message(NamedTuple):
    """A message to send: subject and plain text."""

    subject: str
    body: str


class Transport(Protocol):
    """A delivery channel: `core.notices.delivery`, or a fake in tests."""

    def serves(self, address: str) -> bool: ...
    def route(self, address: str) -> str: ...
    def send(self, address: str, message: Message) -> str: ...


Compose = Callable[[str | None, Sequence[NoticeRow], bool], Message]  # language, notices, whether it is a digest


class Waiting(NamedTuple):
    """A notice in the outbox, with its recipient."""

    notice: NoticeRow
    person: int
    language: str | None
    active: bool
    attempts: int
    choices: Choices

    @property
    def delivery(self) -> Delivery:
        return self.choices.deliveries[self.notice.kind]


class RunResult(NamedTuple):
    """The result of a run: reminders written, messages sent, to be retried, and dead."""

    reminded: int = 0
    sent: int = 0
    again: int = 0
    dead: int = 0


def run(db: Database, transport: Transport, compose: Compose, clock: Callable[[], int]) -> RunResult:
    """Send everything that is due."""
    at = clock()
    reminded = reminders.remind(db, at)
    with db.writing() as tx:
        abandoned = OUTBOX.give_up_abandoned(tx, DeliveryFailure(INTERRUPTED), at)
    with db.reading() as connection:
        waiting = _waiting(connection, at)
        zone = ZoneInfo(settings.policy(connection).calendar.time_zone)
    outbox = _sort(waiting, transport, digest_before(at, zone), at)
    with db.writing() as tx:
        for notice in outbox.unwanted:
            tx.run(_withdraw, {"notice": notice.notice.id})
        for notice, until in outbox.later:
            tx.run(_postpone, {"notice": notice.notice.id, "until": until})
    results: Counter[str] = Counter(dead=abandoned)
    failures: Counter[str] = Counter()  # in a row, by route
    for message, digest in outbox.messages:
        route = transport.route(message[0].choices.target)
        if failures[route] >= FAILURES:
            continue
        for attempt in _send(db, transport, compose, message, digest, clock)[:1]:  # a message counts once
            failures[route] = failures[route] + 1 if attempt.failure else 0
            results[attempt.result] += 1
    return RunResult(reminded, results["sent"], results["again"], results["dead"])


def digest_before(at: int, zone: ZoneInfo) -> tuple[int, int]:
    """The moments of the last and the next daily digest."""
    now = datetime.fromtimestamp(at / 1000, zone)
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    last = today if today <= now else today - timedelta(days=1)
    return int(last.timestamp()) * 1000, int((last + timedelta(days=1)).timestamp()) * 1000


def _waiting(connection: Connection, at: int) -> list[Waiting]:
    due = (
        select(
            *COLUMNS,
            _n.person_id,
            _people.language,
            _people.active,
            _n.attempts,
            _choices.deliveries,
            _choices.address,
            _people.email,
        )
        .select_from(JOINED.join(tables.people, _people.id == _n.person_id).outerjoin(tables.notice_choices))
        .where(_n.next_try_at <= at)
        .order_by(_n.next_try_at, _n.id)
        .limit(BATCH)
    )
    return [
        Waiting(notice_row(tuple(row[:7])), row[7], row[8], row[9], row[10], choices_of(*row[11:]))
        for row in connection.execute(due)
    ]


class SortedOutbox(NamedTuple):
    """The due notices: not to be sent, to be sent later, and messages (notices, whether a digest)."""

    unwanted: list[Waiting]
    later: list[tuple[Waiting, int]]
    messages: list[tuple[list[Waiting], bool]]


def _sort(waiting: list[Waiting], transport: Transport, digests: tuple[int, int], at: int) -> SortedOutbox:
    last, following = digests
    outbox = SortedOutbox([], [], [])
    digest: list[Waiting] = []
    for notice in waiting:
        stale = notice.attempts == 0 and notice.notice.created_at < at - STALE
        if stale or not notice.active or notice.delivery is Delivery.APP or not notice.choices.target:
            outbox.unwanted.append(notice)
        elif not transport.serves(notice.choices.target):
            outbox.later.append((notice, at + HOUR))
        elif notice.delivery is Delivery.AT_ONCE:
            outbox.messages.append(([notice], False))
        elif notice.notice.created_at < last:
            digest.append(notice)
        else:
            outbox.later.append((notice, following))
    digest.sort(key=lambda notice: (notice.person, notice.notice.id))
    outbox.messages.extend((list(notices), True) for _, notices in groupby(digest, key=lambda notice: notice.person))
    return outbox


def _send(
    db: Database, transport: Transport, compose: Compose, message: list[Waiting], digest: bool, clock: Callable[[], int]
) -> list[Attempt]:
    """Send notices to one person as one message, without those that another run has claimed meanwhile."""
    notices: dict[Key, Waiting] = {(notice.notice.id,): notice for notice in message}

    def send_claimed(claims: Mapping[Key, int]) -> DeliveryFailure | None:
        claimed = [notices[key] for key in claims]
        written = compose(claimed[0].language, [notice.notice for notice in claimed], digest)
        code = transport.send(claimed[0].choices.target, written)
        return DeliveryFailure(code) if code else None

    return deliver(db, OUTBOX, notices, send_claimed, clock)
