"""The outbox: what is not yet sent of `notices`, carried to each person as they chose. Times are ms since 1970 UTC.

A notice is taken out, durably, before it is carried, so that two runs or a run that dies never send it twice: it is
sent at most once. What is known not to have arrived goes back and is tried again, later each time; what could not be
delivered at all, and what a run that died had in its hands, is a dead letter, for the administrator.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, null, select

from core.notices import reminders
from core.notices.feed import COLUMNS, JOINED, Told, told
from core.notices.preferences import Choices, Delivery, chosen
from core.store import settings, tables
from core.store.database import Database, Transaction

MINUTE = 60_000
HOUR = 60 * MINUTE
RETRIES = (1, 5, 25, 120, 600)  # minutes until the next attempt
PATIENCE = 10 * MINUTE  # a letter that is carried for longer was in the hands of a run that died
STALE = 3 * 24 * 60 * MINUTE  # nobody wants to be told now what the app has shown for so long
DIGEST_HOUR = 7
BATCH = 1000
FAILURES = 3  # in a row, after which a way is left alone until the next run
_n, _people, _choices = tables.notices.c, tables.people.c, tables.notice_choices.c

_one = tables.notices.update().where(_n.id == bindparam("notice"))
_claim = _one.where(_n.next_try_at <= bindparam("now")).values(
    claimed_at=bindparam("now"), next_try_at=null(), attempts=_n.attempts + 1
)
_settle = _one.where(_n.next_try_at.is_not(None)).values(next_try_at=null())
_wait = _one.where(_n.next_try_at.is_not(None)).values(next_try_at=bindparam("until"))
_sent = _one.values(sent_at=bindparam("now"), claimed_at=null(), last_error=null())
_again = _one.values(next_try_at=bindparam("until"), claimed_at=null(), last_error=bindparam("error"))
_dead = _one.values(dead_at=bindparam("now"), claimed_at=null(), last_error=bindparam("error"))
_interrupted = (
    tables.notices.update()
    .where(_n.claimed_at <= bindparam("since"))
    .values(dead_at=bindparam("now"), claimed_at=null(), last_error="interrupted")
)


class Letter(NamedTuple):
    """What is sent: a subject and a plain text."""

    subject: str
    body: str


class Carrier(Protocol):
    """Whoever carries letters: core.postman, or a test."""

    def serves(self, address: str) -> bool: ...
    def route(self, address: str) -> str: ...
    def carry(self, address: str, letter: Letter) -> str: ...


Words = Callable[[str | None, Sequence[Told], bool], Letter]  # language, notices, whether it is a digest


class Waiting(NamedTuple):
    """A notice in the outbox, with its reader."""

    told: Told
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
        lost = tx.run(_interrupted, {"since": at - PATIENCE, "now": at})
    with db.reading() as connection:
        waiting = _waiting(connection, at)
        zone = ZoneInfo(settings.policy(connection).calendar.time_zone)
    done: Counter[str] = Counter(dead=lost)
    failed: Counter[str] = Counter()
    sorted_ = _sorted(waiting, carrier, digest_before(at, zone), at)
    with db.writing() as tx:
        for each in sorted_.unwanted:
            tx.run(_settle, {"notice": each.told.id})
        for each, until in sorted_.later:
            tx.run(_wait, {"notice": each.told.id, "until": until})
    for letter, digest in sorted_.letters:
        address = letter[0].choices.target
        route = carrier.route(address)
        if failed[route] < FAILURES:
            outcome = _carried(db, carrier, words, letter, digest, clock)
            failed[route] = failed[route] + 1 if outcome in ("again", "dead") else 0
            done[outcome] += 1
    return Ran(reminded, done["sent"], done["again"], done["dead"])


def digest_before(at: int, zone: ZoneInfo) -> tuple[int, int]:
    """The moments of the last digest and of the next one: each day at the same hour."""
    now = datetime.fromtimestamp(at / 1000, zone)
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    last = today if today <= now else today - timedelta(days=1)
    return int(last.timestamp()) * 1000, int((last + timedelta(days=1)).timestamp()) * 1000


def _waiting(connection: Connection, at: int) -> list[Waiting]:
    found = (
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
        for row in connection.execute(found)
    ]


class Sorted(NamedTuple):
    """The outbox of a moment: not to be sent, to be sent later, and letters, each with whether it is a digest."""

    unwanted: list[Waiting]
    later: list[tuple[Waiting, int]]
    letters: list[tuple[list[Waiting], bool]]


def _sorted(waiting: list[Waiting], carrier: Carrier, digests: tuple[int, int], at: int) -> Sorted:
    last, following = digests
    found = Sorted([], [], [])
    digest: list[Waiting] = []
    for each in waiting:
        stale = each.attempts == 0 and each.told.created_at < at - STALE
        if stale or not each.active or each.delivery is Delivery.APP or not each.choices.target:
            found.unwanted.append(each)
        elif not carrier.serves(each.choices.target):
            found.later.append((each, at + HOUR))
        elif each.delivery is Delivery.AT_ONCE:
            found.letters.append(([each], False))
        elif each.told.created_at < last:
            digest.append(each)
        else:
            found.later.append((each, following))
    digest.sort(key=lambda each: (each.person, each.told.id))
    found.letters.extend((list(mine), True) for _, mine in groupby(digest, key=lambda each: each.person))
    return found


def _carried(
    db: Database, carrier: Carrier, words: Words, letter: list[Waiting], digest: bool, clock: Callable[[], int]
) -> str:
    """Take notices out, carry them as one letter, and note what became of it."""
    now = clock()
    with db.writing() as tx:
        mine = [each for each in letter if tx.run(_claim, {"notice": each.told.id, "now": now}) == 1]
    if not mine:
        return "taken"
    first = mine[0]
    written = words(first.language, [each.told for each in mine], digest)
    error = carrier.carry(first.choices.target, written)
    now = clock()
    with db.writing() as tx:
        outcomes = [_noted(tx, each, error, now) for each in mine]
    return outcomes[0]


def _noted(tx: Transaction, each: Waiting, error: str, now: int) -> str:
    number = each.told.id
    if not error:
        tx.run(_sent, {"notice": number, "now": now})
        return "sent"
    if each.attempts < len(RETRIES):
        tx.run(_again, {"notice": number, "until": now + RETRIES[each.attempts] * MINUTE, "error": error})
        return "again"
    tx.run(_dead, {"notice": number, "now": now, "error": error})
    return "dead"
