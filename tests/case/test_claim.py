"""Who holds a work item: taking, giving back, handing on, and the time that it was held."""

import pytest
from sqlalchemy import select

from core.case.events import ItemAssigned, ItemGivenBack, ItemTaken
from core.case.model import Case
from core.errors import Invalid, NotAllowed, Stale
from core.people import accounts
from core.process.terms import Flow, Kind, Role
from core.services import cases
from core.staff import coverage
from core.store import tables
from core.store.replay import differences
from tests.support.drive_case import FAILS, World
from tests.support.people import (
    ADMIN,
    COMERCIAL,
    COMERCIAL_2,
    EVERYTHING,
    HOUR,
    ID,
    MINUTE,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
)

OPERADOR = Role.OPERADOR_OPERACION


def take(w: World, code: str, who: str, role: Role | None = None) -> Case:
    return cases.take(w.db, ID[who], code, w.item(code, role).item, w.tick())


def give_back(w: World, code: str, who: str) -> Case:
    return cases.give_back(w.db, ID[who], code, w.item(code).item, w.tick())


def assign(w: World, code: str, who: str, to: str, role: Role | None = None) -> Case:
    return cases.assign(w.db, ID[who], code, w.item(code, role).item, ID[to], w.tick())


def held(w: World, item: int = 1) -> tuple[int | None, int | None, int, int | None]:
    """Of a stored work item: by whom, since when and for how long it was held, and when it ended."""
    i = tables.work_items.c
    with w.db.reading() as connection:
        found = connection.execute(select(i.held_by, i.held_since, i.held, i.ended_at).where(i.item == item)).one()
    return tuple(found)


def test_nobody_holds_a_work_item_that_was_just_opened(world: World):
    code = world.open()
    assert world.item(code).held_by is None
    assert held(world) == (None, None, 0, None)


def test_whoever_takes_a_work_item_holds_it_and_the_record_says_so(both: World):
    code = both.open()
    item = take(both, code, OPERADORA).items[0]
    assert (item.held_by, item.held_since) == (ID[OPERADORA], both.now)
    assert held(both) == (ID[OPERADORA], both.now, 0, None)
    event = both.record(code)[-1]
    assert (event.person, event.body) == (ID[OPERADORA], ItemTaken(1, OPERADOR))
    assert list(differences(both.db)) == []


def test_only_the_holder_decides_and_the_others_learn_who_holds_it(both: World):
    code = both.open()
    seen = both.on(code, OPERADOR_2)
    taken_at = both.now + MINUTE
    take(both, code, OPERADORA)
    with pytest.raises(NotAllowed) as refusal:
        cases.validate(both.db, seen, "yes", both.tick(), done=both.ticked(code))
    assert refusal.value.code == "held_by_other"
    assert refusal.value.params == {"holder": ID[OPERADORA], "at": taken_at, "person": "Olga"}
    assert both.validate(code, who=OPERADORA).items[0].work is Kind.PRODUCE


def test_what_was_on_the_screen_stays_current_when_the_person_themself_takes_the_work(world: World):
    code = world.open()
    seen = world.on(code, OPERADORA)
    take(world, code, OPERADORA)
    assert cases.validate(world.db, seen, "yes", world.tick(), done=world.ticked(code)).items[0].work is Kind.PRODUCE


def test_what_was_taken_and_given_back_meanwhile_is_decided_as_it_was_seen(world: World):
    code = world.open()
    seen = world.on(code, OPERADOR_2)
    take(world, code, OPERADORA)
    give_back(world, code, OPERADORA)
    assert cases.validate(world.db, seen, "yes", world.tick(), done=world.ticked(code)).items[0].work is Kind.PRODUCE


def test_deciding_what_nobody_holds_stays_possible_and_gives_it_to_nobody(world: World):
    code = world.open()
    world.validate(code)
    world.attach(code)
    assert world.item(code).held_by is None
    assert world.bodies(code, ItemTaken) == []


def test_of_two_who_take_the_second_is_told_of_the_first(world: World):
    code = world.open()
    take(world, code, OPERADORA)
    with pytest.raises(NotAllowed) as refusal:
        take(world, code, OPERADOR_2)
    assert (refusal.value.code, refusal.value.params["person"]) == ("held_by_other", "Olga")


def test_proceso_may_give_anybody_s_work_back(world: World):
    code = world.open()
    take(world, code, OPERADORA)
    assert give_back(world, code, PROCESO).items[0].held_by is None
    assert take(world, code, OPERADOR_2).items[0].held_by == ID[OPERADOR_2]
    assert world.bodies(code, ItemGivenBack) == [ItemGivenBack(1, OPERADOR)]


