"""From case to case through one's own inbox: as filtered and sorted, past what others hold, never in circles."""

import pytest

from core.case.commands import Actor
from core.process.policy import Policy
from core.process.terms import Flow, Kind, Role
from core.queries import worklist
from core.queries.inbox import InboxFilter
from core.queries.worklist import Worklist
from core.services import cases
from tests.support.absences import leave
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, COMERCIAL_2, EVERYTHING, HOUR, ID, MESA, OPERADOR_2, OPERADORA
from tests.support.screen import Screen
from tests.support.statement_counter import recorded_statements

OPERACION = Role.OPERADOR_OPERACION
END = {
    "es": "No hay más pendientes después de este en su lista.",
    "en": "Nothing more is pending after this one in your list.",
}


def following(screen: Screen) -> str | None:
    """The code to which «Siguiente» leads, or None at the end of the list."""
    labels = [label for label in screen.buttons if label.startswith(("Siguiente pendiente: ", "Next pending: "))]
    assert bool(labels) != (END[screen.language] in screen.main_texts)
    return labels[0].split(": ")[1].removesuffix(" →") if labels else None


def position(screen: Screen) -> str:
    return screen.links()[0][0]


def go_on(screen: Screen) -> str:
    """Press «Siguiente»: the case that it named is the one on the screen and in the address."""
    code = following(screen)
    assert code is not None
    screen.click(f"Siguiente pendiente: {code} →")
    assert (screen.address["caso"], screen.titles[0].split(" · ")[0]) == (code, code)
    return code


def walked(screen: Screen) -> list[str]:
    """Every case to which «Siguiente» leads until the list ends; none comes twice."""
    codes: list[str] = []
    while following(screen):
        codes.append(go_on(screen))
        assert len(set(codes)) == len(codes), codes
    return codes


def opened(world: World, *keys: str, **changes) -> list[str]:
    """Cases that wait for the operators, the first due first."""
    codes = []
    for key in keys:
        codes.append(world.open(key, **changes))
        world.tick(HOUR)
    return codes


def at_review(world: World, *keys: str) -> list[str]:
    """Cases whose first document waits for its reviews, the first due first."""
    codes = opened(world, *keys)
    for code in codes:
        world.to(code, 2, Kind.REVIEW)
    return codes


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_list_is_gone_through_once_by_urgency_and_its_end_is_said(see, world: World, language: str):
    codes = opened(world, "a", "b", "c")
    screen = see(OPERADORA, language).case(codes[0])
    of = {"es": "de", "en": "of"}[language]
    for number, code in enumerate(codes, start=1):
        assert screen.titles[0].startswith(code)
        assert position(screen) == f"← Operador Operación · {number} {of} 3"
        assert following(screen) == (codes[number] if number < 3 else None)
        if number < 3:
            screen.click(
                {"es": "Siguiente pendiente: {} →", "en": "Next pending: {} →"}[language].format(codes[number])
            )
    assert screen.links()[0][1:] == ("operador_operacion", {})


def test_from_the_middle_it_goes_on_downwards_and_not_from_the_top(see, world: World):
    codes = opened(world, "a", "b", "c", "d")
    assert walked(see(OPERADORA).case(codes[1])) == codes[2:]


def test_the_list_is_the_inbox_as_filtered_and_sorted(see, world: World):
    zorro, beta = opened(world, "zorro", "beta", flow=Flow.B2B)
    (estandar,) = opened(world, "estándar")
    alfa, gamma = opened(world, "alfa", "gamma", flow=Flow.B2B)
    screen = see(OPERADORA).go("operador_operacion", flujo="b2b", orden="client")
    screen.case(alfa)
    assert position(screen) == "← Operador Operación · 1 de 4"
    assert walked(screen) == [beta, gamma, zorro]
    assert screen.links()[0][2] == {"flujo": "b2b", "orden": "client"}
    screen.go("operador_operacion").case(alfa)
    assert walked(screen) == [gamma]
    screen.go("operador_operacion", orden="nonsense", flujo="nonsense").case(zorro)
    assert walked(screen) == [beta, estandar, alfa, gamma]


def test_what_somebody_else_holds_is_passed_over_and_still_counts_in_the_list(see, world: World):
    codes = opened(world, "a", "b", "c", "d")
    cases.take(world.db, ID[OPERADOR_2], codes[1], 1, world.tick())
    cases.take(world.db, ID[OPERADORA], codes[2], 1, world.tick())
    screen = see(OPERADORA).case(codes[0])
    assert walked(screen) == codes[2:]
    assert position(screen) == "← Operador Operación · 4 de 4"
    assert walked(see(OPERADOR_2).case(codes[0])) == [codes[1], codes[3]]


def test_what_an_absent_person_holds_is_not_passed_over_by_whoever_stands_in(see, world: World):
    codes = at_review(world, "a", "b", "c")
    for code, holder in zip(codes[1:], (COMERCIAL_2, COMERCIAL), strict=True):
        item = world.item(code, Role.GERENTE_COMERCIAL).item
        cases.take(world.db, ID[holder], code, item, world.tick())
    leave(world, COMERCIAL_2, {Role.GERENTE_COMERCIAL: MESA})
    screen = see(MESA).go("gerente_comercial").case(codes[0])
    assert walked(screen) == [codes[1]]


