"""The demonstration's other system: for some months Booking confirms automatically, with occasional failures.

It is connected again for the last hour, in which all calls fail: their activities wait for a person.
Nothing is ever sent: the answers are made up here, the address is fictitious, and at the end it is disconnected.
"""

from contextlib import suppress
from random import Random
from typing import NamedTuple

from sqlalchemy import bindparam, select

from core.case.commands import SettleCall
from core.demo.plan import FRESH, WEEK, working_before
from core.errors import Stale
from core.integrations import outbound_calls
from core.integrations.outbound_calls import OUTBOX, REFUSED
from core.process.working_time import Calendar
from core.store import settings, tables
from core.store.database import Database
from core.store.outbox import DeliveryFailure

ADDRESS = "https://booking.example/confirmaciones"
FAILS = 0.15  # share of the calls; a person then confirms by hand
DISCONNECTED = 3 * WEEK  # ms before the end at which Booking's first trial is over
AROUND = 6  # working minutes around the opening of the cases that are new at the end
_case = select(tables.cases.c.id).where(tables.cases.c.code == bindparam("code"))


class Turn(NamedTuple):
    """A moment at which the other system is connected or disconnected."""

    at: int
    connected: bool


def turns(calendar: Calendar, end: int) -> tuple[Turn, ...]:
    """The end of the first trial, and the start and end of the second."""
    restart, over = (working_before(calendar, end, FRESH + minutes) for minutes in (AROUND, -AROUND))
    return Turn(calendar.add(end - DISCONNECTED, 0), False), Turn(restart, True), Turn(over, False)


def connect(db: Database, by: int, at: int, *, connected: bool) -> None:
    """Connect *Confirmación Booking* to the other system, or leave it to people again."""
    with db.writing() as tx:
        settings.change(tx, "endpoints", {"booking": {"url": ADDRESS}} if connected else {}, by, at)


def answer(db: Database, code: str, call: int, dice: Random, at: int, *, fails: bool) -> None:
    """Record Booking's answer to a call, unless the work item has ended meanwhile."""
    with db.reading() as connection:
        case_id = connection.scalars(_case, {"code": code}).one()
    if fails or dice.random() < FAILS:
        outcome = SettleCall(call, "failed", 409)
        with db.writing() as tx:
            OUTBOX.give_up(tx, (case_id, call), DeliveryFailure(REFUSED, {"status": 409}), at)
    else:
        outcome = SettleCall(call, "answered", 200, f"BK-{dice.randrange(10**5)}")
    with suppress(Stale):
        outbound_calls.settle(db, case_id, outcome, at)
