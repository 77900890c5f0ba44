"""Which hosts are ours, whose a Streamlit session is, and how many files it keeps."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.shell import session_owners
from ui.shell.session_owners import AT_ONCE, FILES, UPLOADS, Owners, OwnSessions, keep_newest
from ui.web.hosts import hosts, known

NAMES = hosts({"PUBLIC_URL": "https://Aprobaciones.empresa.example:8443/x", "ALLOWED_HOSTS": "app, intranet.example."})


@pytest.mark.parametrize(
    "host",
    ["localhost:8501", "LOCALHOST", "127.0.0.1", "[::1]:8501", "192.168.1.9:80", "app:8501", "intranet.example",
     "aprobaciones.empresa.example", "aprobaciones.empresa.example.:443"],
)  # fmt: skip
def test_a_name_of_this_machine_its_public_one_and_any_address_are_ours(host: str) -> None:
    assert known(host, NAMES)


@pytest.mark.parametrize(
    "host",
    ["", ":8501", "evil.example", "empresa.example", "x.app", "app.evil.example", "evil.example@localhost",
     "localhost@evil.example", "localhost:port", "localhost:99999", "localhost/x", "localhost?x", "[::1",
     "127.0.0.1.evil.example"],
)  # fmt: skip
def test_any_other_is_not(host: str) -> None:
    assert not known(host, NAMES)


def test_without_settings_only_this_machine_is_ours() -> None:
    assert not known("app:8501", hosts({}))
    assert known("localhost:8501", hosts({}))


def test_a_session_is_of_whoever_signed_in_last() -> None:
    owners = Owners()
    owners.note("s", 1)
    owners.note("s", 2)
    assert owners.of("s") == 2
    owners.note("s", None)
    assert owners.of("s") is None


def test_the_sessions_seen_longest_ago_are_forgotten() -> None:
    owners = Owners(limit=2)
    for session in ("a", "b", "a", "c"):
        owners.note(session, 1)
    assert [owners.of(session) for session in ("a", "b", "c")] == [1, None, 1]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """Streamlit's memory of files, and a server that knows the session `s`."""
    manager = MemoryUploadedFileManager("")
    known_sessions = SimpleNamespace(get_session_info=lambda session: object() if session == "s" else None)
    server = SimpleNamespace(uploaded_file_mgr=manager, _session_mgr=known_sessions)
    monkeypatch.setattr(runtime, "get_instance", lambda: server)
    return manager


def test_a_session_keeps_its_newest_files(files: MemoryUploadedFileManager) -> None:
    for number in range(3 * FILES):
        files.add_file("s", UploadedFileRec(str(number), "f.pdf", "application/pdf", b"x"))
        keep_newest("s")
    assert list(files.file_storage["s"]) == [str(number) for number in range(2 * FILES, 3 * FILES)]


def test_what_arrives_after_the_end_of_a_session_is_not_kept(files: MemoryUploadedFileManager) -> None:
    files.add_file("ended", UploadedFileRec("1", "f.pdf", "application/pdf", b"x"))
    keep_newest("ended")
    assert files.get_files("ended", ["1"]) == []


@pytest.mark.usefixtures("files")
def test_a_session_has_few_uploads_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_owners, "owns", lambda _cookies, session: session == "s")
    assert asyncio.run(statuses(2 * AT_ONCE)) == [204] * AT_ONCE + [429] * AT_ONCE


async def statuses(count: int) -> list[int]:
    """What so many uploads at once are answered, sorted."""
    arrived = asyncio.Event()
    answers: list[int] = []

    async def server(_scope: Any, _receive: Any, send: Any) -> None:
        await arrived.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answers.append(message["status"])
            if answers.count(429) == count - AT_ONCE:
                arrived.set()

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "PUT", "path": f"{UPLOADS}s/1", "headers": []}
    app = OwnSessions(server)
    await asyncio.gather(*(app(dict(scope), receive, send) for _ in range(count)))
    return sorted(answers)
