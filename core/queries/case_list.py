"""Every case, newest first, in keyset pages: the key is the opening time and the id."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from core.process.terms import Outcome
from core.queries.selection import Selection
from core.store.rows_as_of import NOW
from core.store.tables import cases, clients
from core.text import folded

PAGE = 50
RUNNING = "running"
STATES = (RUNNING, *Outcome)


class Key(NamedTuple):
    """The position of a case in the list; as text, «1772456400000.117»."""

    opened_at: int
    id: int

    def __str__(self) -> str:
        return f"{self.opened_at}.{self.id}"

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """Parse a key; None when the text is not one."""
        match = re.fullmatch(r"(\d{1,15})\.(\d{1,9})", text, re.ASCII)
        return cls(int(match[1]), int(match[2])) if match else None


class CaseRow(NamedTuple):
    """A case as the list shows it; `outcome` is None while it runs. Times in ms since 1970 UTC."""

    id: int
    code: str
    client: str
    service: str
    flow: str
    channel: str
    phase: int
    outcome: str | None
    opened_at: int
    ended_at: int | None


class Page(NamedTuple):
    """Up to PAGE cases, and the key after which the next page starts (None at the end)."""

    rows: list[CaseRow]
    after: Key | None


@dataclass(frozen=True)
class CaseFilter:
    """Which cases: the cohort, the text to search in code, client and service, the phase, and one of STATES."""

    cohort: Selection = field(default_factory=Selection)
    words: str = ""
    phase: int | None = None
    state: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        chosen = self.cohort.on(cases, NOW)
        chosen += [cases.c.search.contains(word, autoescape=True) for word in folded(self.words).split()]
        if self.phase:
            chosen.append(cases.c.phase == self.phase)
        if self.state:
            chosen.append(cases.c.outcome.is_(None) if self.state == RUNNING else cases.c.outcome == self.state)
        return chosen


_newest_first = (cases.c.opened_at.desc(), cases.c.id.desc())
_listed = select(
    cases.c.id,
    cases.c.code,
    clients.c.name,
    cases.c.service,
    cases.c.flow,
    cases.c.channel,
    cases.c.phase,
    cases.c.outcome,
    cases.c.opened_at,
    cases.c.ended_at,
).join(clients, clients.c.id == cases.c.client_id)


def page(connection: Connection, filters: CaseFilter, after: Key | None = None) -> Page:
    """Return the page of cases after a key, or the first page."""
    statement = _listed.where(*filters.conditions()).order_by(*_newest_first).limit(PAGE + 1)
    if after:
        statement = statement.where(tuple_(cases.c.opened_at, cases.c.id) < tuple_(*after))
    rows = [CaseRow._make(row) for row in connection.execute(statement)]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], Key(last.opened_at, last.id) if last else None)


def count(connection: Connection, filters: CaseFilter, limit: int) -> int:
    """Return how many cases match, counted up to `limit`."""
    matching = select(cases.c.id).where(*filters.conditions()).limit(limit).subquery()
    return connection.execute(select(func.count()).select_from(matching)).scalar_one()
