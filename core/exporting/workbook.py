"""Cases and work items as a workbook (XLSX): what a person typed is always a text, never a formula or a link.

A workbook knows no time zones: moments are those of the zone that is given.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, FromClause, Select, select
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from core.schema import cases, clients, people, work_items
from core.terms import ROLE_NAMES, Role

FETCHED = 2_000  # rows at a time
MAX_ROWS = 1_048_575  # what a sheet holds beside its header
MAX_TEXT = 32_767
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOMENT, WIDTH = "yyyy-mm-dd hh:mm", 18


class Sheet(NamedTuple):
    """One sheet: a name of up to 31 characters, its columns, its rows; values whose column ends in `_at` are ms."""

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


def sheets(
    connection: Connection, chosen: Select[tuple[int]], case: FromClause = cases, item: FromClause = work_items
) -> Iterator[Sheet]:
    """The sheets `cases` and `work_items` of the cases with an id in `chosen`; `case` and `item` are the rows read."""
    for name, statement in (("cases", _cases(case.c)), ("work_items", _items(case.c, item.c))):
        of_chosen = statement.where(case.c.id.in_(chosen))
        found = connection.execution_options(yield_per=FETCHED).execute(of_chosen)
        yield Sheet(name, list(found.keys()), map(tuple, found))


def write(made: Iterator[Sheet], sink: BinaryIO, zone: ZoneInfo) -> int:
    """Write a workbook; how many rows it has. What is more than a sheet holds is ValueError."""
    count = 0
    with Workbook(sink, OPTIONS) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": MOMENT})
        for sheet in made:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.columns) - 1, WIDTH)
            for column, name in enumerate(sheet.columns):
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
            local = datetime.fromtimestamp(value / 1000, zone).replace(tzinfo=None)
            page.write_datetime(number, column, local, moment)
        elif isinstance(value, int):
            page.write_number(number, column, value)
        else:
            shown = ROLE_NAMES[Role(value)] if name == "role" else str(value)
            page.write_string(number, column, shown[:MAX_TEXT])


def _cases(case: Any) -> Select[Any]:
    joined = clients.join(case.id.table, case.client_id == clients.c.id)
    kept = (case.service, case.flow, case.channel, case.international, case.phase, case.outcome)
    statement = select(case.code, clients.c.name.label("client"), *kept, case.opened_at, case.ended_at)
    return statement.select_from(joined).order_by(case.id)


def _items(case: Any, item: Any) -> Select[Any]:
    joined = item.case_id.table.join(case.id.table, case.id == item.case_id).outerjoin(
        people, people.c.id == item.ended_by
    )
    kept = (item.item, item.phase, item.role, item.kind, item.cycle, item.opened_at, item.due_at)
    ended = (item.ended_at, item.ended_as, people.c.name.label("ended_by"))
    return select(case.code, *kept, *ended).select_from(joined).order_by(item.case_id, item.item)
