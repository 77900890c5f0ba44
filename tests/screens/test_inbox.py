"""The inbox of each role: what waits, how late it is, filters and pages in the address, and the menu's counts."""

from textwrap import shorten
from typing import Any

import pytest

from core.process.terms import PROCESS_ROLES, REVIEW_ROLES, ROLE_NAMES, Channel, Flow, Kind, Role
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY, HOLDER, HOUR, MINUTE, OPERADORA
from tests.support.screen import LANGUAGES, Screen
from ui.screens import inbox_row

LONG = "Cliente nuevo " + "muy largo " * 6


def rows(screen: Screen) -> list[list[str]]:
    """Each row as it reads: badge, case, what is asked, since when."""
    lines, captions = screen.lines[1:], screen.captions[1:]  # the first caption is of the views
    cases = [label for label, page, _ in screen.links() if page == "caso"]
    return [[lines[2 * n], case, lines[2 * n + 1], captions[n]] for n, case in enumerate(cases)]


def chosen_codes(screen: Screen) -> list[str]:
    return [query["caso"] for _, page, query in screen.links() if page == "caso"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", PROCESS_ROLES)
def test_each_role_has_its_inbox_under_its_own_name_with_what_waits_for_it(
    see, world: World, role: Role, language: str
):
    channel = Channel.MESA_DE_AYUDA if role is Role.MESA_DE_AYUDA else Channel.OPERACION
    code = world.open("uno", channel=channel)
    world.to(code, 2, Kind.REVIEW if role in REVIEW_ROLES else Kind.VALIDATE)
    world.tick(2 * HOUR)
    screen = see(HOLDER[role], language).go(role.value)
    asked = "Revisar Propuesta Comercial" if role in REVIEW_ROLES else "Validar CRO"
    due = {"es": "mié 4 mar, 08:0", "en": "Wed 4 Mar, 08:0"}[language]
    minute = 7 if role in REVIEW_ROLES else 4
    assert screen.titles == [ROLE_NAMES[role]]
    assert screen.lines[0] == {"es": "1 pendiente", "en": "1 pending"}[language]
    assert rows(screen) == [
        [
            f":green-badge[○ {due}{minute}]",
            f"**{code}** Cliente uno",
            f"{asked} :gray[:small[2 Envío Propuesta · Estándar]]",
            {"es": "hace 2 h", "en": "2 h ago"}[language],
        ]
    ]
    assert ("**S-2026-0001** Cliente uno", "caso", {"caso": code}) in screen.links()


def test_the_most_urgent_comes_first_and_each_state_has_its_word_and_colour(see, world: World):
    late, waiting = world.open("tarde"), world.open("espera", flow=Flow.B2B)
    world.to(waiting, 6)
    world.to(late, 2, Kind.REVIEW)
    world.review(late, Role.PROCESO, "return", answers=FAILS)
    world.tick(DAY)
    soon = world.open("pronto")
    world.tick(DAY - 40 * MINUTE)
    fresh = world.open(LONG.removeprefix("Cliente "))
    screen = see(OPERADORA)
    assert chosen_codes(screen) == [late, soon, fresh, waiting]
    assert rows(screen) == [
        [
            ":orange-badge[◐ vence hoy 08:28] :small[y es el ciclo 2]",
            f"**{late}** Cliente tarde",
            "Corregir Propuesta Comercial :gray[:small[2 Envío Propuesta · Estándar]]",
            "hace 1 d",
        ],
        [
            ":orange-badge[◐ vence hoy 08:29]",
            f"**{soon}** Cliente pronto",
            "Validar solicitud :gray[:small[1 Inicio · Estándar]]",
            "hace 23 h",
        ],
        [
            ":green-badge[○ hoy 17:00]",
            f"**{fresh}** {shorten(LONG, inbox_row.LONGEST, placeholder='…')}",
            "Validar solicitud :gray[:small[1 Inicio · Estándar]]",
            "ahora",
        ],
        [
            ":violet-badge[‖ bloqueada] :small[falta el ambiente de pruebas desde hace 1 d]",
            f"**{waiting}** Cliente espera",
            "Validar Plan de Implementación :gray[:small[6 Implementación · B2B]]",
            "hace 1 d",
        ],
    ]
    world.tick(2 * HOUR)
    assert rows(screen.run())[0][0] == ":red-badge[● vencida hace 1 h] :small[y es el ciclo 2]"


@pytest.mark.parametrize(
    ("language", "empty", "none"),
    [
        (
            "es",
            "Nada pendiente.",
            "Ninguna tarea pendiente coincide con los filtros. Quite alguno para ver las demás.",
        ),
        (
            "en",
            "Nothing is pending.",
            "No pending task matches the filters. Remove one to see the others.",
        ),
    ],
)
def test_an_empty_inbox_says_so_and_so_does_one_whose_filters_let_nothing_through(
    see, world: World, language: str, empty: str, none: str
):
    world.open(flow=Flow.B2B)
    assert see(HOLDER[Role.MESA_DE_AYUDA], language).infos == [empty]
    screen = see(OPERADORA, language).go("operador_operacion", buscar="nadie")
    assert (screen.infos, chosen_codes(screen)) == ([none], [])


# --- filters ---
@pytest.fixture
def filtered(world: World) -> dict[str, str]:
    """Cases by name: late and on time, in both flows, one blocked in phase 6."""
    codes = {"tarde": world.open("Téxtiles", flow=Flow.B2B)}
    codes["espera"] = world.open("espera", flow=Flow.B2B)
    world.to(codes["espera"], 6)
    world.tick(DAY)
    codes["nuevo"] = world.open("nuevo", service="Facturación electrónica")
    return codes


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ({"estado": "overdue"}, ["tarde"]),
        ({"estado": "on_time"}, ["nuevo"]),
        ({"estado": "blocked"}, ["espera"]),
        ({"estado": "soon"}, []),
        ({"flujo": "b2b"}, ["tarde", "espera"]),
        ({"flujo": "estandar"}, ["nuevo"]),
        ({"fase": "6"}, ["espera"]),
        ({"fase": "1", "flujo": "b2b"}, ["tarde"]),
        ({"buscar": "textiles"}, ["tarde"]),
        ({"buscar": "ELECTRONICA factur"}, ["nuevo"]),
        ({"buscar": "S-2026-0002"}, ["espera"]),
        ({"estado": "vencidas", "flujo": "B2B", "fase": "10"}, ["tarde", "nuevo", "espera"]),
        ({"despues": "x.1"}, ["tarde", "nuevo", "espera"]),
        ({"despues": "99999999999999999999.1"}, ["tarde", "nuevo", "espera"]),
    ],
)
def test_filters_are_taken_from_the_address_and_what_it_says_wrongly_is_no_filter(
    see, filtered: dict[str, str], address: dict[str, str], names: list[str]
):
    screen = see(OPERADORA, "en").go("operador_operacion", **address)
    assert chosen_codes(screen) == [filtered[name] for name in names]


