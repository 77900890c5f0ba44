"""Navigation through one inbox as filtered and sorted: the position of a case, and the next one."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from core.case.commands import Actor
from core.process.policy import Policy
from core.process.terms import Kind, Role
from core.queries import inbox
from core.queries.decidable import decidable
from core.queries.inbox import InboxFilter, InboxRow
from core.queries.sorting import URGENCY, Place, place_of, read_place

LOOK = 10  # rows read first, doubled until one is found that the person may decide


class Worklist(NamedTuple):
    """An inbox as somebody has filtered and sorted it."""

    role: Role
    filters: InboxFilter = InboxFilter()
    order: str = URGENCY

    def place(self, row: InboxRow) -> str:
        """Return the place of a row in this list, as text for `position`."""
        return place_of(row, self.order)


class Position(NamedTuple):
    """The place of a row in a list of `total` rows: the first is number 1."""

    number: int
    total: int


def row_of(connection: Connection, worklist: Worklist, code: str, at: int) -> InboxRow | None:
    """Return the first row of a case in the list; None when the case is not in it."""
    filters = worklist.filters._replace(code=code)
    return next(iter(inbox.inbox(connection, worklist.role, at, filters, limit=1, order=worklist.order)), None)


def position(connection: Connection, worklist: Worklist, place: str, at: int, cap: int) -> Position | None:
    """Return the position of a row in the list; None when the list is longer than `cap`."""
    count = inbox.counted(connection, worklist.role, at, cap, worklist.filters)
    if count > cap:
        return None
    after = _read(worklist, place)
    beyond = inbox.counted(connection, worklist.role, at, cap, worklist.filters, after, worklist.order)
    return Position(count - beyond, count)


def following(
    connection: Connection, rules: Policy, worklist: Worklist, actors: Sequence[Actor], place: str, code: str, at: int
) -> InboxRow | None:
    """Return the next row after `place` (empty: from the start) that one of the actors may decide; None at the end.

    Rows of the case `code`, rows held by somebody else and rows that no actor may decide are skipped. Places only
    increase, so that no row is shown twice. The actors are one person, as in `decidable`.
    """
    people = tuple({person for actor in actors for person in (actor.person, actor.for_person) if person is not None})
    filters = worklist.filters._replace(free_for=people)
    after, look = _read(worklist, place), LOOK
    while True:
        rows = inbox.inbox(connection, worklist.role, at, filters, after, look, worklist.order)
        able = {row.id for row in decidable(connection, rules, actors, [row.id for row in rows], at, tuple(Kind))}
        candidate = next((row for row in rows if row.id in able and row.code != code), None)
        if candidate or len(rows) < look:
            return candidate
        after, look = _read(worklist, worklist.place(rows[-1])), 2 * look


def _read(worklist: Worklist, place: str) -> Place | None:
    return read_place(place, worklist.order)
