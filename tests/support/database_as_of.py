"""Rebuilding a database as of a past moment from its events, and comparing it with figures as of that moment."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, FromClause, insert, select

from core.case import events as happened
from core.case.model import Case
from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.catalogue import FIGURES, PAGES, plain
from core.process.terms import Channel, Flow
from core.queries.selection import Selection
from core.state import evolve
from core.store import ended_cases, tables
from core.store.database import Database
from core.store.projected.write import Write
from core.store.projection import case_columns, writes
from core.store.rows_as_of import NOW, Rows, as_stood, waits_since
from tests.support.people import DAY, LIVED_UNTIL

# The backtest forecasts a year of past months at each moment, and has its own test of what it may know.
WITHIN = [name for name in PAGES if name != "backtest"]
SAME = (tables.people, tables.person_roles, tables.clients, tables.settings)


def rebuilt(db: Database, until: int, path: Path) -> Database:
    """Build a SQLite database with the cases opened by a moment and their events until then."""
    then = Database(f"sqlite:///{path}")
    then.create()
    with db.reading() as source, then.engine.begin() as target:
        for table in SAME:
            rows = [dict(row._mapping) for row in source.execute(select(table))]
            if rows:
                target.execute(insert(table), rows)
        _known(source, target, until)
        for case in source.execute(select(tables.cases).where(tables.cases.c.opened_at <= until)).all():
            e = tables.events.c
            chosen = select(tables.events).where(e.case_id == case.id, e.at <= until).order_by(e.seq)
            record = [dict(row._mapping) for row in source.execute(chosen)]
            state: Case | None = None
            changes: list[Write] = []
            for row in record:
                event = happened.from_row(
                    *(row[name] for name in ("seq", "at", "phase", "person_id", "for_person_id", "data"))
                )
                before, state = state, evolve(state, event)
                changes.extend(writes(case.id, before, event, state))
            assert state is not None
            columns = case_columns(state)
            columns["version"] = columns.pop("now")
            target.execute(insert(tables.cases).values({**case._mapping, **columns}))
            target.execute(insert(tables.events), record)
            _write(target, changes)
            if state.ended_at is not None:
                _keep(target, case.id, state)
    return then


def _keep(target: Connection, case_id: int, state: Case) -> None:
    """Insert the row of a case that had ended by then."""
    stored = {
        table: [dict(row._mapping) for row in target.execute(select(table).where(table.c.case_id == case_id))]
        for table in ended_cases.TABLES
    }
    target.execute(insert(tables.ended_cases).values({"case_id": case_id, **ended_cases.row_values(state, stored)}))


def _known(source: Connection, target: Connection, until: int) -> None:
    """Copy the people's events and absences known by then."""
    for table, moment in ((tables.people_events, "at"), (tables.absences, "created_at")):
        rows = [dict(row._mapping) for row in source.execute(select(table).where(table.c[moment] <= until))]
        for row in rows:
            if (row.get("withdrawn_at") or 0) > until:
                row |= {"withdrawn_at": None, "withdrawn_by": None}
        if rows:
            target.execute(insert(table), rows)


def _write(target: Connection, rows: Iterable[Write]) -> None:
    for row in rows:
        if row.new:
            target.execute(insert(row.table).values({**row.key, **row.values}))
        else:
            where = [row.table.c[name] == value for name, value in row.key.items()]
            change = row.table.delete() if row.gone else row.table.update().values(**row.values)
            target.execute(change.where(*where))


# --- comparing with a past moment ---
def stood(db: Database, rows: Rows, at: int) -> dict[str, list[Any]]:
    """All rows with the columns that past rows also have; a wait that has not begun is None."""
    then = as_stood(at)
    with db.reading() as connection:
        found = {}
        for name, past in zip(Rows._fields, then, strict=True):
            table: FromClause = getattr(rows, name)
            columns = [
                waits_since(table, at).label(c.key) if c.key == "blocks_at" else table.c[c.key]
                for c in past.c
                if c.key != "id" or name == "cases"
            ]
            found[name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
        return found


def same_rows(db: Database, at: int, path: Path) -> None:
    """Assert that the rows behind all figures are equal, which is faster than comparing the figures."""
    then = rebuilt(db, at, path)
    try:
        assert stood(db, as_stood(at), at) == stood(then, NOW, at)
    finally:
        then.engine.dispose()


CHOSEN: tuple[dict[str, Any], ...] = (
    {},
    {"channel": Channel.MESA_DE_AYUDA},
    {"phase": 4},
    {"flow": Flow.ESTANDAR, "closed_from": LIVED_UNTIL - 200 * DAY},
)


def compare(db: Database, at: int, path: Path, turn: int = 0) -> None:
    """Assert equal rows, pages and figures; `turn` chooses the selection of cases and the phases."""
    then = rebuilt(db, at, path)
    chosen = CHOSEN[turn % len(CHOSEN)]
    try:
        assert stood(db, as_stood(at), at) == stood(then, NOW, at)
        with db.reading() as past, then.reading() as present:
            for name in WITHIN:
                expected = plain(PAGES[name](present, Selection(**chosen), at))
                assert plain(PAGES[name](past, Selection(**chosen, as_of=at), LIVED_UNTIL + DAY)) == expected, name
            for n, (name, figure) in enumerate(FIGURES.items(), start=turn):
                of = FigureRef(name, None if n % 2 else 2)
                before = question_of(past, of, Selection(as_of=at), LIVED_UNTIL + DAY)
                now = question_of(present, of, Selection(), at)
                assert evidence_of(past, figure, before) == evidence_of(present, figure, now), name
                assert cases(past, figure, before, None) == cases(present, figure, now, None), name
    finally:
        then.engine.dispose()
