"""The numbers beside the map: read at most half a minute ago, said in a sentence, and as a table."""

import pandas as pd
import streamlit as st

from core.db import Database
from core.figures import map as counted
from core.figures.selection import Selection
from core.process import phase_name, title
from core.terms import ROLE_NAMES, Kind, Role
from ui.format import Format
from ui.i18n import t
from ui.process_map import number

SECONDS = 30


def figures(db: Database, filters: Selection, now: int) -> pd.DataFrame:
    """The frame of `core.figures.map`, at most SECONDS old."""
    return _figures(db, str(db.url), filters, now)


@st.cache_data(ttl=SECONDS, max_entries=200, show_spinner=False)
def _figures(_db: Database, url: str, filters: Selection, _now: int) -> pd.DataFrame:  # noqa: ARG001  (url: part of the key)
    with _db.reading() as connection:
        return counted.compute(connection, filters, _now)


def finding(frame: pd.DataFrame, words: Format) -> str:
    """Where most work waits, in one sentence."""
    if not len(frame) or not frame["queue"].max():
        return t("map-nothing-waits")
    row = frame.to_dict("records")[int(frame["queue"].argmax())]
    role = ROLE_NAMES[Role(row["role"])]
    return t("map-most-waits", phase=phase_name(row["phase"]), role=role, n=words.number(int(row["queue"])))


def table(frame: pd.DataFrame, words: Format) -> None:
    """Every number of the map, for whoever does not see it."""
    shown = pd.DataFrame(
        {
            t("table-phase"): [phase_name(phase) for phase in frame["phase"]],
            t("map-lane"): [ROLE_NAMES[Role(role)] for role in frame["role"]],
            t("map-work"): [
                title(Kind(kind), phase) for kind, phase in zip(frame["kind"], frame["phase"], strict=True)
            ],
            t("map-queue"): frame["queue"],
            t("map-ended"): frame["n"],
            t("map-p50"): [number(value, "p50", words) for value in frame["p50"]],
            t("map-p85"): [number(value, "p85", words) for value in frame["p85"]],
        }
    )
    st.dataframe(shown, hide_index=True, width="stretch")


def phase_of_shape(shape: str) -> int:
    """The phase in a shape's id, as `core.bpmn.shape_of` makes it."""
    return next(int(part) for part in shape.split("_") if part.isdigit())
