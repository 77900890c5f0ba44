"""Taking, giving back, handing on and taking back on the screen, and what is to come, in both languages."""

import pytest

from core.process.terms import Flow, Kind, Role
from core.services import cases
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, COMERCIAL_2, ID, OPERADOR_2, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES

B2B = Flow.B2B


def said(language: str, spanish: str, english: str) -> str:
    return spanish if language == "es" else english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_task_is_taken_and_given_back_with_one_click_each(see, world: World, language: str):
    code = world.open()
    screen = see(OPERADORA, language).case(code)
    screen.click(said(language, "Tomar", "Take"))
    assert screen.done == [
        said(
            language,
            "Tomó la tarea: Validar solicitud. Los demás ven que la tiene usted.",
            "You took the task: Validar solicitud. The others see that you have it.",
        )
    ]
    assert world.item(code).held_by == ID[OPERADORA]
    assert (
        said(language, "La tiene usted desde el lun 2 mar, 08:01.", "Held by you since Mon 2 Mar, 08:01.")
        in screen.captions
    )
    screen.click(said(language, "Devolver a la bandeja", "Give back to the inbox"))
    assert world.item(code).held_by is None
    assert said(language, "Tomar", "Take") in screen.buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_does_not_hold_it_reads_who_does_and_has_no_buttons(see, world: World, language: str):
    code = world.open()
    cases.take(world.db, ID[OPERADORA], code, 1, world.tick())
    screen = see(OPERADOR_2, language).case(code)
    assert screen.tasks == []
    assert screen.buttons == [said(language, "Comentar", "Comment")]
    assert (
        said(language, "La tiene Olga desde el lun 2 mar, 08:02.", "Held by Olga since Mon 2 Mar, 08:02.")
        in screen.captions
    )
    assert screen.warned == [
        said(
            language,
            "No puede decidir esta tarea: la tiene Olga desde el lun 2 mar, 08:02. "
            "Espere a que la devuelva a la bandeja o pida a Proceso que la reasigne.",
            "You cannot decide this task: Olga has had it since Mon 2 Mar, 08:02. "
            "Wait until it is given back to the inbox, or ask Proceso to reassign it.",
        )
    ]


def test_a_decision_is_refused_with_who_holds_the_task_and_what_was_typed_stays(see, world: World):
    code = world.open(flow=B2B)
    world.to(code, 2)
    screen = see(OPERADORA).case(code)
    screen.write("Motivo (obligatorio si responde No)", "faltan datos")
    cases.take(world.db, ID[OPERADOR_2], code, world.item(code).item, world.tick())
    screen.click("No, rechazar la solicitud")
    assert len(screen.refused) == 1
    assert screen.refused[0].startswith("No puede decidir esta tarea: la tiene Oscar desde el lun 2 mar")
    cases.give_back(world.db, ID[OPERADOR_2], code, world.item(code).item, world.tick())
    assert screen.case(code).value("Motivo (obligatorio si responde No)") == "faltan datos"


@pytest.mark.parametrize("who", [OPERADORA, PROCESO])
def test_the_holder_and_proceso_hand_the_task_to_somebody_of_the_role(see, world: World, who: str):
    code = world.open()
    cases.take(world.db, ID[OPERADORA], code, 1, world.tick())
    screen = see(who).case(code)
    people = next(each for each in screen.at.selectbox if each.label == "Persona")
    assert people.options == ["Maria", "Oscar"]
    screen.choose("Persona", ID[OPERADOR_2]).click("Asignar")
    assert screen.done == ["La tarea pasó a Oscar: Validar solicitud."]
    assert world.item(code).held_by == ID[OPERADOR_2]


def test_the_history_tells_who_took_gave_back_and_handed_on(see, world: World):
    code = world.open()
    cases.take(world.db, ID[OPERADORA], code, 1, world.tick())
    cases.give_back(world.db, ID[OPERADORA], code, 1, world.tick())
    cases.assign(world.db, ID[PROCESO], code, 1, ID[OPERADOR_2], world.tick())
    rows = [row[2:] for row in see(PROCESO).case(code).table[-3:]]
    assert rows == [
        ["Operador Operación", "Tarea tomada", "", "Olga", ""],
        ["Operador Operación", "Tarea devuelta a la bandeja", "", "Olga", ""],
        ["Operador Operación", "Tarea asignada a", "Oscar", "Pablo", ""],
    ]


