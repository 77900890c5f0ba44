"""Calidad: first-pass approvals, returns and their causes, and gates that never refuse.

A document is reviewed when its first review is over: approved, or returned. Decisions that were taken back do not
count, and no figure is about a single person.
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
from core.figures.pages.quality.causes import causes, criteria, read_answers
from core.process.definition import PHASES
from core.process.terms import Kind
from core.queries.selection import Selection
from core.store.ended_cases import ENDINGS, KINDS, MISSING, OUTCOMES

ENOUGH = 20  # cases needed to call a gate silent
DECIDES = {Kind.VALIDATE: ("yes", "no"), Kind.REVIEW: ("approve", "return")}
COUNTS = ("reviewed", "first_pass", "sent_back", "in_review", "returns", "in_correction")


class OverallQuality(NamedTuple):
    """Over all phases: `first_pass` is the product of theirs (None without any); the others are numbers.

    `cases` had a document reviewed, `reworked` of them one returned; a correction is a `repeat` when the previous
    sender of the document sent it again, and a `redo` when somebody else did.
    """

    first_pass: float | None
    cases: int
    reworked: int
    repeat: int
    redo: int


class Quality(NamedTuple):
    """The frames of the page, and its number of cases (`opened`).

    `documents`, a row per phase with a review: reviewed = first_pass + sent_back (documents), in_review (first review
    not over), returns, in_correction (documents), share; n, p50, p85, p95, total of the rework of documents that were
    approved in the end: ms of calendar time from the first return to the approval.
    `criteria`: criterion, reviewed = first_pass + failed (documents in their first review), share; the worst first.
    `failures`, `reasons`: of returns, the most frequent first: cause, times, share and cumulative (of all counted).
    `gates`, a row per phase: validated, refused (decisions); reviewed, returned (verdicts), cases (reviewed);
    `silent`, `silent_review`: never a no in at least ENOUGH cases.
    """

    opened: int
    whole: OverallQuality
    documents: pd.DataFrame
    criteria: pd.DataFrame
    failures: pd.DataFrame
    reasons: pd.DataFrame
    gates: pd.DataFrame


def compute(connection: Connection, selection: Selection, now: int) -> Quality:  # noqa: ARG001  (the common signature)
    """Compute every figure of the page Calidad."""
    all_visits = selected_rows.visits(connection, selection)
    visits = selected_rows.in_phase(all_visits, selection.phase)
    all_items = selected_rows.items(connection, selection)
    items = selected_rows.in_phase(all_items, selection.phase)
    documents = _documents(visits, items, selection)
    answers = read_answers(connection, selection, all_visits, all_items)
    failures, reasons = causes(answers)
    return Quality(
        len(selected_rows.cases(all_visits, selection.phase)["case"]),
        _overall(visits, items, documents),
        documents,
        criteria(answers),
        failures,
        reasons,
        _gates(items, selection),
    )


def _documents(visits: Columns, items: Columns, selection: Selection) -> pd.DataFrame:
    """Return per phase the first-pass yield, the returns, and the time of rework."""
    visits = selected_rows.take(visits, selected_rows.is_among(visits["phase"], REVIEWED))
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
    for number in _phases(selection):
        counts = {name: int(numbers[name][number]) for name in COUNTS}
        share = counts["first_pass"] / counts["reviewed"] if counts["reviewed"] else None
        total = int(took[of == number].sum())
        flat.append({"phase": number, **counts, "share": share, **times.spread(number)._asdict(), "total": total})
    columns = ["phase", *COUNTS, "share", "n", "p50", "p85", "p95", "total"]
    return table({name: [row[name] for row in flat] for name in columns}, "share", "p50", "p85", "p95")


def _overall(visits: Columns, items: Columns, documents: pd.DataFrame) -> OverallQuality:
    """Return the figures over all phases."""
    visits = selected_rows.take(visits, selected_rows.is_among(visits["phase"], REVIEWED))
    back = visits["returns"] > 0
    reviewed = back | (visits["outcome"] == OUTCOMES.index("advanced"))
    total, reworked = (int(np.count_nonzero(np.bincount(visits["case"][some]))) for some in (reviewed, back))
    shares = documents["share"].dropna().tolist()
    return OverallQuality(prod(shares) if shares else None, total, reworked, *_again(items))


def _gates(items: Columns, selection: Selection) -> pd.DataFrame:
    """Return per phase the decisions and refusals of its two gates, the intake's validation and the review."""
    decisions = [ENDINGS.index(ending) for pair in DECIDES.values() for ending in pair]
    some = selected_rows.is_among(items["ending"], decisions) & _stands(items)
    items = selected_rows.take(items, some, "case", "phase", "kind", "ending")
    gate = items["phase"].astype(np.int64) * len(KINDS) + items["kind"]
    count = (len(PHASES) + 1) * len(KINDS)
    no = selected_rows.is_among(items["ending"], [ENDINGS.index(refuses) for _, refuses in DECIDES.values()])
    times, refusals = np.bincount(gate, minlength=count), np.bincount(gate[no], minlength=count)
    met_by = np.zeros((int(items["case"].max(initial=0)) + 1, count), np.bool_)
    met_by[items["case"], gate] = True
    cases = np.count_nonzero(met_by, axis=0)
    flat = []
    for number in [selection.phase] if selection.phase else range(1, len(PHASES) + 1):
        of_kind = (number * len(KINDS) + KINDS.index(kind) for kind in DECIDES)
        (validated, refused, decided), (reviewed, returned, met) = (
            (int(times[index]), int(refusals[index]), int(cases[index])) for index in of_kind
        )
        silent = [decided >= ENOUGH and not refused, met >= ENOUGH and not returned]
        flat.append((number, validated, refused, reviewed, returned, met, *silent))
    columns = ["phase", "validated", "refused", "reviewed", "returned", "cases", "silent", "silent_review"]
    return pd.DataFrame(flat, columns=columns)


