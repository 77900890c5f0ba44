"""The server of the browser tests: the app on a small demonstration, started as its users start it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from core.demo import fill
from core.demo.cast import load
from core.documents.store import Store
from core.paths import ROOT
from core.people import accounts
from core.process.terms import Role
from core.store.database import Database

CASES = 30
PASSWORD = load().password
NEWCOMER, FORGETFUL, VISITOR, CROWD = "novata", "olvidadizo", "visitante", "aprobadora"
SECRET = "a secret of the browser tests, long enough to sign with"
PATIENCE = 240  # timeout of the app's start in seconds: under other load it is slow
OUTGOING = ROOT / "tests" / "browser" / "outgoing"


class Server(NamedTuple):
    """A running app: URL, database, log of its output, a newcomer's one-time password, log of outgoing connections."""

    url: str
    db: Database
    log: Path
    one_time: str
    outgoing: Path


def now() -> int:
    return time.time_ns() // 1_000_000


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """Run the app on its own demonstration database; it is stopped on exit."""
    db = Database(f"sqlite:///{folder / 'approvals.db'}")
    fill.fill(db, Store(folder / "files"), now(), cases=CASES)
    one_time = _more_people(db)
    port, log, outgoing = _free_port(), folder / "log", folder / "outgoing"
    outgoing.touch()
    with log.open("wb") as out:
        app = subprocess.Popen(
            [sys.executable, "-m", "core", "start", "--port", str(port)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": db.url.render_as_string(),
                "DOCUMENTS_DIR": str(folder / "files"),
                "COOKIE_SECRET": SECRET,
                "PYTHONPATH": str(OUTGOING),
                "OUTGOING_LOG": str(outgoing),
                "BCRYPT_ROUNDS": "4",
            },
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(app, log)
        yield Server(f"http://127.0.0.1:{port}", db, log, one_time, outgoing)
    finally:
        app.terminate()
        app.wait(20)
        db.engine.dispose()


def _more_people(db: Database) -> str:
    """Create people whom the demonstration does not have; returns the newcomer's one-time password."""
    _, one_time = accounts.create(db, NEWCOMER, "Nubia Nueva", [Role.PROCESO], at=now())
    for login, name, roles in (
        (FORGETFUL, "Óscar Olvido", [Role.MESA_DE_AYUDA]),
        (VISITOR, "Vera Visita", []),
        (CROWD, "Aida Todas", [Role.GERENTE_COMERCIAL, Role.PROCESO]),
    ):
        accounts.create(db, login, name, roles, at=now(), password=PASSWORD)
    return one_time


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(app: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the app prints its address."""
    deadline = time.monotonic() + PATIENCE
    while b"Open http://" not in log.read_bytes():
        assert app.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.1)
