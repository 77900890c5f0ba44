"""The page Pronóstico: what it says with much and with little data, in both languages, and where a row leads."""

from collections.abc import Callable

import pandas as pd
import pytest

from core.figures.base import survival
from core.figures.pages.forecast import remaining_time
from core.figures.pages.forecast.remaining_time import Forecast
from core.queries.selection import Selection
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import PROCESO
from tests.support.screen import Screen
from ui.analysis.pages import forecast as forecast_page

See = Callable[..., Screen]
HEADS = {
    "es": ["Caso", "Riesgo", "Cliente", "Fase", "En la fase", "Fin, 50 %", "Fin, 85 %"],
    "en": ["Case", "Risk", "Client", "Phase", "In phase", "End, 50%", "End, 85%"],
}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    return world


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """One finished visit is enough."""
    for module in (survival, remaining_time, forecast_page):
        monkeypatch.setattr(module, "ENOUGH", 1)


def computed(world: World) -> Forecast:
    with world.db.reading() as connection:
        return remaining_time.compute(connection, Selection(), world.now)


def title(screen: Screen) -> str:
    return str(screen.at.subheader[0].value)


def texts(screen: Screen) -> list[str]:
    return [each.value for each in (*screen.at.markdown, *screen.at.caption)]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.usefixtures("little")
def test_the_open_cases_are_listed_with_dates_and_the_greatest_risk_first(played: World, see: See, language: str):
    screen = see(PROCESO, language).go("pronostico")
    table = screen.at.dataframe[0].value
    found = computed(played)
    assert list(table.columns) == HEADS[language]
    assert table.iloc[:, 0].tolist() == found.cases["code"].tolist()
    assert table.iloc[:, 6].tolist() == pytest.approx(found.cases["p85"].tolist(), nan_ok=True)
    assert len(screen.at.get("plotly_chart")) == 2


@pytest.mark.parametrize(
    ("language", "said", "why", "backtest"),
    [
        (
            "es",
            "Todavía no se puede decir qué casos van tarde: han terminado 6, y hacen falta 10.",
            "6 casos no tienen fechas: de alguna fase que falta hay menos de 10 visitas terminadas.",
            "##### Todavía no hay afirmaciones al 85 % cuya fecha haya llegado: no se puede decir si el pronóstico "
            "acierta.",
        ),
        (
            "en",
            "It is too early to say which cases run late: 6 have ended, and 10 are needed.",
            "6 cases have no dates: of a phase ahead, fewer than 10 visits have finished.",
            "##### No statement at 85% has reached its date yet: it can't be said whether the forecast is right.",
        ),
    ],
)
@pytest.mark.usefixtures("played")
def test_with_too_little_past_it_says_so(see: See, language: str, said: str, why: str, backtest: str):
    screen = see(PROCESO, language).go("pronostico")
    assert title(screen) == said
    assert why in texts(screen)
    assert backtest in texts(screen)


@pytest.mark.usefixtures("played")
def test_a_chosen_row_leads_to_its_case(see: See):
    screen = see(PROCESO).go("pronostico")
    code = screen.at.dataframe[0].value.iloc[2, 0]
    screen.at.session_state["forecast_cases"] = {"selection": {"rows": [2], "columns": [], "cells": []}}
    screen.run()
    assert screen.at.query_params["caso"] in (code, [code])


@pytest.mark.usefixtures("played")
def test_the_filters_of_the_section_choose_what_is_shown(see: See):
    screen = see(PROCESO).go("pronostico", fase="6")  # the cases that reached it
    assert sorted(screen.at.dataframe[0].value.iloc[:, 3]) == ["6 Implementación", "7 Facturación"]
    screen = see(PROCESO).go("pronostico", flujo="estandar")
    assert title(screen) == "Ningún caso sigue abierto: no hay nada que pronosticar."


@pytest.mark.usefixtures("played")
def test_what_it_learns_from_is_one_choice_away(see: See):
    screen = see(PROCESO).go("pronostico", detras="learned")
    assert "Terminaron la fase: 48 · Siguen: 6" in texts(screen)


def test_the_title_counts_those_likely_late_and_those_without_precedent():
    frame = pd.DataFrame(
        {"late": [None, 1.0, 0.496, 0.3], "why": ["older", "", "", ""], "code": ["a", "b", "c", "d"]}
    ).astype({"late": float})
    found = Forecast(0, frame, pd.DataFrame(), pd.DataFrame(), 36 * 3_600_000 * 2, 40)
    assert forecast_page.main_finding(found) == (
        "2 de 3 casos abiertos con pronóstico van camino de tardar más de 3,0 días, el plazo en que terminaron 85 de "
        "cada 100. Otro lleva en su fase un tiempo del que hay muy pocos precedentes."
    )
    calm = found._replace(cases=frame.assign(late=0.1, why=""))
    assert forecast_page.main_finding(calm).startswith(
        "Ninguno de los 4 casos abiertos con pronóstico va camino de tardar"
    )
