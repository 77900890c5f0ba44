"""A foreign host or origin is refused at once, before Streamlit asks anybody outside what its own address is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from tests.browser.raw_client import Upload, Wire, ask, cookie
from tests.browser.server import House

pytestmark = pytest.mark.browser
FOREIGN = "evil.example"
HANDSHAKES = 20


def port(house: House) -> str:
    return f":{urlsplit(house.url).port}"


def refusal(house: House, **how: str) -> int:
    """The status with which a handshake is refused; 0 when it is not."""
    try:
        with Wire(house, **how):  # type: ignore[arg-type]
            return 0
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.fixture
def quiet(house: House) -> Iterator[None]:
    """The app tries to connect to nothing."""
    before = house.outgoing.read_text(encoding="utf-8")
    yield
    assert house.outgoing.read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("origin", [f"http://{FOREIGN}", "null", "http://127.0.0.1:1", "https://localhost", "http://["])
def test_a_handshake_of_another_origin_is_refused(origin: str, house: House) -> None:
    assert refusal(house, origin=origin) == 403


@pytest.mark.usefixtures("quiet")
def test_many_foreign_handshakes_keep_nobody_waiting(house: House) -> None:
    with ThreadPoolExecutor(HANDSHAKES) as threads:
        tries = [threads.submit(refusal, house, origin=f"http://{FOREIGN}") for _ in range(HANDSHAKES)]
        assert ask(house, "GET", "/").status == 200
        assert [one.result() for one in tries] == [403] * HANDSHAKES


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("name", [FOREIGN, f"localhost.{FOREIGN}", f"127.0.0.1.{FOREIGN}"])
def test_a_foreign_host_is_refused(name: str, house: House) -> None:
    host = name + port(house)
    assert refusal(house, host=host, origin=f"http://{host}") == 403
    assert ask(house, "GET", "/", Host=host).status == 421
    assert ask(house, "GET", "/_stcore/host-config", Host=host).status == 421


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "10.1.2.3"])
def test_the_names_of_this_machine_are_answered(name: str, house: House) -> None:
    host = name + port(house)
    assert refusal(house, host=host, origin=f"http://{host}") == 0
    assert ask(house, "GET", "/", Host=host).status == 200


def test_another_page_changes_nothing_here(house: House) -> None:
    with Wire(house, cookie(house, "comercial")) as owner:
        owner.run()
        upload = Upload(house, owner.cookie)
        assert upload.put(owner.session, "a-file", b"x", origin=f"http://{FOREIGN}") == 403
        assert upload.put(owner.session, "a-file", b"x", origin=house.url) == 204


def test_a_refusal_says_what_to_do_in_the_reader_s_language(house: House) -> None:
    english = ask(house, "GET", "/", Host=FOREIGN, Accept_Language="en")
    assert "ALLOWED_HOSTS" in english.text
    assert "does not answer under this name" in english.text
    assert "no atiende con este nombre" in ask(house, "GET", "/", Host=FOREIGN).text
