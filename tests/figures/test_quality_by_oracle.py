"""Calidad once more from the events alone, at any moment of any choice of cases, and the cases behind its numbers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.catalogue import FIGURES
from core.figures.pages.quality import returns
from core.figures.pages.quality.returns import ENOUGH, REVIEWED, Quality
from core.queries.selection import Selection
from core.store.database import Database
from tests.support.figures_from_events import CHOICES, of_kind, record, until, visits
from tests.support.people import DAY, LIVED_UNTIL

END = LIVED_UNTIL


def found(db: Database, now: int, **chosen: Any) -> Quality:
    with db.reading() as connection:
        return returns.compute(connection, Selection(**chosen), now)


@pytest.fixture(scope="module")
def events(lived: Database) -> pd.DataFrame:
    return record(lived)


Choice = dict[str, Any]
MOMENTS = st.integers(0, 250 * DAY).map(lambda back: END - back)


def told_of(events: pd.DataFrame, at: int, chosen: Choice) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The events up to a moment of the chosen cases, and their visits; of the chosen phase, if there is one."""
    past = until(events, at, **chosen)
    stays = visits(past)
    if "phase" in chosen:
        past = past[past["kind"].isin(["DecisionTakenBack"]) | (past["phase"] == chosen["phase"])]
        stays = stays[stays["phase"] == chosen["phase"]]
    return past, stays


@given(at=MOMENTS, chosen=CHOICES)
@example(at=END, chosen={})
@settings(max_examples=8)
def test_the_documents_are_those_of_the_events(lived: Database, events: pd.DataFrame, at: int, chosen: Choice) -> None:
    told = found(lived, END + DAY, as_of=at, **chosen)
    past, stays = told_of(events, at, chosen)
    stays = stays[stays["phase"].isin(REVIEWED)].set_index(["case", "phase"])
    reviews = of_kind(past, "Reviewed", "verdict")
    back = reviews[reviews["verdict"] == "return"].groupby(["case", "phase"])["at"].agg(["min", "count"])
    rows = stays.join(back)
    rows["first_pass"] = (rows["outcome"] == "advanced") & rows["min"].isna()
    rows["in_review"] = rows["left"].isna() & rows["min"].isna()
    rows["took"] = rows["left"] - rows["min"]
    for row in told.documents.itertuples():
        here = rows[rows.index.get_level_values("phase") == row.phase]
        counts = [here["first_pass"].sum(), here["min"].count(), here["in_review"].sum(), here["count"].sum()]
        assert [row.first_pass, row.sent_back, row.in_review, row.returns] == counts
        assert row.in_correction == (here["min"].notna() & here["left"].isna()).sum()
        assert row.reviewed == row.first_pass + row.sent_back
        assert np.isnan(row.share) if not row.reviewed else row.share == row.first_pass / row.reviewed
        took = here["took"].dropna()
        assert (row.n, row.total) == (len(took), took.sum())
        if len(took):
            assert (row.p50, row.p85) == tuple(took.quantile([0.5, 0.85]))
    reviewed = rows[rows["first_pass"] | rows["min"].notna()]
    assert told.whole.cases == reviewed.index.get_level_values("case").nunique()
    assert told.whole.reworked == rows[rows["min"].notna()].index.get_level_values("case").nunique()
    shares = [row.share for row in told.documents.itertuples() if row.reviewed]
    assert told.whole.first_pass == (pytest.approx(np.prod(shares)) if shares else None)
    if "phase" not in chosen:
        assert told.opened == past["case"].nunique()
    if not chosen and at == END:
        assert told.documents["sent_back"].sum() > 10


@given(at=MOMENTS, chosen=CHOICES)
@example(at=END, chosen={})
@settings(max_examples=8)
def test_corrections_are_by_the_same_person_or_by_another(
    lived: Database, events: pd.DataFrame, at: int, chosen: Choice
) -> None:
    past, _ = told_of(events, at, chosen)
    sent = of_kind(past, "DocumentSent", "item").sort_values(["case", "phase", "seq"])
    sent = sent[sent["phase"].isin(REVIEWED)]
    before = sent.groupby(["case", "phase"])["person"].shift()
    again = before.notna()
    told = found(lived, END + DAY, as_of=at, **chosen).whole
    same = int((sent["person"] == before)[again].sum())
    assert (told.repeat, told.redo) == (same, int(again.sum()) - same)
    if not chosen and at == END:
        assert told.repeat > 20


