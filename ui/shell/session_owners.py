"""Owners of Streamlit sessions: knowing a session's id is not enough to take it over or upload into it.

Streamlit treats a session's id as a credential: a websocket handshake with it connects to the session, and an upload
with it stores a file there. But ids appear in addresses and log lines; only the sign-in cookie identifies a person.
"""

import logging
import re
from collections import Counter, OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from core.people import sessions
from ui.shell.cookie import token_of
from ui.shell.process import database, moment

REMEMBERED = 10_000  # sessions; older ones start over when they reconnect
FILES = 5  # files in memory per session, of at most `server.maxUploadSize`; a page has one uploader at a time
AT_ONCE = 2  # concurrent uploads per session
FORBIDDEN, TOO_MANY = 403, 429
UPLOADS = "/_stcore/upload_file/"
PROTOCOLS = "sec-websocket-protocol"  # of Streamlit: its name, an XSRF token, a session's id
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Owners:
    """The person of each signed-in Streamlit session by its id; written by scripts and read by the server."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._people: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def note(self, session: str, person: int | None) -> None:
        """Store who is signed in to a session, None for nobody."""
        with self._lock:
            self._people.pop(session, None)
            if person is not None:
                self._people[session] = person
                if len(self._people) > self._limit:
                    self._people.popitem(last=False)

    def of(self, session: str) -> int | None:
        with self._lock:
            return self._people.get(session)


owners = Owners()


def owns(cookies: Mapping[str, str], session: str) -> bool:
    """Whether the cookie has a valid session of the person who is signed in to this Streamlit session."""
    person, token = owners.of(session), token_of(cookies)
    if person is None or token is None:
        return False
    signed_in = sessions.session(database(), token, moment())
    return signed_in is not None and signed_in.id == person


class OwnSessions:
    """Middleware that lets a browser reconnect to, and upload into, sessions of its cookie's person only.

    A handshake for any other session starts a new one: after signing out it shows the sign-in form, and after somebody
    else signed in, that person's page. A session without a signed-in person is never resumed, so that nobody can
    connect to it and wait for a person to sign in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.app(await _handshake(scope), receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(UPLOADS) and scope["method"] in ("PUT", "DELETE"):
            await self._upload(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope["path"].removeprefix(UPLOADS).partition("/")[0]
        if not await run_in_threadpool(owns, HTTPConnection(scope).cookies, session):
            return await PlainTextResponse("", FORBIDDEN)(scope, receive, send)
        if self._under_way[session] >= AT_ONCE:
            return await PlainTextResponse("", TOO_MANY)(scope, receive, send)
        self._under_way[session] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way -= Counter([session])
            keep_newest(session)


async def _handshake(scope: Scope) -> Scope:
    """The handshake, without its session id unless the session is the caller's own."""
    named = [part.strip() for part in Headers(scope=scope).get(PROTOCOLS, "").split(",")]
    if len(named) < 3 or not named[2]:
        return scope
    if await run_in_threadpool(owns, HTTPConnection(scope).cookies, named[2]):
        return scope
    anonymous = {**scope, "headers": list(scope["headers"])}
    MutableHeaders(scope=anonymous)[PROTOCOLS] = ", ".join(named[:2])
    return anonymous


def keep_newest(session: str) -> None:
    """Drop all but the newest files of a session, or all when it has ended.

    Streamlit keeps files until their session ends, and forever if they arrive later.
    """
    server: Any = runtime.get_instance()
    ended = server._session_mgr.get_session_info(session) is None
    files = server.uploaded_file_mgr
    file_ids = list(files.file_storage.get(session, ()))  # oldest first
    for file in file_ids if ended else file_ids[:-FILES]:
        files.remove_file(session, file)


def _hide_ids(record: logging.LogRecord) -> bool:
    record.msg, record.args = _ID.sub("…", record.getMessage()), ()
    return True


# It logs the ids of sessions that are connected a second time.
logging.getLogger("streamlit.runtime.websocket_session_manager").addFilter(_hide_ids)
