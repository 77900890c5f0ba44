"""Taking a decision back: the case stands as before, both stay on the record, and nobody's work is undone."""

from collections.abc import Callable

import pytest
from msgspec.structs import asdict
from sqlalchemy import select

from core.case.events import DecisionTakenBack, DocumentSent, ItemWithdrawn, Performed, Reviewed, Validated
from core.case.model import Case
from core.conformance.deviations import deviations
from core.errors import Ended, NotAllowed, Stale
from core.figures.base.phase_table import by_phase
from core.process.terms import REVIEW_ROLES, Document, Environment, Flow, Kind, Role
from core.queries.selection import Selection
from core.services import cases
from core.store import form_drafts, tables
from core.store.replay import differences
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, COMERCIAL_2, HOUR, ID, MINUTE, OPERADOR_2, OPERADORA, PROCESO

ALIANZAS_ROLE, COMERCIAL_ROLE = Role.GERENTE_ALIANZAS, Role.GERENTE_COMERCIAL
REASON = "me equivoqué"


def take_back(w: World, code: str, who: str, item: int, reason: str = REASON) -> Case:
    return cases.take_back(w.db, ID[who], code, item, reason, w.tick())


def standing(case: Case) -> dict[str, object]:
    """All of a case but the numbers of its open work items and what only counts events."""
    kept = asdict(case)
    for counted in ("version", "moment", "last", "last_item", "items"):
        del kept[counted]
    work = [(i.work, i.phase, i.role, i.cycle, i.due_at, i.soon_at, i.held_by) for i in case.items]
    return {**kept, "work": sorted(work, key=str)}


def visits(w: World) -> list[tuple[object, ...]]:
    with w.db.reading() as connection:
        return [
            tuple(row) for row in connection.execute(select(tables.phase_visits).order_by(tables.phase_visits.c.phase))
        ]


def ended_as(w: World, item: int) -> tuple[str | None, int | None]:
    i = tables.work_items.c
    with w.db.reading() as connection:
        row = connection.execute(select(i.ended_as, i.taken_back_at).where(i.item == item)).one()
    return row.ended_as, row.taken_back_at


def to(phase: int, work: Kind, flow: Flow = Flow.B2B) -> Callable[[World], str]:
    def bring(w: World) -> str:
        code = w.open(flow=flow)
        w.to(code, phase, work)
        if work is Kind.PRODUCE:
            w.attach(code)
        return code

    return bring


def corrected(w: World) -> str:
    code = to(2, Kind.REVIEW)(w)
    w.review(code, verdict="return", answers=FAILS)
    w.attach(code)
    return code


def three_approvals(w: World) -> str:
    code = to(3, Kind.REVIEW, Flow.ESTANDAR)(w)
    for role in REVIEW_ROLES[:2]:
        w.review(code, role)
    return code


