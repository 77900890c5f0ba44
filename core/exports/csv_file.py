"""CSV files for spreadsheets, protected against formula injection."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: Any) -> Any:
    """Prefix a text that a spreadsheet would read as a formula with an apostrophe; leave other values unchanged.

    Source: OWASP, CSV Injection (its full-width characters too).
    """
    if isinstance(value, str) and value.lstrip(" \u00a0\ufeff").startswith(BEGINS_FORMULA):
        return f"'{value}"
    return value


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table as CSV with a byte order mark (so that spreadsheets read its accents) and escaped formulas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return f"\ufeff{buffer.getvalue()}"
