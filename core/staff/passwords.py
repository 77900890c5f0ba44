"""Passwords: hashing, one-time passwords, and which passwords are acceptable."""

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


def hash_password(password: str) -> str:
    """The bcrypt hash of a password, with BCRYPT_ROUNDS rounds (12 unless set)."""
    rounds = int(os.environ.get("BCRYPT_ROUNDS", "12"))
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(rounds)).decode()


def matches(password: str, password_hash: str) -> bool:
    """Whether the password matches the hash."""
    return bcrypt.checkpw(_digest(password), password_hash.encode())


@cache
def hash_of_nobody() -> str:
    """A dummy hash for unknown logins, so that refusing them takes as long as for known ones."""
    return hash_password(secrets.token_urlsafe(32))


def one_time() -> str:
    """A random password that is shown once and must be changed at the first sign-in."""
    return secrets.token_urlsafe(9)


def problem(login: str, old: str, new: str) -> Problem | None:
    """The problem with replacing the password `old` by `new`, if any."""
    if len(new) < MIN_LENGTH:
        return Problem("password_too_short", {"limit": MIN_LENGTH})
    if len(new) > MAX_LENGTH:
        return Problem("text_too_long", {"limit": MAX_LENGTH})
    if login_of(new) == login:
        return Problem("password_is_login")
    return Problem("password_same") if new == old else None


def _digest(password: str) -> bytes:
    # bcrypt reads at most 72 bytes and stops at a zero byte; a base64 digest avoids both.
    return base64.b64encode(hashlib.sha256(password.encode()).digest())
