"""Reviews: who must approve, what a return causes, and that nobody decides on what they sent."""

import pytest
from sqlalchemy import select

from core.case.commands import Actor, Review
from core.case.context import Context
from core.case.events import Commented, CriterionAnswer, DocumentSent, Event, Finding
from core.case.rules.work_items import four_eyes
from core.errors import Invalid, NotAllowed, Stale
from core.process.policy import Policy
from core.process.terms import REVIEW_ROLES, REVIEWED_DOCUMENTS, Document, Flow, Kind, Role
from core.services import cases
from core.state import evolve
from core.store import tables
from tests.support.drive_case import FAILS, MEETS, World
from tests.support.people import ADMIN, COMERCIAL, COMERCIAL_2, EVERYTHING, HOLDER, ID, IMPLEMENTACION, OPERADORA

ALIANZAS_ROLE, COMERCIAL_ROLE, IMPLEMENTACION_ROLE, PROCESO_ROLE = REVIEW_ROLES


def at_review(world: World, flow: Flow = Flow.ESTANDAR, **rule: object) -> str:
    if rule:
        world.setting("rules", dict.fromkeys(REVIEWED_DOCUMENTS, rule))
    code = world.open(flow=flow)
    world.to(code, 2, Kind.REVIEW)
    return code


def ended_as(world: World) -> dict[str, str | None]:
    """How each role's newest review item ended."""
    w = tables.work_items.c
    with world.db.reading() as connection:
        rows = connection.execute(select(w.role, w.ended_as).where(w.kind == Kind.REVIEW).order_by(w.id))
        return dict(map(tuple, rows))


def test_in_estandar_a_document_is_approved_when_all_four_roles_have_approved_it(world: World):
    code = at_review(world)
    for role in REVIEW_ROLES[:3]:
        assert world.review(code, role).phase == 2
    assert world.review(code, PROCESO_ROLE).phase == 3


def test_in_b2b_only_the_gerente_comercial_is_asked(world: World):
    code = at_review(world, Flow.B2B)
    assert [item.role for item in world.case(code).items] == [COMERCIAL_ROLE]
    assert world.review(code).phase == 3


@pytest.mark.parametrize("role", [role for role in REVIEW_ROLES if role is not COMERCIAL_ROLE])
def test_in_b2b_each_other_reviewer_is_refused_and_may_comment(world: World, role: Role):
    code = at_review(world, Flow.B2B)
    on = world.on(code, HOLDER[role])
    with pytest.raises(NotAllowed) as refusal:
        cases.review(world.db, on, "approve", world.tick(), answers=MEETS)
    assert (refusal.value.code, refusal.value.params) == ("b2b_sole_approver", {"role": COMERCIAL_ROLE})
    cases.comment(world.db, on.person, code, "  el plazo es corto ", world.tick())
    assert [body.text for body in world.bodies(code, Commented)] == ["el plazo es corto"]
    assert world.on(code, COMERCIAL).seen == on.seen


@pytest.mark.parametrize(("rule", "needed"), [({"mode": "any"}, 1), ({"mode": "quorum", "quorum": 3}, 3)])
def test_a_rule_approves_as_soon_as_enough_roles_have_and_withdraws_the_rest(world: World, rule, needed):
    code = at_review(world, **rule)
    order = REVIEW_ROLES[::-1]
    for role in order[: needed - 1]:
        assert world.review(code, role).phase == 2
    assert world.review(code, order[needed - 1]).phase == 3
    ended = ended_as(world)
    assert {role: ended[role] for role in order[:needed]} == dict.fromkeys(order[:needed], "approve")
    assert {ended[role] for role in order[needed:]} == {"withdrawn_approved"}


def test_the_rule_of_an_open_review_is_the_one_it_was_opened_with(world: World):
    code = at_review(world)
    world.setting("rules", {document: {"mode": "any"} for document in REVIEWED_DOCUMENTS})
    assert world.review(code, ALIANZAS_ROLE).phase == 2
    world.review(code, PROCESO_ROLE, "return", answers=FAILS)
    world.to(code, 2, Kind.REVIEW)
    assert world.review(code, ALIANZAS_ROLE).phase == 3


def test_a_return_gives_the_findings_to_the_intake_lane_and_withdraws_the_other_reviews(world: World):
    code = at_review(world)
    world.review(code, ALIANZAS_ROLE)
    case = world.review(code, COMERCIAL_ROLE, "return", answers=FAILS, reason=" falta el plazo ")
    correct = world.item(code)
    assert (correct.work, correct.role, correct.cycle) == (Kind.CORRECT, Role.OPERADOR_OPERACION, 2)
    assert case.findings == (
        Finding(1, COMERCIAL_ROLE, ID[COMERCIAL], "Precio", "muy alto"),
        Finding(2, COMERCIAL_ROLE, ID[COMERCIAL], "", "falta el plazo"),
    )
    assert ended_as(world) == {
        ALIANZAS_ROLE: "approve",
        COMERCIAL_ROLE: "return",
        IMPLEMENTACION_ROLE: "withdrawn_returned",
        PROCESO_ROLE: "withdrawn_returned",
    }


