"""Comments and notices of the demonstration, scheduled with `core.demo.clock`."""

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

NEWS = 3 * 24 * HOUR * MINUTE  # ms before the end within which all notices are unread
EDITED = 0.15  # share of the comments that are edited
EVERY = 4 * HOUR * MINUTE
Act = Callable[[int], None]


class DemoCase(Protocol):
    """A running case (`core.demo.clock.Opened`)."""

    plan: Plan
    code: str


class CommentScript:
    """Comments and reading notices; `case` loads a case by code, `after` schedules an action in working minutes."""

    def __init__(
        self, db: Database, cast: Cast, case: Callable[[str], Case], after: Callable[[int, int, Act], None]
    ) -> None:
        self.db = db
        self.cast = cast
        self._case = case
        self._after = after

    def about_return(self, opened: DemoCase, case: Case, item: Item, author: int, at: int) -> None:
        """Schedule a possible comment from the reviewer who returns a document to its sender."""
        dice = opened.plan.dice("talk", item.phase, item.cycle)
        sent = case.sent(item.document) if item.document else None
        if sent and sent.sent_by and dice.random() < 0.5:
            self._after(at, dice.randrange(5, 40), partial(self.write, opened, author, sent.sent_by))

    def write(self, opened: DemoCase, author: int, other: int, at: int, *, answers: bool = True) -> None:
        """Write a comment to another person, who may reply."""
        if self._case(opened.code).outcome:
            return
        dice = opened.plan.dice("comment", at)
        login = select(tables.people.c.login).where(tables.people.c.id == other)
        with self.db.reading() as connection:
            name = connection.scalars(login).one()
        text = dice.choice(self.cast.comments if answers else self.cast.replies)
        after = cases.comment(self.db, author, opened.code, f"@{name}, {text}", at)
        edit_dice = opened.plan.dice("mended", at)
        if edit_dice.random() < EDITED:
            text = f"@{name}, {text} {edit_dice.choice(self.cast.replies)}"
            self._after(at, 2, partial(self.edit, opened, author, after.version, text))
        if answers and dice.random() < 0.6:
            self._after(at, dice.randrange(10, 2 * HOUR), partial(self.write, opened, other, author, answers=False))

    def edit(self, opened: DemoCase, author: int, comment: int, text: str, at: int) -> None:
        """Edit a comment, unless the time for it or the case is over."""
        with suppress(Stale, Ended):
            cases.edit_comment(self.db, author, opened.code, comment, text, at)

    def remind(self, put: Callable[[int, Act], None], end: int) -> None:
        """Schedule the writing of reminders in the last days."""

        def write_reminders(at: int) -> None:
            reminders.remind(self.db, at)

        for moment in range(end, end - NEWS, -EVERY):
            put(moment, write_reminders)

    def read(self, end: int) -> None:
        """Mark all older notices as read."""
        with self.db.reading() as connection:
            people = connection.scalars(select(tables.people.c.id).order_by(tables.people.c.id)).all()
        for person in people:
            feed.read(self.db, person, end, until=end - NEWS)
