"""Tables for a spreadsheet: nothing that a person typed is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would read as a formula, with an apostrophe before it; numbers stay numbers.

    Source: OWASP, CSV Injection (its full-width signs too).
    """
    if isinstance(value, str) and value.lstrip(" \u00a0\ufeff").startswith(BEGINS_FORMULA):
        return f"'{value}"
    return value


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV with a byte order mark (so that a spreadsheet reads its accents); each cell harmless."""
    made = io.StringIO()
    write = csv.writer(made, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in (header, *rows):
        write.writerow([harmless(cell) for cell in row])
    return f"\ufeff{made.getvalue()}"
