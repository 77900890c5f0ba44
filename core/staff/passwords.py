"""Passwords: how they are kept, and what a person may choose."""

import base64
import hashlib
import os
import secrets
from functools import cache

import bcrypt

from core.errors import Problem
from core.text import login_of

MIN_LENGTH = 10
MAX_LENGTH = 1000


def hashed(password: str) -> str:
    """The bcrypt hash to keep; BCRYPT_ROUNDS says how slow (12 unless set)."""
    rounds = int(os.environ.get("BCRYPT_ROUNDS", "12"))
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(rounds)).decode()


def matches(password: str, kept: str) -> bool:
    """Whether this is the password of the hash."""
    return bcrypt.checkpw(_digest(password), kept.encode())


@cache
def hash_of_nobody() -> str:
    """What an unknown login is checked against, so that it takes as long to be refused as a known one."""
    return hashed(secrets.token_urlsafe(32))


def one_time() -> str:
    """A random password to be told once and changed at the first sign-in."""
    return secrets.token_urlsafe(9)


def problem(login: str, old: str, new: str) -> Problem | None:
    """Why a person of this login may not choose `new` in place of `old`, if so."""
    if len(new) < MIN_LENGTH:
        return Problem("password_too_short", {"limit": MIN_LENGTH})
    if len(new) > MAX_LENGTH:
        return Problem("text_too_long", {"limit": MAX_LENGTH})
    if login_of(new) == login:
        return Problem("password_is_login")
    return Problem("password_same") if new == old else None


def _digest(password: str) -> bytes:
    # bcrypt reads 72 bytes at most, and stops at a zero byte: a digest in base64 has neither trouble.
    return base64.b64encode(hashlib.sha256(password.encode()).digest())
