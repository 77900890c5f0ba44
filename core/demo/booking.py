"""The demonstration's other system: for some months Booking confirms by itself, and fails now and then.

It is tied once more for the last hour, in which it answers nothing well: what it has left undone waits for a person.
Nothing is ever sent: what it says is made up here, its address belongs to nobody, and at the end it is untied.
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
UNTIED = 3 * WEEK  # before the end, in ms: Booking's trial is over
AROUND = 6  # working minutes around the opening of the cases that are new at the end
_case = select(tables.cases.c.id).where(tables.cases.c.code == bindparam("code"))


class Turn(NamedTuple):
    """A moment at which the other system is tied or untied."""

    at: int
    tied: bool


def turns(calendar: Calendar, end: int) -> tuple[Turn, ...]:
    """The end of the first trial, and the second one."""
    again, over = (working_before(calendar, end, FRESH + minutes) for minutes in (AROUND, -AROUND))
    return Turn(calendar.add(end - UNTIED, 0), False), Turn(again, True), Turn(over, False)


def tie(db: Database, by: int, at: int, *, tied: bool) -> None:
    """From now on *Confirmación Booking* goes to the other system, or is ticked by people again."""
    with db.writing() as tx:
        settings.change(tx, "endpoints", {"booking": {"url": ADDRESS}} if tied else {}, by, at)


def answer(db: Database, code: str, call: int, dice: Random, at: int, *, fails: bool) -> None:
    """What Booking says to one call, unless the work has ended meanwhile."""
    with db.reading() as connection:
        case_id = connection.scalars(_case, {"code": code}).one()
    if fails or dice.random() < FAILS:
        said = SettleCall(call, "failed", 409)
        with db.writing() as tx:
            OUTBOX.give_up(tx, (case_id, call), DeliveryFailure(REFUSED, {"status": 409}), at)
    else:
        said = SettleCall(call, "answered", 200, f"BK-{dice.randrange(10**5)}")
    with suppress(Stale):
        outbound_calls.settle(db, case_id, said, at)
