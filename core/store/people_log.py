"""The history of each person: changes to their account and their own actions with it."""

import json
from typing import Any

from sqlalchemy import bindparam, select

from core.store.database import Transaction, insert_into
from core.store.tables import people_events

_add_event = insert_into(people_events)
_last_event = (
    select(people_events.c.at)
    .where(people_events.c.person_id == bindparam("whom"))
    .order_by(people_events.c.id.desc())
    .limit(1)
)


def moment(tx: Transaction, whom: int, at: int) -> int:
    """Return the time of a new entry: `at`, but never before the person's last one, as clocks may be set back."""
    (last,) = tx.row(_last_event, whom=whom) or (0,)
    return max(at, int(last))


def record(tx: Transaction, whom: int, kind: str, at: int, by: int | None, **data: Any) -> None:
    """Add an entry to the history of a person; `by` is None for the system itself."""
    entry = {"at": moment(tx, whom, at), "by_id": by, "person_id": whom, "kind": kind, "data": json.dumps(data)}
    tx.run(_add_event, entry)
