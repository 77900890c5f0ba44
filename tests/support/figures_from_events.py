"""The record as flat data frames, from which tests compute figures independently."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from sqlalchemy import select

from core.case import events as happened
from core.process.terms import Channel, Flow
from core.store import tables
from core.store.database import Database


def record(db: Database) -> pd.DataFrame:
    """Every event: case, seq, at, kind, phase, person, and its body."""
    e = tables.events.c
    columns = (e.case_id, e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
    with db.reading() as connection:
        event_rows = connection.execute(select(*columns).order_by(e.case_id, e.seq)).all()
    rows: list[dict[str, Any]] = []
    for case_id, *row in event_rows:
        event = happened.from_row(*row)
        kind = type(event.body).__name__
        rows.append(
            {"case": case_id, **{n: getattr(event, n) for n in ("seq", "at", "phase", "person", "body")}, "kind": kind}
        )
    return pd.DataFrame(rows)


def _rows(events: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, typed as Any."""
    return iter(events.itertuples())


def of_kind(events: pd.DataFrame, kind: str, *fields: str) -> pd.DataFrame:
    """The events of a kind that were not taken back, with fields of their bodies as columns."""
    back = {(row.case, row.body.item) for row in _rows(events[events["kind"] == "DecisionTakenBack"])}
    chosen = events[events["kind"] == kind]
    stands = [(row.case, getattr(row.body, "item", None)) not in back for row in _rows(chosen)]
    chosen = chosen[np.array(stands, bool)]
    return chosen.assign(**{name: [getattr(body, name) for body in chosen["body"]] for name in fields})


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "flow": st.sampled_from(Flow),
        "channel": st.sampled_from(Channel),
        "international": st.booleans(),
        "phase": st.sampled_from(range(1, 10)),
    },
)


def until(events: pd.DataFrame, at: int, **chosen: Any) -> pd.DataFrame:
    """The events up to a moment of the cases that match `chosen` at that moment."""
    past = events[events["at"] <= at]
    opened = past[past["kind"] == "CaseOpened"].set_index("case")["body"]
    handed = past[past["kind"] == "ChannelHanded"].groupby("case")["body"].last()
    last_handed: Any = dict(handed)
    facts = pd.DataFrame(
        {
            "flow": [body.flow for body in opened],
            "international": [body.international for body in opened],
            "channel": [last_handed.get(case, body).channel for case, body in dict(opened).items()],
        },
        index=opened.index,
    )
    for name in ("flow", "channel", "international"):
        if name in chosen:
            facts = facts[facts[name] == chosen[name]]
    return past[past["case"].isin(facts.index)]


def visits(events: pd.DataFrame) -> pd.DataFrame:
    """The phase visits not taken back: case, phase, entered, left (NaN while running) and outcome."""
    visits_of: dict[int, list[list[Any]]] = {}
    for row in _rows(events):
        of_case = visits_of.setdefault(row.case, [])
        if row.kind == "CaseOpened":
            of_case.append([row.case, 1, row.at, np.nan, ""])
        elif row.kind == "PhaseEntered":
            of_case[-1][3:] = [row.at, "advanced"]
            of_case.append([row.case, row.body.phase, row.at, np.nan, ""])
        elif row.kind == "CaseEnded":
            of_case[-1][3:] = [row.at, str(row.body.outcome)]
        elif row.kind == "DecisionTakenBack":
            while of_case[-1][1] > row.body.phase:
                of_case.pop()
            of_case[-1][3:] = [np.nan, ""]
    flat = [visit for of_case in visits_of.values() for visit in of_case]
    return pd.DataFrame(flat, columns=["case", "phase", "entered", "left", "outcome"])
