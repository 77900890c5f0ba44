"""A database as it would have been at a past moment: nothing but the events up to then, played into empty tables."""

from pathlib import Path

from sqlalchemy import insert, select

from core import ended, schema
from core import events as happened
from core.carrying import kept
from core.case import Case
from core.db import Database
from core.projection import writes
from core.state import evolve

SAME = (schema.people, schema.person_roles, schema.clients, schema.settings)


def rebuilt(db: Database, until: int, path: Path) -> Database:
    """A SQLite database with the cases that were open by that moment, and what had happened to them."""
    then = Database(f"sqlite:///{path}")
    then.create()
    with db.reading() as source, then.engine.begin() as target:
        for table in SAME:
            rows = [dict(row._mapping) for row in source.execute(select(table))]
            if rows:
                target.execute(insert(table), rows)
        _known(source, target, until)
        for case in source.execute(select(schema.cases).where(schema.cases.c.opened_at <= until)).all():
            e = schema.events.c
            chosen = select(schema.events).where(e.case_id == case.id, e.at <= until).order_by(e.seq)
            record = [dict(row._mapping) for row in source.execute(chosen)]
            state: Case | None = None
            rows = []
            for row in record:
                event = happened.from_row(
                    *(row[name] for name in ("seq", "at", "phase", "person_id", "for_person_id", "data"))
                )
                before, state = state, evolve(state, event)
                rows.extend(writes(case.id, before, event, state))
            assert state is not None
            columns = kept(state)
            columns["version"] = columns.pop("now")
            target.execute(insert(schema.cases).values({**case._mapping, **columns}))
            target.execute(insert(schema.events), record)
            _write(target, rows)
            if state.outcome is not None:
                _end(target, case.id, state)
    return then


def _known(source, target, until: int) -> None:
    """What was known by then of the people, and of who was away."""
    for table, moment in ((schema.people_events, "at"), (schema.absences, "created_at")):
        rows = [dict(row._mapping) for row in source.execute(select(table).where(table.c[moment] <= until))]
        for row in rows:
            if (row.get("withdrawn_at") or 0) > until:
                row |= {"withdrawn_at": None, "withdrawn_by": None}
        if rows:
            target.execute(insert(table), rows)


def _end(target, case_id: int, case: Case) -> None:
    """What is kept of a case since its end."""
    rows = {
        table: [dict(row._mapping) for row in target.execute(select(table).where(table.c.case_id == case_id))]
        for table in ended.TABLES
    }
    target.execute(insert(schema.ended_cases).values(case_id=case_id, **ended.kept(case, rows)))


def _write(target, rows) -> None:
    for row in rows:
        if row.new:
            target.execute(insert(row.table).values({**row.key, **row.values}))
        else:
            where = [row.table.c[name] == value for name, value in row.key.items()]
            change = row.table.delete() if row.gone else row.table.update().values(**row.values)
            target.execute(change.where(*where))
