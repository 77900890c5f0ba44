"""A part of a page that fails leaves the rest standing, and says under which code the log knows why."""

import re

import pytest

from core.process.terms import Flow, Kind
from core.services import cases as services_cases
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, EVERYTHING, ID, PROCESO
from tests.support.screen import Screen
from ui.analysis.charts import quality
from ui.case import page as case_page
from ui.case import review, tabs
from ui.screens import inbox_row
from ui.web import routes

SENTENCE = {
    "es": "Esta parte no se puede mostrar ahora; lo demás de la página funciona. Código del fallo: ",
    "en": "This part cannot be shown now; the rest of the page works. Failure code: ",
}
pytestmark = pytest.mark.fails


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("what was given is too much")


def codes(screen: Screen) -> list[str]:
    """The codes that the page names; nothing else of it may be red."""
    beginning = SENTENCE[screen.language]
    assert all(line.startswith(beginning) for line in screen.refused)
    found = [line.removeprefix(beginning) for line in screen.refused]
    assert all(re.fullmatch("[0-9A-F]{6}", code) for code in found)
    return found


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The codes in the log, each with the trace of what happened."""
    records = [record for record in caplog.records if record.name == "ui.shell.page_parts"]
    assert all(record.exc_info and "too much" in str(record.exc_info[1]) for record in records)
    return [record.getMessage().rpartition(" ")[2] for record in records]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_history_that_fails_leaves_the_case_and_its_decision(see, world: World, monkeypatch, caplog, language: str):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    monkeypatch.setattr(tabs, "table", broken)
    caplog.clear()
    screen = see(COMERCIAL, language).case(code)
    assert codes(screen) == logged(caplog) != []
    assert len(codes(screen)) == 1
    assert screen.titles == [f"{code} · Cliente k1"]
    comment = {"es": "Comentar", "en": "Comment"}[language]
    assert comment in screen.buttons
    screen.click({"es": "Todos cumplen", "en": "All met"}[language])
    screen.click({"es": "Aprobar", "en": "Approve"}[language])
    assert world.case(code).phase == 3


@pytest.mark.parametrize("part", ["current_file", "buttons", "plain"])
def test_a_decision_form_that_fails_half_drawn_offers_no_button(see, world: World, monkeypatch, caplog, part: str):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    before = see(COMERCIAL).case(code).buttons
    monkeypatch.setattr(review, part, broken)
    caplog.clear()
    screen = see(COMERCIAL).case(code)
    assert codes(screen) == logged(caplog) != []
    gone = {"Aprobar", "Devolver", "Todos cumplen", "Tomar"}
    assert gone <= set(before)
    assert gone & {button.label for button in screen.at.button} == set()
    assert screen.tasks == []
    assert "Comentar" in screen.buttons
    assert len(screen.table) > 3


def test_one_of_two_work_items_that_fails_leaves_the_other(see, world: World, monkeypatch):
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    drawn = case_page.work_item.draw
    items = world.case(code).items
    assert len(items) == 4
    monkeypatch.setattr(
        case_page.work_item, "draw", lambda view, item: broken() if item.item == items[0].item else drawn(view, item)
    )
    screen = see(EVERYTHING).case(code)
    assert len(codes(screen)) == 1
    assert len(screen.tasks) == 3
    assert screen.buttons.count("Aprobar") == 3


def test_a_case_whose_head_fails_is_read_but_not_decided(see, world: World, monkeypatch):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    monkeypatch.setattr(case_page, "_head", broken)
    screen = see(COMERCIAL).case(code)
    assert len(codes(screen)) == 1
    assert "Aprobar" not in screen.buttons
    assert len(screen.table) > 3


def test_one_row_of_an_inbox_that_fails_leaves_the_others(see, world: World, monkeypatch, caplog):
    cases = [world.open(f"k{number}") for number in range(3)]
    drawn = inbox_row.draw
    monkeypatch.setattr(
        inbox_row, "draw", lambda visit, row, *more: broken() if row.code == cases[1] else drawn(visit, row, *more)
    )
    screen = see("olga").go("operador_operacion")
    assert codes(screen) == logged(caplog)[-1:]
    assert len(codes(screen)) == 1
    shown = [label for label, page, _ in screen.links() if page == "caso"]
    assert [code for code in cases if any(code in label for label in shown)] == [cases[0], cases[2]]


def test_a_part_that_works_again_is_there_again(see, world: World):
    code = world.open()
    screen = see(PROCESO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabs, "table", broken)
        assert len(codes(screen.case(code))) == 1
    assert codes(screen.run()) == []
    assert len(screen.table) > 1


def test_a_chart_that_fails_leaves_the_other_charts(see, world: World, monkeypatch, caplog):
    world.validate(world.open())
    monkeypatch.setattr("ui.analysis.evidence_panel.explain", broken)
    monkeypatch.setattr(quality, "gates", broken)
    screen = see(PROCESO).go("calidad")
    whole = [line for line in screen.lines if line.startswith("##### ")]
    assert codes(screen) == logged(caplog)
    assert len(whole) >= 4


def test_a_page_that_fails_as_a_whole_says_its_code_too(monkeypatch, caplog):
    said: list[str] = []
    monkeypatch.setattr(routes.st, "error", said.append)
    assert routes.failed(RuntimeError("too much")) is True
    (code,) = logged(caplog)
    assert said[0].endswith(f"Código del fallo: {code}")
    assert re.fullmatch("[0-9A-F]{6}", code)


def test_what_ends_or_changes_a_page_goes_through_a_part(see, world: World):
    """Choosing a row switches to the case from within a part."""
    world.to(code := world.open(flow=Flow.B2B), 2, Kind.REVIEW)
    services_cases.comment(world.db, ID[PROCESO], code, "listo", world.tick())
    screen = see(PROCESO)
    screen.at.session_state["forecast_cases"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    screen.go("pronostico")
    assert screen.titles == [f"{code} · Cliente k1"]
