"""Calidad: exact figures on cases that are counted by hand, and on a demonstration counted again from its events."""

from typing import Any

import pandas as pd

from core.case.events import CriterionAnswer
from core.figures.pages.quality import returns
from core.figures.pages.quality.returns import ENOUGH, OverallQuality, Quality
from core.process.terms import Flow, Kind, Role
from core.queries.selection import Selection
from core.store.database import Database
from tests.support import countable_cases
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL_2, DAY, MINUTE, OPERADOR_2, START

END = START + 250 * DAY
DOCUMENTS = ["phase", "reviewed", "first_pass", "sent_back", "in_review", "returns", "in_correction"]


def found(db: Database, now: int, **chosen: Any) -> Quality:
    with db.reading() as connection:
        return returns.compute(connection, Selection(**chosen), now)


def listed(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].to_numpy().tolist()


def test_the_documents_of_the_twelve_cases(both: World) -> None:
    countable_cases.play(both)
    told = found(both.db, both.now)
    # Phase 2: the 1st, 2nd and 10th to 12th at once; the 3rd, 6th and 9th returned; the 8th in review.
    assert listed(told.documents, *DOCUMENTS) == [
        [2, 8, 5, 3, 1, 4, 1],
        [3, 6, 6, 0, 0, 0, 0],
        [4, 5, 5, 0, 1, 0, 0],
        [5, 5, 5, 0, 0, 0, 0],
        [6, 4, 4, 0, 1, 0, 0],
        [7, 3, 3, 0, 1, 0, 0],
        [8, 3, 3, 0, 0, 0, 0],
    ]
    assert told.documents["share"].tolist() == [5 / 8, 1, 1, 1, 1, 1, 1]
    # From return to approval: attach, send and four reviews; attach, send and one review. The 9th is not approved.
    second = told.documents.iloc[0]
    assert [second[name] for name in ("n", "p50", "p85", "total")] == [2, 4.5 * MINUTE, 5.55 * MINUTE, 9 * MINUTE]
    # Three corrections were sent, each by whoever had sent the document.
    assert told.whole == OverallQuality(5 / 8, 8, 3, 3, 0)
    assert told.failures.empty
    assert listed(told.reasons, "cause", "times", "share", "cumulative") == [["corregir", 4, 1, 1]]


def test_the_gates_of_the_twelve_cases(both: World) -> None:
    countable_cases.play(both)
    told = found(both.db, both.now).gates
    assert listed(told, "phase", "validated", "refused", "reviewed", "returned", "cases")[:3] == [
        [1, 11, 2, 0, 0, 0],
        # Five approved at once; a return and four approvals; a return and an approval; two returns.
        [2, 9, 0, 14, 4, 8],
        [3, 7, 1, 9, 0, 6],
    ]
    assert listed(told, "silent", "silent_review") == [[False, False]] * len(told)


def test_a_phase_and_a_flow_choose_their_documents(world: World) -> None:
    countable_cases.play(world)
    assert listed(found(world.db, world.now, phase=2).documents, *DOCUMENTS) == [[2, 8, 5, 3, 1, 4, 1]]
    assert found(world.db, world.now, phase=1).documents.empty
    estandar = found(world.db, world.now, flow=Flow.ESTANDAR)
    assert listed(estandar.documents, *DOCUMENTS)[0] == [2, 1, 0, 1, 0, 1, 0]
    assert estandar.whole == OverallQuality(0, 1, 1, 1, 0)


def test_nothing_gives_no_shares(both: World) -> None:
    told = found(both.db, both.now)
    assert told.whole == OverallQuality(None, 0, 0, 0, 0)
    assert told.documents["share"].isna().all()
    assert [frame.empty for frame in (told.criteria, told.failures, told.reasons)] == [True] * 3
    assert len(told.gates) == 9


def in_review(world: World, key: str, flow: Flow = Flow.B2B) -> str:
    code = world.open(key, flow=flow)
    world.to(code, 2, Kind.REVIEW)
    return code


def answers(**given: str) -> tuple[CriterionAnswer, ...]:
    return tuple(CriterionAnswer(name, answer, "por corregir") for name, answer in given.items())


def test_a_criterion_is_of_the_first_review_and_its_failures_of_every_return(both: World) -> None:
    both.review(in_review(both, "a"))  # Precio is met, SLA does not apply
    twice = in_review(both, "b")
    both.review(twice, verdict="return", answers=FAILS)  # Precio fails, SLA is met
    both.to(twice, 2, Kind.REVIEW)
    both.review(twice, verdict="return", answers=answers(Precio="fails", SLA="fails"))
    four = in_review(both, "c", Flow.ESTANDAR)
    both.review(four, Role.PROCESO, answers=answers(Precio="meets", SLA="meets"))
    both.review(four, Role.GERENTE_COMERCIAL, "return", answers=answers(Precio="meets", SLA="fails"), reason="=1+1")
    open_ = in_review(both, "d", Flow.ESTANDAR)
    both.review(open_, Role.PROCESO)
    told = found(both.db, both.now)
    assert listed(told.criteria, "criterion", "reviewed", "first_pass", "failed", "share") == [
        ["SLA", 2, 1, 1, 1 / 2],
        ["Precio", 3, 2, 1, 2 / 3],
    ]
    assert listed(told.failures, "cause", "times", "share", "cumulative") == [
        ["Precio", 2, 1 / 2, 1 / 2],
        ["SLA", 2, 1 / 2, 1],
    ]
    assert listed(told.reasons, "cause", "times") == [["=1+1", 1]]


def test_a_correction_by_another_person_is_a_redo(both: World) -> None:
    code = in_review(both, "a")
    both.review(code, verdict="return", reason="corregir")
    both.attach(code, OPERADOR_2)
    both.send(code, OPERADOR_2, {1: "corregido"})
    both.review(code, verdict="return", reason="corregir", who=COMERCIAL_2)
    both.attach(code, OPERADOR_2)
    both.send(code, OPERADOR_2, {1: "corregido"})
    told = found(both.db, both.now).whole
    assert (told.repeat, told.redo) == (1, 1)


def test_a_gate_is_silent_from_enough_cases_without_a_no(world: World) -> None:
    for number in range(ENOUGH - 1):
        world.validate(world.open(f"k{number}", flow=Flow.B2B))
    assert not found(world.db, world.now).gates["silent"].any()
    last = world.open("last", flow=Flow.B2B)
    world.validate(last)
    assert found(world.db, world.now).gates["silent"].tolist() == [True, *[False] * 8]
    world.validate(world.open("no", flow=Flow.B2B), "no")
    assert not found(world.db, world.now).gates["silent"].any()