@given(at=MOMENTS, chosen=CHOICES)
@example(at=END, chosen={})
@settings(max_examples=8)
def test_the_criteria_and_causes_are_those_of_the_events(
    lived: Database, events: pd.DataFrame, at: int, chosen: Choice
) -> None:
    told = found(lived, END + DAY, as_of=at, **chosen)
    past, stays = told_of(events, at, chosen)
    reviews = of_kind(past, "Reviewed", "cycle", "verdict", "reason", "answers")
    flat = reviews.explode("answers").dropna(subset="answers")
    flat = flat.assign(
        criterion=[each.criterion for each in flat["answers"]], answer=[each.answer for each in flat["answers"]]
    )
    failed = flat[flat["answer"] == "fails"]
    assert dict(zip(told.failures["cause"], told.failures["times"], strict=True)) == dict(
        failed["criterion"].value_counts()
    )
    written = reviews[(reviews["verdict"] == "return") & (reviews["reason"] != "")]
    assert dict(zip(told.reasons["cause"], told.reasons["times"], strict=True)) == dict(
        written["reason"].value_counts()
    )
    over = {key for key, group in reviews.groupby(["case", "phase"]) if (group["verdict"] == "return").any()}
    over |= set(stays[stays["outcome"] == "advanced"][["case", "phase"]].itertuples(index=False, name=None))
    first = flat[(flat["cycle"] == 1) & (flat["answer"] != "not_applicable")]
    first = first[np.array([key in over for key in zip(first["case"], first["phase"], strict=True)], bool)]
    per_document = first.groupby(["criterion", "case", "phase"])["answer"].agg(lambda a: "fails" in set(a))
    expected = per_document.groupby("criterion").agg(["count", "sum"])
    rows = {row.criterion: (row.reviewed, row.failed) for row in told.criteria.itertuples()}
    assert rows == {name: (row["count"], row["sum"]) for name, row in expected.iterrows()}
    if not chosen and at == END:
        assert len(rows) > 2
        assert told.documents["reviewed"].sum() > 100


@given(at=MOMENTS, chosen=CHOICES)
@example(at=END, chosen={})
@settings(max_examples=8)
def test_the_gates_are_those_of_the_events(lived: Database, events: pd.DataFrame, at: int, chosen: Choice) -> None:
    past, _ = told_of(events, at, chosen)
    validations, reviews = (of_kind(past, kind, "verdict") for kind in ("Validated", "Reviewed"))
    for row in found(lived, END + DAY, as_of=at, **chosen).gates.itertuples():
        here, verdicts = (each[each["phase"] == row.phase] for each in (validations, reviews))
        refused, returned = (here["verdict"] == "no").sum(), (verdicts["verdict"] == "return").sum()
        assert (row.validated, row.refused) == (len(here), refused)
        assert (row.reviewed, row.returned) == (len(verdicts), returned)
        assert row.cases == verdicts["case"].nunique()
        assert row.silent == (here["case"].nunique() >= ENOUGH and not refused)
        assert row.silent_review == (row.cases >= ENOUGH and not returned)


# --- behind the numbers ---
def behind(db: Database, of: FigureRef) -> tuple[list[int], int]:
    with db.reading() as connection:
        question = question_of(connection, of, Selection(), END)
        told = evidence_of(connection, FIGURES[of.figure], question)
        times = sum(case.times for case in cases(connection, FIGURES[of.figure], question, None))
        return list(told.counts.values()), times


def test_behind_each_number_are_as_many_cases(lived: Database) -> None:
    told = found(lived, END)
    for row in told.documents.to_dict("records"):
        phase = row["phase"]
        assert behind(lived, FigureRef("first_pass", phase)) == (
            [row["first_pass"], row["sent_back"]],
            row["first_pass"],
        )
        assert behind(lived, FigureRef("sent_back", phase)) == ([row["sent_back"], row["first_pass"]], row["sent_back"])
        assert behind(lived, FigureRef("first_review", phase)) == ([row["in_review"]], row["in_review"])
        assert behind(lived, FigureRef("rework", phase)) == ([row["n"]], row["n"])
    for row in told.criteria.to_dict("records"):
        name = row["criterion"]
        assert behind(lived, FigureRef("criterion", detail=name)) == ([row["failed"], row["first_pass"]], row["failed"])
    for figure, frame in (("failure", told.failures), ("reason", told.reasons)):
        for row in frame.to_dict("records"):
            assert behind(lived, FigureRef(figure, detail=row["cause"])) == ([row["times"]], row["times"])
    for row in told.gates.to_dict("records"):
        refused, returned = row["refused"], row["returned"]
        assert behind(lived, FigureRef("refusals", row["phase"])) == ([refused, row["validated"] - refused], refused)
        assert behind(lived, FigureRef("sent_back_verdicts", row["phase"])) == (
            [returned, row["reviewed"] - returned],
            returned,
        )
