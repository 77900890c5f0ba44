"""Pages live with whatever was accepted: the longest texts, signs of every markup, many people, odd addresses."""

import pytest

from core.case.events import Criterion, CriterionAnswer
from core.case.rules.opening import MAX_CRITERIA
from core.case.rules.texts import MAX_TEXT
from core.people import accounts, saved_views
from core.people.saved_views import ViewOwner
from core.process.terms import Environment, Flow, Kind, Role
from core.services import cases, environments, opening
from core.services.opening import MAX_NAME
from tests.support.drive_case import World, request
from tests.support.people import ADMIN, COMERCIAL, COMERCIAL_2, EVERYTHING, ID, PROCESO, START
from tests.support.screen import Screen
from tests.support.selection import slow
from ui.shell.menu import PAGES

ODD = "=1+1 {braces} { $name } <b>*_`[x](y) \U0001f600 "
TEXT = (ODD * 200)[: MAX_TEXT - 4] + " fin"
NAME = ODD.ljust(MAX_NAME, "Ñ")
WORD = "W" * MAX_NAME
CRITERIA = tuple(Criterion(f"{n} {TEXT}"[:MAX_TEXT].strip(), TEXT) for n in range(MAX_CRITERIA))


@pytest.fixture
def world(both: World) -> World:
    """On each kind of database: they do not refuse the same signs."""
    return both


def hostile(world: World) -> str:
    """A case in review for the second time, with everything as long and as odd as it is accepted."""
    asked = request("hostile", client_name=NAME, contact_name=WORD, service=TEXT, criteria=CRITERIA, flow=Flow.B2B)
    code = opening.open_case(world.db, ID[EVERYTHING], asked, world.tick())
    world.to(code, 2, Kind.REVIEW)
    answers = tuple(CriterionAnswer(c.name, "fails" if n < 20 else "meets", TEXT) for n, c in enumerate(CRITERIA))
    world.review(code, verdict="return", answers=answers, reason=TEXT)
    number = world.item(code).item
    cases.take(world.db, ID["olga"], code, number, world.tick())
    world.attach(code)
    findings = world.case(code).findings
    assert len(findings) == 21
    world.send(code, answers={finding.number: TEXT for finding in findings})
    client = world.case(code).client
    environments.register_environment(world.db, ID[PROCESO], client, Environment.TEST, TEXT, world.tick())
    cases.comment(world.db, ID[COMERCIAL_2], code, TEXT, world.tick())
    world.link(code)
    return code


@pytest.mark.parametrize("length", [2501, MAX_TEXT])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_comment_edited_to_a_great_length_is_read_by_others(see, world: World, length: int, language: str):
    code = world.open()
    cases.comment(world.db, ID[PROCESO], code, "corto", world.tick())
    seq = world.record(code)[-1].seq
    long = "x" * (length - 4) + " fin"
    cases.edit_comment(world.db, ID[PROCESO], code, seq, long, world.tick())
    screen = see(COMERCIAL, language).case(code)
    mark = {"es": " (corregido)", "en": " (edited)"}[language]
    assert f"{long}{mark}" in [row[6] for row in screen.table]


def test_130_people_of_a_role_are_named_in_part(see, world: World):
    for number in range(130):
        accounts.create(
            world.db,
            f"persona{number}",
            f"Persona Apellido {number:03d}",
            [Role.OPERADOR_OPERACION],
            at=START,
            password="x" * 12,
        )
    screen = see(COMERCIAL).case(world.open())
    (said,) = [line for line in screen.captions if line.startswith("Puede")]
    assert said.endswith(" y 130 más.")
    assert "Comentar" in screen.buttons
    assert [row[3] for row in screen.table][:1] == ["Caso abierto"]


@pytest.mark.parametrize("who", [EVERYTHING, *slow(COMERCIAL)])
def test_every_page_shows_the_longest_and_oddest_that_is_accepted(see, world: World, who: str):
    accounts.describe(world.db, COMERCIAL_2, ODD.ljust(accounts.MAX_NAME, "Ñ"), "", ID[ADMIN], world.tick())
    for number in range(saved_views.MAX_VIEWS):
        name = f"{number} {ODD}"[: saved_views.MAX_NAME].strip()
        saved_views.save(world.db, ViewOwner(ID[EVERYTHING], Role.GERENTE_COMERCIAL), name, {"buscar": ODD})
    code = hostile(world)
    screen: Screen = see(who)
    for tab in ("history", "map", "documents", "client", "coordination", "link"):
        screen.case(code, vista=tab)
        assert len(screen.titles) == 1, tab
        assert screen.refused == []
    assert TEXT in [row[6] for row in screen.case(code, vista="history").table]
    assert "Aprobar" in screen.buttons
    for page in [role.value for role in Role if role is not Role.ADMINISTRADOR] + [p for p in PAGES if p != "caso"]:
        assert screen.go(page).refused == [], page


NAMES = (
    "buscar", "estado", "quien", "flujo", "fase", "orden", "varios", "vista", "canal", "ambito", "cliente", "al",
    "abierto_desde", "abierto_hasta", "cerrado_desde", "cerrado_hasta", "detras", "despues", "ver", "parte", "rol",
    "ambiente", "urgencia", "registrar", "reloj", "cifra", "comparar", "desde", "hasta", "todo", "caso",
)  # fmt: skip
VALUES = ("a\x00b", "{ $x } %' OR 1=1 --", "9" * 40, "2026-13-45")
FIGURES = ("entered:1:proceso:\x00", "told:::2026-99", "criterion:::" + ODD, "entered:9", ":::", "nothing:1")


@pytest.mark.parametrize("value", [VALUES[0], *slow(*VALUES[1:])])
def test_no_page_dies_of_what_an_address_says(see, world: World, value: str):
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    screen: Screen = see(EVERYTHING)
    places = [role.value for role in Role if role is not Role.ADMINISTRADOR] + list(PAGES)
    query = dict.fromkeys(NAMES, value)
    for page in places:
        screen.go(page, **query)
        assert screen.titles != [] or page == "caso", page
        assert screen.refused == [], page
    assert screen.go("caso", **{**query, "caso": code}).titles == [f"{code} · Cliente k1"]
    assert screen.refused == []


def test_no_page_dies_of_what_an_address_says_of_figures(see):
    screen: Screen = see(EVERYTHING)
    for figure in FIGURES:
        assert screen.go("embudo", detras=figure).refused == [], figure
    assert screen.case("S-9999-9999").warned[0].startswith("No existe ese caso.")


def test_what_cannot_be_stored_finds_nothing_where_it_is_typed(see, world: World):
    code = world.open()
    screen = see(PROCESO).go("casos")
    screen.write("Buscar", f"{code}\x00")
    assert code in [row[0] for row in screen.table]
