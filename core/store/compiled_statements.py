"""SQL statements, compiled once for a database."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler


class Compiled:
    """A statement in the driver's form: its SQL text, and a function that converts named parameters."""

    def __init__(self, statement: Executable, engine: Engine) -> None:
        compiled = statement.compile(dialect=engine.dialect)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self.sql = compiled.string
        self._in_order = _in_order(compiled.positiontup)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def bind(self, parameters: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        return self._in_order({**self._fixed, **parameters} if self._fixed else parameters)


def _in_order(names: Sequence[str] | None) -> Callable[[Mapping[str, Any]], Sequence[Any] | Mapping[str, Any]]:
    """Return a converter of named values: a sequence in the order of `names`, or the mapping itself without names."""
    if names is None:
        return lambda values: values
    return itemgetter(*names) if len(names) > 1 else lambda values: tuple(values[name] for name in names)
