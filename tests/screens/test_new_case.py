"""Opening a case through the page: what it asks, what it refuses beside which field, and what it keeps."""

import pytest

from core.case.events import CaseOpened, Criterion
from core.process.terms import Channel, Flow
from tests.support.drive_case import CRITERIA, World, dump
from tests.support.people import EVERYTHING, ID, MESA, OPERADORA
from tests.support.screen import LANGUAGES, Screen

OPEN = {"es": "Abrir el caso", "en": "Open the case"}
INVALID = {
    "es": "No se guardó: hay campos por completar o corregir. Revise los que están marcados.",
    "en": "Not saved: some fields are missing or wrong. See the ones that are marked.",
}
PROBLEMS = {
    "es": [
        "Elija una opción\\.", "Elija una opción\\.", "Describa el servicio solicitado\\.",
        "Escriba el nombre del cliente\\.", "Escriba el nombre del contacto\\.", "Escriba un correo o un teléfono\\.",
        "Agregue al menos un criterio de revisión\\.",
    ],
    "en": [
        "Choose one\\.", "Choose one\\.", "Describe the requested service\\.",
        "Write the client’s name\\.", "Write the contact’s name\\.", "Write an e\\-mail address or a phone number\\.",
        "Add at least one review criterion\\.",
    ],
}  # fmt: skip


def beneath(*sentences: str) -> list[str]:
    return [f":red[:small[↑ {sentence}]]" for sentence in sentences]


