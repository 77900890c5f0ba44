"""Eight people on one work item at the same moment: exactly one decides, the others are told who did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, select

from core.errors import Ended, Refused, Stale
from core.process.terms import REVIEW_ROLES, Channel, Environment, Flow, Kind
from core.services import cases, environments, opening
from core.store import tables
from core.store.replay import differences
from tests.support.drive_case import FAILS, MEETS, World, dump, request
from tests.support.people import COMERCIAL, COMERCIAL_2, HOLDER, ID, MESA, OPERADOR_2, OPERADORA, PROCESO

pytestmark = pytest.mark.sql

THREADS = 8
ROUNDS = 5
REVIEWERS = {role: HOLDER[role] for role in REVIEW_ROLES}


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """What each of several attempts came to, all started at the same moment: its value or its refusal."""
    barrier = Barrier(len(attempts))

    def tried(attempt: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return attempt()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(tried, attempts))


def test_of_eight_approvals_of_one_work_item_exactly_one_wins_and_the_others_learn_who(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}", flow=Flow.B2B)
        both.to(code, 2, Kind.REVIEW)
        people = [COMERCIAL, COMERCIAL_2] * (THREADS // 2)
        seen = [both.on(code, who) for who in people]
        at = both.tick()
        came_to = at_once(*(partial(cases.review, both.db, on, "approve", at, answers=MEETS) for on in seen))
        lost = [outcome for outcome in came_to if isinstance(outcome, Refused)]
        assert len(lost) == THREADS - 1
        winner = next(who for who, outcome in zip(people, came_to, strict=True) if not isinstance(outcome, Refused))
        for who, outcome in zip(people, came_to, strict=True):
            if isinstance(outcome, Refused):
                assert (type(outcome), outcome.code) == (Stale, "already_decided")
                told = {name: outcome.params[name] for name in ("how", "at", "person", "own")}
                assert told == {"how": "approve", "at": at, "person": winner.capitalize(), "own": who == winner}
        assert both.case(code).phase == 3
    assert list(differences(both.db)) == []


def test_of_approvals_and_returns_at_once_the_first_decides_and_the_rest_write_nothing(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}", flow=Flow.B2B)
        both.to(code, 2, Kind.REVIEW)
        on = both.on(code, COMERCIAL)
        at = both.tick()
        verdicts = [("approve", MEETS), ("return", FAILS)] * (THREADS // 2)
        came_to = at_once(*(partial(cases.review, both.db, on, v, at, answers=a) for v, a in verdicts))
        assert sum(not isinstance(outcome, Refused) for outcome in came_to) == 1
        assert {outcome.params["reason"] for outcome in came_to if isinstance(outcome, Stale)} == {""}
        case = both.case(code)
        assert (case.phase, [item.work for item in case.items]) in ((3, [Kind.VALIDATE]), (2, [Kind.CORRECT]))
    assert list(differences(both.db)) == []


def test_four_roles_who_approve_at_once_all_count(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"r{round_}")
        both.to(code, 2, Kind.REVIEW)
        seen = [both.on(code, who, role) for role, who in REVIEWERS.items()]
        at = both.tick()
        came_to = at_once(*(partial(cases.review, both.db, on, "approve", at, answers=MEETS) for on in seen))
        assert not [outcome for outcome in came_to if isinstance(outcome, Refused)]
        assert both.case(code).phase == 3
    assert list(differences(both.db)) == []


def test_when_a_no_ends_the_case_the_others_learn_who_ended_it(both: World):
    code = both.open()
    people = [OPERADORA, OPERADOR_2] * (THREADS // 2)
    seen = [both.on(code, who) for who in people]
    at = both.tick()
    came_to = at_once(*(partial(cases.validate, both.db, on, "no", at, reason="datos falsos") for on in seen))
    winner = next(who for who, outcome in zip(people, came_to, strict=True) if not isinstance(outcome, Refused))
    refusals = [outcome for outcome in came_to if isinstance(outcome, Refused)]
    assert len(refusals) == THREADS - 1
    assert {(type(r), r.code, r.params["person"], r.params["at"]) for r in refusals} == {
        (Ended, "case_ended", winner.capitalize(), at)
    }


def test_one_request_sent_eight_times_at_once_opens_one_case(both: World):
    asked = request("twice")
    at = both.tick()
    codes = at_once(*(partial(opening.open_case, both.db, ID[OPERADORA], asked, at) for _ in range(THREADS)))
    assert len(set(codes)) == 1
    with both.db.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.cases)) == 1


def test_eight_requests_at_once_for_the_year_s_first_cases_get_eight_codes(both: World):
    at = both.tick()
    asked = [request(f"k{n}", channel=Channel.MESA_DE_AYUDA) for n in range(THREADS)]
    codes = at_once(*(partial(opening.open_case, both.db, ID[MESA], each, at) for each in asked))
    assert sorted(map(str, codes)) == [f"S-2026-{n:04d}" for n in range(1, THREADS + 1)]


def test_a_new_client_named_at_once_in_two_requests_is_created_once(both: World):
    at = both.tick()
    asked = [request(f"k{n}", client_name="Café del Sur") for n in range(2)]
    came_to = at_once(*(partial(opening.open_case, both.db, ID[OPERADORA], r, at) for r in asked))
    refused = [outcome for outcome in came_to if isinstance(outcome, Refused)]
    assert [sorted(r.problems) for r in refused] == [["client_name"]]


def test_an_environment_registered_while_a_case_is_opened_reaches_the_case(both: World):
    for round_ in range(ROUNDS):
        code = both.open(f"first{round_}")
        client = both.case(code).client
        at = both.tick()
        second, _ = at_once(
            partial(opening.open_case, both.db, ID[OPERADORA], request(f"second{round_}", client=client), at),
            partial(environments.register_environment, both.db, ID[PROCESO], client, Environment.TEST, "acta", at),
        )
        assert both.case(str(second)).environments == {Environment.TEST: None}


def test_of_two_files_attached_at_once_one_is_told_of_the_other(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.PRODUCE)
    on = both.on(code, OPERADORA)
    at = both.tick()
    came_to = at_once(*(partial(cases.attach, both.db, both.store, on, b"%%PDF-%d" % n, "x.pdf", at) for n in range(2)))
    assert [o.code for o in came_to if isinstance(o, Refused)] == ["file_attached_meanwhile"]
    assert len(dump(both.db)["documents"]) == 2  # the CRO of phase 1, and this one
