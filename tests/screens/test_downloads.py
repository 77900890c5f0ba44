"""The page Descargas: what is made for a selection is that selection, as it stood, in both languages."""

import csv
import gzip
import io
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from core.paths import ROOT
from core.people import sessions
from core.process.terms import Flow
from core.queries.selection import begin_of
from core.store import tables
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, DAY, PASSWORD, PROCESO
from ui.analysis.pages import downloads
from ui.shell import guard, navigation
from ui.shell import language as shell_language

REPORT = downloads.Form("report", "", "", lambda *_: None)


@pytest.fixture
def page(world: World, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with a case of each flow, signed in as Proceso."""
    world.to(world.open("k1"), 2)
    world.open("k2", flow=Flow.B2B)
    return visited(world, monkeypatch, PROCESO)


def visited(world: World, monkeypatch: pytest.MonkeyPatch, who: str, language: str = "es") -> AppTest:
    for module in (guard, navigation):
        monkeypatch.setattr(module, "moment", lambda: world.now)
        monkeypatch.setattr(module, "database", lambda: world.db)
    monkeypatch.setattr(
        shell_language, "DEFAULT", language
    )  # AppTest words the chosen options before any session is there
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
    return [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]


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
    for form in (*downloads.FORMS, REPORT):
        button = app.button(key=f"make_{form.name}")
        assert not button.disabled  # a filter that was typed right before the click may choose some
        button.click().run()
        assert (app.get("download_button"), "ready" in app.session_state) == ([], False)
    assert any(each.value.startswith("There are no cases to download yet.") for each in app.markdown)


def test_nobody_without_the_right_is_let_in(world: World, monkeypatch: pytest.MonkeyPatch):
    app = visited(world, monkeypatch, COMERCIAL)
    assert app.title == [] or app.title[0].value != "Descargas"
    assert "acceso al análisis" in app.warning[0].value


def test_the_cases_come_as_a_table_without_formulas(page: AppTest, world: World):
    with world.db.writing() as tx:
        tx.run(update(tables.clients).values(name="=1+1"))
    page.run()
    header, *rows = csv.reader(content(page, "csv").decode("utf-8-sig").splitlines())
    assert [row[header.index("Cliente")] for row in rows] == ["'=1+1"] * 2
    assert [row[header.index("Fase")] for row in rows] == ["2", "1"]
    assert rows[0][header.index("Abierto")] == "2026-03-02 08:01"


def test_the_workbook_ends_with_the_figures_of_each_phase(page: AppTest):
    book = openpyxl.load_workbook(io.BytesIO(content(page, "workbook")))
    header, *rows = book["Fases"].iter_rows(values_only=True)
    assert [row[header.index("Entraron")] for row in rows] == [2, 1, *[0] * 7]
    assert [row[header.index("Nombre")] for row in rows][:1] == ["1 Inicio"]
    assert [row[header.index("Visitas terminadas")] for row in rows] == [1, *[0] * 8]
    assert rows[0][header.index("p50 (días)")] == rows[0][header.index("p95 (días)")] == pytest.approx(3 / (24 * 60))


@pytest.mark.parametrize(
    ("language", "names", "asked"),
    [
        ("es", ["Casos", "Tareas", "Fases"], ["Validar solicitud", "Sí", "Oscar"]),
        ("en", ["Cases", "Tasks", "Phases"], ["Validar solicitud", "Sí", "Oscar"]),
    ],
)
def test_a_workbook_speaks_the_language_of_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str, names: list[str], asked: list[str]
):
    code = world.open("k1")
    world.to(code, 2)
    ended = world.open("k2")
    world.validate(ended, "no")
    book = openpyxl.load_workbook(io.BytesIO(content(visited(world, monkeypatch, PROCESO, language), "workbook")))
    assert book.sheetnames == names
    assert [cell.value for cell in book[names[0]][2]][3:8] == ["Estándar", "Operación", "No", 2, None]
    assert book[names[0]]["H3"].value == "Fin de Proceso - Solicitud Rechazada"
    told = [cell.value for cell in book[names[1]][2]]
    assert [told[4], *told[9:]] == asked
    for sheet in book:
        assert not [cell.value for cell in sheet[1] if "_" in str(cell.value) or str(cell.value).startswith("sheet")]


def test_a_past_day_has_only_what_was_there(world: World, monkeypatch: pytest.MonkeyPatch):
    world.to(world.open("k1"), 2)
    world.open("k2")
    world.now += 3 * DAY
    late = world.open("k3")
    page = visited(world, monkeypatch, PROCESO)
    page.query_params["al"] = "2026-03-02"
    page.run()
    assert len(codes(page)) == 2
    assert gzip.decompress(content(page, "xes")).count(b"<trace>") == 2
    page.query_params["al"] = ""
    page.run()
    assert codes(page)[-1] == late


@pytest.mark.parametrize(
    ("language", "file", "said"),
    [
        ("es", "informe-2026-W10.pdf", "Se abrieron 2 casos y no terminó ninguno; quedan 2 en curso"),
        ("en", "report-2026-W10.pdf", "2 cases were opened and none ended; 2 are in progress"),
    ],
)
def test_the_report_of_the_chosen_week_is_made(world: World, monkeypatch: pytest.MonkeyPatch, language, file, said):
    world.to(world.open("k1"), 2)
    world.open("k2", flow=Flow.B2B)
    world.now += 7 * DAY
    app = visited(world, monkeypatch, PROCESO, language)
    assert app.selectbox(key="week_").value == "2026-W10"  # the last that is over
    made = content(app, "report")
    assert said in " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert app.session_state["ready"].file == file
    assert app.session_state["ready"].at == begin_of(date(2026, 3, 9), "America/Bogota") - 1
    assert len(app.get("download_button")) == 1
    app.selectbox(key="week_").set_value("2026-W11").run()
    assert app.get("download_button") == []
    app.query_params["flujo"] = "b2b"
    app.run()
    assert "B2B" in PdfReader(io.BytesIO(content(app, "report"))).pages[0].extract_text()


def test_a_week_before_the_chosen_cases_is_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch):
    world.open("k1")
    world.now += 7 * DAY
    world.open("k2", flow=Flow.B2B)
    app = visited(world, monkeypatch, PROCESO)
    app.query_params["flujo"] = "b2b"
    app.run()
    app.button(key="make_report").click().run()
    assert not app.exception
    assert any(each.value.startswith("Hasta el final de esa semana no había ningún caso") for each in app.info)
    assert app.get("download_button") == []