def test_a_choice_is_written_into_the_address_and_the_case_leads_back_to_it(see, filtered: dict[str, str]):
    screen = see(OPERADORA).go("operador_operacion", despues="1.1")
    screen.choose("Flujo", "b2b").choose("Vencimiento", "overdue").write("Buscar", "  textiles ")
    address: dict[str, Any] = {"flujo": "b2b", "estado": "overdue", "buscar": "textiles"}
    assert screen.address == address
    assert chosen_codes(screen) == [filtered["tarde"]]
    assert screen.lines[0] == "3 pendientes · :red[**1 vencida**]"
    screen.case(filtered["tarde"])
    assert screen.links()[0] == ("← Operador Operación · 1 de 1", "operador_operacion", address)
    screen.go("operador_operacion", **address).choose("Flujo", None)
    assert screen.address == {"estado": "overdue", "buscar": "textiles"}


# --- pages ---
@pytest.mark.parametrize(
    ("language", "following", "start"),
    [("es", "Siguientes 50", "Volver al principio"), ("en", "Next 50", "Back to the")],
)
def test_more_than_fifty_tasks_come_in_pages_without_a_gap_or_a_repeat(see, world: World, language, following, start):
    codes = [world.open(f"k{number}") for number in range(53)]
    screen = see(OPERADORA, language).go("operador_operacion", flujo="estandar")
    first = chosen_codes(screen)
    assert first == codes[:50]
    screen.click(labelled(screen, following))
    assert set(screen.address) == {"flujo", "despues"}
    assert chosen_codes(screen) == codes[50:]
    assert screen.lines[0].startswith("53 ")
    screen.click(labelled(screen, start))
    assert (screen.address, chosen_codes(screen)) == ({"flujo": "estandar"}, codes[:50])


def labelled(screen: Screen, words: str) -> str:
    return next(label for label in screen.buttons if words in label)
