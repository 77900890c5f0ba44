"""Workbook sheets with labels in the reader's language; the command `python -m core export xlsx` keeps the codes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from core.exports.workbook import Sheet
from core.process.definition import title
from core.process.terms import OUTCOME_NAMES, Kind, Outcome
from ui.words.messages import t


def in_words(sheet: Sheet) -> Sheet:
    """Translate a sheet's name, column heads and codes."""
    heads = [t(f"sheet-{name.replace('_', '-')}") for name in sheet.columns]
    return sheet._replace(name=t(f"sheet-{sheet.name.replace('_', '-')}"), heads=heads, rows=_rows(sheet))


def _rows(sheet: Sheet) -> Iterator[Sequence[Any]]:
    formatters = {place: _FORMATTERS[name] for place, name in enumerate(sheet.columns) if name in _FORMATTERS}
    for row in sheet.rows:
        values = dict(zip(sheet.columns, row, strict=True))
        yield [
            formatters[n](cell, values) if n in formatters and cell is not None else cell for n, cell in enumerate(row)
        ]


def _ended_as(code: str, _: Mapping[str, Any]) -> str:
    return t("how-withdrawn") if code.startswith("withdrawn") else t(f"how-{code}")


_FORMATTERS: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "flow": lambda code, _: t(f"flow-{code}"),
    "channel": lambda code, _: t(f"channel-{code.replace('_', '-')}"),
    "international": lambda value, _: t("word-yes" if value else "word-no"),
    "outcome": lambda code, _: OUTCOME_NAMES[Outcome(code)],
    "kind": lambda code, row: title(Kind(code), row["phase"]),
    "ended_as": _ended_as,
}
