"""A foreign host or origin is refused at once, before Streamlit asks anybody outside what its own address is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from tests.browser.raw_client import Upload, Wire, ask, cookie
from tests.browser.server import Server

pytestmark = pytest.mark.browser
FOREIGN = "evil.example"
HANDSHAKES = 20


def port(server: Server) -> str:
    return f":{urlsplit(server.url).port}"


def refusal(server: Server, **how: str) -> int:
    """The status with which a handshake is refused; 0 when it is not."""
    try:
        with Wire(server, **how):  # type: ignore[arg-type]
            return 0
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.fixture
def quiet(server: Server) -> Iterator[None]:
    """The app tries to connect to nothing."""
    before = server.outgoing.read_text(encoding="utf-8")
    yield
    assert server.outgoing.read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("origin", [f"http://{FOREIGN}", "null", "http://127.0.0.1:1", "https://localhost", "http://["])
def test_a_handshake_of_another_origin_is_refused(origin: str, server: Server) -> None:
    assert refusal(server, origin=origin) == 403


@pytest.mark.usefixtures("quiet")
def test_many_foreign_handshakes_keep_nobody_waiting(server: Server) -> None:
    with ThreadPoolExecutor(HANDSHAKES) as threads:
        tries = [threads.submit(refusal, server, origin=f"http://{FOREIGN}") for _ in range(HANDSHAKES)]
        assert ask(server, "GET", "/").status == 200
        assert [one.result() for one in tries] == [403] * HANDSHAKES


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("name", [FOREIGN, f"localhost.{FOREIGN}", f"127.0.0.1.{FOREIGN}"])
def test_a_foreign_host_is_refused(name: str, server: Server) -> None:
    host = name + port(server)
    assert refusal(server, host=host, origin=f"http://{host}") == 403
    assert ask(server, "GET", "/", Host=host).status == 421
    assert ask(server, "GET", "/_stcore/host-config", Host=host).status == 421


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "10.1.2.3"])
def test_the_names_of_this_machine_are_answered(name: str, server: Server) -> None:
    host = name + port(server)
    assert refusal(server, host=host, origin=f"http://{host}") == 0
    assert ask(server, "GET", "/", Host=host).status == 200


def test_another_page_changes_nothing_here(server: Server) -> None:
    with Wire(server, cookie(server, "comercial")) as owner:
        owner.run()
        upload = Upload(server, owner.cookie)
        assert upload.put(owner.session, "a-file", b"x", origin=f"http://{FOREIGN}") == 403
        assert upload.put(owner.session, "a-file", b"x", origin=server.url) == 204


def test_a_refusal_says_what_to_do_in_the_reader_s_language(server: Server) -> None:
    english = ask(server, "GET", "/", Host=FOREIGN, Accept_Language="en")
    assert "ALLOWED_HOSTS" in english.text
    assert "is not served under this name" in english.text
    assert "no atiende con este nombre" in ask(server, "GET", "/", Host=FOREIGN).text
