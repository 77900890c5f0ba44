"""Clients other than a browser, which can send any session, cookie, origin and host."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import jwt
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from core.people import sessions
from tests.browser.server import PASSWORD, SECRET, Server, now
from ui.shell.cookie import COOKIE

PATIENCE = 30  # seconds for an answer


def signed(token: str, secret: str = SECRET) -> str:
    """The cookie header of a session."""
    return f"{COOKIE}={jwt.encode({'username': token}, secret, algorithm='HS256')}"


def cookie(server: Server, login: str) -> str:
    """Sign in and return the cookie header."""
    return signed(sessions.sign_in(server.db, login, PASSWORD, now()))


class Wire:
    """A websocket to the app."""

    def __init__(
        self, server: Server, cookie: str = "", session: str = "", *, origin: str | None = None, host: str = ""
    ) -> None:
        address = urlsplit(server.url)
        assert address.hostname is not None
        assert address.port is not None
        connecting = connect(
            f"ws://{host or address.netloc}/_stcore/stream",
            sock=socket.create_connection((address.hostname, address.port)),
            subprotocols=[Subprotocol(name) for name in ("streamlit", "none", session) if name],
            additional_headers={"Cookie": cookie} if cookie else {},
            origin=Origin(origin) if origin else None,
            open_timeout=PATIENCE,
            max_size=None,
        )
        self._open = ExitStack()
        self.connection: ClientConnection = self._open.enter_context(connecting)
        self.cookie, self.session = cookie, ""

    def run(self, *widgets: Any) -> str:
        """Run the first page with these widget states; returns all messages of the run."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.widget_states.widgets.extend(widgets)
        self.connection.send(message.SerializeToString())
        messages: list[str] = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(bytes(self.connection.recv(PATIENCE)))
            if answer.HasField("new_session"):
                self.session = answer.new_session.initialize.session_id
            messages.append(str(answer))
            if answer.HasField("script_finished"):
                return "\n".join(messages)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()


class Answer(NamedTuple):
    """The app's response to a request."""

    status: int
    text: str
    cookie: str  # set by the response


def ask(server: Server, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str) -> Answer:
    """Send a request; header names are written with `_`."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    header_values = {name.replace("_", "-"): value for name, value in headers.items() if value}
    with suppress(BrokenPipeError, ConnectionResetError):  # the answer may come before the whole body was sent
        connection.request(method, path, body, header_values)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return Answer(answer.status, text, (answer.headers["Set-Cookie"] or "").partition(";")[0])


class Upload:
    """Uploads files into a session and deletes them, like Streamlit's uploader."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self.server = server
        xsrf_cookie = ask(server, "GET", "/_stcore/health").cookie
        self.headers = {
            "Cookie": "; ".join(filter(None, (xsrf_cookie, cookie))),
            "X_Xsrftoken": xsrf_cookie.partition("=")[2],
        }

    def put(self, session: str, file: str, content: bytes, *, chunked: bool = False, origin: str = "") -> int:
        """Send a file and return the status; `chunked` sends it without its length."""
        head = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\n'
        body = head + content + b"\r\n--edge--\r\n"
        parts = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
        headers = {**self.headers, "Content_Type": "multipart/form-data; boundary=edge", "Origin": origin}
        return ask(self.server, "PUT", _address(session, file), parts if chunked else body, **headers).status

    def delete(self, session: str, file: str) -> int:
        return ask(self.server, "DELETE", _address(session, file), **self.headers).status


def _address(session: str, file: str) -> str:
    return f"/_stcore/upload_file/{session}/{file}"
