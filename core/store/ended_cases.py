"""What figures need of a case that has ended, in one row that is written with its end and never changes.

Nothing of an ended case changes any more, so its rows are kept as they are read: as the bytes of numpy arrays, which a
figure of many cases puts one after the other. `visits`, `items`, `holdings` and `blocks` are the rows of the tables of
these names (`work_items` for `items`); times in ms. A text is stored as its code, a number that never changes; figures
compute with its position in OUTCOMES, ROLES, KINDS or ENDINGS (see `positions`), which may be another one tomorrow.
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

MISSING = -1  # in place of NULL, and of a text that is not among those below
# As with ROLE_CODES, a new one gets the next number, and none is ever changed or used again.
OUTCOME_CODES = {"advanced": 0, "closed": 1, "rejected": 2}
ENDING_CODES = {"yes": 0, "no": 1, "send": 2, "approve": 3, "return": 4, "close": 5, "withdrawn": 6}
OUTCOMES = tuple(OUTCOME_CODES)
ROLES = PROCESS_ROLES
KINDS = tuple(Kind)
ENDINGS = tuple(ENDING_CODES)
WITHDRAWN = ENDINGS.index("withdrawn")
CODE_LIMIT = 128  # a code is one byte, and never negative
ARRAYS = {  # the widest first, so that there is nothing between them
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
    """Write the row of a case that ends, from what is stored of it."""
    rows = {table: _named(table, tx.rows(_of_case[table], case=case_id)) for table in TABLES}
    tx.run(_insert, {"case_id": case_id, **kept(case, rows)})


def _named(table: Table, rows: Iterable[Sequence[Any]]) -> list[Row]:
    names = [column.name for column in table.c]
    return [dict(zip(names, row, strict=True)) for row in rows]


def kept(case: Case, rows: Mapping[Table, Iterable[Row]]) -> dict[str, Any]:
    """The row of an ended case, but for its key, from the rows of TABLES."""
    items = sorted(rows[tables.work_items], key=lambda item: item["item"])
    visits = sorted(rows[tables.phase_visits], key=lambda visit: visit["phase"])
    reviews, returns = _said(rows)
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
    whose = (row["case_id"], row["item"], row["cycle"], MISSING if by is None else by, int(back))
    return (*times, *whose, row["phase"], *codes)


def _holding(row: Row) -> tuple[int, ...]:
    return row["since"], row["until"], row["case_id"], row["item"]


def _block(row: Row) -> tuple[int, ...]:
    return row["since"], row["until"], row["case_id"], row["phase"]


# --- reading what is stored ---
def _by_code(texts: Sequence[Text], codes: Mapping[Text, int]) -> npt.NDArray[np.int8]:
    """For each code the position of its text; MISSING for a code that is not known."""
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
    """A stored column as figures compute with it: each code as the position of its text in today's order."""
    return _POSITIONS[name][stored] if name in _POSITIONS else stored


# --- what reviewers said ---
def _said(rows: Mapping[Table, Iterable[Row]]) -> tuple[list[Any], list[Any]]:
    """The documents that were reviewed and the verdicts that returned one, of decisions that were not taken back."""
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
    for phase, said in sorted(first.items()):
        yield phase, *reviewed(said)


def reviewed(said: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The criteria that a document met in a review, and those that it failed: of any of the reviewers' answers."""
    every = list(said)
    failed = {name for each in every for name in criteria(each, "fails")}
    met = {name for each in every for name in criteria(each, "meets")} - failed
    return tuple(sorted(met)), tuple(sorted(failed))


@lru_cache(maxsize=4096)  # most say the same
def criteria(answers: str, answer: str) -> tuple[str, ...]:
    """The criteria to which the answers of a verdict, as they are stored, give this answer, each once."""
    said = msgspec.json.decode(answers, type=list[tuple[str, str]])
    return tuple(dict.fromkeys(name for name, each in said if each == answer))
