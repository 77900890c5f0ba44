"""Cases and work items as a workbook (XLSX); typed text is always written as text, never as a formula or a link.

Workbooks have no time zones: times are local to the zone passed.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, FromClause, Select, select
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from core.figures.base.percentiles import Spread
from core.figures.base.phase_table import PhaseFigures, by_phase
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from core.queries.selection import Selection
from core.store.person_names import shown_name
from core.store.tables import cases, clients, people, work_items

FETCHED = 2_000  # rows at a time
MAX_ROWS = 1_048_575  # the maximum of a sheet, without its header
MAX_TEXT = 32_767
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
DAY = 24 * 60 * 60_000
MOMENT, WIDTH = "yyyy-mm-dd hh:mm", 18


class Sheet(NamedTuple):
    """One sheet: a name of up to 31 characters, its columns, its rows; values whose column ends in `_at` are ms.

    `heads` are the column headings, when they are not the names.
    """

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]
    heads: Sequence[str] = ()


def sheets(
    connection: Connection, chosen: Select[tuple[int]], case: FromClause = cases, item: FromClause = work_items
) -> Iterator[Sheet]:
    """Yield the sheets `cases` and `work_items` of the cases with an id in `chosen`, read from `case` and `item`."""
    for name, statement in (("cases", _cases(case.c)), ("work_items", _items(case.c, item.c))):
        of_chosen = statement.where(case.c.id.in_(chosen))
        result = connection.execution_options(yield_per=FETCHED).execute(of_chosen)
        yield Sheet(name, list(result.keys()), map(tuple, result))


def phases(connection: Connection, selection: Selection) -> Sheet:
    """Return the sheet `phases`: the funnel and times of each phase, in days of 24 h."""
    figures = by_phase(connection, selection)
    counts = [name for name in PhaseFigures._fields if name not in ("cycle", "blocked")]
    names = ("n", *(f"{name}_days" for name in Spread._fields[1:]))
    columns = [*counts, *names, *(f"blocked_{name}" for name in names)]
    columns.insert(1, "name")
    rows = (
        [row.phase, phase_name(row.phase), *row[1 : len(counts)], *_days(row.cycle), *_days(row.blocked)]
        for row in figures
    )
    return Sheet("phases", columns, rows)


def _days(spread: Spread) -> list[float | None]:
    return [spread.n, *(None if duration is None else duration / DAY for duration in spread[1:])]


def write(sheets: Iterator[Sheet], sink: BinaryIO, zone: ZoneInfo) -> int:
    """Write a workbook and return its number of rows; raise ValueError when a sheet has more than MAX_ROWS."""
    count = 0
    with Workbook(sink, OPTIONS) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": MOMENT})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.columns) - 1, WIDTH)
            for column, name in enumerate(sheet.heads or sheet.columns):
                page.write_string(0, column, name, bold)
            rows = 0
            for rows, row in enumerate(sheet.rows, start=1):
                if rows > MAX_ROWS:
                    raise ValueError(f"{sheet.name}: more than {MAX_ROWS} rows")
                _row(page, rows, zip(sheet.columns, row, strict=True), zone, moment)
            count += rows
    return count


def _row(page: Worksheet, number: int, cells: Any, zone: ZoneInfo, moment: Any) -> None:
    for column, (name, value) in enumerate(cells):
        if value is None:
            continue
        if isinstance(value, bool):
            page.write_boolean(number, column, value)
        elif name.endswith("_at"):
            page.write_datetime(number, column, _local(value, zone), moment)
        elif isinstance(value, int | float):
            page.write_number(number, column, value)
        else:
            page.write_string(number, column, _text(name, value)[:MAX_TEXT])


def readable(columns: Sequence[str], row: Sequence[Any], zone: ZoneInfo) -> list[Any]:
    """Return a row as plain texts and numbers, with an empty text for None."""
    return [_plain(name, value, zone) for name, value in zip(columns, row, strict=True)]


def _plain(name: str, value: Any, zone: ZoneInfo) -> Any:
    if value is None:
        return ""
    if name.endswith("_at"):
        return f"{_local(value, zone):%Y-%m-%d %H:%M}"
    return value if isinstance(value, int | float) and not isinstance(value, bool) else _text(name, value)


def _local(ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(ms / 1000, zone).replace(tzinfo=None)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ROLE_NAMES[Role(value)] if name == "role" else str(value)


def _cases(case: Any) -> Select[Any]:
    joined = clients.join(case.id.table, case.client_id == clients.c.id)
    columns = (case.service, case.flow, case.channel, case.international, case.phase, case.outcome)
    statement = select(case.code, clients.c.name.label("client"), *columns, case.opened_at, case.ended_at)
    return statement.select_from(joined).order_by(case.id)


def _items(case: Any, item: Any) -> Select[Any]:
    joined = item.case_id.table.join(case.id.table, case.id == item.case_id).outerjoin(
        people, people.c.id == item.ended_by
    )
    columns = (item.item, item.phase, item.role, item.kind, item.cycle, item.opened_at, item.due_at)
    ended = (item.ended_at, item.ended_as, shown_name().label("ended_by"))
    return select(case.code, *columns, *ended).select_from(joined).order_by(item.case_id, item.item)
