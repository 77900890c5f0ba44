"""Signed requests to other systems: the address is checked on connecting, and redirects are not followed."""

import hashlib
import hmac
import http.client
import socket
import ssl
from typing import NamedTuple
from urllib.parse import urlsplit

from core.network import allowed_addresses
from core.process.policy import Endpoint

PATIENCE = 10  # seconds
MAX_ANSWER = 64 * 1024
SIGNATURE, TIMESTAMP, KEY = "X-Approvals-Signature", "X-Approvals-Timestamp", "Idempotency-Key"


class HttpAnswer(NamedTuple):
    """The other system's response."""

    status: int
    body: bytes


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a dot, and the body."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def post(endpoint: Endpoint, body: bytes, key: str, secret: str, at: int) -> HttpAnswer:
    """Send a signed JSON body; raises OSError or http.client.HTTPException when there is no answer."""
    url = urlsplit(endpoint.url)
    timestamp = str(at // 1000)
    connection = _Connection(endpoint)
    headers = {
        "Content-Type": "application/json",
        KEY: key,
        TIMESTAMP: timestamp,
        SIGNATURE: signature(secret, timestamp, body),
        "User-Agent": "approvals",
        "Connection": "close",
    }
    try:
        connection.request("POST", (url.path or "/") + (f"?{url.query}" if url.query else ""), body, headers)
        answer = connection.getresponse()
        return HttpAnswer(answer.status, answer.read(MAX_ANSWER))
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """Connects to the checked address, because a second lookup of the name may yield another one."""

    def __init__(self, endpoint: Endpoint) -> None:
        url = urlsplit(endpoint.url)
        assert url.hostname is not None
        self.secure = url.scheme == "https"
        if self.secure:
            self.default_port = http.client.HTTPS_PORT
        super().__init__(url.hostname, url.port or self.default_port, timeout=PATIENCE)
        self._private = endpoint.private

    def connect(self) -> None:
        addresses = allowed_addresses(self.host, self.port, private=self._private)
        self.sock = socket.create_connection((addresses[0], self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
