"""The workbook of cases and work items, opened again by another library."""

import io
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.utils.escape import unescape
from sqlalchemy import select

from core import __main__ as commands
from core.exports import workbook
from core.store import tables
from tests.support.drive_case import World

ALL = select(tables.cases.c.id)
HOSTILE = ("=1+1", "+57", "-1", "@SUM(A1)", "{=1}", "http://a.example", "<b>Peña</b>\x01 🚀", "00012", "\t=1")


def made(world: World, zone: str = "America/Bogota") -> openpyxl.Workbook:
    sink = io.BytesIO()
    with world.db.reading() as connection:
        workbook.write(workbook.sheets(connection, ALL), sink, ZoneInfo(zone))
    return openpyxl.load_workbook(sink)


def column(book: openpyxl.Workbook, sheet: str, name: str) -> list[object]:
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [row[header.index(name)] for row in rows]


def test_it_holds_every_case_and_every_work_item(both: World):
    closed, running = both.open("k1"), both.open("k2", international=True)
    both.to_end(closed)
    both.to(running, 2)
    book = made(both)
    assert book.sheetnames == ["cases", "work_items"]
    assert column(book, "cases", "code") == [closed, running]
    assert column(book, "cases", "outcome") == ["closed", None]
    assert column(book, "cases", "phase") == [9, 2]
    assert column(book, "cases", "international") == [False, True]
    with both.db.reading() as connection:
        stored = connection.execute(select(tables.work_items).order_by("case_id", "item")).all()
    assert column(book, "work_items", "item") == [row.item for row in stored]
    assert column(book, "work_items", "ended_as") == [row.ended_as for row in stored]
    assert column(book, "work_items", "role")[0] == "Operador Operación"
    assert column(book, "work_items", "ended_by")[0] == "Oscar"


def test_moments_are_those_of_the_zone(world: World):
    world.open("k1")  # one minute after 08:00 in Bogotá
    assert column(made(world), "cases", "opened_at") == [datetime(2026, 3, 2, 8, 1)]
    assert column(made(world, "UTC"), "cases", "opened_at") == [datetime(2026, 3, 2, 13, 1)]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_typed_stays_a_text(world: World, name: str):
    world.open("k1")
    with world.db.engine.begin() as connection:
        connection.execute(tables.clients.update().values(name=name))
    cell = made(world)["cases"]["B2"]
    assert (unescape(str(cell.value)), cell.data_type, cell.hyperlink) == (name, "s", None)


def test_the_command_writes_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    world.open("k1")
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    assert commands.main(["export", "xlsx", str(tmp_path / "casos.xlsx")]) == 0
    assert capsys.readouterr().out.startswith("11 rows")  # the case, its work item, nine phases
    assert openpyxl.load_workbook(tmp_path / "casos.xlsx").sheetnames == ["cases", "work_items", "phases"]
    assert commands.main(["export", "xlsx", str(tmp_path / "then.xlsx"), "--as-of", "2026-03-01"]) == 0
    assert capsys.readouterr().out.startswith("9 rows")  # the case was opened the day after
