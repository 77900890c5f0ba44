"""A click on the page of a case belongs to the case that the button was drawn for, or it is refused in words."""

import pytest

from core.process.terms import Flow, Kind, Role
from core.services import cases
from tests.support.drive_case import World, dump
from tests.support.people import COMERCIAL, ID, OPERADOR_2, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES, Screen

SAID = {
    "es": "No se guardó: ese botón era del caso {0}, y la dirección es ahora de otra página. "
    "Lo que escribió se conserva: vuelva a {0} para hacerlo.",
    "en": "Not saved: that button was of case {0}, and the address is now that of another page. "
    "What you wrote is kept: go back to {0} to do it.",
}
NEXT = "Siguiente pendiente: "
HARMLESS = ("Todos cumplen",)  # fills the form, and writes nothing


def at_produce(w: World, key: str) -> str:
    code = w.open(key)
    w.to(code, 2, Kind.PRODUCE)
    w.attach(code)
    return code


def at_review(w: World, key: str) -> str:
    code = w.open(key, flow=Flow.B2B)
    w.to(code, 2, Kind.REVIEW)
    return code


def reviewed(w: World, key: str) -> str:
    """A review that PROCESO has approved and may take back."""
    code = w.open(key)
    w.to(code, 2, Kind.REVIEW)
    w.review(code, Role.PROCESO)
    return code


def held(w: World, key: str) -> str:
    code = w.open(key)
    cases.take(w.db, ID[OPERADORA], code, 1, w.tick())
    return code


def linked(w: World, key: str) -> str:
    code = w.open(key)
    w.link(code)
    return code


def commented(w: World, key: str) -> str:
    code = w.open(key)
    cases.comment(w.db, ID[PROCESO], code, "Llamar al cliente", w.tick())
    return code


def at_close(w: World, key: str) -> str:
    code = w.open(key)
    w.to(code, 9, Kind.CLOSE)
    return code


PAGES = {
    "validate": (World.open, OPERADORA, "", {"Tomar", "Sí, continuar", "No, rechazar la solicitud", "Comentar"}),
    "send": (at_produce, OPERADORA, "", {"Tomar", "Enviar Propuesta Comercial", "Comentar"}),
    "review": (at_review, COMERCIAL, "", {"Tomar", "Todos cumplen", "Aprobar", "Devolver", "Comentar"}),
    "close": (at_close, OPERADORA, "", {"Tomar", "Cerrar Comercial", "Comentar"}),
    "take back": (reviewed, PROCESO, "documents", {"Retirar la decisión"}),
    "give back": (held, OPERADORA, "documents", {"Devolver a la bandeja"}),
    "hand over": (World.open, PROCESO, "coordination", {"Trasladar a Mesa de Ayuda"}),
    "environment": (World.open, PROCESO, "client", {"Registrar ambiente"}),
    "link": (linked, PROCESO, "link", {"Crear enlace", "Retirar"}),
    "comment": (commented, PROCESO, "", {"Comentar", "Guardar corrección"}),
}


def elsewhere(screen: Screen, code: str) -> None:
    """The address names another case, as after «Back», and the screen does not show it yet."""
    screen.at.query_params["caso"] = code


@pytest.mark.parametrize("page", PAGES)
def test_no_button_of_a_case_does_anything_when_the_address_names_another(see, world: World, page: str):
    prepare, who, tab, expected = PAGES[page]
    code, other = prepare(world, "a"), prepare(world, "b")
    screen = see(who).case(other)
    address = {"vista": tab} if tab else {}
    buttons = [label for label in screen.case(code, **address).buttons if not label.startswith(NEXT)]
    assert expected <= set(buttons)
    before = dump(world.db)
    for label in buttons:
        if label in HARMLESS:
            continue
        screen.case(code, **address)
        elsewhere(screen, other)
        screen.click(label)
        assert (label, screen.refused) == (label, [SAID["es"].format(code)])
        assert screen.titles[0].startswith(other)
    assert dump(world.db) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_typed_is_there_when_one_goes_back_to_do_it(see, world: World, language: str):
    code, other = at_review(world, "a"), at_review(world, "b")
    reason, back = {"es": ("Motivo (si devuelve)", "Devolver"), "en": ("Reason (if you return it)", "Return")}[language]
    screen = see(COMERCIAL, language).case(code)
    label = next(each.label for each in screen.at.text_area if each.label.startswith(reason.split(" ")[0]))
    screen.write(label, "Falta el anexo")
    elsewhere(screen, other)
    screen.click(back)
    assert screen.refused == [SAID[language].format(code)]
    assert screen.value(label) == ""  # the other case's form
    screen.case(code)
    assert screen.value(label) == "Falta el anexo"


def test_a_file_for_a_case_is_not_attached_when_the_address_names_another(see, world: World):
    code, other = at_produce(world, "a"), at_produce(world, "b")
    screen = see(OPERADORA).case(code)
    before = world.record(code), world.record(other)
    screen.at.file_uploader[0].set_value(("otro.pdf", b"%PDF-1.7\nx", "application/pdf"))
    elsewhere(screen, other)
    screen.run()
    assert screen.refused == [SAID["es"].format(code)]
    assert (world.record(code), world.record(other)) == before


def test_a_click_is_refused_on_a_page_that_names_no_case(see, world: World):
    code = at_review(world, "a")
    screen = see(COMERCIAL).case(code)
    before = world.record(code)
    del screen.at.query_params["caso"]
    screen.click("Aprobar")
    assert screen.refused == [SAID["es"].format(code)]
    assert world.record(code) == before


def test_the_hold_that_was_on_the_screen_is_given_back_and_not_the_next_persons(see, world: World):
    code = held(world, "a")
    screen = see(PROCESO).case(code)
    cases.give_back(world.db, ID[OPERADORA], code, 1, world.tick())
    cases.take(world.db, ID[OPERADOR_2], code, 1, world.tick())
    screen.click("Devolver a la bandeja")
    assert screen.refused == [
        "No se guardó: la tarea cambió de manos después de que usted abrió la página. "
        "Vea quién la tiene ahora y vuelva a intentarlo."
    ]
    assert world.item(code).held_by == ID[OPERADOR_2]
    screen.click("Devolver a la bandeja")
    assert world.item(code).held_by is None


def test_every_button_that_decides_names_its_case_its_item_and_its_version(see, world: World):
    code = at_review(world, "a")
    screen = see(COMERCIAL).case(code)
    item = world.item(code)
    keys = {button.label: button.key for button in screen.at.main.button}
    begins = f"{code}-{item.item}-{item.version}-"
    assert [keys[label].startswith(begins) for label in ("Aprobar", "Devolver", "Tomar")] == [True] * 3


def test_what_is_ticked_at_the_click_is_what_is_recorded(see, world: World):
    code = world.open()
    screen = see(OPERADORA).case(code).tick_all()
    screen.at.checkbox[0].uncheck()  # and the click comes with it, before the page was drawn again
    screen.click("Sí, continuar")
    assert screen.refused == ["No se guardó: hay campos por completar o corregir. Revise los que están marcados."]
    assert [item.work for item in world.case(code).items] == [Kind.VALIDATE]
    screen.at.checkbox[0].check()
    screen.click("Sí, continuar")
    assert screen.refused == []
    assert [item.work for item in world.case(code).items] == [Kind.PRODUCE]
