"""Hashing of tokens, which are never stored in plain text."""

import hashlib


def token_hash(token: str) -> str:
    """The hash under which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
