"""Requests to the app's routes and middleware, signed in as one of the cast or anonymous."""

import asyncio
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote
from zipfile import ZipFile

import jwt
from starlette.applications import Starlette

from core.people import sessions
from tests.support.people import PASSWORD
from ui.shell import process
from ui.shell.cookie import COOKIE, cookie_secret
from ui.web import routes


class Answer(NamedTuple):
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def cookie_of(token: str) -> str:
    """The signed cookie header of a session."""
    return f"{COOKIE}={jwt.encode({'username': token}, cookie_secret(), algorithm='HS256')}"


def fetch(path: str, who: str = "", at: int = 0, method: str = "GET", **headers: str) -> Answer:
    """Send a request, with the session cookie of `who`, who signs in at `at`."""
    if who:
        headers["cookie"] = cookie_of(sessions.sign_in(process.database(), who, PASSWORD, at))
    return asyncio.run(_exchange(path, method, headers))


async def _exchange(path: str, method: str, headers: dict[str, str]) -> Answer:
    address, _, query = path.partition("?")
    messages: list[Any] = []

    async def receive() -> dict[str, Any]:
        if messages:
            await asyncio.Event().wait()  # the client stays connected
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    sent = {"host": "127.0.0.1", **headers}
    scope = {
        "type": "http",
        "asgi": {"spec_version": "2.4"},
        "method": method,
        "path": unquote(address),
        "raw_path": address.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 50000),
    }
    app = Starlette(routes=list(routes.ROUTES), middleware=list(routes.MIDDLEWARE))
    await app(scope, receive, send)
    headers_received = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return Answer(
        messages[0]["status"], headers_received, b"".join(message.get("body", b"") for message in messages[1:])
    )


def words(docx: bytes) -> str:
    """The XML of a .docx's main part."""
    with ZipFile(BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()
