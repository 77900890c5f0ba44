"""Order and saved views of an inbox: chosen, kept under a name, renamed, deleted, opened with, and in the address."""

import pytest

from core.people import saved_views
from core.people.saved_views import View, ViewOwner
from core.process.terms import Flow, Role
from tests.support.drive_case import World
from tests.support.people import DAY, EVERYTHING, ID, OPERADORA
from tests.support.screen import LANGUAGES, Screen

MINE = ViewOwner(ID[OPERADORA], Role.OPERADOR_OPERACION)
WORDS = {
    "es": {
        "order": "Orden", "phase": "Por fase", "client": "Por cliente", "flow": "Flujo",
        "new": "Guardar filtros y orden como", "save": "Guardar vista", "name": "Nombre de esta vista",
        "rename": "Cambiar nombre", "replace": "Guardar cambios", "delete": "Eliminar vista",
        "default": "Abrir con esta vista", "no default": "No abrir con esta vista", "all": "Ver todo",
        "saved": "Se guardó la vista B2B \\*viejos\\*.", "missing": "Escriba un nombre para la vista\\.",
        "exists": "Ya tiene una vista «B2B \\*viejos\\*»\\. Elija otro nombre\\.",
        "none": "Todavía no guardó ninguna vista: una vista guarda filtros y orden.",
        "deleted": "Se eliminó la vista Otra.", "on opening": "B2B \\*viejos\\* · al abrir",
    },
    "en": {
        "order": "Order", "phase": "By phase", "client": "By client", "flow": "Flow",
        "new": "Save filters and order as", "save": "Save view", "name": "Name of this view",
        "rename": "Rename", "replace": "Save changes", "delete": "Delete view",
        "default": "Open with this view", "no default": "Do not open with this view", "all": "See everything",
        "saved": "The view B2B \\*viejos\\* is saved.", "missing": "Write a name for the view\\.",
        "exists": "You have a view “B2B \\*viejos\\*” already\\. Choose another name\\.",
        "none": "You have no saved views yet: a view keeps filters and order.",
        "deleted": "The view Otra is deleted.", "on opening": "B2B \\*viejos\\* · on opening",
    },
}  # fmt: skip


def saved(world: World) -> list[View]:
    with world.db.reading() as connection:
        return saved_views.of(connection, MINE)


def chosen_codes(screen: Screen) -> list[str]:
    return [query["caso"] for _, page, query in screen.links() if page == "caso"]


