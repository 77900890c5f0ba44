"""Columns of many rows as numpy arrays, fetched as one text each: a row of Python objects for each would cost more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, case, func, select

from core.ended import MISSING
from core.figures.percentiles import durations, listed

Column = npt.NDArray[np.int64]


def arrays(
    connection: Connection, conditions: Iterable[ColumnElement[bool]], **columns: ColumnElement[Any]
) -> Mapping[str, Column]:
    """Whole numbers of the rows that fulfil the conditions, one array for each column, all in the same order.

    MISSING stands for NULL.
    """
    texts = (listed(func.coalesce(column, MISSING)).label(name) for name, column in columns.items())
    found = connection.execute(select(*texts).where(*conditions)).mappings().one()
    return {name: np.array(durations(found[name]), np.int64) for name in columns}


def place(column: ColumnElement[str], texts: Sequence[str]) -> ColumnElement[int]:
    """A text as its place among those that it may be; any other is MISSING."""
    return case(*((column == text, n) for n, text in enumerate(texts)), else_=MISSING)
