"""Routes and middleware: security headers on every response, and an error message instead of a trace."""

import base64
import hashlib
import re
import sys
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import memory_media_file_storage

from ui.shell import page_parts
from ui.shell.session_owners import OwnSessions
from ui.web import api, document_routes, process_drawing, status_page
from ui.web.hosts import KnownHosts
from ui.words.messages import t

_INDEX_PAGE = Path(st.__file__).parent / "static" / "index.html"

# Beyond this size Streamlit's media store identifies a generated file by samples of it, and serves the first of two
# that differ elsewhere. Below it, by a hash of the whole.
memory_media_file_storage._PARTIAL_HASH_THRESHOLD = sys.maxsize  # type: ignore[misc]


@cache
def content_security_policy() -> str:
    """Allow only this server's script files and, by hash, the inline scripts of Streamlit's page."""
    inline = re.findall(r"<script>(.*?)</script>", _INDEX_PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline)
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *(f"'sha256-{digest}'" for digest in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


class SecurityHeaders:
    """Adds security headers to every response, unless a route sets stricter ones."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", content_security_policy())
                headers.setdefault("X-Frame-Options", "SAMEORIGIN")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
            await send(message)

        if scope["type"] == "http" and scope["path"].endswith("/_stcore/metrics"):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, with_headers)


ROUTES = (
    Route("/estado/{token}", status_page.answer, methods=["GET"]),
    *document_routes.ROUTES,
    Route("/process/{name}", process_drawing.answer, methods=["GET"]),
    *api.ROUTES,
)
MIDDLEWARE = (Middleware(SecurityHeaders), Middleware(KnownHosts), Middleware(OwnSessions))


def failed(error: Exception) -> bool:
    """Show the code of a failed page's error; the trace is logged under that code."""
    st.error(t("error-page", code=page_parts.logged(error, "a page")))
    return True
