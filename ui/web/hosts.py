"""The hosts that the app serves; pages of another origin can neither connect nor upload.

Streamlit compares origins too, but where they differ it first looks up its own address on an external host, which
blocks the server meanwhile. Requests that pass here are same-origin, so that it never does.
"""

import ipaddress
import os
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.status_page import preferred
from ui.words.messages import text

POLICY_VIOLATION = 1008
MISDIRECTED = 421
FORBIDDEN = 403
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def hosts(environment: Mapping[str, str] = os.environ) -> frozenset[str]:
    """The host names of the app: this machine's, PUBLIC_URL's and those in ALLOWED_HOSTS."""
    listed = environment.get("ALLOWED_HOSTS", "").split(",")
    public = urlsplit(environment.get("PUBLIC_URL", "")).hostname or ""
    names = {"localhost", socket.gethostname(), public, *listed}
    return frozenset(name.strip().lower().rstrip(".") for name in names) - {""}


def known(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header (`name` or `name:port`) is accepted: a known name or any IP address.

    A foreign site can let its own name resolve to this machine (DNS rebinding), but not be opened by an IP address.
    """
    try:
        parts = urlsplit(f"//{host}")
        name, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.netloc != host or "@" in host:
        return False
    return name in names or _is_address(name)


class KnownHosts:
    """Answers 421 for unknown hosts, and 403 for requests from pages of another origin."""

    def __init__(self, app: ASGIApp, names: frozenset[str] | None = None) -> None:
        self.app = app
        self.names = hosts() if names is None else names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if status is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            language = preferred(Request(scope))
            message = text(language, "host-unknown") if status == MISDIRECTED else text(language, "origin-foreign")
            await PlainTextResponse(message, status)(scope, receive, send)

    def _refusal(self, scope: Scope) -> int | None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not known(host, self.names):
            return MISDIRECTED
        changes = scope["type"] == "websocket" or scope["method"] not in READING
        with_token = scope["path"].startswith("/api/")  # authenticated by token, not by the browser's cookie
        if origin is None or not changes or with_token:
            return None
        return None if _host_of(origin) == host else FORBIDDEN


def _host_of(origin: str) -> str | None:
    """The host and port of an origin; None when it is malformed."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
