"""The inbox query with a million cases, 5 % of them open: first and deep pages of every role.

The rows are written directly into the tables that the query reads.
"""

import json
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from pysqlite3 import dbapi2 as sqlite3
from sqlalchemy import Table

from bench import say
from bench.product import MINUTE, START
from core.process.terms import CHANNEL_ROLE, PROCESS_ROLES, REVIEW_ROLES, Channel, Environment, Flow, Kind, Role
from core.queries import inbox as queries_inbox
from core.store import tables
from core.store.compiled_statements import Compiled
from core.store.database import Database, insert_into

CLIENTS = 2000
OPEN_SHARE = 0.05
ENDED_ITEMS = 3  # per case; the partial index holds open items only
BATCH = 10_000
DAY = 24 * 60 * MINUTE
Row = dict[str, Any]


def inbox(folder: Path, cases: int, repeats: int) -> dict[str, Any]:
    """Times in µs of reading a page of 50 rows, including its connection."""
    db = Database(f"sqlite:///{folder / 'inbox.db'}")
    db.create()
    _fill(db, folder / "inbox.db", cases)
    say(f"reading the inbox {repeats * len(PROCESS_ROLES) * 2:,} times")
    first, deep = [], []
    for role in PROCESS_ROLES:
        last = _at_ninety_percent(db, role)
        for _ in range(repeats):
            first.append(_microseconds(db, role, None))
            deep.append(_microseconds(db, role, last))
    percentiles = {name: np.percentile(times, (50, 95)) for name, times in (("first", first), ("deep", deep))}
    return {"cases": cases} | {
        f"{page}_p{p}_us": round(float(value))
        for page, values in percentiles.items()
        for p, value in zip((50, 95), values, strict=True)
    }


def _microseconds(db: Database, role: Role, after: tuple[int, int] | None) -> float:
    before = time.perf_counter()
    with db.reading() as connection:
        rows = queries_inbox.inbox(connection, role, START, after=after)
    seconds = time.perf_counter() - before
    if len(rows) != queries_inbox.PAGE and after is None:
        raise AssertionError(f"only {len(rows)} rows in the inbox of {role}")
    return seconds * 1_000_000


def _at_ninety_percent(db: Database, role: Role) -> tuple[int, int]:
    """The key after which a page deep in the inbox begins."""
    with db.reading() as connection:
        count = queries_inbox.counted(connection, role, START, 10_000_000)
        row = queries_inbox.inbox(connection, role, START, limit=count * 9 // 10)[-1]
    return row.due_at, row.id


def _fill(db: Database, path: Path, cases: int) -> None:
    rng = random.Random(1)  # noqa: S311  (the same rows in every run)
    began = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-200000")
        connection.execute("BEGIN")
        insert = partial(_insert, db, connection)
        insert(tables.people, [_PERSON])
        insert(tables.clients, map(_client, range(CLIENTS)))
        insert(tables.environments, map(_environment, range(CLIENTS)))
        for start in range(0, cases, BATCH):
            rows = [_case(number, rng) for number in range(start, min(start + BATCH, cases))]
            insert(tables.cases, rows)
            insert(tables.work_items, (item for n, row in enumerate(rows, start + 1) for item in _items(n, row, rng)))
            if start % (BATCH * 10) == 0:
                say(f"writing case {start:,} of {cases:,} after {time.perf_counter() - began:.0f} s")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(db: Database, connection: Any, table: Table, rows: Iterable[Row]) -> None:
    statement = Compiled(insert_into(table), db.engine)
    connection.executemany(statement.sql, map(statement.bind, rows))


_PERSON = {column.name: None for column in tables.people.c} | {
    "login": "bench",
    "name": "Bench",
    "password_hash": "",
    "active": True,
    "must_change_password": False,
    "failed_sign_ins": 0,
    "created_at": START,
}


def _client(number: int) -> Row:
    return {"name": f"Cliente {number}", "name_key": f"cliente {number}", "created_at": START}


def _environment(number: int) -> Row:
    """Most clients have a test environment; without one, phase 6 is blocked."""
    kind = Environment.PRODUCTION if number % 5 == 0 else Environment.TEST
    row = {"client_id": number + 1, "kind": kind.value, "evidence": "acta", "registered_at": START}
    return row | {"registered_by": 1, "expires_at": None}


def _case(number: int, rng: random.Random) -> Row:
    running = rng.random() < OPEN_SHARE
    opened_at = START - rng.randrange(DAY, 60 * DAY if running else 900 * DAY)
    return {
        "code": f"S-2026-{number:07d}",
        "request_key": f"bench-{number}",
        "client_id": number % CLIENTS + 1,
        "contact_name": "Ana Ruiz",
        "contact_email": "ana@cliente.example",
        "contact_phone": "",
        "service": "Enlace dedicado de 100 Mbps",
        "flow": (Flow.ESTANDAR, Flow.B2B)[number % 2].value,
        "channel": tuple(Channel)[number // 2 % 2].value,
        "international": False,
        "search": f"s-2026-{number:07d} cliente {number % CLIENTS} enlace dedicado de 100 mbps",
        "opened_at": opened_at,
        "opened_by": 1,
        "phase": rng.randint(2, 8) if running else 9,
        "outcome": None if running else "closed",
        "ended_at": None if running else opened_at + 20 * DAY,
        "version": 200,
        "state": _STATE,
    }


_STATE = json.dumps({"filler": "x" * 1700})  # as long as a real state


def _items(case_id: int, case: Row, rng: random.Random) -> Iterator[Row]:
    """The last ended items of a case, and the open ones if it is running."""
    intake = CHANNEL_ROLE[Channel(case["channel"])]
    for item in range(1, ENDED_ITEMS + 1):
        yield _item(case_id, item, case, intake, Kind.PRODUCE, rng) | {
            "ended_at": case["opened_at"] + DAY,
            "ended_as": "send",
            "ended_by": 1,
        }
    if case["outcome"]:
        return
    kind = rng.choice((Kind.VALIDATE, Kind.PRODUCE, Kind.REVIEW))
    panel = REVIEW_ROLES if case["flow"] == Flow.ESTANDAR else (Role.GERENTE_COMERCIAL,)
    for item, role in enumerate(panel if kind is Kind.REVIEW else (intake,), ENDED_ITEMS + 1):
        yield _item(case_id, item, case, role, kind, rng)


def _item(case_id: int, item: int, case: Row, role: Role, kind: Kind, rng: random.Random) -> Row:
    opened_at = case["opened_at"] + rng.randrange(30 * DAY)
    times = {"opened_at": opened_at, "soon_at": opened_at + DAY, "due_at": opened_at + 2 * DAY}
    ended = {"ended_at": None, "ended_as": None, "ended_by": None, "taken_back_at": None}
    held = {"held_by": None, "held_since": None, "held": 0}
    identity = {"case_id": case_id, "item": item, "role": role.value, "kind": kind.value}
    return identity | {"phase": case["phase"], "cycle": 1, "version": 200} | times | ended | held
