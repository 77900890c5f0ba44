"""Saved views: each person's own, under a name, one of them the default."""

import pytest

from core.errors import Invalid, NotAllowed, NotFound, Refused
from core.people import accounts, saved_views
from core.people.saved_views import MAX_VIEWS, View, ViewOwner
from core.process.terms import Role
from tests.support.drive_case import World, dump
from tests.support.people import ADMIN, COMERCIAL, FORMER, ID, OPERADOR_2, OPERADORA

ROLE = Role.OPERADOR_OPERACION
LATE = {"estado": "overdue", "orden": "oldest"}
MINE = ViewOwner(ID[OPERADORA], ROLE)


def saved(world: World, mine: ViewOwner = MINE) -> list[View]:
    with world.db.reading() as connection:
        return saved_views.of(connection, mine)


def test_a_view_keeps_what_was_chosen_under_its_name_for_its_owner_and_that_inbox_alone(both: World):
    assert saved_views.save(both.db, MINE, " Vencidas ", LATE) == "Vencidas"
    saved_views.save(both.db, MINE, "B2B", {"flujo": "b2b", "buscar": "señal «x»"})
    everything = ViewOwner(ID["maria"], ROLE)
    saved_views.save(both.db, everything, "Vencidas", {})
    saved_views.save(both.db, ViewOwner(ID["maria"], Role.PROCESO), "Vencidas", {"fase": "3"})
    assert saved(both) == [
        View("B2B", {"flujo": "b2b", "buscar": "señal «x»"}, is_default=False),
        View("Vencidas", LATE, is_default=False),
    ]
    assert saved(both, everything) == [View("Vencidas", {}, is_default=False)]
    assert saved(both, ViewOwner(ID[OPERADOR_2], ROLE)) == []


def test_the_second_of_two_clicks_keeps_what_is_kept_already(both: World):
    assert [saved_views.save(both.db, MINE, "Vencidas", LATE) for _ in range(2)] == ["Vencidas", "Vencidas"]
    assert saved(both) == [View("Vencidas", LATE, is_default=False)]


def test_a_view_is_replaced_renamed_and_deleted(both: World):
    saved_views.save(both.db, MINE, "Vencidas", LATE)
    saved_views.save(both.db, MINE, "Otra", {})
    saved_views.replace(both.db, MINE, "Vencidas", {"fase": "2"})
    assert saved_views.rename(both.db, MINE, "Vencidas", " Fase 2 ") == "Fase 2"
    assert saved_views.rename(both.db, MINE, "Fase 2", "Fase 2") == "Fase 2"
    assert saved(both) == [View("Fase 2", {"fase": "2"}, False), View("Otra", {}, False)]
    saved_views.delete(both.db, MINE, "Fase 2")
    assert [view.name for view in saved(both)] == ["Otra"]


def test_one_view_at_most_is_the_default(both: World):
    for name in ("a", "b"):
        saved_views.save(both.db, MINE, name, {})
        saved_views.make_default(both.db, MINE, name)
    assert [view.is_default for view in saved(both)] == [False, True]
    saved_views.make_default(both.db, MINE, "")
    assert [view.is_default for view in saved(both)] == [False, False]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("  ", "view_name_missing"),
        ("x" * 41, "text_too_long"),
        ("Vencidas", "view_exists"),
        ("a\x00b", "text_unreadable"),
    ],
)
def test_a_name_that_may_not_be_is_refused_and_nothing_is_kept(both: World, name: str, code: str):
    saved_views.save(both.db, MINE, "Vencidas", LATE)
    saved_views.save(both.db, MINE, "Otra", {})
    before = dump(both.db)
    for act in (
        lambda: saved_views.save(both.db, MINE, name, {}),
        lambda: saved_views.rename(both.db, MINE, "Otra", name),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert {field: problem.code for field, problem in refused.value.problems.items()} == {"name": code}
    assert dump(both.db) == before


def test_there_is_a_limit_to_how_many_and_how_long(world: World):
    with pytest.raises(Invalid) as refused:
        saved_views.save(world.db, MINE, "larga", {"buscar": "x" * 1000})
    assert refused.value.problems["name"].code == "view_too_long"
    for number in range(MAX_VIEWS):
        saved_views.save(world.db, MINE, f"{number:02}", {})
    with pytest.raises(Invalid) as refused:
        saved_views.save(world.db, MINE, "una más", {})
    assert refused.value.problems["name"] == ("views_too_many", {"limit": MAX_VIEWS})
    assert len(saved(world)) == MAX_VIEWS


@pytest.mark.parametrize("who", [COMERCIAL, ADMIN, FORMER])
def test_views_of_an_inbox_are_for_whoever_holds_its_role_at_that_moment(both: World, who: str):
    mine = ViewOwner(ID[who], ROLE)
    before = dump(both.db)
    for act in (
        lambda: saved_views.save(both.db, mine, "a", {}),
        lambda: saved_views.replace(both.db, mine, "a", {}),
        lambda: saved_views.rename(both.db, mine, "a", "b"),
        lambda: saved_views.delete(both.db, mine, "a"),
        lambda: saved_views.make_default(both.db, mine, "a"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert dump(both.db) == before


def test_nobody_reaches_the_view_of_another(both: World):
    saved_views.save(both.db, MINE, "Vencidas", LATE)
    saved_views.make_default(both.db, MINE, "Vencidas")
    other = ViewOwner(ID[OPERADOR_2], ROLE)
    before = dump(both.db)
    for act in (
        lambda: saved_views.replace(both.db, other, "Vencidas", {}),
        lambda: saved_views.rename(both.db, other, "Vencidas", "b"),
        lambda: saved_views.delete(both.db, other, "Vencidas"),
        lambda: saved_views.make_default(both.db, other, "Vencidas"),
    ):
        with pytest.raises(NotFound) as refused:
            act()
        assert (refused.value.code, refused.value.params) == ("view_unknown", {"view": "Vencidas"})
    assert dump(both.db) == before


def test_who_lost_the_role_keeps_nothing_more(both: World):
    accounts.set_roles(both.db, OPERADORA, [Role.MESA_DE_AYUDA], None, both.tick())
    with pytest.raises(Refused) as refused:
        saved_views.save(both.db, MINE, "a", {})
    assert (refused.value.code, refused.value.params) == ("role_needed", {"role": ROLE})
