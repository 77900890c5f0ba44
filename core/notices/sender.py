"""Sending notices: what is not yet sent of `notices` goes to each person as they chose. Times are ms since 1970 UTC.

A notice is sent at most once: `core.store.outbox` takes it out, durably, before it is sent. What is known not to have
arrived is tried again, later each time; what could not be delivered at all, and what a run that died had claimed, is a
dead letter, for the administrator.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, null, select

from core.notices import reminders
from core.notices.feed import COLUMNS, JOINED, NoticeRow, told
from core.notices.preferences import Choices, Delivery, chosen
from core.store import settings, tables
from core.store.database import Database
from core.store.outbox import MINUTE, NOW, Attempt, DeliveryFailure, Key, Outbox, deliver

HOUR = 60 * MINUTE
RETRIES = (1, 5, 25, 120, 600)  # minutes until the next attempt
PATIENCE = 10 * MINUTE  # a notice that is claimed for longer was claimed by a run that died
STALE = 3 * 24 * 60 * MINUTE  # nobody wants to be told now what the app has shown for so long
DIGEST_HOUR = 7
BATCH = 1000
FAILURES = 3  # in a row, after which a way is left alone until the next run
INTERRUPTED = "interrupted"  # the run died while it was sending
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


class Letter(NamedTuple):
    """What is sent: a subject and a plain text."""

    subject: str
    body: str


class Carrier(Protocol):
    """Whoever carries letters: core.postman, or a test."""

    def serves(self, address: str) -> bool: ...
    def route(self, address: str) -> str: ...
    def carry(self, address: str, letter: Letter) -> str: ...


Words = Callable[[str | None, Sequence[NoticeRow], bool], Letter]  # language, notices, whether it is a digest


class Waiting(NamedTuple):
    """A notice in the outbox, with its reader."""

    told: NoticeRow
    person: int
    language: str | None
    active: bool
    attempts: int
    choices: Choices

    @property
    def delivery(self) -> Delivery:
        return self.choices.deliveries[self.told.kind]


class Ran(NamedTuple):
    """What one run did: notices that time caused, letters sent, letters that will be tried again, dead ones."""

    reminded: int = 0
    sent: int = 0
    again: int = 0
    dead: int = 0


def run(db: Database, carrier: Carrier, words: Words, clock: Callable[[], int]) -> Ran:
    """One run over everything that is due."""
    at = clock()
    reminded = reminders.remind(db, at)
    with db.writing() as tx:
        abandoned = OUTBOX.give_up_abandoned(tx, DeliveryFailure(INTERRUPTED), at)
    with db.reading() as connection:
        waiting = _waiting(connection, at)
        zone = ZoneInfo(settings.policy(connection).calendar.time_zone)
    sorted_ = _sorted(waiting, carrier, digest_before(at, zone), at)
    with db.writing() as tx:
        for notice in sorted_.unwanted:
            tx.run(_withdraw, {"notice": notice.told.id})
        for notice, until in sorted_.later:
            tx.run(_postpone, {"notice": notice.told.id, "until": until})
    results: Counter[str] = Counter(dead=abandoned)
    failures: Counter[str] = Counter()  # in a row, by route
    for letter, digest in sorted_.letters:
        route = carrier.route(letter[0].choices.target)
        if failures[route] >= FAILURES:
            continue
        for attempt in _send(db, carrier, words, letter, digest, clock)[:1]:  # a letter counts once
            failures[route] = failures[route] + 1 if attempt.failure else 0
            results[attempt.result] += 1
    return Ran(reminded, results["sent"], results["again"], results["dead"])


def digest_before(at: int, zone: ZoneInfo) -> tuple[int, int]:
    """The moments of the last digest and of the next one: each day at the same hour."""
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
        Waiting(told(tuple(row[:7])), row[7], row[8], row[9], row[10], chosen(*row[11:]))
        for row in connection.execute(due)
    ]


class Sorted(NamedTuple):
    """The outbox of a moment: not to be sent, to be sent later, and letters, each with whether it is a digest."""

    unwanted: list[Waiting]
    later: list[tuple[Waiting, int]]
    letters: list[tuple[list[Waiting], bool]]


def _sorted(waiting: list[Waiting], carrier: Carrier, digests: tuple[int, int], at: int) -> Sorted:
    last, following = digests
    sorted_ = Sorted([], [], [])
    digest: list[Waiting] = []
    for notice in waiting:
        stale = notice.attempts == 0 and notice.told.created_at < at - STALE
        if stale or not notice.active or notice.delivery is Delivery.APP or not notice.choices.target:
            sorted_.unwanted.append(notice)
        elif not carrier.serves(notice.choices.target):
            sorted_.later.append((notice, at + HOUR))
        elif notice.delivery is Delivery.AT_ONCE:
            sorted_.letters.append(([notice], False))
        elif notice.told.created_at < last:
            digest.append(notice)
        else:
            sorted_.later.append((notice, following))
    digest.sort(key=lambda notice: (notice.person, notice.told.id))
    sorted_.letters.extend((list(notices), True) for _, notices in groupby(digest, key=lambda notice: notice.person))
    return sorted_


def _send(
    db: Database, carrier: Carrier, words: Words, letter: list[Waiting], digest: bool, clock: Callable[[], int]
) -> list[Attempt]:
    """Send notices of one person as one letter, without those that another run has claimed meanwhile."""
    notices: dict[Key, Waiting] = {(notice.told.id,): notice for notice in letter}

    def send(claims: Mapping[Key, int]) -> DeliveryFailure | None:
        claimed = [notices[key] for key in claims]
        written = words(claimed[0].language, [notice.told for notice in claimed], digest)
        code = carrier.carry(claimed[0].choices.target, written)
        return DeliveryFailure(code) if code else None

    return deliver(db, OUTBOX, notices, send, clock)
