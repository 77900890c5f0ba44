"""Embudo and what every page of the analysis has: figures, filters, the date, and what is behind a number."""

import csv
import io

import plotly.graph_objects as go
import pytest

from core.figures.base.evidence import EvidenceRow
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import PROCESO
from tests.support.screen import LANGUAGES, Screen
from ui.analysis import evidence_panel
from ui.analysis.page import Study
from ui.shell.guard import Visit
from ui.words.format import ZONE
from ui.words.messages import Reader

LABELS = {
    "es": ["En curso (WIP)", "Cerrados", "Rechazados", "Terminados en 30 días", "Duración, p50", "Duración, p85"],
    "en": ["In progress (WIP)", "Closed", "Rejected", "Finished in 30 days", "Cycle time, p50", "Cycle time, p85"],
}
NUMBERS = {"es": ["6", "3", "3", "6", "0,2 d", "0,2 d"], "en": ["6", "3", "3", "6", "0.2 d", "0.2 d"]}
MAIN = {
    "es": "La Fase 2 Envío Propuesta retiene más casos: 2 de 6 en curso; la más lenta es la Fase 1 Inicio: "
    "85 de cada 100 casos la terminan en 0,4 días o menos.",
    "en": "Phase 2 Envío Propuesta holds the most cases: 2 of 6 in progress; the slowest is Phase 1 Inicio: "
    "85 of every 100 cases finish it in 0.4 days or less.",
}
FUNNEL = {
    "es": "##### De 12 casos, 3 cerraron, 3 se rechazaron y 6 siguen en curso; donde más se rechaza: "
    "Fase 1 Inicio (2).",
    "en": "##### Of 12 cases, 3 were closed, 3 were rejected and 6 are in progress; most rejections: "
    "Phase 1 Inicio (2).",
}
WHY = {"es": "Ver los cuellos de botella →", "en": "See the bottlenecks →"}


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    return world


def metrics(screen: Screen) -> list[str]:
    return [metric.value for metric in screen.at.metric]


def rows(screen: Screen, number: int) -> list[list[object]]:
    return screen.at.dataframe[number].value.to_numpy().tolist()


# --- what ---
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("played")
def test_embudo_shows_the_figures_of_every_case(see, language: str):
    screen = see(PROCESO, language).go("embudo")
    assert [metric.label for metric in screen.at.metric] == LABELS[language]
    assert metrics(screen) == NUMBERS[language]
    assert screen.tasks == [MAIN[language]]
    assert FUNNEL[language] in screen.lines
    month = {"es": "mar 2026", "en": "Mar 2026"}[language]
    assert len(screen.at.get("plotly_chart")) == 3
    assert screen.links()[0] == (WHY[language], "cuellos", {})
    screen.numbers("funnel", "cohorts", "ends")
    assert rows(screen, 0)[:2] == [["1 Inicio", 12, 9, 0, 2, 1, 0], ["2 Envío Propuesta", 9, 7, 0, 0, 2, 4]]
    assert rows(screen, 1) == [[month, 12, 9, 7, 6, 5, 5, 4, 3, 3, 3, 3, 6]]
    assert any(month in line for line in screen.lines)
    assert rows(screen, 2)[0] == ["1 Inicio", 0, 2, 1]
    assert screen.at.get("plotly_chart") == []


@pytest.mark.parametrize(
    ("language", "all_words", "none"),
    [
        ("es", "Todavía no hay casos.", "Ningún caso cumple con estos filtros."),
        ("en", "There are no cases yet.", "No case matches these filters."),
    ],
)
def test_without_cases_it_says_why(see, language: str, all_words: str, none: str):
    screen = see(PROCESO, language)
    for page in ("embudo", "tiempos"):
        assert screen.go(page).infos[0].startswith(all_words)
        assert screen.go(page, flujo="b2b").infos[0].startswith(none)


