"""Two people of one name, and two clients whose names look the same: whoever is chosen is who is recorded."""

import pytest
from sqlalchemy import select

from core.case.events import Commented, ItemAssigned
from core.people import absences, accounts
from core.process.terms import Flow, Kind, Role
from core.queries import case, inbox
from core.services import cases, comments
from core.staff import availability
from core.store import tables
from tests.support.drive_case import World
from tests.support.people import ADMIN, COMERCIAL, EVERYTHING, ID, PROCESO

NAME = "Ana Ruiz"


@pytest.fixture
def namesakes(world: World) -> tuple[int, int]:
    """`ana` and `ana2`, both Gerente Comercial."""
    first, second = (
        accounts.create(world.db, login, NAME, [Role.GERENTE_COMERCIAL], by=ID[ADMIN], at=world.tick())[0]
        for login in ("ana", "ana2")
    )
    return first, second


def options(screen, label: str) -> list[str]:
    return next(each for each in screen.at.selectbox if each.label == label).options


def in_review(w: World) -> str:
    code = w.open(flow=Flow.B2B)
    w.to(code, 2, Kind.REVIEW)
    return code


@pytest.mark.parametrize("which", [0, 1])
def test_work_is_handed_to_the_one_who_was_chosen(see, world: World, namesakes: tuple[int, int], which: int):
    code = in_review(world)
    screen = see(PROCESO).case(code)
    screen.choose("Persona", namesakes[which])
    screen.click("Asignar")
    (handed,) = world.bodies(code, ItemAssigned)
    assert handed.to == namesakes[which]
    assert f"Ana Ruiz · {('ana', 'ana2')[which]}:" in screen.done[0]
    with world.db.reading() as connection:
        record = case.history(connection, case.header(connection, code).id)
    assert [entry.to for entry in record if entry.to] == [f"Ana Ruiz · {('ana', 'ana2')[which]}"]


@pytest.mark.parametrize("which", [0, 1])
def test_the_absence_is_of_the_one_who_was_chosen(see, world: World, namesakes: tuple[int, int], which: int):
    screen = see(PROCESO).go("cobertura")
    screen.choose("Registrar o retirar la ausencia de", namesakes[which])
    next(each for each in screen.at.toggle if each.label == "Registrar una ausencia").set_value(True)
    screen.run().click("Guardar ausencia")
    rows = select(tables.absences.c.person_id)
    with world.db.reading() as connection:
        assert list(connection.scalars(rows)) == [namesakes[which]]
    assert f"Ana Ruiz · {('ana', 'ana2')[which]}" in " ".join(screen.lines).replace("\\", "")


@pytest.mark.parametrize("which", [0, 1])
def test_the_substitute_is_the_one_who_was_chosen(see, world: World, namesakes: tuple[int, int], which: int):
    screen = see(COMERCIAL).go("cuenta")
    next(each for each in screen.at.toggle if each.label == "Registrar una ausencia").set_value(True)
    screen.run()
    screen.choose("Decide como Gerente Comercial", namesakes[which])
    screen.click("Guardar ausencia")
    with world.db.reading() as connection:
        (kept,) = absences.of_person(connection, ID[COMERCIAL], world.now)
    assert dict(kept.substitutes) == {Role.GERENTE_COMERCIAL: namesakes[which]}


@pytest.mark.parametrize("which", [0, 1])
def test_the_mentioned_one_is_the_one_who_was_chosen(see, world: World, namesakes: tuple[int, int], which: int):
    code = in_review(world)
    screen = see(COMERCIAL).case(code, vista="history")
    login = ("ana", "ana2")[which]
    screen.at.multiselect[0].set_value([login])
    screen.run().write("Comentario para la historia del caso", "Mire esto").click("Comentar")
    (said,) = world.bodies(code, Commented)
    assert said.mentions == (namesakes[which],)


def test_a_name_that_two_people_have_tells_which_wherever_it_is_read(world: World, namesakes: tuple[int, int]):
    code = in_review(world)
    item = world.item(code, Role.GERENTE_COMERCIAL)
    cases.take(world.db, namesakes[0], code, item.item, world.tick())
    with world.db.reading() as connection:
        rows = inbox.inbox(connection, Role.GERENTE_COMERCIAL, world.now)
        staff = availability.staff(connection, world.now)
        assert comments.people(connection, namesakes) == {"ana": "Ana Ruiz · ana", "ana2": "Ana Ruiz · ana2"}
        assert case.holders(connection, Role.GERENTE_COMERCIAL)[namesakes[0]] == "Ana Ruiz · ana"
        record = case.history(connection, case.header(connection, code).id)
    assert [row.holder for row in rows if row.code == code] == ["Ana Ruiz · ana"]
    assert [staff.names[who] for who in namesakes] == ["Ana Ruiz · ana", "Ana Ruiz · ana2"]
    assert staff.names[ID[COMERCIAL]] == "Carla"
    assert record[-1].person == "Ana Ruiz · ana"


def test_of_two_clients_that_look_the_same_the_chosen_one_is_recorded(see, world: World):
    codes = [world.open(key, client_name=name) for key, name in (("a", "ACME"), ("b", "ACME S.A."))]
    first, second = (world.case(code).client for code in codes)
    with world.db.writing() as tx:  # as a release before this one took it: with a sign that nobody sees
        tx.run(tables.clients.update().where(tables.clients.c.id == second).values(name="ACME\u200b"))
    for client in (first, second):
        screen = see(EVERYTHING).go("nuevo").answer("Cliente", "known")
        shown = options(screen, "Cliente registrado")
        assert f"ACME · n.º {first}" in shown
        assert f"ACME\u200b · n.º {second}" in shown
        screen.choose("Cliente registrado", client)
        assert screen.value("Cliente registrado") == client
