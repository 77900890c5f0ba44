"""The page Ambientes: what will be missing, by when, who provides it, and registering it in its row."""

import pytest

from core.case.events import EnvironmentRegistered
from core.people import accounts
from core.process.terms import Environment, Flow, Role
from tests.support.drive_case import World
from tests.support.people import ADMIN, ALIANZAS, DAY, ID, IMPLEMENTACION, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES, Screen
from ui.words.format import Format

TEST, PRODUCTION = Environment.TEST, Environment.PRODUCTION


def rows(screen: Screen) -> list[str]:
    """Which client's environment each row is about."""
    return [line for line in screen.lines if line.startswith("**") and " · " in line]


def board(see, who: str = PROCESO, language: str = "es", **query: str) -> Screen:
    return see(who, language).go("ambientes", **query)


@pytest.fixture
def stuck(world: World) -> str:
    """A case that waits for its test environment since three days."""
    code = world.open("a", flow=Flow.B2B)
    world.to(code, 6)
    world.tick(3 * DAY)
    return code


SAID = {
    "es": (
        ":red[**1 caso espera**] · 1 más adelante",
        ["**Cliente a** · ambiente de pruebas · falta", "**Cliente a** · ambiente de producción · falta"],
        [":red-badge[● espera hace 3 d]", ":gray-badge[○ para el mar 24 mar]"],
        ["El caso está detenido en 6 Implementación hasta que se registre.",
         "El caso llega a 7 Facturación hacia el mar 24 mar."],
    ),
    "en": (
        ":red[**1 case is waiting**] · 1 later",
        ["**Cliente a** · test environment · missing", "**Cliente a** · production environment · missing"],
        [":red-badge[● waiting for 3 d]", ":gray-badge[○ by Tue 24 Mar]"],
        ["The case is blocked in 6 Implementación until it is registered.",
         "The case reaches 7 Facturación around Tue 24 Mar."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_says_what_is_missing_by_when_and_who_provides_it(see, stuck: str, language: str):
    summary, names, badges, when = SAID[language]
    screen = board(see, language=language)
    assert screen.titles == [{"es": "Ambientes", "en": "Environments"}[language]]
    assert (screen.lines[0], rows(screen)) == (summary, names)
    assert [line for line in screen.lines if "-badge[" in line] == badges
    assert [line for line in screen.captions if line in when] == when
    assert screen.main_texts == ["Rosa Peña · rosa@cliente.example · +57 601 555 0100"] * 2
    assert (f"{stuck} · 6 Implementación", "caso", {"caso": stuck, "vista": "client"}) in screen.links()


def test_what_is_registered_stands_there_with_its_evidence_and_expiry(see, world: World):
    code = world.open("a")
    world.register(code, TEST, expires_at=world.now + 5 * DAY)
    screen = board(see, ambiente="test")
    assert rows(screen) == ["**Cliente a** · ambiente de pruebas · vence el sáb 7 mar, 08:01, antes de necesitarse"]
    assert "Evidencia: acta 12 · Pablo, lun 2 mar, 08:02" in screen.captions
    world.tick(6 * DAY)
    assert rows(board(see, ambiente="test")) == ["**Cliente a** · ambiente de pruebas · venció el sáb 7 mar, 08:01"]
    world.register(code, TEST)
    assert rows(board(see, estado="covered")) == ["**Cliente a** · ambiente de pruebas · sin vencimiento"]


REGISTERING = {
    "es": ("Registrar", "Registrar ambiente", "Evidencia",
           "Escriba la evidencia\\: dónde consta el ambiente\\.",
           "Se registró el ambiente de pruebas. Consta en su caso en curso."),
    "en": ("Register", "Register environment", "Evidence",
           "Write the evidence\\: where the environment is documented\\.",
           "The test environment is registered. It is on the record of their running case."),
}  # fmt: skip


@pytest.mark.parametrize(("who", "language"), [(PROCESO, "es"), (IMPLEMENTACION, "en")])
def test_an_environment_is_registered_in_its_row(see, world: World, stuck: str, who: str, language: str):
    opens, registers, evidence, missing, done = REGISTERING[language]
    screen = board(see, who, language)
    assert [label for label in screen.buttons if label == opens] == [opens] * 2
    screen.click(opens)
    assert screen.address == {"registrar": f"{world.case(stuck).client}.test"}
    assert screen.click(registers).problems == [f":red[:small[↑ {missing}]]"]
    screen.write(evidence, "acta 77").click(registers)
    assert screen.done == [done]
    assert world.bodies(stuck, EnvironmentRegistered) == [EnvironmentRegistered(TEST, "acta 77", None)]
    assert len(rows(screen)) == 1


def test_the_expiry_day_is_kept_like_everything_that_is_typed(see, world: World, stuck: str):
    opens, registers, evidence, _, done = REGISTERING["es"]
    screen = board(see, PROCESO, "es").click(opens)
    screen.write("Vence (opcional)", "31/01/2027")
    again = see(PROCESO).go("ambientes", **screen.address)
    assert again.value("Vence (opcional)") == "31 ene 2027"
    assert again.write(evidence, "acta 77").click(registers).done == [done]
    (kept,) = world.bodies(stuck, EnvironmentRegistered)
    assert Format("es", world.now).day(kept.expires_at) == "dom 31 ene 2027"


@pytest.mark.usefixtures("stuck")
def test_others_read_the_board_and_register_nothing(see):
    for who in (OPERADORA, ALIANZAS):
        screen = board(see, who, registrar="1.test")
        assert len(rows(screen)) == 2
        assert screen.buttons == []
        assert "Los registran Proceso y Responsable Implementación B2B." in screen.captions
    assert rows(board(see, ADMIN)) == []


def test_a_form_that_outlived_the_role_is_refused_by_the_service(see, world: World, stuck: str):
    screen = board(see).click("Registrar").write("Evidencia", "acta 77")
    accounts.set_roles(world.db, PROCESO, [Role.GERENTE_ALIANZAS], ID[ADMIN], world.now)
    screen.click("Registrar ambiente")
    assert world.bodies(stuck, EnvironmentRegistered) == []


@pytest.mark.usefixtures("stuck")
def test_filters_live_in_the_address_and_an_empty_choice_leads_out(see):
    assert len(rows(board(see, urgencia="waiting"))) == 1
    assert len(rows(board(see, buscar="CLIENTE a", ambiente="production"))) == 1
    screen = board(see, estado="expired", urgencia="mañana")
    assert (rows(screen), screen.infos) == ([], ["Ningún ambiente coincide con los filtros."])
    assert len(rows(screen.click("Quitar filtros"))) == 2
    screen.choose("Urgencia", "later")
    assert (screen.address, len(rows(screen))) == ({"urgencia": "later"}, 1)


@pytest.mark.parametrize(
    ("language", "none", "covered"),
    [
        (
            "es",
            "Ningún caso en curso necesita ambientes. Aquí aparecen desde que se abre un caso, antes de que llegue a "
            "la fase que los pide.",
            "Ningún caso en curso espera ni va a esperar un ambiente: todos están registrados.",
        ),
        (
            "en",
            "No running case needs environments. They appear here once a case is opened, before it reaches the phase "
            "that asks for them.",
            "No running case waits or will wait for an environment: all of them are registered.",
        ),
    ],
)
def test_an_empty_board_says_what_that_means(see, world: World, language: str, none: str, covered: str):
    assert board(see, language=language).infos == [none]
    code = world.open("a")
    for environment in Environment:
        world.register(code, environment)
    screen = board(see, language=language)
    assert (screen.infos, screen.lines[0]) == ([covered], covered)


def test_a_long_board_comes_in_pages(see, world: World):
    for number in range(26):
        world.open(f"k{number}")
    screen = board(see)
    assert len(rows(screen)) == 50
    screen.click("Siguientes 50")
    assert (screen.address, len(rows(screen))) == ({"despues": "50"}, 2)
    assert len(rows(board(see, despues="x"))) == 50


def test_how_the_moments_are_reckoned_is_shown(see, world: World):
    for number in range(5):
        world.to(world.open(f"k{number}", flow=Flow.B2B), 2)
    table = board(see).table
    assert table[0] == ["1 Inicio", "Estándar", "ambos", "2 d laborales", "sus plazos"]
    assert table[1] == ["1 Inicio", "B2B", "ambos", "3 min laborales", "mediana de 5 casos"]
    world.setting("deadlines", {"2/mesa_de_ayuda": [480, 480]})
    assert [row[2:4] for row in board(see).table[2:4]] == [
        ["Operación", "6 d laborales"],
        ["Mesa de Ayuda", "4 d laborales"],
    ]