# --- the inbox ---
def test_the_inbox_marks_what_is_held_and_lets_mine_and_nobody_s_through(see, world: World):
    mine, other, nobody = (world.open(key) for key in "abc")
    cases.take(world.db, ID[OPERADORA], mine, 1, world.tick())
    cases.take(world.db, ID[OPERADOR_2], other, 1, world.tick())
    screen = see(OPERADORA)
    asked = "Validar solicitud :gray[:small[1 Inicio · Estándar]]"
    assert [line for line in screen.lines if line.startswith(asked)] == [
        f"{asked} :blue-badge[usted]",
        f"{asked} :gray-badge[Oscar]",
        asked,
    ]
    for chosen, code in (("mine", mine), ("nobody", nobody)):
        screen.choose("Quién la tiene", chosen)
        assert screen.address["quien"] == chosen
        assert [query["caso"] for _, page, query in screen.links() if page == "caso"] == [code]


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_the_list_stands_what_comes_next_and_with_whom_it_is(see, world: World, language: str):
    for key in "ab":
        world.to(world.open(key), 2, Kind.REVIEW)
    world.to(world.open("c", flow=B2B), 3, Kind.REVIEW)
    screen = see(OPERADORA, language)
    assert [each.label for each in screen.at.expander] == [
        said(language, "Próximamente: 3 casos", "Coming up: 3 cases")
    ]
    roles = "Gerente Alianzas, Gerente Comercial, Responsable Implementación B2B"
    first, second = screen.lines[-2:]
    both = said(language, "**2** casos están en", "**2** cases are at")
    one = said(language, "**1** caso está en", "**1** case is at")
    last = said(language, "y Proceso", "and Proceso")
    assert first.startswith(f"{both} Revisar Propuesta Comercial: {roles}")
    assert last in first
    assert second == f"{one} Revisar Contrato: Gerente Comercial :gray[:small[3 Análisis Comercial]]"
    assert [(page, query) for _, page, query in screen.links() if page == "casos"] == [
        ("casos", {"fase": "2", "estado": "running"}),
        ("casos", {"fase": "3", "estado": "running"}),
    ]


def test_nothing_to_come_is_not_announced(see, world: World):
    world.open()
    assert len(see(OPERADORA).at.expander) == 0


# --- taking back ---
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_author_reads_what_taking_back_causes_and_does_it_with_a_reason(see, world: World, language: str):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.REVIEW)
    due = world.item(code).due_at
    world.review(code)
    screen = see(COMERCIAL, language).case(code)
    offer = said(
        language,
        "Retirar su decisión · Revisar Propuesta Comercial: Aprobar",
        "Take your decision back · Revisar Propuesta Comercial: Approve",
    )
    assert [each.label for each in screen.at.expander] == [offer]
    caption = next(each for each in screen.captions if "Validar Propuesta Comercial (Operador Operación)." in each)
    assert caption.startswith(
        said(
            language,
            "Se abre otra vez en 2 Envío Propuesta: Revisar Propuesta Comercial (Gerente Comercial), vence ",
            "Opens again in 2 Envío Propuesta: Revisar Propuesta Comercial (Gerente Comercial), due ",
        )
    )
    button = said(language, "Retirar la decisión", "Take the decision back")
    screen.click(button)
    assert screen.problems == [
        said(language, ":red[:small[↑ Escriba el motivo\\.]]", ":red[:small[↑ Write the reason\\.]]")
    ]
    screen.write(said(language, "Motivo", "Reason"), "era otro caso").click(button)
    assert len(screen.done) == 1
    assert (world.case(code).phase, world.item(code).work, world.item(code).due_at) == (2, Kind.REVIEW, due)
    assert screen.tasks == ["Revisar Propuesta Comercial"]
    assert len(screen.at.expander) == 0


@pytest.mark.parametrize("who", [COMERCIAL_2, OPERADORA, PROCESO])
def test_nobody_but_the_author_is_offered_to_take_back(see, world: World, who: str):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS)
    assert len(see(who).case(code).at.expander) == 0


def test_when_somebody_has_started_meanwhile_the_author_learns_who(see, world: World):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, Role.GERENTE_COMERCIAL)
    screen = see(COMERCIAL).case(code)
    screen.write("Motivo", "error")
    cases.take(world.db, ID[OPERADOR_2], code, world.item(code).item, world.tick())
    screen.click("Retirar la decisión")
    assert screen.refused[0].startswith("No se retiró la decisión: Oscar ya empezó lo que sigue el ")
    assert len(screen.at.expander) == 0
