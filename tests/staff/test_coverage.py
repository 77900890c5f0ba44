"""No change of people, roles or rules leaves an open case that nobody may decide."""

import pytest

from core.errors import NotAllowed
from core.people import accounts
from core.process.terms import REVIEW_ROLES, Channel, Flow, Kind, Role
from core.staff import coverage, directory
from core.store import settings
from tests.support.drive_case import World, dump
from tests.support.people import ALIANZAS, COMERCIAL, IMPLEMENTACION, MESA, OPERADORA, PROCESO


def refused(world: World, change) -> list[str]:
    """The cases that a change would leave; nothing was written."""
    before = dump(world.db)
    with pytest.raises(NotAllowed) as error:
        change()
    assert error.value.code == "leaves_undecided"
    assert dump(world.db) == before
    return list(error.value.params["cases"])


def without(world: World, who: str, *roles: Role):
    return lambda: accounts.set_roles(world.db, who, roles, None, world.tick())


def holders(world: World, role: Role) -> set[str]:
    with world.db.reading() as connection:
        return {person.login for person in directory.everybody(connection) if role in person.roles and person.active}


def alone(world: World, role: Role, keeps: str) -> None:
    """Leave one person with a role, while nothing is open that needs the others."""
    with world.db.reading() as connection:
        others = [p for p in directory.everybody(connection) if role in p.roles and p.login != keeps]
    for person in others:
        accounts.set_roles(world.db, person.login, set(person.roles) - {role}, None, world.tick())
    assert holders(world, role) == {keeps}


def test_the_last_holder_of_a_lane_cannot_be_taken_from_its_open_cases(both: World):
    alone(both, Role.OPERADOR_OPERACION, OPERADORA)
    code = both.open()
    assert refused(both, without(both, OPERADORA)) == [code]
    assert refused(both, lambda: accounts.disable(both.db, OPERADORA, None, both.tick())) == [code]


def test_with_no_open_case_in_the_channel_the_last_holder_may_go(both: World):
    alone(both, Role.OPERADOR_OPERACION, OPERADORA)
    alone(both, Role.MESA_DE_AYUDA, MESA)
    both.open(channel=Channel.MESA_DE_AYUDA)
    accounts.set_roles(both.db, OPERADORA, (), None, both.tick())
    assert holders(both, Role.OPERADOR_OPERACION) == set()


def test_a_role_that_is_needed_only_later_is_needed(world: World):
    alone(world, Role.GERENTE_COMERCIAL, COMERCIAL)
    b2b = world.open("a", flow=Flow.B2B)
    estandar = world.open("b", flow=Flow.ESTANDAR)
    assert refused(world, without(world, COMERCIAL)) == [b2b, estandar]


def test_in_b2b_the_other_reviewers_are_not_needed(world: World):
    alone(world, Role.GERENTE_ALIANZAS, ALIANZAS)
    world.open(flow=Flow.B2B)
    accounts.set_roles(world.db, ALIANZAS, (), None, world.tick())
    assert holders(world, Role.GERENTE_ALIANZAS) == set()


def test_one_of_two_holders_may_go_unless_the_other_sent_the_version(world: World):
    accounts.set_roles(world.db, OPERADORA, [Role.OPERADOR_OPERACION, Role.GERENTE_COMERCIAL], None, world.tick())
    alone(world, Role.GERENTE_COMERCIAL, COMERCIAL)
    accounts.set_roles(world.db, OPERADORA, [Role.OPERADOR_OPERACION, Role.GERENTE_COMERCIAL], None, world.tick())
    code = world.open(flow=Flow.B2B)
    world.validate(code, who=OPERADORA)
    world.send(code, who=OPERADORA)
    world.validate(code, who=OPERADORA)
    world.attach(code, who=OPERADORA)
    world.send(code, who=OPERADORA)
    assert world.item(code).work is Kind.REVIEW
    assert holders(world, Role.GERENTE_COMERCIAL) == {COMERCIAL, OPERADORA}
    assert refused(world, without(world, COMERCIAL)) == [code]


def test_a_rule_that_needs_more_roles_than_are_held_is_refused_while_a_case_would_need_it(world: World):
    with world.db.writing() as tx:
        documents = settings.policy_in(tx).rules
        settings.change(tx, "rules", {d: {"mode": "any"} for d in documents}, None, world.tick())
    for who, role in ((ALIANZAS, Role.GERENTE_ALIANZAS), (IMPLEMENTACION, Role.RESPONSABLE_IMPLEMENTACION_B2B)):
        alone(world, role, who)
        accounts.set_roles(world.db, who, (), None, world.tick())
    code = world.open(flow=Flow.ESTANDAR)

    def stricter(needed: int):
        def change() -> None:
            with world.db.writing() as tx, coverage.keep_decidable(tx, world.now):
                settings.change(tx, "rules", {"factura": {"mode": "quorum", "quorum": needed}}, None, world.tick())

        return change

    assert refused(world, stricter(3)) == [code]
    assert len([role for role in REVIEW_ROLES if holders(world, role)]) == 2


def test_what_was_undecided_before_is_no_reason_against_another_change(world: World):
    alone(world, Role.GERENTE_COMERCIAL, COMERCIAL)
    accounts.set_roles(world.db, COMERCIAL, (), None, world.tick())
    code = world.open()
    with world.db.writing() as tx:
        assert coverage.undecided(tx, world.now) == [code]
    alone(world, Role.PROCESO, PROCESO)
    accounts.set_roles(world.db, PROCESO, (), None, world.tick())
    assert holders(world, Role.PROCESO) == set()
