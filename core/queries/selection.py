"""Which cases a figure covers, and as of when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, select

from core.process.terms import Channel, Flow
from core.store.rows_as_of import Rows, as_stood


@dataclass(frozen=True)
class Selection:
    """The filters of a figure; None does not filter. Times in ms since 1970 UTC: `…_from` is inclusive.

    `channel` is that of the case (at `as_of`); `phase` selects what happened in that phase and the cases that reached
    it; `as_of` is the moment up to which events are known, None for now.
    """

    flow: Flow | None = None
    channel: Channel | None = None
    client: int | None = None
    international: bool | None = None
    opened_from: int | None = None
    opened_before: int | None = None
    closed_from: int | None = None
    closed_before: int | None = None
    phase: int | None = None
    as_of: int | None = None

    @property
    def rows(self) -> Rows:
        """The summary rows as of this selection's moment."""
        return as_stood(self.as_of)

    def moment(self, now: int) -> int:
        """Return the moment of the figures."""
        return now if self.as_of is None else min(now, self.as_of)

    @property
    def chooses(self) -> bool:
        """Whether the selection leaves any case out."""
        return self != Selection(as_of=self.as_of)

    def of_case(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the conditions on the columns of a table with one row per case, without that on `phase`."""
        return [*self._by_opening(column), *self._by_case(column)]

    def on(self, table: FromClause, rows: Rows) -> list[ColumnElement[bool]]:
        """Return the conditions on one of the tables of `rows`."""
        of_case = rows.cases.c
        if table is rows.cases:
            conditions = self.of_case(of_case)
            if self.phase:
                conditions.append(
                    of_case.id.in_(select(rows.visits.c.case_id).where(rows.visits.c.phase == self.phase))
                )
            return conditions
        repeats = "flow" in table.c  # visits repeat what is fixed when their case is opened
        conditions = self._by_opening(table.c) if repeats else []
        others = [*([] if repeats else self._by_opening(of_case)), *self._by_case(of_case)]
        if others:
            conditions.append(table.c.case_id.in_(select(of_case.id).where(*others)))
        if self.phase:
            conditions.append(table.c.phase == self.phase)
        return conditions

    def _by_opening(self, column: Any) -> list[ColumnElement[bool]]:
        conditions = [column.flow == self.flow] if self.flow else []
        if self.international is not None:
            conditions.append(column.international.is_(self.international))
        return [*conditions, *_between(column.opened_at, self.opened_from, self.opened_before)]

    def _by_case(self, column: Any) -> list[ColumnElement[bool]]:
        conditions = [column.channel == self.channel] if self.channel else []
        if self.client is not None:
            conditions.append(column.client_id == self.client)
        return [*conditions, *_between(column.ended_at, self.closed_from, self.closed_before)]


def _between(column: Any, first: int | None, before: int | None) -> list[ColumnElement[bool]]:
    conditions = [column >= first] if first is not None else []
    return conditions if before is None else [*conditions, column < before]


def begin_of(day: date, zone: str) -> int:
    """Return the first moment of a day, in ms."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def end_of(day: date, zone: str) -> int:
    """Return the first moment after a day, in ms."""
    return begin_of(day + timedelta(days=1), zone)


def day_of(ms: int, zone: str) -> date:
    """Return the day of a moment."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)).date()
