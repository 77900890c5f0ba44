"""Waiting and held: how long work items waited for somebody to take them, why, and how long somebody held them.

A work item waits while nobody holds it, from its opening to its end (or now): before it is taken, and again after it
was given back. Waiting + held = what elapsed, by either clock. Held is not the same as worked on.

Each moment of waiting has one cause, the first of these that is true of it:

1. PREREQUISITE: the visit of the phase waited for its client's environment (`blocks`, or the wait that goes on).
2. OUTSIDE_HOURS: it lies outside the working calendar. By the clock of working time there is no such moment.
3. CORRECTION: the work is to correct a returned document (`work_items.kind`).
4. DOCUMENT: the work is to produce a document, which is missing until then (`work_items.kind`).
5. AWAY: every active person of the role was away, and nobody stood in (`core.figures.waiting.unattended` tells when).
6. OVERLOADED: when the work item came in, its role had at least PER_PERSON other ones open for each of its people.
   People of a role are those who have ended work of it; the work of every case counts, not only of the chosen ones.
7. NOBODY: nothing of all that; somebody could have taken it.
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
    """Why a work item waits, in the order in which it is asked."""

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
    """`phases`: clock, phase, items, waiting, held. `causes`: clock, cause, items, waited. Times in ms, summed up.

    `items` of a phase are all its work items; those of a cause waited and are put down to it, be it outside of hours.
    One that waited for several causes counts for each of PREREQUISITE, OUTSIDE_HOURS, AWAY, and for one of the others.
    """

    phases: pd.DataFrame
    causes: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Waits:
    """What the chosen work items waited and were held, up to the moment of the figures."""
    return of_measured(measure(connection, selection, now))


def of_measured(parts: Sequence[MeasuredPart]) -> Waits:
    """The same of what is measured already."""
    phases, causes = (reduce(np.add, each) for each in zip(*map(_sums, parts), strict=True))
    clocks = list(enumerate(CLOCKS))
    of_phase = [(name, each.number, *phases[n, :, each.number].tolist()) for n, name in clocks for each in PHASES]
    of_cause = [(name, cause, *causes[n, :, at].tolist()) for n, name in clocks for at, cause in enumerate(CAUSES)]
    return Waits(
        pd.DataFrame(of_phase, columns=["clock", "phase", "items", "waiting", "held"]),
        pd.DataFrame(of_cause, columns=["clock", "wait", "items", "waited"]),
    )


class _Sums(NamedTuple):
    """Sums of some work items: `phases` clocks × what is told × phases, `causes` clocks × items and waited × causes.

    Without OVERLOADED and NOBODY: `others` are the places of the work items that waited for one of the two, and `rest`
    what each of them did.
    """

    phases: Array
    causes: Array
    others: Array
    rest: Array


def _sums(part: MeasuredPart) -> tuple[Array, Array]:
    """The sums of all causes, of the phases and of the causes."""
    found = part.measured.once("sums", partial(_fixed, part.measured))
    causes, busy = found.causes.copy(), part.overloaded[found.others]
    for cause, here in ((Cause.OVERLOADED, busy), (Cause.NOBODY, ~busy)):
        causes[:, :, CAUSES.index(cause)] = np.count_nonzero(here), found.rest[here].sum()
    return found.phases, causes


def _fixed(measured: MeasuredItems) -> _Sums:
    """What does not change with the work of others."""
    items, elapsed, held, gated = measured.items, measured.elapsed, measured.held, measured.gated
    waiting = {name: elapsed[name] - held[name] for name in CLOCKS}
    worked = waiting[Clock.WORKING] - gated[Clock.WORKING]
    rest, waited = worked - measured.away, waiting[Clock.CALENDAR] > 0
    phases = np.array([_by(items["phase"], waiting[name], held[name]) for name in CLOCKS])
    causes = np.zeros((len(CLOCKS), 2, len(CAUSES)), np.int64)
    for n, name in enumerate(CLOCKS):
        outside = waiting[name] - gated[name] - worked
        first = {Cause.PREREQUISITE: gated[name], Cause.OUTSIDE_HOURS: outside, Cause.AWAY: measured.away}
        for cause, took in first.items():
            causes[n, :, CAUSES.index(cause)] = np.count_nonzero(took > 0), took.sum()
    for kind, cause in BY_KIND.items():
        here = waited & (items["kind"] == KINDS.index(kind))
        causes[:, :, CAUSES.index(cause)] = np.count_nonzero(here), rest[here].sum()
        waited &= ~here
    others = np.flatnonzero(waited)
    return _Sums(phases, causes, others, rest[others])


def _by(phase: Array, waiting: Array, held: Array) -> Array:
    """Per phase how many work items there are, and what they waited and were held."""
    sums = [np.bincount(phase, each, len(PHASES) + 1) for each in (None, waiting, held)]
    return np.array(sums).astype(np.int64)
