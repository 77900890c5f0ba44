"""What every page of the analysis has: who may see it, the filters, their names, and the date."""

from datetime import date

import pytest

from core.people import rights, saved_views
from core.people.saved_views import ViewOwner
from core.process.terms import Right
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import ADMIN, ID, OPERADORA, OUTSIDER, PROCESO
from tests.support.screen import LANGUAGES, Screen
from ui.analysis import as_of
from ui.shell.menu import ANALYSIS

NO_RIGHT = {
    "es": "Esta página es para Proceso y para quien tenga acceso al análisis. Si lo necesita, pídalo a quien "
    "administra el sistema.",
    "en": "This page is for Proceso and for whoever has access to the analysis. If you need it, "
    "ask your administrator.",
}


NUMBERS = {"es": ["6", "3", "3", "6", "0,2 d", "0,2 d"], "en": ["6", "3", "3", "6", "0.2 d", "0.2 d"]}
WHY = {"es": "Ver los cuellos de botella →", "en": "See the bottlenecks →"}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    return world


def metrics(screen: Screen) -> list[str]:
    return [metric.value for metric in screen.at.metric]


# --- who ---
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ANALYSIS)
def test_the_analysis_is_for_proceso_and_whoever_is_given_the_right(see, played: World, page: str, language: str):
    for who in (OPERADORA, ADMIN, OUTSIDER):
        screen = see(who, language).go(page)
        assert (screen.warned, screen.titles) == ([NO_RIGHT[language]], [])
    rights.give(played.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], played.now)
    for who in (PROCESO, OUTSIDER):
        screen = see(who, language).go(page)
        assert (screen.warned, len(screen.titles)) == ([], 1)
    rights.take(played.db, OUTSIDER, Right.ANALYSIS, ID[ADMIN], played.now)
    assert see(OUTSIDER, language).go(page).warned == [NO_RIGHT[language]]


@pytest.mark.parametrize(
    ("language", "give", "take"),
    [
        ("es", "Dar acceso al análisis", "Quitar acceso al análisis"),
        ("en", "Give access to the analysis", "Take away access to the analysis"),
    ],
)
def test_the_administrator_gives_and_takes_the_right_on_the_page_of_people(see, language: str, give: str, take: str):
    screen = see(ADMIN, language)
    screen.at.session_state[f"person-{ID[OUTSIDER]}"] = True
    screen.at.session_state[f"open-{ID[OUTSIDER]}"] = True
    screen.go("personas", buscar=OUTSIDER)
    assert take not in screen.buttons
    assert len(screen.click(give).done) == 1
    assert see(OUTSIDER).go("embudo").warned == []
    assert len(screen.click(take).done) == 1
    assert give in screen.buttons
    assert see(OUTSIDER).go("embudo").warned == [NO_RIGHT["es"]]


# --- filters ---
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"flujo": "estandar"}, ["0", "1", "0", "1"]),
        ({"canal": "mesa_de_ayuda"}, ["1", "1", "1", "2"]),
        ({"fase": "3"}, ["3", "3", "1", "4"]),
        ({"cliente": "9"}, ["1", "0", "0", "0"]),
        ({"ambito": "national", "flujo": "b2b"}, ["6", "2", "3", "5"]),
        # START is 8:00 on 2 March; the fifth case is opened at 20:18 (already 3 March in UTC), the sixth at 1:20.
        ({"abierto_hasta": "2026-03-02"}, ["0", "3", "2", "5"]),
        ({"abierto_desde": "2026-03-03"}, ["6", "0", "1", "1"]),
        ({"cerrado_hasta": "2026-03-02"}, ["0", "3", "1", "4"]),
        ({"flujo": "B2B!", "canal": "", "fase": "10", "cliente": "x", "abierto_desde": "ayer"}, ["6", "3", "3", "6"]),
    ],
    ids=str,
)
@pytest.mark.usefixtures("played")
def test_the_address_chooses_and_what_it_says_wrongly_is_ignored(see, address: dict[str, str], expected: list[str]):
    assert metrics(see(PROCESO).go("embudo", **address))[:4] == expected


