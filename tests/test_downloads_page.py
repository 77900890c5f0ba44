"""The page Descargas: what is made for a selection is that selection, in both languages, for Proceso alone."""

import gzip
import io

import openpyxl
import pytest
from cast import COMERCIAL, PASSWORD, PROCESO
from driver import World
from streamlit.testing.v1 import AppTest

from core import sessions
from core.db import ROOT
from core.terms import Flow
from ui import downloads, frame, shell


@pytest.fixture
def page(world: World, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with a case of each flow, signed in as Proceso."""
    world.to(world.open("k1"), 2)
    world.open("k2", flow=Flow.B2B)
    return visited(world, monkeypatch, PROCESO)


def visited(world: World, monkeypatch: pytest.MonkeyPatch, who: str, language: str = "es") -> AppTest:
    for module in (shell, frame):
        monkeypatch.setattr(module, "moment", lambda: world.now)
        monkeypatch.setattr(module, "database", lambda: world.db)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    app.session_state["token"] = sessions.sign_in(world.db, who, PASSWORD, world.now)
    app.session_state["language"] = language
    app.run()
    app.switch_page("pages/descargas.py").run()
    assert not app.exception
    return app


def content(app: AppTest, form: str) -> bytes:
    """What a press of the button makes."""
    app.button(key=f"make_{form}").click().run()
    assert not app.exception
    ready: downloads.Ready = app.session_state["ready"]
    assert ready.form == form
    return ready.content


def codes(app: AppTest) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(content(app, "workbook")))
    return [row[0] for row in book["cases"].iter_rows(min_row=2, values_only=True)]


def test_a_workbook_holds_the_chosen_cases_only(page: AppTest):
    both = codes(page)
    assert len(both) == 2
    page.query_params["flujo"] = "b2b"
    page.run()
    assert codes(page) == both[1:]
    assert "**1 caso** cumple con estos filtros." in [each.value for each in page.markdown]


def test_the_event_log_comes_in_both_forms(page: AppTest):
    assert gzip.decompress(content(page, "xes")).count(b"<trace>") == 2
    assert content(page, "ocel").count(b'"type":"case"') == 2


def test_a_file_is_offered_only_for_the_selection_it_was_made_for(page: AppTest):
    content(page, "xes")
    assert [each.proto.label.startswith("Descargar (") for each in page.get("download_button")] == [True]
    page.query_params["flujo"] = "b2b"
    page.run()
    assert page.get("download_button") == []


def test_without_cases_there_is_nothing_to_make(world: World, monkeypatch: pytest.MonkeyPatch):
    app = visited(world, monkeypatch, PROCESO, "en")
    assert [app.button(key=f"make_{form.name}").disabled for form in downloads.FORMS] == [True] * 3
    assert any(each.value.startswith("No case matches") for each in app.markdown)


def test_nobody_but_proceso_is_let_in(world: World, monkeypatch: pytest.MonkeyPatch):
    app = visited(world, monkeypatch, COMERCIAL)
    assert app.title == [] or app.title[0].value != "Descargas"
    assert "Proceso" in app.warning[0].value