def test_a_holder_hands_their_work_on_and_proceso_hands_on_anybody_s(both: World):
    code = both.open()
    take(both, code, OPERADORA)
    assert assign(both, code, OPERADORA, OPERADOR_2).items[0].held_by == ID[OPERADOR_2]
    with pytest.raises(NotAllowed):
        assign(both, code, OPERADORA, OPERADORA)
    assert assign(both, code, PROCESO, OPERADORA).items[0].held_by == ID[OPERADORA]
    assert both.bodies(code, ItemAssigned) == [
        ItemAssigned(1, OPERADOR, ID[OPERADOR_2]),
        ItemAssigned(1, OPERADOR, ID[OPERADORA]),
    ]
    assert list(differences(both.db)) == []


def test_proceso_gives_what_nobody_holds_to_somebody(world: World):
    code = world.open()
    assert assign(world, code, PROCESO, OPERADORA).items[0].held_by == ID[OPERADORA]


def test_nobody_gets_a_review_of_what_they_sent(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    world.send(code, EVERYTHING)
    with pytest.raises(NotAllowed) as refusal:
        take(world, code, EVERYTHING)
    assert refusal.value.code == "four_eyes"
    with pytest.raises(Invalid) as unfit:
        assign(world, code, PROCESO, EVERYTHING)
    assert {field: found.code for field, found in unfit.value.problems.items()} == {"to": "assignee_sent_it"}
    assert assign(world, code, PROCESO, COMERCIAL_2).items[0].held_by == ID[COMERCIAL_2]


def test_of_a_review_by_four_roles_each_work_item_is_held_on_its_own(world: World):
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    take(world, code, COMERCIAL, Role.GERENTE_COMERCIAL)
    world.review(code, Role.PROCESO)
    assert [item.held_by for item in world.case(code).items] == [None, ID[COMERCIAL], None]
    world.review(code, Role.GERENTE_ALIANZAS, "return", answers=FAILS)
    assert world.item(code).work is Kind.CORRECT
    assert list(differences(world.db)) == []


# --- the figures ---
def test_the_time_that_it_was_held_is_told_apart_from_the_time_that_it_waited(both: World):
    code = both.open()
    opened = both.now
    both.tick(HOUR)
    take(both, code, OPERADORA)
    both.tick(2 * HOUR)
    give_back(both, code, OPERADORA)
    assert held(both) == (None, None, 2 * HOUR + MINUTE, None)
    both.tick(3 * HOUR)
    take(both, code, OPERADOR_2)
    both.tick(HOUR)
    both.validate(code, who=OPERADOR_2)
    whole = 7 * HOUR + 4 * MINUTE
    assert held(both) == (ID[OPERADOR_2], both.now - HOUR - MINUTE, 3 * HOUR + 2 * MINUTE, opened + whole)
    assert list(differences(both.db)) == []


def test_handing_on_does_not_interrupt_the_time_that_it_is_held(world: World):
    code = world.open()
    take(world, code, OPERADORA)
    world.tick(HOUR)
    assign(world, code, OPERADORA, OPERADOR_2)
    assert held(world) == (ID[OPERADOR_2], world.now, HOUR + MINUTE, None)


def test_a_held_work_item_that_is_withdrawn_was_held_until_then(world: World):
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    item = take(world, code, COMERCIAL, Role.GERENTE_COMERCIAL).items[1].item
    world.tick(HOUR)
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    with world.db.reading() as connection:
        i = tables.work_items.c
        row = connection.execute(select(i.ended_as, i.held).where(i.item == item)).one()
    assert tuple(row) == ("withdrawn_returned", HOUR + MINUTE)


# --- leaving ---
@pytest.mark.parametrize("leaving", ["role", "disabled"])
def test_what_somebody_held_goes_back_to_the_inbox_when_they_lose_the_role_or_leave(both: World, leaving: str):
    code = both.open()
    take(both, code, OPERADORA)
    if leaving == "role":
        accounts.set_roles(both.db, OPERADORA, [Role.MESA_DE_AYUDA], ID[ADMIN], both.tick())
    else:
        accounts.disable(both.db, OPERADORA, ID[ADMIN], both.tick())
    assert both.item(code).held_by is None
    event = both.record(code)[-1]
    assert (event.person, event.body) == (ID[ADMIN], ItemGivenBack(1, OPERADOR, "left"))
    assert both.validate(code, who=OPERADOR_2).items[0].work is Kind.PRODUCE
    assert list(differences(both.db)) == []


def test_another_role_that_is_lost_leaves_what_is_held_in_this_one(world: World):
    code = world.open()
    take(world, code, EVERYTHING)
    accounts.set_roles(world.db, EVERYTHING, [Role.OPERADOR_OPERACION], ID[ADMIN], world.tick())
    assert world.item(code).held_by == ID[EVERYTHING]


def test_a_case_is_not_undecidable_because_somebody_holds_it(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    take(world, code, COMERCIAL)
    with world.db.writing() as tx:
        assert coverage.undecided(tx, world.now) == []
    accounts.disable(world.db, COMERCIAL, ID[ADMIN], world.tick())


def test_an_unknown_work_item_cannot_be_taken(world: World):
    code = world.open()
    with pytest.raises(Stale) as refusal:
        cases.take(world.db, ID[OPERADORA], code, 99, world.tick())
    assert refusal.value.code == "item_not_open"