@pytest.mark.usefixtures("played")
def test_a_chart_is_drawn_once_in_each_language_while_its_figures_are_kept(see, monkeypatch: pytest.MonkeyPatch):
    drawn, draw = [], go.Figure.__init__
    monkeypatch.setattr(go.Figure, "__init__", lambda *given, **named: drawn.append(1) or draw(*given, **named))
    specs = [chart.proto.spec for chart in see(PROCESO).go("embudo").at.get("plotly_chart")]
    once = len(drawn)
    assert [chart.proto.spec for chart in see(PROCESO).go("embudo").at.get("plotly_chart")] == specs
    assert (once, len(drawn)) == (3, 3)
    english = see(PROCESO, "en").go("embudo").at.get("plotly_chart")
    assert len(drawn) == 6
    assert all(chart.proto.spec not in specs for chart in english)


# --- what stands behind a number ---
@pytest.mark.usefixtures("played")
def test_a_cell_of_the_exact_numbers_opens_what_is_behind_it(see):
    screen = see(PROCESO).go("embudo", flujo="b2b").numbers("funnel")
    screen.at.session_state["funnel_numbers"] = {"selection": {"rows": [], "columns": [], "cells": [(1, "Siguen")]}}
    screen.run()
    assert screen.address == {"flujo": "b2b", "detras": "running:2"}
    behind = [row[0] for row in rows(screen, 1)]
    assert behind == ["S-2026-0009", "S-2026-0008"]
    assert "Siguen: 2 · Entraron: 8 · Avanzaron: 6 · Cerraron: 0 · Rechazados: 0" in screen.lines
    assert any(line.startswith("**Reloj:**") for line in screen.lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("played")
def test_the_address_alone_opens_the_panel_in_either_language(see, language: str):
    screen = see(PROCESO, language).go("embudo", detras="all_closed:::2026-03")
    assert [row[0] for row in rows(screen, 0)] == ["S-2026-0003", "S-2026-0002", "S-2026-0001"]
    assert see(PROCESO, language).go("embudo", detras="nada:77").at.dataframe.len == 0


@pytest.mark.usefixtures("played")
def test_the_figures_at_the_top_lead_home_by_a_list(see):
    screen = see(PROCESO).go("embudo").choose("Ver los casos detrás de…", "En curso (WIP)")
    assert screen.address == {"detras": "wip"}
    assert len(rows(screen, 0)) == 6


def test_the_list_goes_to_a_spreadsheet_without_a_formula(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(evidence_panel, "t", lambda name, **_: name)
    monkeypatch.setattr(evidence_panel, "word", str)
    monkeypatch.setattr(evidence_panel, "state_name", str)
    monkeypatch.setattr("ui.shell.guard.session_reader", lambda: Reader("es", ZONE))
    study = Study(Visit(None, world.db, world.now, ZONE), None, None)  # type: ignore[arg-type]
    row = EvidenceRow("S-2026-0001", "=HYPERLINK(1)", "b2b", "operacion", 2, None, world.now, None, 1)
    text = evidence_panel.csv([row], study).decode().removeprefix("\ufeff")
    header, cells = csv.reader(io.StringIO(text))
    assert (header[0], header[1]) == ("cases-code", "cases-client")
    assert cells[:4] == ["S-2026-0001", "'=HYPERLINK(1)", "2 Envío Propuesta", "running"]
    assert cells[4] == study.fmt.stamp(world.now)  # with its year, and in an order that sorts


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "De 7 casos que entraron a la Fase 3 Análisis Comercial, "),
        ("en", "Of 7 cases that entered Phase 3 Análisis Comercial, "),
    ],
)
def test_of_a_single_phase_nothing_is_said_of_where_cases_end(see, language: str, said: str):
    screen = see(PROCESO, language).go("embudo", fase="3")
    assert len(screen.at.get("plotly_chart")) == 2
    found = [each.value for each in screen.at.markdown if each.value.startswith("##### ")]
    assert found[0].startswith(f"##### {said}"), found
