"""Several reviews with one answer: each decided on its own, with a result a row, and by no weaker rule."""

import pytest

from core.case.commands import Actor
from core.case.events import CriterionAnswer, Finding, Reviewed
from core.errors import Ended, Invalid, NotAllowed, NotFound, Problem, Stale
from core.process.terms import Flow, Kind, Role
from core.queries import decidable
from core.queries.decidable import ChosenItem
from core.services import batch_review
from core.services.batch_review import Result, review_together
from core.store.settings import policy
from tests.support.drive_case import CRITERIA, FAILS, World, dump
from tests.support.people import ADMIN, COMERCIAL, COMERCIAL_2, EVERYTHING, FORMER, ID, OPERADORA, PROCESO

MET = tuple(CriterionAnswer(each.name, "meets") for each in CRITERIA)
UNJUDGED = tuple(CriterionAnswer(each.name, "not_applicable") for each in CRITERIA)


def at_review(w: World, key: str, flow: Flow = Flow.B2B, **how: str) -> str:
    code = w.open(key, flow=flow)
    w.to(code, 2, Kind.PRODUCE)
    w.attach(code, **how)
    w.send(code, **how)
    return code


def chosen(w: World, code: str, role: Role = Role.GERENTE_COMERCIAL) -> ChosenItem:
    item = w.item(code, role)
    return ChosenItem(code, item.item, item.version)


def decide(
    w: World, rows: list[ChosenItem], verdict: str = "approve", who: str = COMERCIAL, reason: str = ""
) -> list[Result]:
    return review_together(w.db, ID[who], rows, verdict, w.tick(), reason)


def codes(results: list[Result]) -> list[str]:
    """A word for each row: what refused it, or how far its case is."""
    return [each.refused.code if each.refused else f"phase {each.case and each.case.phase}" for each in results]


def test_approving_says_that_every_criterion_of_each_is_met(both: World):
    b2b, standard = at_review(both, "a"), at_review(both, "b", Flow.ESTANDAR)
    rows = [chosen(both, standard), chosen(both, b2b)]
    results = decide(both, rows, reason="no se registra")
    assert [each.chosen for each in results] == rows
    assert codes(results) == ["phase 2", "phase 3"]
    for code in (b2b, standard):
        (body,) = both.bodies(code, Reviewed)
        assert (body.verdict, body.answers, body.reason, body.findings) == ("approve", MET, "", ())
        assert both.case(code) == next(each.case for each in results if each.chosen.code == code)
    assert {event.at for code in (b2b, standard) for event in both.record(code)[-1:]} == {both.now}


def test_returning_leaves_the_reason_as_the_finding_of_each(both: World):
    rows = [chosen(both, at_review(both, key)) for key in "ab"]
    assert codes(decide(both, rows, "return", reason=" falta el anexo ")) == ["phase 2"] * 2
    finding = Finding(1, Role.GERENTE_COMERCIAL, ID[COMERCIAL], "", "falta el anexo")
    for row in rows:
        (body,) = both.bodies(row.code, Reviewed)
        assert (body.answers, body.reason, body.findings) == (UNJUDGED, "falta el anexo", (finding,))
        assert [item.work for item in both.case(row.code).items] == [Kind.CORRECT]


def test_what_cannot_be_is_left_with_its_reason_and_the_rest_is_decided(both: World):
    settled, returned, fine = at_review(both, "a"), at_review(both, "b", Flow.ESTANDAR), at_review(both, "c")
    mine, ended, older = at_review(both, "d", who=EVERYTHING), at_review(both, "e"), at_review(both, "f")
    rows = [chosen(both, code) for code in (settled, returned, mine, ended, fine)]
    rows.append(chosen(both, older)._replace(seen=1))
    rows += [ChosenItem("S-1999-0001", 1, 1), chosen(both, fine), ChosenItem(older, 99, 1)]
    both.review(settled, who=COMERCIAL_2)
    both.review(returned, Role.PROCESO, "return", answers=FAILS)
    both.review(ended, who=COMERCIAL_2)
    both.validate(ended, "no")
    before = {code: len(both.record(code)) for code in (settled, returned, mine, ended, older)}
    results = decide(both, rows, who=EVERYTHING)
    assert codes(results) == [
        "already_decided",
        "item_withdrawn_returned",
        "four_eyes",
        "case_ended",
        "phase 3",
        "file_attached_meanwhile",
        "case_unknown",
        "already_decided",
        "item_not_open",
    ]
    kinds = [type(each.refused) for each in results if each.refused]
    assert kinds == [Stale, Stale, NotAllowed, Ended, Stale, NotFound, Stale, Stale]
    assert before == {code: len(both.record(code)) for code in before}


@pytest.mark.parametrize("who", [OPERADORA, PROCESO, ADMIN, FORMER])
def test_who_may_not_decide_one_may_not_decide_several(both: World, who: str):
    rows = [chosen(both, at_review(both, key)) for key in "ab"]
    before = dump(both.db)
    code = "person_not_active" if who == FORMER else "b2b_sole_approver"
    assert codes(decide(both, rows, who=who)) == [code] * 2
    assert dump(both.db) == before


def test_only_reviews_are_decided_together(both: World):
    code = both.open()
    item = both.item(code)
    row = ChosenItem(code, item.item, item.version)
    assert codes(decide(both, [row], who=EVERYTHING)) == ["item_not_open"]
    (wrong,) = decide(both, [chosen(both, at_review(both, "b"))], "yes", who=EVERYTHING)
    assert isinstance(wrong.refused, Invalid)
    assert wrong.refused.problems == {"verdict": Problem("verdict_unknown")}


@pytest.mark.parametrize(
    ("count", "verdict", "reason", "problems"),
    [
        (0, "approve", "", {"rows": Problem("together_nothing")}),
        (batch_review.MOST + 1, "approve", "", {"rows": Problem("together_too_many", {"limit": batch_review.MOST})}),
        (1, "return", " \n ", {"reason": Problem("reason_missing")}),
    ],
)
def test_nothing_chosen_too_much_or_no_reason_decides_nothing(world: World, count, verdict, reason, problems):
    row = chosen(world, at_review(world, "a"))
    before = dump(world.db)
    with pytest.raises(Invalid) as refused:
        decide(world, [row] * count, verdict, reason=reason)
    assert refused.value.problems == problems
    assert dump(world.db) == before


def test_a_reason_that_cannot_be_kept_is_refused_row_by_row(world: World):
    rows = [chosen(world, at_review(world, key)) for key in "ab"]
    results = decide(world, rows, "return", reason="\x00")
    assert [each.refused.problems for each in results if isinstance(each.refused, Invalid)] == [
        {"reason": Problem("text_unreadable")}
    ] * 2


def test_drawn_are_the_open_reviews_that_the_person_may_decide_in_the_inboxs_order(both: World):
    mine, later = at_review(both, "a", who=EVERYTHING), at_review(both, "b")
    first, second = at_review(both, "c"), both.open("d")
    both.review(later)
    with both.db.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, case_id FROM work_items ORDER BY id").all()
        actor = Actor(ID[EVERYTHING], frozenset(Role))
        found = decidable.decidable(
            connection, policy(connection), [actor], [row[0] for row in reversed(rows)], both.now
        )
    assert [each.code for each in found] == [first]
    assert found[0].chosen == chosen(both, first)
    assert found[0].client == "Cliente c"
    assert {mine, second}.isdisjoint({each.code for each in found})
