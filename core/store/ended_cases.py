"""The figures' data of a case that has ended, in one row that is written when it ends and never changes.

An ended case no longer changes, so its rows are stored as they are read: as the bytes of numpy arrays, which a figure
over many cases concatenates. `visits`, `items`, `holdings` and `blocks` are the rows of the tables of
these names (`work_items` for `items`); times in ms. A text is stored as its code, a number that never changes; figures
compute with its position in OUTCOMES, ROLES, KINDS or ENDINGS (see `positions`), which may change.
`reviews` is JSON of the documents whose first review is over: phase, criteria that were met, criteria that failed;
`returns` of the verdicts that returned one and count: phase, reason, criteria that failed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Table, bindparam, select

from core.case.model import Case
from core.process.terms import KIND_CODES, PROCESS_ROLES, ROLE_CODES, Kind
from core.store import tables
from core.store.database import Transaction, insert_into

MISSING = -1  # stands for NULL and for an unknown text
# As with ROLE_CODES, a new text gets the next number; numbers never change and are never reused.
OUTCOME_CODES = {"advanced": 0, "closed": 1, "rejected": 2}
ENDING_CODES = {"yes": 0, "no": 1, "send": 2, "approve": 3, "return": 4, "close": 5, "withdrawn": 6}
OUTCOMES = tuple(OUTCOME_CODES)
ROLES = PROCESS_ROLES
KINDS = tuple(Kind)
ENDINGS = tuple(ENDING_CODES)
WITHDRAWN = ENDINGS.index("withdrawn")
CODE_LIMIT = 128  # a code is a non-negative signed byte
ARRAYS = {  # the widest fields first, so that there is no padding
    "visits": np.dtype(
        [(name, "<i8") for name in ("opened", "entered", "left", "blocked")]
        + [("case", "<i4"), ("returns", "<i2"), ("phase", "i1"), ("outcome", "i1")]
    ),
    "items": np.dtype(
        [(name, "<i8") for name in ("opened", "ended", "due", "held")]
        + [(name, "<i4") for name in ("case", "item", "cycle", "by", "back")]
        + [(name, "i1") for name in ("phase", "role", "kind", "ending")]
    ),
    "holdings": np.dtype([("since", "<i8"), ("until", "<i8"), ("case", "<i4"), ("item", "<i4")]),
    "blocks": np.dtype([("since", "<i8"), ("until", "<i8"), ("case", "<i4"), ("phase", "<i4")]),
}
TABLES = (tables.phase_visits, tables.work_items, tables.holdings, tables.blocks, tables.verdicts)
Row = Mapping[str, Any]
Text = TypeVar("Text", bound=str)

_of_case = {
    table: select(table).where(table.c.case_id == bindparam("case")).order_by(*table.primary_key) for table in TABLES
}
_insert = insert_into(tables.ended_cases)


def keep(tx: Transaction, case_id: int, case: Case) -> None:
    """Write the row of a case that ends, from its stored rows."""
    rows = {table: _named(table, tx.rows(_of_case[table], case=case_id)) for table in TABLES}
    tx.run(_insert, {"case_id": case_id, **row_values(case, rows)})


def _named(table: Table, rows: Iterable[Sequence[Any]]) -> list[Row]:
    names = [column.name for column in table.c]
    return [dict(zip(names, row, strict=True)) for row in rows]


def row_values(case: Case, rows: Mapping[Table, Iterable[Row]]) -> dict[str, Any]:
    """Return the row of an ended case, without its key, from its rows in TABLES."""
    items = sorted(rows[tables.work_items], key=lambda item: item["item"])
    visits = sorted(rows[tables.phase_visits], key=lambda visit: visit["phase"])
    reviews, returns = _review_answers(rows)
    return {
        "client_id": case.client,
        "flow": case.flow,
        "channel": case.channel,
        "international": case.international,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
        "visits": _bytes("visits", map(_visit, visits)),
        "items": _bytes("items", map(_item, items)),
        "holdings": _bytes("holdings", sorted(map(_holding, rows[tables.holdings]))),
        "blocks": _bytes("blocks", sorted(map(_block, rows[tables.blocks]))),
        "reviews": _json(reviews),
        "returns": _json(returns),
    }


def _bytes(name: str, rows: Iterable[tuple[int, ...]]) -> bytes:
    return np.array(list(rows), ARRAYS[name]).tobytes()


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _visit(row: Row) -> tuple[int, ...]:
    times = (row["opened_at"], row["entered_at"], row["left_at"], row["blocked"])
    return (*times, row["case_id"], row["returns"], row["phase"], OUTCOME_CODES[row["outcome"]])


def _item(row: Row) -> tuple[int, ...]:
    by, back = row["ended_by"], row["taken_back_at"] is not None
    codes = (ROLE_CODES[row["role"]], KIND_CODES[row["kind"]], ENDING_CODES[row["ended_as"].split("_")[0]])
    times = (row["opened_at"], row["ended_at"], row["due_at"], row["held"])
    numbers = (row["case_id"], row["item"], row["cycle"], MISSING if by is None else by, int(back))
    return (*times, *numbers, row["phase"], *codes)


def _holding(row: Row) -> tuple[int, ...]:
    return row["since"], row["until"], row["case_id"], row["item"]


def _block(row: Row) -> tuple[int, ...]:
    return row["since"], row["until"], row["case_id"], row["phase"]


# --- reading stored columns ---
def _by_code(texts: Sequence[Text], codes: Mapping[Text, int]) -> npt.NDArray[np.int8]:
    """Return the position of the text of each code; MISSING for an unknown code."""
    by_code = np.full(CODE_LIMIT, MISSING, np.int8)
    by_code[[codes[text] for text in texts]] = range(len(texts))
    return by_code


_POSITIONS = {
    "outcome": _by_code(OUTCOMES, OUTCOME_CODES),
    "role": _by_code(ROLES, ROLE_CODES),
    "kind": _by_code(KINDS, KIND_CODES),
    "ending": _by_code(ENDINGS, ENDING_CODES),
}


def positions(name: str, stored: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Convert a stored column for the figures: each code to the position of its text in the current order."""
    return _POSITIONS[name][stored] if name in _POSITIONS else stored


