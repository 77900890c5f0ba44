"""Columns of many rows as numpy arrays, fetched as one text per column, which is cheaper than Python rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, String, func, select

from core.figures.base.percentiles import listed
from core.store.ended_cases import MISSING

Column = npt.NDArray[np.int64]


def listing(columns: Mapping[str, ColumnElement[Any]], conditions: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """Return the query for `arrays`: these columns of the rows that fulfil the conditions."""
    empty = {name: "" if isinstance(column.type, String) else MISSING for name, column in columns.items()}
    texts = (listed(func.coalesce(column, empty[name])).label(name) for name, column in columns.items())
    return select(*texts).where(*conditions)


def arrays(connection: Connection, listing: Select[Any], places: Mapping[str, Sequence[str]]) -> Mapping[str, Column]:
    """Return one array of integers per column, all in the same order; MISSING stands for NULL.

    `places`: the possible values of each text column, which become positions; any other text is MISSING.
    """
    texts = connection.execute(listing).mappings().one()
    columns = {
        name: _placed(text, places[name]) if name in places else np.fromstring(text or "", np.int64, sep=",")
        for name, text in texts.items()
    }
    for column in columns.values():
        column.flags.writeable = False  # it may be cached for the next page
    return columns


def _placed(texts: str | None, places: Sequence[str]) -> Column:
    known = defaultdict(lambda: MISSING, {text: n for n, text in enumerate(places)})
    return np.array([] if texts is None else list(map(known.__getitem__, texts.split(","))), np.int64)


def table(columns: Mapping[str, Any], *floats: str) -> pd.DataFrame:
    """Return a frame of columns, `floats` with NaN for missing values, without pandas' expensive conversions."""
    arrays = {name: np.array(column, np.float64) if name in floats else column for name, column in columns.items()}
    return pd.DataFrame(arrays)
