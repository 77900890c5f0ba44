"""Tiempos: how long cases stay in each phase."""

from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, Select

from core.figures.evidence import Asked, Clock, Figure
from core.figures.phases import by_phase, frame
from core.figures.selection import Selection


class Times(NamedTuple):
    """`phases`: see `core.figures.phases.frame`."""

    phases: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Times:  # noqa: ARG001  (the common signature)
    """Every figure of the page Tiempos."""
    return Times(frame(by_phase(connection, selection)))


def _left(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None))


def _in_it(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_(None))


def _blocked(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None), asked.rows.visits.c.blocked > 0)


def _never_blocked(asked: Asked) -> Select[Any]:
    return asked.visits(asked.rows.visits.c.left_at.is_not(None), asked.rows.visits.c.blocked == 0)


FIGURES = {
    "phase": Figure(Clock.CALENDAR, {"left": _left}, {"running": _in_it}),
    "blocked": Figure(Clock.CALENDAR, {"blocked": _blocked}, {"never_blocked": _never_blocked, "running": _in_it}),
}
