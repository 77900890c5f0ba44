"""Text as it is searched and compared: without case, accents or double blanks."""

import unicodedata
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def folded(text: str) -> str:
    """`«  Teléfonos  del SUR »` and `telefonos del sur` are the same."""
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(plain).casefold().split())


def by_name(names: Mapping[Key, str]) -> dict[Key, str]:
    """The names as a directory has them: «Óscar» beside «Omar», whatever a database thinks of accents."""
    return dict(sorted(names.items(), key=lambda each: folded(each[1])))
