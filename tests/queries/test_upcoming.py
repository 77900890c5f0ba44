"""What an inbox tells of who holds what, and of what will come to the role next."""

from core.process.terms import Channel, Flow, Kind, Role
from core.queries import inbox
from core.queries.upcoming import Coming, coming
from core.services import cases
from tests.support.drive_case import World
from tests.support.people import ID, OPERADOR_2, OPERADORA


def test_what_comes_to_a_role_next_is_told_with_where_it_stands_now(both: World):
    def next_to(role: Role) -> list[Coming]:
        with both.db.reading() as connection:
            return coming(connection, role)

    estandar, b2b, producing = (
        both.open("a"),
        both.open("b", flow=Flow.B2B),
        both.open("c", channel=Channel.MESA_DE_AYUDA),
    )
    for code in (estandar, b2b):
        both.to(code, 3, Kind.PRODUCE)
    both.to(producing, 2, Kind.PRODUCE)
    operador, mesa = Role.OPERADOR_OPERACION, Role.MESA_DE_AYUDA
    produced = [Coming(2, Kind.PRODUCE, 1, (mesa,)), Coming(3, Kind.PRODUCE, 1, (operador,))]
    assert next_to(Role.PROCESO) == produced
    assert next_to(Role.GERENTE_COMERCIAL) == [produced[0], produced[1]._replace(cases=2)]
    assert next_to(operador) == []
    both.to(b2b, 3, Kind.REVIEW)
    both.to(estandar, 3, Kind.REVIEW)
    both.review(estandar, Role.PROCESO)
    roles = (Role.GERENTE_ALIANZAS, Role.GERENTE_COMERCIAL, Role.RESPONSABLE_IMPLEMENTACION_B2B)
    assert next_to(operador) == [Coming(3, Kind.REVIEW, 2, roles)]
    assert next_to(mesa) == []
    both.hand_over(b2b)
    assert next_to(mesa) == [Coming(3, Kind.REVIEW, 1, (Role.GERENTE_COMERCIAL,))]


def test_a_case_that_the_role_has_work_in_is_not_said_to_come(world: World):
    code = world.open()
    world.hand_over(code)
    with world.db.reading() as connection:
        assert coming(connection, Role.MESA_DE_AYUDA) == [Coming(1, Kind.VALIDATE, 1, (Role.OPERADOR_OPERACION,))]
        assert coming(connection, Role.OPERADOR_OPERACION) == []


def test_the_sign_off_comes_to_every_review_role(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 9, Kind.CLOSE)
    with world.db.reading() as connection:
        assert coming(connection, Role.GERENTE_ALIANZAS) == [Coming(9, Kind.CLOSE, 1, (Role.OPERADOR_OPERACION,))]


def test_the_inbox_says_who_holds_what_and_lets_mine_and_nobody_s_through(both: World):
    mine, other, nobody = (both.open(key) for key in "abc")
    cases.take(both.db, ID[OPERADORA], mine, 1, both.tick())
    cases.take(both.db, ID[OPERADOR_2], other, 1, both.tick())

    def codes(held: str) -> list[str]:
        wanted = inbox.InboxFilter(held=held, person=ID[OPERADORA])
        with both.db.reading() as connection:
            rows = inbox.inbox(connection, Role.OPERADOR_OPERACION, both.now, wanted)
        return [row.code for row in rows]

    with both.db.reading() as connection:
        rows = inbox.inbox(connection, Role.OPERADOR_OPERACION, both.now)
    assert {row.code: (row.held_by, row.holder) for row in rows} == {
        mine: (ID[OPERADORA], "Olga"),
        other: (ID[OPERADOR_2], "Oscar"),
        nobody: (None, None),
    }
    assert (codes("mine"), codes("nobody"), codes("")) == ([mine], [nobody], [mine, other, nobody])
