"""Calidad once more from the events of a demonstration, and the cases behind each of its numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cast import DAY, START
from told_by_events import of_kind, record

from core import demo
from core.db import Database
from core.documents import Store
from core.figures import quality
from core.figures.everything import FIGURES
from core.figures.evidence import Of, asked, cases, founded
from core.figures.quality import REVIEWED, Quality
from core.figures.selection import Selection

END = START + 250 * DAY


def found(db: Database, now: int, **chosen: Any) -> Quality:
    with db.reading() as connection:
        return quality.compute(connection, Selection(**chosen), now)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("lived")
    db = Database(f"sqlite:///{folder / 'approvals.db'}")
    demo.fill(db, Store(folder / "files"), END, cases=40)
    yield db
    db.engine.dispose()


@pytest.fixture(scope="module")
def events(lived: Database) -> pd.DataFrame:
    return record(lived)


def test_the_documents_are_those_of_the_events(lived: Database, events: pd.DataFrame) -> None:
    told = found(lived, END).documents.set_index("phase")
    reviews = of_kind(events, "Reviewed", "cycle", "verdict", "item")
    back = reviews[reviews["verdict"] == "return"].groupby(["case", "phase"])["at"].agg(["min", "count"])
    # An approval that was taken back is followed by another one.
    approved = events[events["kind"] == "DocumentApproved"].groupby(["case", "phase"])["at"].last()
    reached = events[events["kind"] == "PhaseEntered"].groupby("case")["phase"].last()
    approved = approved[[reached[case] > phase for case, phase in approved.index]]
    cost = (approved.reindex(back.index) - back["min"]).dropna()
    for phase in REVIEWED:
        row = told.loc[phase]
        returned = back[back.index.get_level_values("phase") == phase]
        passed = [key for key in approved.index if key[1] == phase and key not in back.index]
        took = cost[cost.index.get_level_values("phase") == phase].to_numpy()
        assert (row["first_pass"], row["sent_back"], row["returns"]) == (
            len(passed),
            len(returned),
            returned["count"].sum(),
        )
        assert (row["n"], row["total"]) == (len(took), took.sum())
        if len(took):
            assert row["p85"] == np.percentile(took, 85)
    assert told["sent_back"].sum() > 10


def test_the_criteria_and_causes_are_those_of_the_events(lived: Database, events: pd.DataFrame) -> None:
    told = found(lived, END)
    reviews = of_kind(events, "Reviewed", "cycle", "verdict", "reason", "answers")
    flat = reviews.explode("answers")
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
    documents = told.documents.set_index("phase")
    over = {key for key, group in reviews.groupby(["case", "phase"]) if (group["verdict"] == "return").any()}
    reached = events[events["kind"] == "PhaseEntered"].groupby("case")["phase"].last()
    first = flat[(flat["cycle"] == 1) & (flat["answer"] != "not_applicable")]
    chosen = [(c, p) in over or reached[c] > p for c, p in zip(first["case"], first["phase"], strict=True)]
    per_document = first[chosen].groupby(["criterion", "case", "phase"])["answer"].agg(lambda a: "fails" in set(a))
    expected = per_document.groupby("criterion").agg(["count", "sum"])
    rows = {row.criterion: (row.reviewed, row.failed) for row in told.criteria.itertuples()}
    assert rows == {name: (row["count"], row["sum"]) for name, row in expected.iterrows()}
    assert len(rows) > 2
    assert documents["reviewed"].sum() > 100


def test_the_gates_are_those_of_the_events(lived: Database, events: pd.DataFrame) -> None:
    told = found(lived, END).gates.set_index("phase")
    validations = of_kind(events, "Validated", "verdict")
    reviews = of_kind(events, "Reviewed", "verdict")
    for phase in range(1, 10):
        here, verdicts = (each[each["phase"] == phase] for each in (validations, reviews))
        row = told.loc[phase]
        assert (row["validated"], row["refused"]) == (len(here), (here["verdict"] == "no").sum())
        assert (row["reviewed"], row["returned"]) == (len(verdicts), (verdicts["verdict"] == "return").sum())
        assert row["cases"] == verdicts["case"].nunique()


# --- behind the numbers ---
def behind(db: Database, of: Of) -> tuple[list[int], int]:
    with db.reading() as connection:
        question = asked(connection, of, Selection(), END)
        told = founded(connection, FIGURES[of.figure], question)
        times = sum(case.times for case in cases(connection, FIGURES[of.figure], question, None))
        return list(told.counts.values()), times


def test_behind_each_number_are_as_many_cases(lived: Database) -> None:
    told = found(lived, END)
    for row in told.documents.to_dict("records"):
        phase = row["phase"]
        assert behind(lived, Of("first_pass", phase)) == ([row["first_pass"], row["sent_back"]], row["first_pass"])
        assert behind(lived, Of("sent_back", phase)) == ([row["sent_back"], row["first_pass"]], row["sent_back"])
        assert behind(lived, Of("first_review", phase)) == ([row["in_review"]], row["in_review"])
        assert behind(lived, Of("rework", phase)) == ([row["n"]], row["n"])
    for row in told.criteria.to_dict("records"):
        name = row["criterion"]
        assert behind(lived, Of("criterion", detail=name)) == ([row["failed"], row["first_pass"]], row["failed"])
    for figure, frame in (("failure", told.failures), ("reason", told.reasons)):
        for row in frame.to_dict("records"):
            assert behind(lived, Of(figure, detail=row["cause"])) == ([row["times"]], row["times"])
    for row in told.gates.to_dict("records"):
        refused, returned = row["refused"], row["returned"]
        assert behind(lived, Of("refusals", row["phase"])) == ([refused, row["validated"] - refused], refused)
        assert behind(lived, Of("sent_back_verdicts", row["phase"])) == (
            [returned, row["reviewed"] - returned],
            returned,
        )
