"""Tokens are kept as their hashes only."""

import hashlib


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()
