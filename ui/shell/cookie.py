"""The signed cookie with a session's token; without Streamlit, because routes and middleware read it too."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from functools import cache

import jwt

from core.paths import ROOT

COOKIE = "approvals_session"
SECRETS = ROOT / "data" / "secrets.toml"


@cache
def cookie_secret() -> str:
    """COOKIE_SECRET, or the secret in data/secrets.toml, which the first start creates, readable by its owner only."""
    if secret := os.environ.get("COOKIE_SECRET"):
        return secret
    SECRETS.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(SECRETS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f'cookie_secret = "{secrets.token_urlsafe(48)}"\n')
    except FileExistsError:
        pass
    return str(tomllib.loads(SECRETS.read_text(encoding="utf-8"))["cookie_secret"])


def signed(token: str, expires: int) -> str:
    """The value of a session's cookie that expires at `expires` (ms since 1970 UTC)."""
    return jwt.encode({"username": token, "exp_date": expires / 1000}, cookie_secret(), algorithm="HS256")


def token_of(cookies: Mapping[str, str]) -> str | None:
    """The session token in the cookie; None without a cookie or with an invalid signature."""
    signed = cookies.get(COOKIE)
    if not signed:
        return None
    try:
        return str(jwt.decode(signed, cookie_secret(), algorithms=["HS256"])["username"])
    except (jwt.InvalidTokenError, KeyError):
        return None
