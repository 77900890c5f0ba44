"""The pages Flujo and Todos los casos: exact figures, both languages, filters that live in the address."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.queries.case_list import PAGE, Key
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import ADMIN, MINUTE, OUTSIDER, PROCESO, START

Visit = Callable[..., AppTest]
LABELS = {
    "es": ["En curso (WIP)", "Cerrados", "Rechazados", "Terminados en 30 días", "Duración, p50", "Duración, p85"],
    "en": ["In progress (WIP)", "Closed", "Rejected", "Finished in 30 days", "Cycle time, p50", "Cycle time, p85"],
}
NUMBERS = {"es": ["6", "3", "3", "6", "0,2 d", "0,2 d"], "en": ["6", "3", "3", "6", "0.2 d", "0.2 d"]}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    return world


def said(app: AppTest) -> list[str]:
    return [element.value for element in (*app.subheader, *app.markdown, *app.info, *app.caption)]


def address(app: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def rows(app: AppTest, number: int = 0) -> list[list[Any]]:
    return app.dataframe[number].value.to_numpy().tolist()


def codes(app: AppTest) -> list[str]:
    return [row[0][-2:] for row in rows(app)]


def select_row(app: AppTest, key: str, row: int) -> AppTest:
    app.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return app.run()


# --- Todos los casos ---
@pytest.mark.parametrize(
    ("language", "columns", "first"),
    [
        (
            "es",
            ["Caso", "Cliente", "Fase", "Estado", "Abierto", "Flujo", "Canal", "Servicio", "Terminado"],
            ["S-2026-0012", "Cliente k12", "4 Análisis Técnico", "En curso", "B2B", "Mesa de Ayuda"],
        ),
        (
            "en",
            ["Case", "Client", "Phase", "Status", "Opened", "Flow", "Channel", "Service", "Finished"],
            ["S-2026-0012", "Cliente k12", "4 Análisis Técnico", "In progress", "B2B", "Mesa de Ayuda"],
        ),
    ],
)
@pytest.mark.usefixtures("played")
def test_cases_are_listed_newest_first(visit: Visit, language: str, columns: list[str], first: list[str]) -> None:
    app = visit("casos", language=language)
    assert list(app.dataframe[0].value.columns) == columns
    top = rows(app)[0]
    assert [*top[:4], *top[5:7]] == first
    assert codes(app) == [f"{n:02}" for n in range(12, 0, -1)]


@pytest.mark.usefixtures("played")
def test_search_finds_words_of_code_client_and_service_however_they_are_written(visit: Visit) -> None:
    app = visit("casos")
    app.text_input(key="filter_buscar").set_value("  INTEGRACIÓN  k7 ").run()
    assert codes(app) == ["07"]
    assert address(app)["buscar"] == "INTEGRACIÓN  k7"
    assert codes(visit("casos", buscar="0003")) == ["03"]
    assert "Ningún caso cumple" in said(visit("casos", buscar="100%_"))[0]


@pytest.mark.usefixtures("played")
def test_phase_state_flow_and_channel_narrow_the_list_together(visit: Visit) -> None:
    app = visit("casos")
    app.selectbox(key="filter_estado").select("closed").run()
    assert codes(app) == ["03", "02", "01"]
    app.selectbox(key="filter_flujo").select("b2b").run()
    assert codes(app) == ["02", "01"]
    app.selectbox(key="filter_canal").select("operacion").run()
    assert codes(app) == ["01"]
    assert address(app) == {"estado": "closed", "flujo": "b2b", "canal": "operacion"}
    app.selectbox(key="filter_fase").select("3").run()
    assert said(app)[0].startswith("Ningún caso cumple")
    app.button[-1].click().run()
    assert (address(app), len(codes(app))) == ({}, 12)
    assert codes(visit("casos", estado="rejected", fase="3")) == ["06"]
    assert codes(visit("casos", estado="running", fase="6", abierto_desde="2026-03-03")) == ["10"]


@pytest.mark.usefixtures("played")
def test_a_row_or_its_typed_code_leads_to_the_case(visit: Visit) -> None:
    app = select_row(visit("casos", estado="closed"), "cases_None", 1)
    assert address(app) == {"caso": "S-2026-0002"}
    app = visit("casos")
    app.selectbox[-1].select("S-2026-0005").run()
    assert address(app) == {"caso": "S-2026-0005"}


def test_long_lists_come_in_pages_that_neither_repeat_nor_skip(world: World, visit: Visit) -> None:
    for n in range(PAGE + 2):
        world.open(f"k{n}")
        if n % 3:
            world.now -= MINUTE  # several cases opened at one moment
    app = visit("casos")
    first = codes(app)
    app.button[-1].click().run()
    assert (len(first), len(codes(app))) == (PAGE, 2)
    assert sorted(first + codes(app)) == [f"{n:02}" for n in range(1, PAGE + 3)]
    app.selectbox(key="filter_flujo").select("estandar").run()
    assert "despues" not in app.query_params
    assert codes(app) == first
    assert codes(visit("casos", despues="no es un lugar")) == first


@pytest.mark.usefixtures("played")
def test_the_browsers_way_back_finds_the_list_as_it_was(visit: Visit) -> None:
    app = visit("casos", estado="closed")
    app.query_params.clear()
    app.query_params["caso"] = "S-2026-0002"  # what Streamlit leaves in the address of the page before
    app.run()
    assert address(app) == {"estado": "closed"}
    assert codes(app) == ["03", "02", "01"]


def test_everybody_signed_in_may_see_the_list_and_without_cases_it_says_who_opens_them(visit: Visit) -> None:
    for who in (PROCESO, ADMIN, OUTSIDER):
        assert said(visit("casos", who=who))[0] == (
            "Todavía no hay casos. Los abre Operador Operación o Mesa de Ayuda."
        )


def test_a_place_in_the_list_is_read_back_as_it_was_written() -> None:
    key = Key(START, 117)
    assert Key.read(str(key)) == key
    assert [Key.read(text) for text in ("", "1", "a.b", "1.2.3", "-1.2", "9" * 40 + ".1")] == [None] * 6


def test_a_chosen_row_is_the_case_that_stood_there_when_it_was_chosen(visit: Visit, world: World) -> None:
    first, second = world.open("a"), world.open("b")
    app = visit("casos")
    assert [row[0] for row in rows(app)] == [second, first]
    world.open("c")  # meanwhile: every row moves down by one
    select_row(app, "cases_None", 0)
    assert app.title[0].value.startswith(second)
