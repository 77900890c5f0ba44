"""SQL statements, compiled once for a database."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler


class Compiled:
    """A statement as the driver takes it: text and a function from named parameters to the driver's form."""

    def __init__(self, statement: Executable, engine: Engine) -> None:
        compiled = statement.compile(dialect=engine.dialect)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self.sql = compiled.string
        self._in_order = _in_order(compiled.positiontup)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def bind(self, given: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        return self._in_order({**self._fixed, **given} if self._fixed else given)


def _in_order(names: Sequence[str] | None) -> Callable[[Mapping[str, Any]], Sequence[Any] | Mapping[str, Any]]:
    """Named values as the driver takes them: by position when it asks for `names` in order, else as they are."""
    if names is None:
        return lambda values: values
    return itemgetter(*names) if len(names) > 1 else lambda values: tuple(values[name] for name in names)
