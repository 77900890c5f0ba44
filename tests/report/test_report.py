"""The weekly report: a PDF of two pages that says three sentences, in both languages, for the chosen week."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from pypdf import PdfReader
from sqlalchemy import update

from core import __main__ as commands
from core.cli.context import now
from core.figures.pages.weekly import week_of
from core.queries.selection import Selection
from core.store.database import Database
from core.store.tables import clients
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import DAY
from ui import report
from ui.report.drawing import ticks, writable
from ui.report.sentences import three
from ui.words.format import Format

ZONE = "America/Bogota"
WEEK = week_of(date(2026, 3, 2), ZONE)
SAID = {
    "es": (
        "Se abrieron 12 casos y terminaron 6 (3 por cierre y 3 por rechazo); quedan 6 en curso, "
        "6 más que al comenzar la semana.",
        "La fase más lenta es la 1 Inicio: la mitad de los casos la termina en 0,3 días o menos y 85 de cada 100 en "
        "0,4 o menos; en ella está 1 de los 6 en curso.",
        "4 casos llevan en su fase más tiempo del que bastó a 85 de cada 100 (el más antiguo, S-2026-0007: 5,7 días en "
        "la fase 1 Inicio), y hay 3 tareas vencidas; quien más tiene es Operador Operación, con 2.",
    ),
    "en": (
        "12 cases were opened and 6 ended (3 closed, 3 rejected); 6 are in progress, 6 more than when the week began.",
        "The slowest phase is 1 Inicio: half of the cases finish it in 0.3 days or less and 85 of every 100 in 0.4 "
        "or less; 1 of the 6 in progress is in it.",
        "4 cases have been in their phase longer than 85 of every 100 needed (the oldest, S-2026-0007: 5.7 days in "
        "phase 1 Inicio), and 3 tasks are overdue; Operador Operación has the most, 2.",
    ),
}
CHARTS = {
    "es": ("De 12 casos, 3 cerraron, 3 se rechazaron, 6 siguen", "días de calendario", "Devoluciones"),
    "en": ("Of 12 cases, 3 closed, 3 were rejected, 6 go on", "calendar days", "Returns"),
}


def pages(content: bytes) -> list[str]:
    """The words of each page, in one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def written(world: World, language: str = "es", **chosen: object) -> bytes:
    sink = io.BytesIO()
    with world.db.reading() as connection:
        words = Format(language, world.now, ZONE)
        shares = list(report.write(connection, Selection(**chosen), WEEK, world.now, words, sink))
    assert shares == sorted(shares)
    assert shares[-1] == 1
    return sink.getvalue()


@pytest.fixture
def played(world: World) -> World:
    countable_cases.play(world)
    world.now = WEEK.before + DAY
    return world


@pytest.mark.parametrize("language", SAID)
def test_it_says_three_sentences_over_four_charts_and_then_the_numbers(played: World, language: str):
    first, second = pages(written(played, language))
    for sentence in SAID[language]:
        assert sentence in first
    assert CHARTS[language][0] in first
    assert first.count("1 Inicio") >= 3
    assert CHARTS[language][1] in second
    assert "9 Cierre Comercial" in second
    assert "Responsable Implementación B2B" in second


def test_the_same_figures_make_the_same_file(played: World):
    assert written(played) == written(played)


def test_it_is_of_the_chosen_cases(played: World):
    assert (
        "Se abrió un caso y terminó uno (cerrado); no queda ninguno en curso"
        in pages(written(played, flow="estandar"))[0]
    )


def test_a_name_that_its_font_lacks_is_written_as_well_as_it_goes(played: World):
    assert writable("Café  Šarić & <b>Łódź</b> 🚀 中文\x07") == "Café Šari\u0107 & <b>?ódz</b> ??".replace(
        "\u0107", "c"
    )
    with played.db.writing() as tx:
        tx.run(update(clients).values(name="Peña & <b>Hijos</b> 🚀"))
    assert "Peña & <b>Hijos</b>" in pages(written(played))[1]


