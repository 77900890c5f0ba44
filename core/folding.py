"""Text as it is searched and compared: without case, accents or double blanks."""

import unicodedata


def folded(text: str) -> str:
    """`«  Teléfonos  del SUR »` and `telefonos del sur` are the same."""
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(plain).casefold().split())
