"""The evidence of every figure: what its formula counts and leaves out, its clock, and the list of cases.

A figure is identified by a code (`advanced`) and its scope: a phase, a role, a detail (a month, a document). Each count
of its formula is a select of case ids, one row per thing counted, so that a number and its list agree.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from core.figures.base.clocks import Clock
from core.process.definition import PHASES
from core.process.terms import Role
from core.queries.selection import Selection
from core.store import tables
from core.store.rows_as_of import Rows
from core.store.settings import policy

SHOWN = 200


class FigureRef(NamedTuple):
    """A figure and its scope; as text, for an address: «advanced:3», «late:3:mesa_de_ayuda», «opened:::2026-03»."""

    figure: str
    phase: int | None = None
    role: Role | None = None
    detail: str = ""

    def __str__(self) -> str:
        parts = (self.figure, str(self.phase or ""), self.role or "", self.detail)
        return ":".join(parts) if self.detail else ":".join(parts).rstrip(":")

    @classmethod
    def read(cls, text: str) -> "FigureRef | None":
        """Parse a reference; None when its phase or role does not exist."""
        figure, phase, role, detail = [*text.split(":", 3), "", "", ""][:4]
        known = phase in ("", *(str(defined.number) for defined in PHASES)) and role in ("", *Role)
        return cls(figure, int(phase) if phase else None, Role(role) if role else None, detail) if known else None


class FigureQuestion(NamedTuple):
    """The inputs of a select of the cases behind a figure; `now` is the moment of the figure."""

    connection: Connection
    of: FigureRef
    selection: Selection
    rows: Rows
    now: int
    zone: str

    def cases(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """Select the ids of the chosen cases that fulfil the conditions."""
        table = self.rows.cases
        return select(table.c.id).where(*self.selection.on(table, self.rows), *conditions)

    def visits(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """Select the case ids of the chosen visits (of the figure's phase, if any) that fulfil the conditions."""
        return self._of_phase(self.rows.visits, *conditions)

    def items(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """Select the case ids of the chosen work items (of the figure's phase and role)."""
        return self._of_phase(self.rows.items, *conditions)

    def verdicts(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """Select the case ids of the chosen verdicts (of the figure's phase and role)."""
        return self._of_phase(self.rows.verdicts, *conditions)

    def _of_phase(self, table: FromClause, *conditions: ColumnElement[bool]) -> Select[Any]:
        chosen = [*self.selection.on(table, self.rows), *conditions]
        if self.of.phase:
            chosen.append(table.c.phase == self.of.phase)
        if self.of.role and "role" in table.c:
            chosen.append(table.c.role == self.of.role)
        return select(table.c.case_id).where(*chosen)


def question_of(connection: Connection, of: FigureRef, selection: Selection, now: int) -> FigureQuestion:
    """Return the question about a figure at a moment."""
    zone = policy(connection).calendar.time_zone
    return FigureQuestion(connection, of, selection, selection.rows, selection.moment(now), zone)


Behind = Callable[[FigureQuestion], Select[Any]]


class Figure(NamedTuple):
    """The definition of a figure's evidence: `counts` by code, the figure itself or its numerator first."""

    clock: Clock
    counts: Mapping[str, Behind]
    excluded: Mapping[str, Behind] = {}


class Evidence(NamedTuple):
    """The numbers of a figure's formula and of what it leaves out."""

    of: FigureRef
    clock: Clock
    counts: Mapping[str, int]
    excluded: Mapping[str, int]


class EvidenceRow(NamedTuple):
    """A case behind a figure, as of its moment; `times` is how often it counts. Times in ms since 1970 UTC."""

    code: str
    client: str
    flow: str
    channel: str
    phase: int
    outcome: str | None
    opened_at: int
    ended_at: int | None
    times: int


def evidence_of(connection: Connection, figure: Figure, question: FigureQuestion) -> Evidence:
    """Return the numbers behind a figure."""

    def count(behind: Behind) -> int:
        return connection.scalar(select(func.count()).select_from(behind(question).subquery())) or 0

    counts = {name: count(behind) for name, behind in figure.counts.items()}
    excluded = {name: count(behind) for name, behind in figure.excluded.items()}
    return Evidence(question.of, figure.clock, counts, excluded)


def cases(
    connection: Connection, figure: Figure, question: FigureQuestion, limit: int | None = SHOWN
) -> list[EvidenceRow]:
    """Return the cases that a figure counts, the newest first."""
    behind = next(iter(figure.counts.values()))(question).subquery("behind")
    case_id = next(iter(behind.c))
    times = select(case_id.label("case_id"), func.count().label("times")).group_by(case_id).subquery("times")
    case, clients = question.rows.cases, tables.clients.c
    columns = (case.c.flow, case.c.channel, case.c.phase, case.c.outcome, case.c.opened_at, case.c.ended_at)
    statement = (
        select(case.c.code, clients.name, *columns, times.c.times)
        .select_from(
            case.join(times, times.c.case_id == case.c.id).join(tables.clients, clients.id == case.c.client_id)
        )
        .order_by(case.c.opened_at.desc(), case.c.id.desc())
        .limit(limit)
    )
    return [EvidenceRow._make(row) for row in connection.execute(statement)]
