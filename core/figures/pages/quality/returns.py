"""Calidad: what is approved at once, what comes back and why, and which gates never say no.

A document is reviewed when its first review is over: approved, or returned. Decisions that were taken back do not
count, and nothing here is told of a person.
"""

from math import prod
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from core.figures.base import selected_rows
from core.figures.base.columns import table
from core.figures.base.ended_cache import Array, Columns
from core.figures.base.percentiles import grouped
from core.figures.base.review_conditions import REVIEWED
from core.figures.pages.quality.causes import causes, criteria, said
from core.process.definition import PHASES
from core.process.terms import Kind
from core.queries.selection import Selection
from core.store.ended_cases import ENDINGS, KINDS, MISSING, OUTCOMES

ENOUGH = 20  # cases below which a gate may simply not have met what it is there for
DECIDES = {Kind.VALIDATE: ("yes", "no"), Kind.REVIEW: ("approve", "return")}
COUNTS = ("reviewed", "first_pass", "sent_back", "in_review", "returns", "in_correction")


class Whole(NamedTuple):
    """Over the phases: `first_pass` is the product of theirs (None without any); the rest are numbers.

    `cases` had a document reviewed, `reworked` of them one returned; a correction is a `repeat` when whoever sent the
    document before sent it again, and a `redo` when somebody else did.
    """

    first_pass: float | None
    cases: int
    reworked: int
    repeat: int
    redo: int


class Quality(NamedTuple):
    """The frames of the page, and of how many cases (`opened`) it is.

    `documents`, a row per phase with a review: reviewed = first_pass + sent_back (documents), in_review (first review
    not over), returns, in_correction (documents), share; n, p50, p85, p95, total of the rework of documents that were
    approved in the end: ms of calendar time from the first return to the approval.
    `criteria`: criterion, reviewed = first_pass + failed (documents in their first review), share; the worst first.
    `failures`, `reasons`: of returns, the most frequent first: cause, times, share and cumulative (of all counted).
    `gates`, a row per phase: validated, refused (decisions); reviewed, returned (verdicts), cases (reviewed);
    `silent`, `silent_review`: never a no in at least ENOUGH cases.
    """

    opened: int
    whole: Whole
    documents: pd.DataFrame
    criteria: pd.DataFrame
    failures: pd.DataFrame
    reasons: pd.DataFrame
    gates: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Quality:  # noqa: ARG001  (the common signature)
    """Every figure of the page Calidad."""
    every = selected_rows.visits(connection, selection)
    visits = selected_rows.in_phase(every, selection.phase)
    of_every = selected_rows.items(connection, selection)
    items = selected_rows.in_phase(of_every, selection.phase)
    documents = _documents(visits, items, selection)
    found = said(connection, selection, every, of_every)
    failures, reasons = causes(found)
    return Quality(
        len(selected_rows.cases(every, selection.phase)["case"]),
        _whole(visits, items, documents),
        documents,
        criteria(found),
        failures,
        reasons,
        _gates(items, selection),
    )


def _documents(visits: Columns, items: Columns, selection: Selection) -> pd.DataFrame:
    """Per phase: first-pass yield, returns, and what the rework of its document has cost."""
    visits = selected_rows.those(visits, selected_rows.among(visits["phase"], REVIEWED))
    phase, running, back = visits["phase"], visits["left"] == MISSING, visits["returns"] > 0
    counted = {
        "first_pass": (visits["outcome"] == OUTCOMES.index("advanced")) & ~back,
        "sent_back": back,
        "in_review": running & ~back,
        "in_correction": running & back,
    }
    size = len(PHASES) + 1
    numbers = {name: np.bincount(phase[some], minlength=size) for name, some in counted.items()}
    numbers["returns"] = np.bincount(phase, visits["returns"], size).astype(np.int64)
    numbers["reviewed"] = numbers["first_pass"] + numbers["sent_back"]
    of, took = _rework(visits, items)
    times = grouped(of, took, size)
    flat = []
    for each in _phases(selection):
        counts = {name: int(numbers[name][each]) for name in COUNTS}
        share = counts["first_pass"] / counts["reviewed"] if counts["reviewed"] else None
        total = int(took[of == each].sum())
        flat.append({"phase": each, **counts, "share": share, **times.spread(each)._asdict(), "total": total})
    columns = ["phase", *COUNTS, "share", "n", "p50", "p85", "p95", "total"]
    return table({name: [row[name] for row in flat] for name in columns}, "share", "p50", "p85", "p95")