def _phases(selection: Selection) -> list[int]:
    return [phase for phase in REVIEWED if selection.phase in (None, phase)]


def _stands(items: Columns) -> Array:
    """Return whether the decision of each item was not taken back."""
    stood: Array = items["back"] == 0
    return stood


def _rework(visits: Columns, items: Columns) -> tuple[Array, Array]:
    """Return the phase and rework time of each document returned and then approved: first return to approval."""
    over = selected_rows.take(visits, (visits["left"] != MISSING) & (visits["returns"] > 0), "case", "phase", "left")
    back = (items["kind"] == KINDS.index(Kind.REVIEW)) & (items["ending"] == ENDINGS.index("return")) & _stands(items)
    returned = selected_rows.take(items, back, "case", "phase", "ended")
    of, which = selected_rows.pairs(selected_rows.key(over, "phase"), selected_rows.key(returned, "phase"))
    first = np.full(len(over["left"]), np.iinfo(np.int64).max)
    np.minimum.at(first, of, returned["ended"][which])
    some = np.unique(of)
    return over["phase"][some], (over["left"] - first)[some]


def _again(items: Columns) -> tuple[int, int]:
    """Return how many corrections were sent by the previous sender of the document, and by somebody else."""
    some = (items["ending"] == ENDINGS.index("send")) & _stands(items)
    sent = selected_rows.take(items, some, "case", "phase", "cycle", "by", "kind")
    again = np.flatnonzero(sent["kind"] == KINDS.index(Kind.CORRECT))
    of_phase = selected_rows.key(sent, "phase")
    of, before = selected_rows.pairs(of_phase[again], of_phase)
    of = again[of]
    next_to = sent["cycle"][before] == sent["cycle"][of] - 1
    same = int((sent["by"][of] == sent["by"][before])[next_to].sum())
    return same, int(next_to.sum()) - same
