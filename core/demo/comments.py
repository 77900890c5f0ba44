"""What the demonstration's people write to each other, and what they are told of, as `core.demo.clock` goes on."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from sqlalchemy import select

from core.case.model import Case, Item
from core.demo.cast import Cast
from core.demo.plan import Plan
from core.errors import Ended, Stale
from core.notices import feed, reminders
from core.process.settings_catalogue import HOUR
from core.process.working_time import MINUTE
from core.services import cases
from core.store import tables
from core.store.database import Database

NEWS = 3 * 24 * HOUR * MINUTE  # ms of which nobody has read the notices yet
MENDED = 0.15  # share of the comments that are put anew at once
EVERY = 4 * HOUR * MINUTE
Act = Callable[[int], None]


class DemoCase(Protocol):
    """A case under way, as core.demo.run has it."""

    plan: Plan
    code: str


class Talk:
    """Comments and notices; `case` reads a case by its code, `after` puts an act into the queue in working minutes."""

    def __init__(
        self, db: Database, cast: Cast, case: Callable[[str], Case], after: Callable[[int, int, Act], None]
    ) -> None:
        self.db = db
        self.cast = cast
        self._case = case
        self._after = after

    def about_return(self, opened: DemoCase, case: Case, item: Item, who: int, at: int) -> None:
        """Whoever returns a document may write to whoever sent it."""
        dice = opened.plan.dice("talk", item.phase, item.cycle)
        sent = case.sent(item.document) if item.document else None
        if sent and sent.sent_by and dice.random() < 0.5:
            self._after(at, dice.randrange(5, 40), partial(self.write, opened, who, sent.sent_by))

    def write(self, opened: DemoCase, who: int, other: int, at: int, *, answers: bool = True) -> None:
        """Somebody writes to somebody else about a case, who may answer."""
        if self._case(opened.code).outcome:
            return
        dice = opened.plan.dice("comment", at)
        login = select(tables.people.c.login).where(tables.people.c.id == other)
        with self.db.reading() as connection:
            name = connection.scalars(login).one()
        text = dice.choice(self.cast.comments if answers else self.cast.replies)
        after = cases.comment(self.db, who, opened.code, f"@{name}, {text}", at)
        better = opened.plan.dice("mended", at)
        if better.random() < MENDED:
            text = f"@{name}, {text} {better.choice(self.cast.replies)}"
            self._after(at, 2, partial(self.mend, opened, who, after.version, text))
        if answers and dice.random() < 0.6:
            self._after(at, dice.randrange(10, 2 * HOUR), partial(self.write, opened, other, who, answers=False))

    def mend(self, opened: DemoCase, who: int, comment: int, text: str, at: int) -> None:
        """Somebody puts a comment anew, unless the working day or the case has ended before."""
        with suppress(Stale, Ended):
            cases.edit_comment(self.db, who, opened.code, comment, text, at)

    def remind(self, put: Callable[[int, Act], None], end: int) -> None:
        """Put into the queue that people are reminded of what is due, in the last days."""

        def told(at: int) -> None:
            reminders.remind(self.db, at)

        for moment in range(end, end - NEWS, -EVERY):
            put(moment, told)

    def read(self, end: int) -> None:
        """Whoever has worked here has seen what is older."""
        with self.db.reading() as connection:
            people = connection.scalars(select(tables.people.c.id).order_by(tables.people.c.id)).all()
        for person in people:
            feed.read(self.db, person, end, until=end - NEWS)