def _whole(visits: Columns, items: Columns, documents: pd.DataFrame) -> Whole:
    """The figures over all phases."""
    visits = selected_rows.those(visits, selected_rows.among(visits["phase"], REVIEWED))
    back = visits["returns"] > 0
    reviewed = back | (visits["outcome"] == OUTCOMES.index("advanced"))
    total, reworked = (int(np.count_nonzero(np.bincount(visits["case"][some]))) for some in (reviewed, back))
    shares = documents["share"].dropna().tolist()
    return Whole(prod(shares) if shares else None, total, reworked, *_again(items))


def _gates(items: Columns, selection: Selection) -> pd.DataFrame:
    """Per phase: how often its two gates, the intake's validation and the review, were asked and said no."""
    asked = [ENDINGS.index(each) for pair in DECIDES.values() for each in pair]
    some = selected_rows.among(items["ending"], asked) & _stands(items)
    items = selected_rows.those(items, some, "case", "phase", "kind", "ending")
    gate = items["phase"].astype(np.int64) * len(KINDS) + items["kind"]
    count = (len(PHASES) + 1) * len(KINDS)
    no = selected_rows.among(items["ending"], [ENDINGS.index(refuses) for _, refuses in DECIDES.values()])
    times, refusals = np.bincount(gate, minlength=count), np.bincount(gate[no], minlength=count)
    met_by = np.zeros((int(items["case"].max(initial=0)) + 1, count), np.bool_)
    met_by[items["case"], gate] = True
    cases = np.count_nonzero(met_by, axis=0)
    flat = []
    for number in [selection.phase] if selection.phase else range(1, len(PHASES) + 1):
        of_kind = (number * len(KINDS) + KINDS.index(kind) for kind in DECIDES)
        (validated, refused, decided), (reviewed, returned, met) = (
            (int(times[each]), int(refusals[each]), int(cases[each])) for each in of_kind
        )
        silent = [decided >= ENOUGH and not refused, met >= ENOUGH and not returned]
        flat.append((number, validated, refused, reviewed, returned, met, *silent))
    columns = ["phase", "validated", "refused", "reviewed", "returned", "cases", "silent", "silent_review"]
    return pd.DataFrame(flat, columns=columns)


def _phases(selection: Selection) -> list[int]:
    return [phase for phase in REVIEWED if selection.phase in (None, phase)]


def _stands(items: Columns) -> Array:
    """Whose decision was not taken back."""
    stood: Array = items["back"] == 0
    return stood


def _rework(visits: Columns, items: Columns) -> tuple[Array, Array]:
    """The phase of each document that was returned and approved, and how long it took from the one to the other."""
    over = selected_rows.those(visits, (visits["left"] != MISSING) & (visits["returns"] > 0), "case", "phase", "left")
    back = (items["kind"] == KINDS.index(Kind.REVIEW)) & (items["ending"] == ENDINGS.index("return")) & _stands(items)
    returned = selected_rows.those(items, back, "case", "phase", "ended")
    of, which = selected_rows.pairs(selected_rows.key(over, "phase"), selected_rows.key(returned, "phase"))
    first = np.full(len(over["left"]), np.iinfo(np.int64).max)
    np.minimum.at(first, of, returned["ended"][which])
    some = np.unique(of)
    return over["phase"][some], (over["left"] - first)[some]


def _again(items: Columns) -> tuple[int, int]:
    """Of the corrections that were sent: how many by whoever had sent the document before, and by somebody else."""
    some = (items["ending"] == ENDINGS.index("send")) & _stands(items)
    sent = selected_rows.those(items, some, "case", "phase", "cycle", "by", "kind")
    again = np.flatnonzero(sent["kind"] == KINDS.index(Kind.CORRECT))
    of_phase = selected_rows.key(sent, "phase")
    of, before = selected_rows.pairs(of_phase[again], of_phase)
    of = again[of]
    next_to = sent["cycle"][before] == sent["cycle"][of] - 1
    same = int((sent["by"][of] == sent["by"][before])[next_to].sum())
    return same, int(next_to.sum()) - same
