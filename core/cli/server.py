"""Starting the app: the port first, then the database, then Streamlit, and the address when a page has been served."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from core.paths import ROOT
from core.store.database import Database

PATIENCE = 60  # seconds until an app that does not answer is given up
GRACE = 10  # seconds that it has to finish what it is doing when it is stopped
FIRST_PAGES = ("_stcore/health", "_stcore/script-health-check", "")


class NotStarted(Exception):
    """The app cannot be started; the text says why and what to do."""


def check_port(host: str, port: int) -> None:
    """NotStarted when nobody could listen there."""
    family, _, _, _, address = _address(host, port)
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as cause:
            raise NotStarted(f"Port {port} is not yours to use. Choose one above 1023: PORT={8501}.") from cause
        except OSError as cause:
            raise NotStarted(
                f"Port {port} on {host} is taken by another program ({cause.strerror}). "
                f"Stop that program, or choose another port: PORT={port + 1}."
            ) from cause


def absolute_url(db: Database) -> str:
    """The address of the database for a process that works in another folder."""
    url = db.url
    if db.is_sqlite and url.database and url.database != ":memory:":
        url = url.set(database=str(Path(url.database).resolve()))
    return url.render_as_string(hide_password=False)


@contextmanager
def served(db: Database, host: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The app on this database, answering; it is stopped when the block is left."""
    options = {
        "server.port": str(port),
        "server.address": host,
        "server.headless": "true",  # or it asks for an e-mail address in the terminal
        "browser.gatherUsageStats": "false",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": "true",  # or it asks a host outside for its own address, to print it
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be asked to stop is like Ctrl-C: the app stops too
    app = subprocess.Popen(  # noqa: S603  (our own interpreter and file)
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": absolute_url(db)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # Streamlit's own greeting; what goes wrong is on stderr
    )
    try:
        _wait(app, _url(host, port))
        yield app
    finally:
        app.terminate()
        try:
            app.wait(GRACE)
        except subprocess.TimeoutExpired:
            app.kill()


def until_stopped(app: subprocess.Popen[bytes]) -> int:
    """Wait for Ctrl-C, a request to terminate, or the app's own end; the exit code."""
    try:
        return app.wait()
    except KeyboardInterrupt:
        return 0


def shown_url(host: str, port: int) -> str:
    """The address to open in a browser."""
    return _url("localhost" if host == "127.0.0.1" else host, port)


def _wait(app: subprocess.Popen[bytes], url: str) -> None:
    """Until the server is up, the script has run once (so that the frame stands before every page), a page is there."""
    deadline = time.monotonic() + PATIENCE
    pages = list(FIRST_PAGES)
    while pages:
        if app.poll() is not None:
            raise NotStarted(f"The app ended while starting (exit code {app.returncode}); see what it says above.")
        if time.monotonic() > deadline:
            raise NotStarted(f"The app did not serve a page within {PATIENCE} seconds; see what it says above.")
        if _answers(f"{url}/{pages[0]}"):
            pages.pop(0)
        else:
            time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=PATIENCE):  # noqa: S310  (our own server)
            return True
    except HTTPError as answer:
        return answer.code == 404 and url.endswith("script-health-check")  # the check is switched off
    except (URLError, OSError):
        return False


def _url(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _address(host: str, port: int) -> tuple[Any, ...]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as cause:
        raise NotStarted(f"There is no host {host!r} to listen on ({cause.strerror}). Try HOST=127.0.0.1.") from cause
