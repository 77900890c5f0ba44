"""A table for a spreadsheet holds no formula that somebody typed."""

import csv
import io

import pytest

from core.exports.csv_file import csv_text, harmless


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1+1"])
def test_what_begins_like_a_formula_is_made_a_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
    (header, row) = list(csv.reader(io.StringIO(csv_text([text], [[text]]).removeprefix("\ufeff"), newline="")))
    assert header == row == [f"'{text}"]


@pytest.mark.parametrize("value", ["Señal & Cía", "a=b", "S-2026-0001", "", -5, 1.5, None])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert harmless(value) is value


def test_a_table_is_written_with_its_accents_and_quotes() -> None:
    assert csv_text(["Caso", "Año"], [['a "b", c', 1]]) == '\ufeffCaso,Año\r\n"a ""b"", c",1\r\n'
