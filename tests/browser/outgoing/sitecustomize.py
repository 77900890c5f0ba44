"""In an app under test, by PYTHONPATH: no connection leaves this machine, and each try is written to a file."""

import os
import socket
from typing import Any

OWN = ("127.", "localhost", "::1")
_connect, _resolve = socket.socket.connect, socket.getaddrinfo


def _refuse(host: object) -> None:
    if host and not str(host).startswith(OWN):
        with open(os.environ["OUTGOING_LOG"], "a", encoding="utf-8") as log:
            log.write(f"{host}\n")
        raise OSError(f"{host} is outside")


def connect(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX:
        _refuse(address[0])
    _connect(self, address)


def resolve(host: Any, *args: Any, **options: Any) -> Any:
    _refuse(host)
    return _resolve(host, *args, **options)


socket.socket.connect = connect  # type: ignore[method-assign]
socket.getaddrinfo = resolve
