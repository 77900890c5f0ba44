"""A generated history of a million events, decided by the state module and written with all projected rows.

The same seed and number of events give the same rows. It has returns, rejections, waits for environments and
running cases; the slow review of phase 4 is its bottleneck.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy import Table

from bench import say
from bench.generated_case import CLIENTS, PEOPLE, GeneratedCase
from core.case import events as happened
from core.case.model import Case
from core.process.policy import Policy
from core.process.terms import PROCESS_ROLES, Document
from core.state import evolve
from core.store import ended_cases, tables
from core.store.database import Database
from core.store.derived import DERIVED_KEYS
from core.store.projection import case_columns, writes

UNTIL = 1_790_000_000_000  # a working day in September 2026, in ms since 1970 UTC
DAY = 24 * 60 * 60_000
DAYS = 730
EVENTS = 1_000_000
SPREAD = 0.6180339887498949  # the golden ratio spreads any number of cases evenly over the days
BATCH = 50_000  # events per write
Row = dict[str, Any]
Tables = dict[Table, list[Row]]


def history(path: Path, events: int = EVENTS, seed: int = 1) -> Database:
    """Write at least `events` events of complete cases into a new SQLite file."""
    db = Database(f"sqlite:///{path}")
    db.create()
    policy = Policy(templates=dict.fromkeys(Document, "plantilla"))
    began, written, number = time.perf_counter(), 0, 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        _insert(connection, _people_and_clients())
        while written < events:
            rows: Tables = defaultdict(list)
            while len(rows[tables.events]) < min(BATCH, events - written):
                opened_at = UNTIL - round((number * SPREAD % 1) * DAYS * DAY)
                _add_case(rows, GeneratedCase(policy, seed, number, opened_at, UNTIL))
                number += 1
            written += len(rows[tables.events])
            _insert(connection, rows)
            say(f"{written:,} of {events:,} events after {time.perf_counter() - began:.0f} s")
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return db


def _add_case(rows: Tables, generated: GeneratedCase) -> None:
    """Run a case and add the rows that follow from it."""
    case_id = generated.number + 1
    following: dict[Table, dict[tuple[Any, ...], Row]] = {table: {} for table in DERIVED_KEYS}
    opened_by = None
    for before, events in generated.decisions():
        case = before
        opened_by = opened_by or events[0].person
        for event in events:
            after = evolve(case, event)
            rows[tables.events].append(dict(happened.as_row(case_id, event)))
            for write in writes(case_id, case, event, after):
                key = tuple(write.key[column] for column in DERIVED_KEYS[write.table])
                known = following[write.table]
                known[key] = {**known.get(key, write.key), **write.values}
            case = after
    assert generated.case is not None
    rows[tables.cases].append(_case_row(case_id, generated.case, opened_by))
    for table, rows_by_key in following.items():
        rows[table].extend(rows_by_key.values())
    if generated.case.outcome is not None:
        tables_at_end = {table: following[table].values() for table in ended_cases.TABLES}
        kept_at_end = ended_cases.row_values(generated.case, tables_at_end)
        rows[tables.ended_cases].append({"case_id": case_id, **kept_at_end})


def _case_row(case_id: int, case: Case, opened_by: int | None) -> Row:
    row = case_columns(case)
    row["version"] = row.pop("now")
    code = f"S-{case_id:07d}"
    return row | {
        "id": case_id,
        "code": code,
        "request_key": f"history-{case_id}",
        "client_id": case.client,
        "contact_name": "Ana Ruiz",
        "contact_email": "ana@cliente.example",
        "contact_phone": "",
        "service": case.service,
        "flow": case.flow,
        "international": case.international,
        "search": f"{code} enlace dedicado".lower(),
        "opened_at": case.opened_at,
        "opened_by": opened_by,
    }


def _people_and_clients() -> Mapping[Table, list[Row]]:
    nobody = {column.name: None for column in tables.people.c}
    numbers = range(len(PROCESS_ROLES) * PEOPLE)
    plain = {"password_hash": "", "active": True, "must_change_password": False, "failed_sign_ins": 0, "created_at": 0}
    people = [nobody | plain | {"id": n + 1, "login": f"persona-{n + 1}", "name": f"Persona {n + 1}"} for n in numbers]
    roles = [{"person_id": n + 1, "role": PROCESS_ROLES[n // PEOPLE]} for n in numbers]
    clients = [
        {"id": n, "name": f"Cliente {n}", "name_key": f"cliente {n}", "created_at": 0} for n in range(1, CLIENTS + 1)
    ]
    return {tables.people: people, tables.person_roles: roles, tables.clients: clients}


def _insert(connection: Any, rows: Mapping[Table, list[Row]]) -> None:
    for table in tables.metadata.sorted_tables:
        if table_rows := rows.get(table):
            names = list(table_rows[0])
            columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            statement = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"  # noqa: S608  (our own names)
            connection.executemany(statement, map(itemgetter(*names), table_rows))