@pytest.mark.usefixtures("played")
def test_a_filter_goes_into_the_address_to_the_next_page_and_out_again(see):
    screen = see(PROCESO).go("embudo").choose("Flujo", "b2b").choose("Fase", "2")
    assert screen.address == {"flujo": "b2b", "fase": "2"}
    assert "Solo: B2B · 2 Envío Propuesta" in screen.captions
    assert screen.links()[0] == (WHY["es"], "cuellos", {"flujo": "b2b", "fase": "2"})
    assert screen.click("Quitar filtros").address == {}
    assert metrics(screen) == NUMBERS["es"]


@pytest.mark.usefixtures("played")
def test_filters_are_kept_under_a_name_and_open_the_section_when_wanted(see, world: World):
    screen = see(PROCESO).go("embudo", flujo="estandar").write("Guardar filtros como", "Estándar")
    screen.click("Guardar vista").click("Abrir con esta vista")
    with world.db.reading() as connection:
        (view,) = saved_views.of(connection, ViewOwner(ID[PROCESO], Right.ANALYSIS))
    assert view == ("Estándar", {"flujo": "estandar"}, True)
    other = see(PROCESO).go("tiempos")
    assert other.address == {"flujo": "estandar", "vista": "Estándar"}


# --- as of ---
@pytest.mark.parametrize(
    ("language", "told", "today"),
    [
        ("es", "Todo como estaba al final del lun 2 mar.", "Volver a hoy"),
        ("en", "Everything as it stood at the end of Mon 2 Mar.", "Back to today"),
    ],
)
@pytest.mark.usefixtures("played")
def test_a_date_shows_everything_as_it_stood_at_its_end(see, language: str, told: str, today: str):
    screen = see(PROCESO, language).go("embudo", al="2026-03-02")
    assert screen.infos == [told]
    assert metrics(screen)[:4] == ["1", "3", "1", "4"]
    assert screen.links()[0] == (WHY[language], "cuellos", {"al": "2026-03-02"})
    assert screen.click(today).address == {}
    assert metrics(screen) == NUMBERS[language]


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("day", ["2099-01-01", "ayer"])
def test_a_day_that_is_not_over_is_now(see, day: str):
    screen = see(PROCESO).go("embudo", al=day)
    assert (screen.infos, metrics(screen)) == ([], NUMBERS["es"])


def test_the_months_are_played_one_after_the_other_up_to_today_and_can_be_stopped(see, played: World):
    played.now += 75 * 24 * 3600 * 1000  # the middle of May
    screen = see(PROCESO).go("embudo").click("▶ Mes a mes")
    assert screen.address == {"al": "2026-03-31"}
    assert "■ Detener" in screen.buttons
    screen.click("■ Detener")
    assert (screen.address, "▶ Mes a mes" in screen.buttons) == ({"al": "2026-03-31"}, True)


def test_the_step_after_a_month_is_the_end_of_the_next_and_today_is_the_last():
    today = date(2026, 5, 18)
    assert [as_of.following(day, today) for day in (date(2026, 2, 28), date(2026, 3, 2), date(2026, 3, 31))] == [
        date(2026, 3, 31),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert as_of.following(date(2026, 4, 30), today) is None
    assert as_of.following(date(2025, 12, 31), date(2026, 2, 1)) == date(2026, 1, 31)


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Al final de ese día todavía no había casos. Elija una fecha posterior o vuelva a hoy."),
        ("en", "At the end of that day there were no cases yet. Choose a later date or go back to today."),
    ],
)
@pytest.mark.parametrize("page", ["embudo", "descargas"])
def test_before_the_first_case_the_date_is_named_and_not_the_filters(see, page: str, language: str, said: str):
    screen = see(PROCESO, language).go(page, al="2020-01-01")
    assert said in [*screen.infos, *(each.value for each in screen.at.markdown)]
