"""Letters to a chat of one's own choice: only to allowed services, and to no machine that the world cannot reach."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from core.errors import Invalid
from core.notices import preferences
from core.notices.delivery import Dispatcher
from core.notices.preferences import address_problem
from core.notices.sender import Message
from tests.support.drive_case import World, dump
from tests.support.people import ALIANZAS, ID

LETTER = Message("S-2026-0001 · Devuelto", "Devuelto: Corregir Contrato\n")


class Chat(BaseHTTPRequestHandler):
    """A chat service of one's own that takes what is posted, or sends whoever posts to another place."""

    posted: list[tuple[str, str]]
    elsewhere = ""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.posted.append((self.path, body))
        self.send_response(307 if self.elsewhere else 200)
        if self.elsewhere:
            self.send_header("Location", self.elsewhere)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def chat() -> Iterator[tuple[type[Chat], int]]:
    class Here(Chat):
        posted: list[tuple[str, str]] = []  # noqa: RUF012

    server = HTTPServer(("127.0.0.1", 0), Here)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Here, server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_chat_on_a_private_address_is_not_called_unless_a_setting_allows(chat: tuple[type[Chat], int]):
    here, port = chat
    for host in ("127.0.0.1", "localhost"):
        assert Dispatcher().send(f"ntfy://{host}:{port}/avisos", LETTER) == "address_private"
    assert here.posted == []
    assert Dispatcher(private=True).send(f"ntfy://127.0.0.1:{port}/avisos", LETTER) == ""
    [(_, body)] = here.posted
    assert "Corregir Contrato" in body


def test_a_chat_that_sends_us_elsewhere_is_not_followed(chat: tuple[type[Chat], int]):
    here, port = chat
    here.elsewhere = "/another"
    assert Dispatcher(private=True).send(f"ntfy://127.0.0.1:{port}/avisos", LETTER) == "not_taken"
    assert len(here.posted) == 1


def test_an_address_that_is_not_allowed_is_not_called(chat: tuple[type[Chat], int]):
    here, port = chat
    for address in (f"json://127.0.0.1:{port}/", "mailto://a:b@example.com"):
        assert Dispatcher(private=True).send(address, LETTER) == "address_malformed"
    assert here.posted == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("rosa@cliente.example", None),
        ("", None),
        ("rosa", "email_malformed"),
        ("rosa@a.example,otto@b.example", "email_malformed"),
        ("rosa@a.example\nBcc: otto@b.example", "email_malformed"),
        ("slack://a/b/c", None),
        ("ntfys://ntfy.casa.example/avisos", None),
        ("ntfys://ntfy.casa.example/avisos?redirect=yes", "address_malformed"),
        ("mmosts://chat.casa.example/ab cd", "address_malformed"),
        ("json://10.0.0.1/", "address_scheme"),
        ("mailto://user:pass@example.com", "address_scheme"),
        ("file:///etc/passwd", "address_scheme"),
        ("http://169.254.169.254/", "address_scheme"),
        ("slack://" + "a" * 500, "text_too_long"),
    ],
)
def test_an_address_is_an_e_mail_or_a_chat_that_is_allowed(address: str, code: str | None):
    problem = address_problem(address)
    assert (problem.code if problem else None) == code


def test_an_address_that_cannot_serve_is_not_kept(both: World):
    before = dump(both.db)
    with pytest.raises(Invalid) as refused:
        preferences.save(both.db, ID[ALIANZAS], {}, "json://10.0.0.1/", both.now)
    assert refused.value.problems["address"].code == "address_scheme"
    assert dump(both.db) == before
