"""Clients of the app that are no browser: they name any session, cookie, origin and host that they like."""

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
from tests.browser.server import PASSWORD, SECRET, House, now
from ui.shell.cookie import COOKIE

PATIENCE = 30  # seconds for an answer


def signed(token: str, secret: str = SECRET) -> str:
    """The cookie of a session, as a browser sends it."""
    return f"{COOKIE}={jwt.encode({'username': token}, secret, algorithm='HS256')}"


def cookie(house: House, login: str) -> str:
    """The cookie of somebody who signs in now."""
    return signed(sessions.sign_in(house.db, login, PASSWORD, now()))


class Wire:
    """One websocket to the app."""

    def __init__(
        self, house: House, cookie: str = "", session: str = "", *, origin: str | None = None, host: str = ""
    ) -> None:
        address = urlsplit(house.url)
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
        """Run the first page with these widget states, until it has been drawn; all that it says."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.widget_states.widgets.extend(widgets)
        self.connection.send(message.SerializeToString())
        said: list[str] = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(bytes(self.connection.recv(PATIENCE)))
            if answer.HasField("new_session"):
                self.session = answer.new_session.initialize.session_id
            said.append(str(answer))
            if answer.HasField("script_finished"):
                return "\n".join(said)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()


class Answer(NamedTuple):
    """What the app answered to one request."""

    status: int
    text: str
    cookie: str  # that it sets


def ask(house: House, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str) -> Answer:
    """One request to the app; a header's name is written with `_`."""
    connection = HTTPConnection(urlsplit(house.url).netloc, timeout=PATIENCE)
    named = {name.replace("_", "-"): value for name, value in headers.items() if value}
    with suppress(BrokenPipeError, ConnectionResetError):  # the answer came before all of the body was sent
        connection.request(method, path, body, named)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return Answer(answer.status, text, (answer.headers["Set-Cookie"] or "").partition(";")[0])


class Upload:
    """What Streamlit's uploader does: files that go into a session, and out again."""

    def __init__(self, house: House, cookie: str = "") -> None:
        self.house = house
        given = ask(house, "GET", "/_stcore/health").cookie
        self.headers = {"Cookie": "; ".join(filter(None, (given, cookie))), "X_Xsrftoken": given.partition("=")[2]}

    def put(self, session: str, file: str, content: bytes, *, chunked: bool = False, origin: str = "") -> int:
        """The status of sending a file; `chunked` does not say how long it is."""
        head = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\n'
        body = head + content + b"\r\n--edge--\r\n"
        parts = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
        headers = {**self.headers, "Content_Type": "multipart/form-data; boundary=edge", "Origin": origin}
        return ask(self.house, "PUT", _address(session, file), parts if chunked else body, **headers).status

    def delete(self, session: str, file: str) -> int:
        return ask(self.house, "DELETE", _address(session, file), **self.headers).status


def _address(session: str, file: str) -> str:
    return f"/_stcore/upload_file/{session}/{file}"
