"""Columns of many rows as numpy arrays, fetched as one text each: a row of Python objects for each would cost more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Connection, case, func, select

from core.ended import MISSING
from core.figures.percentiles import listed

Column = npt.NDArray[np.int64]


def arrays(
    connection: Connection, conditions: Iterable[ColumnElement[bool]], **columns: ColumnElement[Any]
) -> Mapping[str, Column]:
    """Whole numbers of the rows that fulfil the conditions, one array for each column, all in the same order.

    MISSING stands for NULL.
    """
    texts = (listed(func.coalesce(column, MISSING)).label(name) for name, column in columns.items())
    found = connection.execute(select(*texts).where(*conditions)).mappings().one()
    return {name: np.fromstring(found[name] or "", np.int64, sep=",") for name in columns}


def table(columns: Mapping[str, Any], *floats: str) -> pd.DataFrame:
    """A frame of those columns, `floats` with NaN for what is missing; pandas' own conversions cost more than most."""
    made = {name: np.array(column, np.float64) if name in floats else column for name, column in columns.items()}
    return pd.DataFrame(made)


def place(column: ColumnElement[str], texts: Sequence[str]) -> ColumnElement[int]:
    """A text as its place among those that it may be; any other is MISSING."""
    return case(*((column == text, n) for n, text in enumerate(texts)), else_=MISSING)
