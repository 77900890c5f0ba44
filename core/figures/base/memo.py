"""Values derived from immutable data, computed once and stored with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Memo:
    """A base of immutable data that caches values derived from it."""

    _cache: dict[Any, Any] = field(default_factory=dict, kw_only=True, repr=False)

    @property
    def count(self) -> int:
        """The number of cached values."""
        return len(self._cache)

    def cached(self, name: Any, make: Callable[[], _Value]) -> _Value:
        """Return the cached value of that name, computed by `make` from this object alone."""
        if name not in self._cache:
            self._cache[name] = make()
        return cast(_Value, self._cache[name])
