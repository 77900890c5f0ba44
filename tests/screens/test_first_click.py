"""A click right after a field was filled: the action takes what the browser sends together, and none is lost."""

import pytest
from sqlalchemy import select

from core.people import saved_views
from core.people.saved_views import View, ViewOwner
from core.process.policy import Allowance
from core.process.terms import Right, Role
from core.services import cases
from core.services import settings as services_settings
from core.store import settings, tables
from tests.screens.test_batch_review import ROLE, WORDS, at_review
from tests.screens.test_saved_views import WORDS as VIEW_WORDS
from tests.screens.test_saved_views import saved
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, HOUR, ID, OPERADOR_2, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES, Screen

ASSIGN = {"es": ("Persona", "Asignar"), "en": ("Person", "Assign")}
NOTHING_CHOSEN = {"es": "Elija una opción\\.", "en": "Choose one\\."}
FIELD = {"es": "Operador Operación: primera tarea", "en": "Operador Operación: first task"}
SAVE = {"es": "Guardar", "en": "Save"}
SAME = {
    "es": "No se guardó: no hay nada distinto de lo que ya vale. Cambie un valor y guarde otra vez.",
    "en": "Not saved: nothing differs from the current values. Change a value and save again.",
}


def press(screen: Screen, label: str) -> Screen:
    """Click as a browser can: a disabled button takes no click. The fields that were set before go with it."""
    button = screen.button(label)
    assert not button.disabled, label
    button.click()
    return screen.run()


def fill(screen: Screen, label: str, value: object) -> None:
    """Set a field without a run, as when the click that leaves the field comes at once."""
    fields = [*screen.at.text_input, *screen.at.selectbox]
    next(field for field in fields if field.label == label).set_value(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deadline_is_saved_by_the_click_that_leaves_its_field(see, world: World, language: str):
    screen = see(PROCESO, language).go("plazos")
    fill(screen, FIELD[language], "1 h")
    press(screen, SAVE[language])
    assert (screen.refused, screen.value(FIELD[language])) == ([], "1 h")
    with world.db.reading() as connection:
        assert settings.policy(connection).deadlines[1, Role.OPERADOR_OPERACION] == Allowance(60, 480)


def test_what_stands_in_the_fields_at_the_click_is_saved_and_not_what_was_drawn(see, world: World):
    screen = see(PROCESO).go("plazos").write(FIELD["es"], "1 h")
    fill(screen, FIELD["es"], "2 h")
    press(screen, "Guardar 1 cambio")
    with world.db.reading() as connection:
        assert settings.policy(connection).deadlines[1, Role.OPERADOR_OPERACION] == Allowance(120, 480)


@pytest.mark.parametrize("language", LANGUAGES)
def test_saving_without_a_change_is_refused_in_words(see, world: World, language: str):
    screen = press(see(PROCESO, language).go("plazos"), SAVE[language])
    assert (screen.refused, screen.done) == ([SAME[language]], [])
    with world.db.reading() as connection:
        assert services_settings.newest(connection) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_task_is_handed_on_by_the_click_right_after_the_choice(see, world: World, language: str):
    code = world.open()
    cases.take(world.db, ID[OPERADORA], code, 1, world.tick())
    person, assign = ASSIGN[language]
    screen = see(OPERADORA, language).case(code)
    press(screen, assign)
    assert screen.problems == [f":red[:small[↑ {NOTHING_CHOSEN[language]}]]"]
    assert world.item(code).held_by == ID[OPERADORA]
    fill(screen, person, ID[OPERADOR_2])
    press(screen, assign)
    assert (screen.problems, world.item(code).held_by) == ([], ID[OPERADOR_2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_are_looked_at_by_the_click_right_after_the_tick(see, world: World, language: str):
    codes = [at_review(world, key) for key in "ab"]
    look = WORDS[language][0].format(0)
    nothing = {
        "es": "No se guardó\\: no eligió ningún caso\\. Marque al menos uno\\.",
        "en": "Nothing was saved\\: you chose no case\\. Tick at least one\\.",
    }[language]
    screen = press(see(COMERCIAL, language).go(ROLE, varios="true"), look)
    assert (screen.problems, screen.tasks) == ([f":red[:small[↑ {nothing}]]"], [])
    for box in screen.at.checkbox:
        box.check()
    press(screen, look)
    assert screen.problems == []
    assert screen.tasks == [{"es": "2 casos por decidir juntos", "en": "2 cases to decide together"}[language]]
    assert [query["caso"] for _, page, query in screen.links() if page == "caso"] == codes


def test_a_choice_is_dropped_by_the_click_right_after_the_tick(see, world: World):
    at_review(world, "a")
    screen = see(COMERCIAL).go(ROLE, varios="true")
    screen.at.checkbox[0].check()
    press(screen, "Quitar la elección")
    assert [box.value for box in screen.at.checkbox] == [False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_view_has_the_search_that_was_typed_right_before_the_click(see, world: World, language: str):
    world.open("alfa")
    words = VIEW_WORDS[language]
    search = {"es": "Buscar", "en": "Search"}[language]
    screen = see(OPERADORA, language).go("operador_operacion", flujo="estandar").write(words["new"], "Mía")
    fill(screen, search, "alfa")
    press(screen, words["save"])
    assert saved(world) == [View("Mía", {"flujo": "estandar", "buscar": "alfa"}, is_default=False)]
    fill(screen, search, "beta")
    screen.run()
    fill(screen, search, "gama")
    press(screen, words["replace"])
    assert saved(world) == [View("Mía", {"flujo": "estandar", "buscar": "gama"}, is_default=False)]


def test_a_saved_view_has_what_the_field_holds_also_while_the_browser_s_address_is_the_one_before(see, world: World):
    screen = see(OPERADORA).go("operador_operacion").write("Buscar", "alfa")
    screen.write(VIEW_WORDS["es"]["new"], "Mía")
    del screen.at.query_params["buscar"]  # the browser sent the click before it had the answer to the text
    press(screen, "Guardar vista")
    assert saved(world) == [View("Mía", {"buscar": "alfa"}, is_default=False)]
    assert (screen.value("Buscar"), screen.address) == ("alfa", {"buscar": "alfa", "vista": "Mía"})


def test_a_day_that_was_typed_right_before_the_click_is_saved_as_the_address_says_it(see, world: World):
    world.open()
    screen = see(PROCESO).go("embudo").write(VIEW_WORDS["es"]["new"].replace(" y orden", ""), "Marzo")
    fill(screen, "Abiertos desde", "1/3/2026")
    press(screen, "Guardar vista")
    with world.db.reading() as connection:
        kept = saved_views.of(connection, ViewOwner(ID[PROCESO], Right.ANALYSIS))
    assert kept == [View("Marzo", {"abierto_desde": "2026-03-01"}, is_default=False)]


def test_a_session_ends_at_the_moment_of_the_click_and_not_when_its_page_was_drawn(see, world: World):
    screen = see(PROCESO)
    at = world.tick(HOUR)
    press(screen, "Salir")
    with world.db.reading() as connection:
        assert list(connection.scalars(select(tables.sessions.c.ended_at))) == [at]
