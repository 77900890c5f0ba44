"""The right to see the analysis: given and taken by an administrator, on the record, and asked for in the core."""

import json

import pytest
from sqlalchemy import select

from core.errors import NotAllowed, NotFound, Refused
from core.people import accounts, rights, saved_views
from core.people.saved_views import ViewOwner
from core.process.terms import Right
from core.store.tables import people_events
from tests.support.drive_case import World, dump
from tests.support.people import ADMIN, COMERCIAL, ID, OUTSIDER, PROCESO


def may(world: World, who: str) -> bool:
    person = accounts.person(world.db, ID[who])
    assert person is not None
    return rights.allows(person, Right.ANALYSIS)


def test_proceso_may_and_whoever_is_given_the_right_until_it_is_taken(both: World) -> None:
    assert [may(both, who) for who in (PROCESO, OUTSIDER, ADMIN)] == [True, False, False]
    rights.give(both.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], both.now)
    assert [may(both, who) for who in (OUTSIDER, COMERCIAL)] == [True, False]
    rights.take(both.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], both.now)
    assert not may(both, OUTSIDER)
    chosen = select(people_events.c.kind, people_events.c.by_id, people_events.c.data).where(
        people_events.c.person_id == ID[OUTSIDER], people_events.c.kind.like("right%")
    )
    with both.db.reading() as connection:
        told = [(kind, by, json.loads(data)) for kind, by, data in connection.execute(chosen)]
    right = {"right": "analysis"}
    assert told == [("right_given", ID[ADMIN], right), ("right_taken", ID[ADMIN], right)]


@pytest.mark.parametrize("change", [rights.give, rights.take])
def test_only_an_administrator_changes_a_right(both: World, change) -> None:
    before = dump(both.db)
    for by in (PROCESO, OUTSIDER):
        with pytest.raises(NotAllowed):
            change(both.db, OUTSIDER, Right.ANALYSIS, ID[by], both.now)
    with pytest.raises(NotFound):
        change(both.db, "nadie", Right.ANALYSIS, ID[ADMIN], both.now)
    assert dump(both.db) == before


def test_what_is_so_already_is_refused(both: World) -> None:
    with pytest.raises(Refused, match="right_same"):
        rights.take(both.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], both.now)
    rights.give(both.db, OUTSIDER, Right.ANALYSIS, None, both.now)
    with pytest.raises(Refused, match="right_same"):
        rights.give(both.db, OUTSIDER, Right.ANALYSIS, None, both.now)


def test_the_check_says_what_is_needed(world: World) -> None:
    person = accounts.person(world.db, ID[OUTSIDER])
    assert person is not None
    with pytest.raises(NotAllowed) as refused:
        rights.check(person, Right.ANALYSIS)
    assert (refused.value.code, refused.value.params) == ("right_needed", {})


def test_saved_filters_of_the_analysis_are_for_whoever_may_see_it(both: World) -> None:
    mine = ViewOwner(ID[OUTSIDER], Right.ANALYSIS)
    with pytest.raises(NotAllowed):
        saved_views.save(both.db, mine, "B2B", {"flujo": "b2b"})
    rights.give(both.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], both.now)
    saved_views.save(both.db, mine, "B2B", {"flujo": "b2b"})
    saved_views.save(both.db, ViewOwner(ID[PROCESO], Right.ANALYSIS), "B2B", {"flujo": "estandar"})
    with both.db.reading() as connection:
        assert [view.chosen for view in saved_views.of(connection, mine)] == [{"flujo": "b2b"}]
    rights.take(both.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], both.now)
    with pytest.raises(NotAllowed):
        saved_views.delete(both.db, mine, "B2B")
