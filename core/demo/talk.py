"""What the demonstration's people write to each other, and what they are told of: as `core.demo.run` goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from core import bell, reminders, schema, services
from core.policy import HOUR
from core.workdays import MINUTE

if TYPE_CHECKING:
    from core.demo.run import Opened, Run

NEWS = 3 * 24 * HOUR * MINUTE  # ms of which nobody has read the notices yet
EVERY = 4 * HOUR * MINUTE
_login = select(schema.people.c.login)


def write(run: Run, opened: Opened, who: int, other: int, at: int, *, answers: bool = True) -> None:
    """Somebody writes to somebody else about a case, who may answer."""
    if run.case(opened.code).outcome:
        return
    dice = opened.plan.dice("comment", at)
    with run.db.reading() as connection:
        login = connection.scalars(_login.where(schema.people.c.id == other)).one()
    text = dice.choice(run.cast.comments if answers else run.cast.replies)
    services.comment(run.db, who, opened.code, f"@{login}, {text}", at)
    if answers and dice.random() < 0.6:
        run.after(at, dice.randrange(10, 2 * HOUR), partial(write, run, opened, other, who, answers=False))


def remind(run: Run) -> None:
    """Put into the queue that people are reminded of what is due, in the last days."""

    def told(at: int) -> None:
        reminders.remind(run.db, at)

    for moment in range(run.end, run.end - NEWS, -EVERY):
        run.at(moment, told)


def read(run: Run) -> None:
    """Whoever has worked here has seen what is older."""
    for person in sorted({person for people in run.people.values() for person in people}):
        bell.read(run.db, person, run.end, until=run.end - NEWS)
