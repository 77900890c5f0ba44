"""One signed request to another system: the address is checked when it is connected to, and no redirect is followed."""

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from typing import NamedTuple
from urllib.parse import urlsplit

from core.process.policy import Endpoint

PATIENCE = 10  # seconds
MAX_ANSWER = 64 * 1024
SIGNATURE, TIMESTAMP, KEY = "X-Approvals-Signature", "X-Approvals-Timestamp", "Idempotency-Key"


class Answer(NamedTuple):
    """What the other system said."""

    status: int
    body: bytes


class NotAllowedTarget(OSError):
    """The address is private, link-local or otherwise not of the public network, and no setting allows that."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a dot, and the body."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def post(endpoint: Endpoint, body: bytes, key: str, secret: str, at: int) -> Answer:
    """Send a signed JSON body; OSError or http.client.HTTPException when there is no answer."""
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
        return Answer(answer.status, answer.read(MAX_ANSWER))
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """Connects to an address that was checked, not to a name that may lead elsewhere the next time it is looked up."""

    def __init__(self, endpoint: Endpoint) -> None:
        url = urlsplit(endpoint.url)
        assert url.hostname is not None
        self.secure = url.scheme == "https"
        if self.secure:
            self.default_port = http.client.HTTPS_PORT
        super().__init__(url.hostname, url.port or self.default_port, timeout=PATIENCE)
        self._private = endpoint.private

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        barred = [each for each in addresses if not self._private and not is_public(each)]
        if barred:
            raise NotAllowedTarget(f"{barred[0]} is not an address of the public network")
        self.sock = socket.create_connection((addresses[0], self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, also when it is IPv4 in the clothes of IPv6."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        found = inner or found
    return found.is_global and not found.is_multicast