@pytest.fixture
def four(world: World) -> list[str]:
    """Cases of four clients, the newest in the latest phase, in both flows."""
    codes = [world.open("zeta", flow=Flow.B2B), world.open("alfa"), world.open("beta"), world.open("gama")]
    world.to(codes[0], 2)
    world.tick(DAY)
    return codes


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ({}, [1, 2, 3, 0]),
        ({"orden": "oldest"}, [1, 2, 3, 0]),
        ({"orden": "client"}, [1, 2, 3, 0]),
        ({"orden": "phase"}, [1, 2, 3, 0]),
        ({"orden": "phase", "flujo": "b2b"}, [0]),
        ({"orden": "nobody's"}, [1, 2, 3, 0]),
        ({"orden": "client", "despues": "cliente alfa.2"}, [2, 3, 0]),
        ({"orden": "urgency", "despues": "cliente alfa.2"}, [1, 2, 3, 0]),
    ],
)
def test_the_order_is_taken_from_the_address(see, four: list[str], address: dict[str, str], places: list[int]):
    screen = see(OPERADORA, "en").go("operador_operacion", **address)
    assert chosen_codes(screen) == [four[place] for place in places]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chosen_order_stands_in_the_address_and_pages_go_on_in_it(see, world: World, language: str):
    words = WORDS[language]
    codes = {name: world.open(f"{name:02}") for name in range(52, 0, -1)}
    screen = see(OPERADORA, language).go("operador_operacion", despues="1.1").choose(words["order"], "client")
    assert screen.address == {"orden": "client"}
    assert chosen_codes(screen) == [codes[name] for name in range(1, 51)]
    screen.click({"es": "Siguientes 50", "en": "Next 50"}[language])
    assert screen.address == {"orden": "client", "despues": f"cliente 50.{53 - 50}"}
    assert chosen_codes(screen) == [codes[51], codes[52]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_is_saved_chosen_changed_renamed_and_deleted(see, world: World, four: list[str], language: str):
    words = WORDS[language]
    screen = see(OPERADORA, language).go("operador_operacion")
    assert words["none"] in screen.captions
    screen.choose(words["order"], "client").choose(words["flow"], "b2b").click(words["save"])
    assert screen.problems == [f":red[:small[↑ {words['missing']}]]"]
    screen.write(words["new"], " B2B *viejos* ").click(words["save"])
    assert screen.done == [words["saved"]]
    chosen = {"orden": "client", "flujo": "b2b"}
    assert saved(world) == [View("B2B *viejos*", chosen, is_default=False)]
    assert screen.address == {**chosen, "vista": "B2B *viejos*"}
    screen.write(words["new"], "B2B *viejos*").click(words["save"])
    assert screen.done == [words["saved"]]  # the same again, as of the second of two clicks
    screen.choose(words["order"], "oldest").write(words["new"], "B2B *viejos*").click(words["save"])
    assert screen.problems == [f":red[:small[↑ {words['exists']}]]"]
    assert screen.value(words["new"]) == "B2B *viejos*"
    screen.click(words["all"])
    assert (screen.address, len(chosen_codes(screen))) == ({}, 4)
    screen.click("B2B \\*viejos\\*")
    assert (screen.address, chosen_codes(screen)) == ({**chosen, "vista": "B2B *viejos*"}, [four[0]])
    assert words["replace"] not in screen.buttons
    screen.choose(words["flow"], "estandar").click(words["replace"])
    assert saved(world)[0].chosen == {"orden": "client", "flujo": "estandar"}
    screen.write(words["name"], "Otra").click(words["rename"])
    assert (saved(world)[0].name, screen.address["vista"]) == ("Otra", "Otra")
    assert screen.click(words["delete"]).done == [words["deleted"]]
    assert (saved(world), "vista" in screen.address) == ([], False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_inbox_opens_once_with_the_default_view_unless_the_address_chooses(
    see, world: World, four: list[str], language: str
):
    words = WORDS[language]
    saved_views.save(world.db, MINE, "B2B *viejos*", {"flujo": "b2b"})
    see(OPERADORA, language).go("operador_operacion", vista="B2B *viejos*", flujo="b2b").click(words["default"])
    screen = see(OPERADORA, language)
    assert (screen.address, chosen_codes(screen)) == ({"flujo": "b2b", "vista": "B2B *viejos*"}, [four[0]])
    assert words["on opening"] in screen.buttons
    screen.click(words["all"])
    assert (screen.address, len(chosen_codes(screen))) == ({}, 4)
    assert len(chosen_codes(screen.run())) == 4
    other = Screen(world, "", language)
    other.at.session_state["token"] = screen.at.session_state["token"]
    assert len(chosen_codes(other.go("operador_operacion", flujo="estandar"))) == 3
    screen.click("B2B \\*viejos\\* · " + words["on opening"].split(" · ")[1]).click(words["no default"])
    assert see(OPERADORA, language).address == {}


def test_a_case_leads_back_to_the_view(see, world: World, four: list[str]):
    saved_views.save(world.db, MINE, "B2B", {"flujo": "b2b"})
    screen = see(OPERADORA).go("operador_operacion").click("B2B").case(four[0])
    assert screen.links()[0] == (
        "← Operador Operación · 1 de 1",
        "operador_operacion",
        {"flujo": "b2b", "vista": "B2B"},
    )


def test_views_are_of_one_inbox_of_one_person(see, world: World):
    saved_views.save(world.db, MINE, "Mía", {})
    assert "Mía" in see(OPERADORA).go("operador_operacion").buttons
    assert "Mía" not in see(EVERYTHING).go("operador_operacion").buttons