def test_it_can_be_left_after_any_step(played: World):
    sink = io.BytesIO()
    with played.db.reading() as connection:
        running = report.write(connection, Selection(), WEEK, played.now, Format("es", played.now, ZONE), sink)
        assert 0 < next(running) < 1
        running.close()
    assert sink.getvalue() == b""


@pytest.mark.parametrize(
    ("top", "marks"),
    [(1, [0, 0.5, 1]), (8, [0, 2, 4, 6, 8]), (12.1, [0, 5, 10, 15]), (101, [0, 50, 100, 150])],
)
def test_an_axis_has_round_numbers(top: float, marks: list[float]):
    assert ticks(top) == pytest.approx(marks)


# --- the command ---
def command(db: Database, monkeypatch: pytest.MonkeyPatch, *words: str, clock: Callable[[], int] = now) -> int:
    monkeypatch.setenv("DATABASE_URL", db.url.render_as_string(hide_password=False))
    return commands.main(["report", *words], clock)


def test_the_command_writes_the_report_of_a_week(played: World, monkeypatch, capsys, tmp_path: Path):
    out = tmp_path / "informe.pdf"
    assert command(played.db, monkeypatch, "--out", str(out), "--week", "2026-W10", "--language", "en") == 0
    assert SAID["en"][0] in pages(out.read_bytes())[0]
    assert capsys.readouterr().out == f"The report of 2026-W10 is in {out}.\n"


def test_without_a_week_it_is_the_last_whole_one(played: World, monkeypatch, capsys, tmp_path: Path):
    assert command(played.db, monkeypatch, "--out", str(tmp_path / "f.pdf"), clock=lambda: played.now) == 0
    assert "2026-W10" in capsys.readouterr().out


@pytest.mark.parametrize(("week", "why"), [("2020-W01", "There is no case up to"), ("2999-W01", "has not begun")])
def test_a_week_without_cases_is_a_sentence_and_no_file(played: World, monkeypatch, capsys, tmp_path: Path, week, why):
    out = tmp_path / "informe.pdf"
    assert command(played.db, monkeypatch, "--out", str(out), "--week", week) == 1
    assert why in capsys.readouterr().err
    assert list(tmp_path.glob("*informe*")) == []


@pytest.mark.parametrize("week", ["2026-47", "2026-W54", "W47", "hoy"])
def test_what_is_no_week_is_not_understood(world: World, monkeypatch, capsys, tmp_path: Path, week: str):
    assert command(world.db, monkeypatch, "--out", str(tmp_path / "f.pdf"), "--week", week) == 2
    assert "is no week; write it as 2026-W47" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_a_sentence(played: World, monkeypatch, capsys, tmp_path: Path):
    assert command(played.db, monkeypatch, "--out", str(tmp_path / "none" / "f.pdf"), "--week", "2026-W10") == 1
    assert "Check that the folder exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "quienes más tienen son Mesa de Ayuda y Proceso, con 1 cada uno."),
        ("en", "Mesa de Ayuda and Proceso have the most, 1 each."),
    ],
)
def test_roles_that_are_level_are_named_together(language: str, said: str):
    roles = pd.DataFrame({"role": ["mesa_de_ayuda", "gerente_comercial", "proceso"], "overdue": [1, 0, 1]})
    moved, phases = (
        SimpleNamespace(opened=0, closed=0, rejected=0, running=1, running_before=1),
        pd.DataFrame(columns=["n"]),
    )
    found = SimpleNamespace(roles=roles, ages=pd.DataFrame({"late": [False]}), moved=moved, phases=phases)
    assert three(found, Format(language, 0, ZONE))[2].endswith(said)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "said"), [("es", "3 cerraron"), ("en", "3 closed")])
def test_cases_go_on_from_a_phase_and_close_in_the_last(played: World, language: str, said: str):
    assert pages(written(played, language))[0].count(said) >= 2  # in the title of the chart and at its last phase


def test_of_a_single_phase_the_chart_says_who_went_on(played: World):
    first, _ = pages(written(played, phase=3))
    assert "De 7 casos, 6 avanzaron, 1 se rechazó, 0 siguen" in first
    assert "En la 3 Análisis Comercial la mitad de los casos termina en" in " ".join(first.split())
    assert "La fase más lenta" not in first