def filled(screen: Screen) -> Screen:
    """The form with everything that it asks for."""
    screen.answer("Flujo", "b2b").answer("Tipo de cliente", "international")
    screen.write("Servicio solicitado", "Pagos en línea").write("Nombre del cliente", "Café & Té S.A.")
    screen.write("Nombre", "Rosa Peña").write("Correo", "rosa@cafe.example").write("Teléfono", "+57 601 555 0100")
    return screen.write("Valor esperado", "10.000 USD", 0).write("Valor esperado", "99,5 %", 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_is_refused_with_a_sentence_beneath_each_field(see, world: World, language: str):
    before = dump(world.db)["cases"]
    screen = see(OPERADORA, language).go("nuevo").click(OPEN[language])
    assert (screen.refused, screen.problems) == ([INVALID[language]], beneath(*PROBLEMS[language]))
    assert dump(world.db)["cases"] == before == []


def test_a_complete_form_opens_the_case_and_leads_to_its_page(see, world: World):
    screen = filled(see(OPERADORA).go("nuevo")).click("Abrir el caso")
    assert (screen.titles, screen.done) == (["S-2026-0001 · Café \\& Té S\\.A\\."], ["Se abrió S\\-2026\\-0001."])
    case = world.case("S-2026-0001")
    criteria = (Criterion("Precio", "10.000 USD"), Criterion("SLA", "99,5 %"))
    assert world.bodies("S-2026-0001", CaseOpened) == [
        CaseOpened(Flow.B2B, Channel.OPERACION, True, case.client, "Pagos en línea", criteria, {})
    ]
    assert [event.person for event in world.record("S-2026-0001")][:2] == [ID[OPERADORA]] * 2
    assert screen.tasks == ["Validar solicitud"]
    fresh = screen.go("nuevo")
    assert [fresh.value(label) for label in ("Flujo", "Servicio solicitado", "Nombre del cliente")] == [None, "", ""]


def test_bad_values_get_their_reason_and_everything_typed_stays(see, world: World):
    screen = filled(see(OPERADORA).go("nuevo"))
    screen.write("Correo", "rosa arroba cafe").write("Teléfono", "123").write("Criterio", " precio ", 3)
    screen.write("Criterio", "", 1).write("Valor esperado", "2 meses", 1).write("Criterio", "Idioma", 2)
    screen.click("Abrir el caso")
    assert screen.problems == beneath(
        "«rosa arroba cafe» no parece un correo\\. Revíselo\\.",
        "«123» no parece un teléfono\\: lleva de 6 a 15 cifras\\.",
        "Escriba el nombre del criterio\\.",
        "Escriba el valor esperado\\.",
        "El criterio precio está repetido\\.",
    )
    kept = [screen.value(label) for label in ("Flujo", "Tipo de cliente", "Servicio solicitado", "Correo", "Nombre")]
    assert kept == ["b2b", "international", "Pagos en línea", "rosa arroba cafe", "Rosa Peña"]
    assert [screen.value("Criterio", place) for place in range(4)] == ["Precio", "", "Idioma", " precio "]
    assert dump(world.db)["clients"] == []
    screen.write("Correo", "rosa@cafe.example").write("Teléfono", "")
    screen.write("Criterio", "SLA", 3).write("Criterio", "Plazo", 1).write("Criterio", "Servicio", 2)
    assert screen.click("Abrir el caso").titles == ["S-2026-0001 · Café \\& Té S\\.A\\."]
    assert [c.name for c in world.case("S-2026-0001").criteria] == ["Precio", "Plazo", "SLA"]


def test_a_draft_of_the_form_is_there_in_a_new_session(see, world: World):
    filled(see(OPERADORA).go("nuevo"))
    again = see(OPERADORA).go("nuevo")
    assert [again.value(label) for label in ("Flujo", "Tipo de cliente", "Nombre del cliente", "Correo")] == [
        "b2b", "international", "Café & Té S.A.", "rosa@cafe.example",
    ]  # fmt: skip
    assert [again.value("Valor esperado", place) for place in range(4)] == ["10.000 USD", "", "", "99,5 %"]
    assert see(MESA).go("nuevo").value("Nombre del cliente") == ""
    again.click("Abrir el caso")
    assert len(dump(world.db)["cases"]) == 1


def test_a_client_that_exists_is_not_made_twice(see, world: World):
    world.open("Uno")
    screen = filled(see(OPERADORA).go("nuevo")).write("Nombre del cliente", " CLIENTE  uno").click("Abrir el caso")
    assert screen.problems == beneath("Ya hay un cliente «CLIENTE uno»\\. Elíjalo en «Ya registrado»\\.")


def test_a_known_client_brings_the_criteria_of_the_last_request(see, world: World):
    client = world.case(world.open("Uno")).client
    screen = see(OPERADORA).go("nuevo").answer("Cliente", "known").click("Abrir el caso")
    assert "Elija un cliente de la lista\\." in " ".join(screen.problems)
    screen.choose("Cliente registrado", client)
    names = [field.value for field in screen.at.text_input if field.label in ("Criterio", "Valor esperado")]
    assert names == ["Precio", "10.000 USD", "SLA", "99,5 %"]
    screen.answer("Flujo", "estandar").answer("Tipo de cliente", "national").write("Servicio solicitado", "Otro")
    screen.write("Nombre", "Rosa").write("Teléfono", "6015550100").click("Abrir el caso")
    assert screen.titles == ["S-2026-0002 · Cliente Uno"]
    assert (world.case("S-2026-0002").client, world.case("S-2026-0002").criteria) == (client, CRITERIA)


def test_more_criteria_can_be_added_up_to_twelve(see):
    screen = see(OPERADORA).go("nuevo")
    for count in range(4, 12):
        assert len([field for field in screen.at.text_input if field.label == "Criterio"]) == count
        screen.click("+ Agregar criterio")
    assert screen.button("+ Agregar criterio").disabled


# --- the channel ---
@pytest.mark.parametrize(
    ("who", "language", "said"),
    [
        (OPERADORA, "es", "Canal: Operador Operación"),
        (MESA, "es", "Canal: Mesa de Ayuda"),
        (MESA, "en", "Channel: Mesa de Ayuda"),
    ],
)
def test_the_channel_is_that_of_ones_role(see, who: str, language: str, said: str):
    assert see(who, language).go("nuevo").captions[0] == said


def test_whoever_holds_both_roles_chooses_the_channel(see, world: World):
    screen = filled(see(EVERYTHING).go("nuevo"))
    assert screen.value("Canal") == "operacion"
    screen.answer("Canal", "mesa_de_ayuda").click("Abrir el caso")
    assert world.case("S-2026-0001").channel is Channel.MESA_DE_AYUDA
