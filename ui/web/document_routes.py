"""Documents and drafts over HTTP, for signed-in users and only as the case's record names them.

A document is checked against its SHA-256 at every request, also for a range: 20 MB, the size limit, take some
hundredths of a second. Files do not pass through Streamlit.
"""

import asyncio
from collections.abc import Callable
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from core.documents import templates as documents_templates
from core.documents.store import MEDIA_TYPES
from core.errors import Altered, NotAllowed, NotFound, Refused
from core.people import sessions
from core.process.terms import DOCUMENT_NAMES, Document
from core.queries import case, document_access
from core.staff.person import Person
from core.store import kept_templates
from core.store.settings import policy
from ui.shell.cookie import token_of
from ui.shell.process import database, moment, store
from ui.web.status_page import preferred
from ui.words import draft_values
from ui.words.messages import sentence

DOWNLOAD = "descargar"  # query parameter: save instead of display
EARLY = "pronto"  # query parameter: retries of a browser that may not have its cookie yet
TRIES, PAUSE = 15, 0.4  # seconds; time for a slow browser to write the cookie; browsers follow 20 redirects
SHOWN = frozenset({MEDIA_TYPES[".pdf"], MEDIA_TYPES[".png"], MEDIA_TYPES[".jpg"]})
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'; sandbox",
}
# `sandbox` would block the browser's own PDF viewer, which needs inline styles and an object.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def document_url(code: str, sha256: str, name: str) -> str:
    """The path of a document version from the app's root; with `?descargar` the browser saves it."""
    return f"/documentos/{quote(code, safe='')}/{sha256}/{quote(name, safe='')}"


def draft_url(code: str, document: Document) -> str:
    """The path of a document's draft from the app's root."""
    return f"/borradores/{quote(code, safe='')}/{document}"


async def answer_document(request: Request) -> Response:
    """Serve a document version or a range of it; PDF and images may be displayed.

    Right after signing in, the browser draws the page before it has written the cookie. The page marks the address
    with `EARLY`, and the browser is redirected to the same address after a pause, a few times.
    """
    tries = request.query_params.get(EARLY, "")
    if tries in map(str, range(TRIES)) and await run_in_threadpool(_reader, request) is None:
        await asyncio.sleep(PAUSE)
        # A query-only redirect, because behind a proxy the full address has another host and a decoded name.
        return RedirectResponse(f"?{EARLY}={int(tries) + 1}", headers=HEADERS)
    return await run_in_threadpool(_answered, request, _document)


def answer_draft(request: Request) -> Response:
    """Serve the draft of a document, from the template that the case's record names."""
    return _answered(request, _draft)


def _answered(request: Request, act: Callable[[Request, Connection], Response]) -> Response:
    """Act for a signed-in user; every refusal becomes a sentence."""
    person: Person | None = None
    try:
        person = _reader(request)
        if person is None:
            raise NotAllowed("session_needed")
        if any("\0" in part for part in request.path_params.values()):  # PostgreSQL refuses it
            raise NotFound("document_unknown")
        with database().reading() as connection:
            document_access.check_reader(connection, person, moment())
            return act(request, connection)
    except Refused as refused:
        language = (person.language if person else None) or preferred(request)
        message = sentence(language, refused.code, refused.params)
        return PlainTextResponse(message, _status(refused), {**HEADERS, "Content-Language": language})


def _reader(request: Request) -> Person | None:
    """The person of the request's cookie."""
    token = token_of(request.cookies)
    return sessions.session(database(), token, moment()) if token else None


def _status(refused: Refused) -> int:
    if isinstance(refused, NotAllowed):
        return 403
    return 404 if isinstance(refused, NotFound) else 409 if isinstance(refused, Altered) else 503


def _document(request: Request, connection: Connection) -> Response:
    file = document_access.file_on_record(connection, **request.path_params)
    looked_at = file.media_type in SHOWN and DOWNLOAD not in request.query_params
    headers = {
        **HEADERS,
        "Content-Disposition": _disposition("inline" if looked_at else "attachment", file.name),
        "ETag": f'"{file.sha256}"',
    }
    if looked_at and file.media_type == MEDIA_TYPES[".pdf"]:
        headers["Content-Security-Policy"] = PDF_POLICY
    media_type = file.media_type if file.media_type in MEDIA_TYPES.values() else "application/octet-stream"
    return FileResponse(store().verified(file.sha256), headers=headers, media_type=media_type)


def _draft(request: Request, connection: Connection) -> Response:
    head = case.header(connection, request.path_params["code"])
    document = _named(request.path_params["document"])
    template = kept_templates.of(connection, head.id, document)
    documents = case.documents(connection, head.id)
    values = draft_values.of(head, documents, document, moment(), policy(connection).calendar.time_zone)
    name = f"{head.code} {DOCUMENT_NAMES[document]} (borrador).docx"
    headers = {**HEADERS, "Content-Disposition": _disposition("attachment", name)}
    return Response(documents_templates.draft(template, values), headers=headers, media_type=MEDIA_TYPES[".docx"])


def _named(name: str) -> Document:
    try:
        return Document(name)
    except ValueError as cause:
        raise NotFound("document_unknown") from cause


def _disposition(kind: str, name: str) -> str:
    """The Content-Disposition header, with a non-ASCII file name by RFC 5987."""
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"


ROUTES = (
    Route("/documentos/{code}/{sha256}/{name:path}", answer_document, methods=["GET"]),
    Route("/borradores/{code}/{document}", answer_draft, methods=["GET"]),
)
