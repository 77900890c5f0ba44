"""The record as flat frames, read event by event: what figures are computed from once more, independently."""

from typing import Any

import pandas as pd
from sqlalchemy import select

from core import events as happened
from core import schema
from core.db import Database


def record(db: Database) -> pd.DataFrame:
    """Every event: case, seq, at, kind, phase, person, and its body."""
    e = schema.events.c
    columns = (e.case_id, e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
    with db.reading() as connection:
        found = connection.execute(select(*columns).order_by(e.case_id, e.seq)).all()
    rows: list[dict[str, Any]] = []
    for case_id, *row in found:
        event = happened.from_row(*row)
        kind = type(event.body).__name__
        rows.append(
            {"case": case_id, **{n: getattr(event, n) for n in ("seq", "at", "phase", "person", "body")}, "kind": kind}
        )
    return pd.DataFrame(rows)


def of_kind(events: pd.DataFrame, kind: str, *fields: str) -> pd.DataFrame:
    """The events of one kind that were not taken back, with fields of their bodies as columns."""
    back = {(row.case, row.body.item) for row in events[events["kind"] == "DecisionTakenBack"].itertuples()}
    chosen = events[events["kind"] == kind]
    stands = [(row.case, getattr(row.body, "item", None)) not in back for row in chosen.itertuples()]
    chosen = chosen[stands]
    return chosen.assign(**{name: [getattr(body, name) for body in chosen["body"]] for name in fields})