def test_after_a_correction_every_role_reviews_the_new_version_and_earlier_approvals_do_not_count(world: World):
    code = at_review(world)
    for role in REVIEW_ROLES[:3]:
        world.review(code, role)
    world.review(code, PROCESO_ROLE, "return", answers=FAILS)
    world.attach(code)
    case = world.send(code, answers={1: " bajamos el precio ", 7: "nadie preguntó"})
    assert [(item.role, item.cycle) for item in case.items] == [(role, 2) for role in REVIEW_ROLES]
    assert [finding.answer for finding in case.findings] == ["bajamos el precio"]
    assert case.review is not None
    assert (case.review.version, case.review.approvals) == (2, ())
    for role in REVIEW_ROLES[:3]:
        assert world.review(code, role).phase == 2
    assert world.review(code, PROCESO_ROLE).phase == 3


def test_answers_to_what_nobody_found_are_not_kept(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    world.send(code, answers={1: "x" * 100_000})
    assert "xxx" not in str(world.record(code))


def test_a_withdrawn_review_is_refused_with_what_happened(world: World):
    code = at_review(world)
    on = world.on(code, IMPLEMENTACION, IMPLEMENTACION_ROLE)
    world.review(code, COMERCIAL_ROLE, "return", answers=FAILS)
    with pytest.raises(Stale) as refusal:
        cases.review(world.db, on, "approve", world.tick(), answers=MEETS)
    assert (refusal.value.code, refusal.value.params["at"]) == ("item_withdrawn_returned", world.now - 60_000)


def test_who_decided_what_is_not_told_to_somebody_who_could_not_have(world: World):
    code = at_review(world, Flow.B2B)
    on = world.on(code, ADMIN)
    world.review(code)
    with pytest.raises(NotAllowed) as refusal:
        cases.review(world.db, on, "approve", world.tick(), answers=MEETS)
    assert refusal.value.code == "role_needed"


@pytest.mark.parametrize("verdict", ["approve", "return"])
def test_nobody_gives_a_verdict_on_a_version_that_they_sent_not_even_an_administrator(world: World, verdict: str):
    code = world.open()
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    world.send(code, EVERYTHING)
    for role in REVIEW_ROLES:
        on = world.on(code, EVERYTHING, role)
        with pytest.raises(NotAllowed) as refusal:
            cases.review(world.db, on, verdict, world.tick(), answers=MEETS, reason="no")
        assert refusal.value.params == {"document": Document.PROPUESTA, "version": 1}


def test_who_only_attached_the_version_may_decide_on_it(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code, EVERYTHING)
    world.send(code, OPERADORA)
    assert world.review(code, who=EVERYTHING).phase == 3


def test_a_new_version_that_another_sent_may_be_decided_by_the_sender_of_the_old_one(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    world.send(code, EVERYTHING)
    world.review(code, verdict="return", answers=FAILS, who=COMERCIAL_2)
    world.attach(code)
    world.send(code, OPERADORA, {1: "listo"})
    assert world.review(code, who=EVERYTHING).phase == 3


@pytest.mark.parametrize(
    ("sent", "decides", "allowed"),
    [
        ((ID[EVERYTHING], ID[OPERADORA]), (ID[COMERCIAL], None), True),
        ((ID[OPERADORA], ID[COMERCIAL]), (ID[COMERCIAL], None), False),
        ((ID[OPERADORA], ID[COMERCIAL]), (ID[COMERCIAL_2], ID[COMERCIAL]), False),
        ((ID[COMERCIAL_2], None), (ID[COMERCIAL], ID[COMERCIAL_2]), False),
    ],
)
def test_four_eyes_look_through_substitution_on_both_sides(world: World, sent, decides, allowed):
    code = at_review(world, Flow.B2B)
    case = None
    for event in world.record(code):
        by = sent if isinstance(event.body, DocumentSent) else (event.person, event.for_person)
        case = evolve(case, Event(event.seq, event.at, event.phase, *by, event.body))
    assert case is not None
    item = case.items[0]
    command = Review(item.item, item.version, "approve", MEETS)
    asked = Context(Policy(), case, command, Actor(decides[0], frozenset({COMERCIAL_ROLE}), decides[1]), world.now)
    if allowed:
        four_eyes(asked)
    else:
        with pytest.raises(NotAllowed, match="four_eyes"):
            four_eyes(asked)


def test_the_producer_may_validate_unless_the_setting_forbids_it(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 1, Kind.PRODUCE)
    world.attach(code)
    world.send(code, OPERADORA)
    assert world.validate(code, who=OPERADORA).items[0].work is Kind.PRODUCE


def test_a_criterion_answered_twice_is_refused(world: World):
    code = at_review(world, Flow.B2B)
    with pytest.raises(Invalid) as refusal:
        world.review(code, verdict="return", answers=(*MEETS, CriterionAnswer("Precio", "fails")))
    assert refusal.value.problems["criteria"].code == "criterion_unknown"


def test_a_comment_on_a_criterion_is_bounded(world: World):
    code = at_review(world, Flow.B2B)
    with pytest.raises(Invalid) as refusal:
        world.review(code, answers=(CriterionAnswer("Precio", "meets", "x" * 4001), MEETS[1]))
    assert refusal.value.problems["criterion_0"].code == "text_too_long"


@pytest.mark.parametrize("role", REVIEW_ROLES)
def test_any_one_review_role_signs_off_the_close(world: World, role: Role):
    code = world.open(flow=Flow.B2B)
    world.to(code, 9, Kind.SIGN_OFF)
    assert [item.role for item in world.case(code).items] == list(REVIEW_ROLES)
    assert world.close(code, role).outcome == "closed"
