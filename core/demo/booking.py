"""The demonstration's other system: for some months Booking confirms by itself, and fails now and then."""

from contextlib import suppress
from random import Random

from sqlalchemy import bindparam, select

from core import calls, schema, settings
from core.commands import SettleCall
from core.db import Database
from core.errors import Stale

ADDRESS = "https://booking.example/confirmaciones"
FAILS = 0.15  # share of the calls; a person then confirms by hand
_case = select(schema.cases.c.id).where(schema.cases.c.code == bindparam("code"))


def tie(db: Database, by: int, at: int, *, tied: bool) -> None:
    """From now on *Confirmación Booking* goes to the other system, or is ticked by people again."""
    with db.writing() as tx:
        settings.change(tx, "endpoints", {"booking": {"url": ADDRESS}} if tied else {}, by, at)


def answer(db: Database, code: str, call: int, dice: Random, at: int) -> None:
    """What Booking says to one call, unless the work has ended meanwhile."""
    with db.reading() as connection:
        case_id = connection.scalars(_case, {"code": code}).one()
    failed = dice.random() < FAILS
    said = (
        SettleCall(call, "failed", 409) if failed else SettleCall(call, "answered", 200, f"BK-{dice.randrange(10**5)}")
    )
    with suppress(Stale):
        calls.settle(db, case_id, said, at)