Decide = Callable[[World, str], Case]
DECISIONS: dict[str, tuple[Callable[[World], str], Decide, str]] = {
    "a yes": (to(2, Kind.VALIDATE), lambda w, c: w.validate(c, who=OPERADORA), OPERADORA),
    "a yes in phase 9": (to(9, Kind.VALIDATE), lambda w, c: w.validate(c, who=OPERADORA), OPERADORA),
    "sending the CRO": (to(1, Kind.PRODUCE), lambda w, c: w.send(c), OPERADORA),
    "sending to review": (to(4, Kind.PRODUCE), lambda w, c: w.send(c), OPERADORA),
    "sending to four reviews": (to(2, Kind.PRODUCE, Flow.ESTANDAR), lambda w, c: w.send(c), OPERADORA),
    "sending a correction": (corrected, lambda w, c: w.send(c, answers={1: "listo", 2: "listo"}), OPERADORA),
    "a sole approval": (to(5, Kind.REVIEW), lambda w, c: w.review(c), COMERCIAL),
    "a return": (to(2, Kind.REVIEW), lambda w, c: w.review(c, verdict="return", answers=FAILS), COMERCIAL),
    "a return with three open reviews": (
        to(2, Kind.REVIEW, Flow.ESTANDAR),
        lambda w, c: w.review(c, verdict="return", answers=FAILS),
        COMERCIAL,
    ),
    "a return after two approvals": (
        three_approvals,
        lambda w, c: w.review(c, Role.PROCESO, "return", answers=FAILS),
        PROCESO,
    ),
    "the first of four approvals": (to(2, Kind.REVIEW, Flow.ESTANDAR), lambda w, c: w.review(c), COMERCIAL),
    "the third of four approvals": (three_approvals, lambda w, c: w.review(c, Role.PROCESO), PROCESO),
    "the close of the intake lane": (to(9, Kind.CLOSE), lambda w, c: w.close(c), OPERADORA),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_after_it_is_taken_back_the_case_stands_as_before(both: World, decision: str):
    bring, decide, author = DECISIONS[decision]
    code = bring(both)
    before, rows = both.case(code), visits(both)
    decide(both, code)
    decided = [each for each in both.case(code).revocable if each.person == ID[author]]
    assert len(decided) == 1
    after = take_back(both, code, author, decided[0].item.item)
    assert standing(after) == standing(before)
    assert visits(both) == rows
    assert list(differences(both.db)) == []


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_was_taken_back_can_be_decided_again(world: World, decision: str):
    bring, decide, author = DECISIONS[decision]
    code = bring(world)
    once = decide(world, code)
    number = next(each.item.item for each in once.revocable if each.person == ID[author])
    take_back(world, code, author, number)
    twice = decide(world, code)
    assert (twice.phase, twice.cycle, twice.returns) == (once.phase, once.cycle, once.returns)
    assert [(i.work, i.role) for i in twice.items] == [(i.work, i.role) for i in once.items]
    assert world.to_end(code).outcome == "closed"
    assert list(differences(world.db)) == []


def test_the_decision_and_its_taking_back_both_stay_on_the_record(both: World):
    code = to(2, Kind.REVIEW)(both)
    item = both.review(code, reason="todo bien").last.item.item
    with both.db.reading() as connection:
        verdict = connection.execute(select(tables.verdicts).where(tables.verdicts.c.item == item)).one()
    take_back(both, code, COMERCIAL, item, "  era el otro caso ")
    assert [body.verdict for body in both.bodies(code, Reviewed)] == ["approve"]
    (taken,) = both.bodies(code, DecisionTakenBack)
    assert taken == DecisionTakenBack(
        item, COMERCIAL_ROLE, "approve", Kind.REVIEW, 2, Document.PROPUESTA, "era el otro caso"
    )
    assert [body.why for body in both.bodies(code, ItemWithdrawn)] == ["taken_back"]
    with both.db.reading() as connection:
        assert connection.execute(select(tables.verdicts).where(tables.verdicts.c.item == item)).one() == verdict
    assert ended_as(both, item) == ("approve", both.now)
    assert ended_as(both, item + 1) == ("withdrawn_taken_back", None)


def test_the_figures_of_the_phases_are_as_if_it_had_not_been_decided(world: World):
    code = to(3, Kind.REVIEW)(world)
    with world.db.reading() as connection:
        before = by_phase(connection, Selection())
    world.tick(HOUR)
    world.review(code)
    take_back(world, code, COMERCIAL, world.case(code).last.item.item)
    with world.db.reading() as connection:
        assert by_phase(connection, Selection()) == before
    world.review(code, verdict="return", answers=FAILS)
    take_back(world, code, COMERCIAL, world.case(code).last.item.item)
    with world.db.reading() as connection:
        assert by_phase(connection, Selection()) == before


def test_the_deadline_stays_and_whoever_held_the_work_holds_it_again(world: World):
    code = to(2, Kind.REVIEW, Flow.ESTANDAR)(world)
    cases.take(world.db, ID[COMERCIAL], code, world.item(code, COMERCIAL_ROLE).item, world.tick())
    was = world.item(code, COMERCIAL_ROLE)
    world.tick(HOUR)
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    take_back(world, code, PROCESO, world.case(code).last.item.item)
    now = world.item(code, COMERCIAL_ROLE)
    assert (now.due_at, now.soon_at, now.held_by) == (was.due_at, was.soon_at, ID[COMERCIAL])
    assert world.item(code, Role.PROCESO).held_by is None


# --- until when ---
def started_by_taking(w: World, code: str) -> None:
    cases.take(w.db, ID[COMERCIAL_2], code, w.item(code).item, w.tick())


def started_by_being_given_it(w: World, code: str) -> None:
    cases.assign(w.db, ID[PROCESO], code, w.item(code).item, ID[COMERCIAL_2], w.tick())


def started_by_deciding(w: World, code: str) -> None:
    w.review(code, who=COMERCIAL_2)


@pytest.mark.parametrize("start", [started_by_taking, started_by_being_given_it, started_by_deciding])
def test_not_after_somebody_has_started_on_what_followed(both: World, start: Callable[[World, str], None]):
    code = to(2, Kind.PRODUCE)(both)
    item = both.item(code).item
    both.send(code)
    start(both, code)
    with pytest.raises(Stale) as refusal:
        take_back(both, code, OPERADORA, item)
    assert refusal.value.code == "take_back_too_late"
    person = "Pablo" if start is started_by_being_given_it else "Ciro"
    assert refusal.value.params == {"at": both.now - MINUTE, "person": person, "own": False}


def test_not_after_a_file_was_attached_to_what_followed(world: World):
    code = to(2, Kind.VALIDATE)(world)
    item = world.item(code).item
    world.validate(code, who=OPERADOR_2)
    world.attach(code)
    with pytest.raises(Stale) as refusal:
        take_back(world, code, OPERADOR_2, item)
    assert refusal.value.params["person"] == "Olga"


def test_an_approval_is_taken_back_while_the_review_is_open_whatever_the_other_roles_do(world: World):
    code = to(2, Kind.REVIEW, Flow.ESTANDAR)(world)
    item = world.item(code, ALIANZAS_ROLE).item
    for role in REVIEW_ROLES[:3]:
        world.review(code, role)
    case = take_back(world, code, "alba", item)
    assert [approval.role for approval in case.review.approvals] == list(REVIEW_ROLES[1:3])
    assert {i.role for i in case.items} == {ALIANZAS_ROLE, Role.PROCESO}
    world.review(code, Role.PROCESO)
    assert world.review(code, ALIANZAS_ROLE).phase == 3
    assert list(differences(world.db)) == []


def test_an_approval_cannot_be_taken_back_once_the_others_have_completed_it(world: World):
    code = to(2, Kind.REVIEW, Flow.ESTANDAR)(world)
    item = world.item(code, ALIANZAS_ROLE).item
    for role in REVIEW_ROLES:
        world.review(code, role)
    with pytest.raises(Stale):
        take_back(world, code, "alba", item)


def test_what_comes_from_elsewhere_meanwhile_stays(world: World):
    code = to(5, Kind.REVIEW)(world)
    item = world.item(code).item
    world.review(code)
    world.register(code, Environment.TEST)
    cases.comment(world.db, ID[PROCESO], code, "visto", world.tick())
    world.hand_over(code)
    case = take_back(world, code, COMERCIAL, item)
    assert (case.phase, case.environments, case.channel) == (5, {Environment.TEST: None}, "mesa_de_ayuda")
    assert world.review(code).phase == 6
    assert list(differences(world.db)) == []


def test_whoever_returned_an_earlier_version_took_part_although_the_later_approval_was_taken_back(both: World):
    both.setting("rules", {Document.PROPUESTA: {"mode": "quorum", "quorum": 2}})
    code = to(2, Kind.REVIEW, Flow.ESTANDAR)(both)
    both.review(code, Role.PROCESO, "return", answers=FAILS)
    both.to(code, 2, Kind.REVIEW)
    item = both.item(code, Role.PROCESO).item
    both.review(code, Role.PROCESO)
    take_back(both, code, PROCESO, item)
    both.review(code, ALIANZAS_ROLE)
    assert both.review(code).phase == 3
    of_proceso = [b for b in both.bodies(code, Performed) if (b.phase, b.role) == (2, Role.PROCESO)]
    assert [b.status for b in of_proceso if b.position in (2, 3)] == ["done"] * 4
    assert list(deviations(both.record(code))) == []
    assert list(differences(both.db)) == []


def test_never_after_the_end(world: World):
    code = world.open()
    world.validate(code, "no")
    with pytest.raises(Ended):
        take_back(world, code, OPERADOR_2, 1)


def test_only_the_author(world: World):
    code = to(2, Kind.REVIEW)(world)
    item = world.item(code).item
    world.review(code)
    with pytest.raises(NotAllowed) as refusal:
        take_back(world, code, COMERCIAL_2, item)
    assert refusal.value.code == "decision_of_another"


def test_whoever_acts_on_what_was_withdrawn_or_opened_again_is_told(both: World):
    code = to(2, Kind.PRODUCE)(both)
    sender, item = both.on(code, OPERADOR_2), both.item(code).item
    both.send(code)
    review = both.on(code, COMERCIAL)
    take_back(both, code, OPERADORA, item)
    at = both.now
    with pytest.raises(Stale) as refusal:
        cases.review(both.db, review, "approve", both.tick(), answers=())
    assert (refusal.value.code, refusal.value.params) == ("item_withdrawn_taken_back", {"at": at})
    with pytest.raises(Stale) as again:
        cases.send(both.db, sender, both.tick())
    assert (again.value.code, again.value.params) == (
        "decision_was_taken_back",
        {"at": at, "person": "Olga", "own": False},
    )


def test_a_version_that_was_sent_and_taken_back_is_sent_by_nobody(both: World):
    code = to(2, Kind.PRODUCE)(both)
    item = both.item(code).item
    both.send(code)
    take_back(both, code, OPERADORA, item)
    d = tables.documents.c
    with both.db.reading() as connection:
        rows = connection.execute(select(d.sent_at, d.sent_by).where(d.document == Document.PROPUESTA)).all()
    assert [tuple(row) for row in rows] == [(None, None)]
    both.send(code, OPERADOR_2)
    assert both.case(code).sent(Document.PROPUESTA).sent_by == ID[OPERADOR_2]
    assert [body.version for body in both.bodies(code, DocumentSent)][-2:] == [1, 1]
    assert len(both.bodies(code, Validated)) == 2


def test_what_somebody_has_typed_into_the_next_form_has_been_started(both: World):
    code = both.open()
    both.validate(code, who=OPERADORA)
    following = both.item(code).item
    form_drafts.keep(both.db, ID[OPERADORA], f"{code}/{following}", {"reason": "mío"}, both.tick())
    form_drafts.keep(both.db, ID[OPERADOR_2], f"{code}/{following}", {"reason": "ya empecé"}, both.tick())
    with pytest.raises(Stale) as refusal:
        take_back(both, code, OPERADORA, 1)
    assert refusal.value.code == "take_back_too_late"
    assert (refusal.value.params["person"], refusal.value.params["own"]) == ("Oscar", False)
    form_drafts.forget(both.db, ID[OPERADOR_2], f"{code}/{following}")
    assert take_back(both, code, OPERADORA, 1).items[0].work is Kind.VALIDATE


@pytest.mark.parametrize("outcome", ["answered", "failed"])
def test_only_what_another_system_has_answered_has_been_started(both: World, outcome: str):
    both.setting("endpoints", {"oob": {"url": "https://oob.example/"}})
    code = both.open()
    both.validate(code, who=OPERADORA)
    both.settle(code, outcome=outcome)
    if outcome == "failed":
        assert take_back(both, code, OPERADORA, 1).items[0].work is Kind.VALIDATE
        return
    with pytest.raises(Stale) as refusal:
        take_back(both, code, OPERADORA, 1)
    assert refusal.value.code == "take_back_too_late"
