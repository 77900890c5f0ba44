"""Waiting and held: how long work items waited for somebody to take them, why, and how long somebody held them.

A work item waits while nobody holds it, from its opening to its end (or now): before it is claimed, and again after it
is released. Waiting + held = elapsed, by either clock. Held is not the same as worked on.

Each moment of waiting has one cause, the first of these that applies:

1. PREREQUISITE: the visit of the phase waited for its client's environment (`blocks`, or the wait that goes on).
2. OUTSIDE_HOURS: it is outside the working calendar. In working time there is no such moment.
3. CORRECTION: the work is to correct a returned document (`work_items.kind`).
4. DOCUMENT: the work is to produce a missing document (`work_items.kind`).
5. AWAY: every active person of the role was away, and nobody stood in (`core.figures.waiting.unattended`).
6. OVERLOADED: when the work item was opened, its role had at least PER_PERSON others open per person.
   People of a role are those who have ended work of it; the work of every case counts, not only of the chosen ones.
7. NOBODY: none of the above; somebody could have claimed it.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial, reduce
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from core.figures.base.clocks import CLOCKS, Clock
from core.figures.base.ended_cache import Array
from core.figures.waiting.measure import EXPLAINED, MeasuredItems, MeasuredPart, measure
from core.process.definition import PHASES
from core.queries.selection import Selection
from core.store.ended_cases import KINDS


class Cause(StrEnum):
    """Why a work item waits, in the order of precedence."""

    PREREQUISITE = "prerequisite"
    OUTSIDE_HOURS = "outside_hours"
    CORRECTION = "correction"
    DOCUMENT = "document"
    AWAY = "away"
    OVERLOADED = "overloaded"
    NOBODY = "nobody"


CAUSES = tuple(Cause)
BY_KIND = dict(zip(EXPLAINED, (Cause.CORRECTION, Cause.DOCUMENT), strict=True))


class Waits(NamedTuple):
    """`phases`: clock, phase, items, waiting, held. `causes`: clock, cause, items, waited. Sums in ms.

    `items` of a phase are all its work items; those of a cause are the ones that waited because of it. An item with
    several causes counts for each of PREREQUISITE, OUTSIDE_HOURS, AWAY, and for one of the others.
    """

    phases: pd.DataFrame
    causes: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Waits:
    """Return how long the selected work items waited and were held, up to the moment of the figures."""
    return of_measured(measure(connection, selection, now))


def of_measured(parts: Sequence[MeasuredPart]) -> Waits:
    """Return the same from measured items."""
    phases, causes = (reduce(np.add, sums) for sums in zip(*map(_sums, parts), strict=True))
    clocks = list(enumerate(CLOCKS))
    of_phase = [(name, p.number, *phases[n, :, p.number].tolist()) for n, name in clocks for p in PHASES]
    of_cause = [(name, cause, *causes[n, :, at].tolist()) for n, name in clocks for at, cause in enumerate(CAUSES)]
    return Waits(
        pd.DataFrame(of_phase, columns=["clock", "phase", "items", "waiting", "held"]),
        pd.DataFrame(of_cause, columns=["clock", "wait", "items", "waited"]),
    )


class _Sums(NamedTuple):
    """Sums: `phases` is clocks × (items, waiting, held) × phases, `causes` clocks × (items, waited) × causes.

    `causes` excludes OVERLOADED and NOBODY: `others` are the places of the items with one of these two causes, and
    `remaining` how long each waited because of it.
    """

    phases: Array
    causes: Array
    others: Array
    remaining: Array


def _sums(part: MeasuredPart) -> tuple[Array, Array]:
    """Return the sums by phase and by cause, with all causes."""
    fixed = part.measured.cached("sums", partial(_fixed_sums, part.measured))
    causes, busy = fixed.causes.copy(), part.overloaded[fixed.others]
    for cause, mask in ((Cause.OVERLOADED, busy), (Cause.NOBODY, ~busy)):
        causes[:, :, CAUSES.index(cause)] = np.count_nonzero(mask), fixed.remaining[mask].sum()
    return fixed.phases, causes


def _fixed_sums(measured: MeasuredItems) -> _Sums:
    """Sum everything that does not depend on the work of other cases."""
    items, elapsed, held, gated = measured.items, measured.elapsed, measured.held, measured.gated
    waiting = {name: elapsed[name] - held[name] for name in CLOCKS}
    worked = waiting[Clock.WORKING] - gated[Clock.WORKING]
    remaining, waited = worked - measured.away, waiting[Clock.CALENDAR] > 0
    phases = np.array([_by(items["phase"], waiting[name], held[name]) for name in CLOCKS])
    causes = np.zeros((len(CLOCKS), 2, len(CAUSES)), np.int64)
    for n, name in enumerate(CLOCKS):
        outside = waiting[name] - gated[name] - worked
        first = {Cause.PREREQUISITE: gated[name], Cause.OUTSIDE_HOURS: outside, Cause.AWAY: measured.away}
        for cause, took in first.items():
            causes[n, :, CAUSES.index(cause)] = np.count_nonzero(took > 0), took.sum()
    for kind, cause in BY_KIND.items():
        mask = waited & (items["kind"] == KINDS.index(kind))
        causes[:, :, CAUSES.index(cause)] = np.count_nonzero(mask), remaining[mask].sum()
        waited &= ~mask
    others = np.flatnonzero(waited)
    return _Sums(phases, causes, others, remaining[others])


def _by(phase: Array, waiting: Array, held: Array) -> Array:
    """Return per phase the number of work items, and how long they waited and were held."""
    sums = [np.bincount(phase, weights, len(PHASES) + 1) for weights in (None, waiting, held)]
    return np.array(sums).astype(np.int64)
