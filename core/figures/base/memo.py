"""What follows from something that does not change any more: made once, and kept with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Once:
    """Something that keeps what was made of it."""

    _once: dict[Any, Any] = field(default_factory=dict, kw_only=True, repr=False)

    @property
    def count(self) -> int:
        """How much was made of it."""
        return len(self._once)

    def once(self, name: Any, make: Callable[[], _Made]) -> _Made:
        """What follows from this alone, under its name."""
        if name not in self._once:
            self._once[name] = make()
        return cast(_Made, self._once[name])
