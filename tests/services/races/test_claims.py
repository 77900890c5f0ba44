"""People who take, decide and take back the same work at the same moment: one is first, the others learn who."""

from functools import partial

import pytest

from core.case.events import DecisionTakenBack, ItemTaken, Validated
from core.errors import NotAllowed, Refused, Stale
from core.process.terms import Flow, Kind
from core.services import cases
from core.store.replay import differences
from tests.services.races.test_same_case import ROUNDS, THREADS, at_once
from tests.support.drive_case import MEETS, World
from tests.support.people import COMERCIAL, ID, OPERADOR_2, OPERADORA, PROCESO

pytestmark = pytest.mark.sql


def refusals(came_to: list[object]) -> list[tuple[type, str]]:
    """Of each attempt that was refused, how."""
    return [(type(each), each.code) for each in came_to if isinstance(each, Refused)]


def test_of_eight_who_take_one_work_item_one_holds_it_and_the_others_learn_who(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}")
        at, people = both.tick(), [OPERADORA, OPERADOR_2] * (THREADS // 2)
        came_to = at_once(*(partial(cases.take, both.db, ID[who], code, 1, at) for who in people))
        (taken,) = [event for event in both.record(code) if isinstance(event.body, ItemTaken)]
        assert both.item(code).held_by == taken.person
        lost = [(who, each) for who, each in zip(people, came_to, strict=True) if isinstance(each, Refused)]
        assert len(lost) == THREADS - 1
        for who, each in lost:
            if ID[who] == taken.person:
                assert (type(each), each.code) == (Stale, "held_already")
            else:
                assert (type(each), each.code) == (NotAllowed, "held_by_other")
                assert (each.params["holder"], each.params["at"]) == (taken.person, at)
    assert list(differences(both.db)) == []


def test_what_one_takes_while_another_decides_it_is_either_held_or_decided(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}")
        on, at = both.on(code, OPERADOR_2), both.tick()
        decided = partial(cases.validate, both.db, on, "yes", at, done=frozenset(range(1, 9)))
        came_to = at_once(partial(cases.take, both.db, ID[OPERADORA], code, 1, at), decided)
        if both.bodies(code, Validated):
            assert refusals(came_to) == [(Stale, "already_decided")]
        else:
            assert refusals(came_to) == [(NotAllowed, "held_by_other")]
            assert both.item(code).held_by == ID[OPERADORA]
    assert list(differences(both.db)) == []


def test_a_decision_that_is_taken_back_eight_times_at_once_is_taken_back_once(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}")
        both.validate(code, who=OPERADORA)
        at = both.tick()
        back = partial(cases.take_back, both.db, ID[OPERADORA], code, 1, "error", at)
        came_to = at_once(*(back for _ in range(THREADS)))
        assert refusals(came_to) == [(Stale, "take_back_too_late")] * (THREADS - 1)
        assert len(both.bodies(code, DecisionTakenBack)) == 1
        assert [item.work for item in both.case(code).items] == [Kind.VALIDATE]
    assert list(differences(both.db)) == []


def test_a_decision_is_taken_back_or_what_followed_is_taken_never_both(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}", flow=Flow.B2B)
        both.to(code, 2, Kind.REVIEW)
        sent, review, at = both.item(code).item - 1, both.item(code).item, both.tick()
        came_to = at_once(
            partial(cases.take_back, both.db, ID[OPERADORA], code, sent, "error", at),
            partial(cases.take, both.db, ID[COMERCIAL], code, review, at),
        )
        if both.bodies(code, DecisionTakenBack):
            assert refusals(came_to) == [(Stale, "item_withdrawn_taken_back")]
            assert both.item(code).work is Kind.PRODUCE
        else:
            assert refusals(came_to) == [(Stale, "take_back_too_late")]
            assert both.item(code).held_by == ID[COMERCIAL]
    assert list(differences(both.db)) == []


def test_a_decision_is_taken_back_or_what_followed_is_decided_never_both(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}", flow=Flow.B2B)
        both.to(code, 2, Kind.REVIEW)
        sent, on, at = both.item(code).item - 1, both.on(code, COMERCIAL), both.tick()
        came_to = at_once(
            partial(cases.take_back, both.db, ID[OPERADORA], code, sent, "error", at),
            partial(cases.review, both.db, on, "approve", at, answers=MEETS),
        )
        taken_back = bool(both.bodies(code, DecisionTakenBack))
        assert both.case(code).phase == (2 if taken_back else 3)
        assert refusals(came_to) == [(Stale, "item_withdrawn_taken_back" if taken_back else "take_back_too_late")]
    assert list(differences(both.db)) == []


def test_what_is_given_back_and_handed_on_at_once_has_one_holder_or_none(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}")
        cases.take(both.db, ID[OPERADORA], code, 1, both.tick())
        at = both.tick()
        came_to = at_once(
            partial(cases.give_back, both.db, ID[OPERADORA], code, 1, at),
            partial(cases.assign, both.db, ID[PROCESO], code, 1, ID[OPERADOR_2], at),
        )
        # Proceso hands on what somebody holds and what nobody holds; the holder gives back what is still theirs.
        assert refusals(came_to) in ([], [(NotAllowed, "holder_or_proceso_needed")])
        assert both.item(code).held_by == ID[OPERADOR_2]
    assert list(differences(both.db)) == []