# --- answers of reviewers ---
def _review_answers(rows: Mapping[Table, Iterable[Row]]) -> tuple[list[Any], list[Any]]:
    """Return the reviewed documents and the returning verdicts, without decisions that were taken back."""
    over = {visit["phase"] for visit in rows[tables.phase_visits] if _is_reviewed(visit)}
    reviews = {
        item["item"]: item
        for item in rows[tables.work_items]
        if item["kind"] == Kind.REVIEW and item["taken_back_at"] is None
    }
    first: dict[int, list[str]] = defaultdict(list)
    returns = []
    for verdict in sorted(rows[tables.verdicts], key=lambda verdict: verdict["seq"]):
        item = reviews.get(verdict["item"])
        if item and item["cycle"] == 1 and item["phase"] in over:
            first[item["phase"]].append(verdict["answers"])
        if item and verdict["verdict"] == "return":
            returns.append((item["phase"], verdict["reason"], criteria(verdict["answers"], "fails")))
    return list(_reviews(first)), returns


def _is_reviewed(visit: Row) -> bool:
    return bool(visit["returns"] > 0 or visit["outcome"] == "advanced")


def _reviews(first: Mapping[int, list[str]]) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    for phase, answers in sorted(first.items()):
        yield phase, *reviewed(answers)


def reviewed(answers: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the criteria that a document met in a review and those that it failed with at least one reviewer."""
    verdicts = list(answers)
    failed = {name for verdict in verdicts for name in criteria(verdict, "fails")}
    met = {name for verdict in verdicts for name in criteria(verdict, "meets")} - failed
    return tuple(sorted(met)), tuple(sorted(failed))


@lru_cache(maxsize=4096)  # most verdicts have the same answers
def criteria(answers: str, answer: str) -> tuple[str, ...]:
    """Return the distinct criteria with this answer among the stored answers of a verdict."""
    pairs = msgspec.json.decode(answers, type=list[tuple[str, str]])
    return tuple(dict.fromkeys(name for name, value in pairs if value == answer))
