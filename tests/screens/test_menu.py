"""The frame around every page: the menu by role with its counts, the first page, the language."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from core.notices import feed
from core.people import accounts, own_account, rights
from core.process.terms import Flow, Kind, Right, Role
from tests.support.drive_case import World
from tests.support.people import ADMIN, COMERCIAL, EVERYTHING, ID, OPERADORA, OUTSIDER, PROCESO
from tests.support.screen import Screen


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The names in the menu of a screen, as it is drawn again; without a screen, as it was drawn last."""
    drawn: list[dict[str, list[Any]]] = []
    draw = st.navigation

    def navigation(pages: Any, **how: Any) -> Any:
        drawn.append(pages)
        return draw(pages, **how)

    def names(screen: Screen | None = None) -> list[str]:
        if screen:
            screen.run()
        return [page.title for pages in drawn[-1].values() for page in pages if page.visibility == "visible"]

    monkeypatch.setattr(st, "navigation", navigation)
    return names


def test_the_menu_shows_the_inboxes_that_one_holds_with_their_counts(see, world: World, menu):
    for key in "abc":
        world.to(world.open(key, flow=Flow.B2B), 2, Kind.REVIEW)
    world.open("d")
    assert menu(see(OPERADORA)) == [
        "Operador Operación (1)", "Avisos", "Abrir un caso", "Todos los casos", "Ambientes",
    ]  # fmt: skip
    assert menu(see(COMERCIAL, "en")) == [
        "Gerente Comercial (3)",
        "Notices (3)",
        "All cases",
        "Environments",
    ]
    assert menu(see(ADMIN)) == ["Avisos", "Todos los casos", "Cobertura", "Personas"]
    assert menu(see(OUTSIDER)) == ["Avisos", "Todos los casos"]
    rights.give(world.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], world.now)
    assert menu(see(OUTSIDER)) == [
        "Avisos",
        "Todos los casos",
        "Embudo",
        "Tiempos",
        "Cuellos de botella",
        "Trabajo en curso",
        "Calidad",
        "Cumplimiento",
        "Mapa",
        "Pronóstico",
        "¿Y si…?",
        "Descargas",
    ]
    assert menu(see(EVERYTHING, "en")) == [
        "Operador Operación (1)", "Mesa de Ayuda", "Gerente Alianzas", "Gerente Comercial (3)",
        "Responsable Implementación B2B", "Proceso", "Notices (4)", "Open a case", "All cases", "Environments",
        "Funnel", "Times", "Bottlenecks", "Work in progress", "Quality", "Compliance", "Map",
        "Forecast", "What if…?", "Downloads", "Deadlines", "Coverage", "People",
    ]  # fmt: skip


def test_whoever_opens_a_case_has_read_its_notices_and_the_menu_counts_the_others(see, world: World, menu):
    opened, other = (world.open(key, flow=Flow.B2B) for key in "ab")
    for code in (opened, other):
        world.to(code, 2, Kind.REVIEW)
    assert "Avisos (2)" in menu(see(COMERCIAL))
    screen = see(COMERCIAL).case(opened)
    assert "Avisos (1)" in menu()
    assert "Avisos (1)" in menu(screen)
    with world.db.reading() as connection:
        assert [notice.code for notice in feed.listed(connection, ID[COMERCIAL])] == [other]
    assert "Avisos" in menu(screen.case(other))


def test_a_count_in_the_menu_follows_what_is_decided(see, world: World, menu):
    code = world.open()
    screen = see(OPERADORA).case(code)
    assert menu(screen)[0] == "Operador Operación (1)"
    screen.write("Motivo (obligatorio si responde No)", "no").click("No, rechazar la solicitud")
    assert menu(screen)[0] == "Operador Operación"


def test_the_first_page_is_the_first_inbox_that_one_holds(see, world: World):
    world.open()
    assert [see(who).titles for who in (OPERADORA, PROCESO, EVERYTHING)] == [
        ["Operador Operación"], ["Proceso"], ["Operador Operación"],
    ]  # fmt: skip
    for language, title, text in [
        ("es", "Aprobaciones de servicios", "Usted no tiene roles en el proceso."),
        ("en", "Service approvals", "You hold no role in the process."),
    ]:
        screen = see(OUTSIDER, language)
        assert (screen.titles, screen.main_texts) == ([title], [text])
        assert [page for _, page, _ in screen.links()] == ["casos"]


def test_a_role_that_is_taken_away_takes_its_inbox_with_it_at_once(see, world: World):
    accounts.set_roles(world.db, COMERCIAL, [Role.GERENTE_COMERCIAL, Role.PROCESO], ID[ADMIN], world.now)
    screen = see(COMERCIAL).go("proceso")
    assert screen.titles == ["Proceso"]
    accounts.set_roles(world.db, COMERCIAL, [Role.GERENTE_COMERCIAL], ID[ADMIN], world.now)
    assert screen.run().titles == ["Aprobaciones de servicios"]
    assert see(COMERCIAL).go("proceso").titles == []


# --- the language ---
def test_the_switch_changes_every_word_at_once_and_stays_with_the_person(see, world: World, menu):
    screen = see(PROCESO)
    assert screen.infos == ["Nada pendiente."]
    screen.answer("Idioma", "en")
    assert (screen.infos, menu(screen)) == (
        ["Nothing is pending."],
        [
            "Proceso",
            "Notices",
            "All cases",
            "Environments",
            "Funnel",
            "Times",
            "Bottlenecks",
            "Work in progress",
            "Quality",
            "Compliance",
            "Map",
            "Forecast",
            "What if…?",
            "Downloads",
            "Deadlines",
            "Coverage",
        ],
    )
    kept = accounts.person(world.db, ID[PROCESO])
    assert kept is not None
    assert kept.language == "en"


def test_a_person_reads_in_their_language_wherever_they_sign_in(see, world: World):
    own_account.set_language(world.db, ID[PROCESO], "en", world.now)
    assert see(PROCESO, "").infos == ["Nothing is pending."]
    assert see(COMERCIAL, "").infos == ["Nada pendiente."]


def test_my_account_ends_with_the_version(see):
    assert see(PROCESO).go("cuenta").at.main.caption[-1].value == "Aprobaciones de servicios, versión 1.0.0"
    assert see(PROCESO, "en").go("cuenta").at.main.caption[-1].value == "Service approvals, version 1.0.0"
