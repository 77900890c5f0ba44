"""API requests to the app's routes, without a server."""

import asyncio
import json
from typing import Any

from starlette.routing import Router

from ui.web.routes import ROUTES

BODY: dict[str, Any] = {
    "flow": "b2b",
    "international": False,
    "client": "Transportes Andinos S.A.S.",
    "contact": {"name": "Rosa Peña", "email": "rosa@cliente.example"},
    "service": "Integración de pagos",
    "criteria": [{"name": "Precio", "expected": "10.000 USD"}, {"name": "SLA", "expected": "99,5 %"}],
}
ROUTER = Router(list(ROUTES))


class Answer:
    """A response."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def codes(self) -> dict[str, str]:
        return {error["field"]: error["code"] for error in self.json["errors"]}


def ask(method: str, path: str, token: str = "", body: Any = None, key: str = "", **headers: str) -> Answer:
    """Send a request to the app's routes."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
    header_values = {"authorization": f"Bearer {token}" if token else "", "idempotency-key": key, **headers}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in header_values.items() if value],
        "client": ("10.0.0.1", 50000),
    }
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(ROUTER(scope, receive, send))
    return Answer(messages)


def post(token: str, body: Any = BODY, key: str = "pedido-1", **headers: str) -> Answer:
    return ask("POST", "/api/cases", token, body, key, **headers)