def test_more_held_by_others_than_are_read_at_once_do_not_end_the_list(see, world: World):
    codes = opened(world, *(f"k{number:02}" for number in range(24)))
    for code in codes[1:-1]:
        cases.take(world.db, ID[OPERADOR_2], code, 1, world.tick())
    assert walked(see(OPERADORA).case(codes[0])) == [codes[-1]]


def test_what_others_hold_costs_no_further_reading(both: World):
    codes = opened(both, *(f"k{number:02}" for number in range(62)))
    for code in codes[1:-1]:
        cases.take(both.db, ID[OPERADOR_2], code, 1, both.tick())
    actors, here = [Actor(ID[OPERADORA], frozenset({OPERACION}))], Worklist(OPERACION)
    with both.db.reading() as connection, recorded_statements(both.db, "SELECT") as statements:
        row = worklist.following(connection, Policy(), here, actors, "", codes[0], both.now)
        only = here._replace(filters=InboxFilter(held="nobody"))
        again = worklist.following(connection, Policy(), only, actors, here.place(row), "", both.now) if row else row
        mine = here._replace(filters=InboxFilter(held="mine", person=ID[OPERADOR_2]))
        other = worklist.following(connection, Policy(), mine, actors, "", "", both.now)
    assert (row and row.code, again, other) == (codes[-1], None, None)
    assert len(statements) == 6  # the rows and their cases, once for each of the three lists


def test_rows_that_one_may_not_decide_are_read_in_growing_steps(world: World):
    codes = opened(world, *(f"k{number:02}" for number in range(62)))
    with world.db.reading() as connection, recorded_statements(world.db, "SELECT") as statements:
        nobody = [Actor(ID[OPERADORA], frozenset())]
        assert worklist.following(connection, Policy(), Worklist(OPERACION), nobody, "", codes[0], world.now) is None
    assert len(statements) == 6  # 10, 20 and 40 rows with their cases


def test_what_one_sent_oneself_is_passed_over(see, world: World):
    codes = at_review(world, "a", "b", "c")
    world.review(codes[1], verdict="return", answers=FAILS)
    world.attach(codes[1], who=EVERYTHING)
    world.send(codes[1], who=EVERYTHING, answers={1: "corregido"})
    screen = see(EVERYTHING).go("gerente_comercial").case(codes[0])
    assert walked(screen) == [codes[2]]
    assert walked(see(COMERCIAL).case(codes[0])) == [codes[2], codes[1]]


def test_after_a_decision_the_next_is_the_one_that_followed_it(see, world: World):
    codes = at_review(world, "a", "b", "c", "d")
    screen = see(COMERCIAL).case(codes[1])
    screen.click("Todos cumplen").click("Aprobar")
    assert "Aprobó Propuesta Comercial" in screen.done[0]
    assert screen.titles[0].startswith(codes[1])
    assert position(screen) == "← Gerente Comercial"  # it has left the list
    assert walked(screen) == codes[2:]
    screen.case(codes[1])
    assert following(screen) == codes[2]


def test_the_same_case_further_down_with_its_next_task_does_not_skip_what_lies_between(see, world: World):
    codes = opened(world, "a", "b", "c")
    screen = see(OPERADORA).case(codes[0])
    world.tick(HOUR)
    screen.tick_all().click("Sí, continuar")
    assert [item.work for item in world.case(codes[0]).items] == [Kind.PRODUCE]
    assert position(screen) == "← Operador Operación · 3 de 3"
    assert walked(screen) == [codes[1], codes[2], codes[0]]


def test_the_inbox_begins_the_list_anew(see, world: World):
    codes = opened(world, "a", "b", "c")
    screen = see(OPERADORA).case(codes[0])
    world.tick(HOUR)
    screen.tick_all().click("Sí, continuar")
    assert following(screen) == codes[1]
    screen.go("operador_operacion").case(codes[0])
    assert position(screen) == "← Operador Operación · 3 de 3"
    assert following(screen) is None


def test_a_case_that_is_not_in_the_list_leads_to_its_start(see, world: World):
    codes = at_review(world, "a", "b")
    (elsewhere,) = opened(world, "c")
    screen = see(COMERCIAL).case(elsewhere)
    assert position(screen) == "← Gerente Comercial"
    assert walked(screen) == codes


def test_an_inbox_that_is_not_ones_own_any_more_is_not_the_list(see, world: World):
    codes = at_review(world, "a", "b")
    screen = see(COMERCIAL)
    screen.at.session_state["inbox_place"] = ("proceso", {"flujo": "b2b"})
    screen.case(codes[0])
    assert screen.links()[0] == ("← Gerente Comercial · 1 de 2", "gerente_comercial", {})
    assert walked(screen) == [codes[1]]
