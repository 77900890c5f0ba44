"""The HTTP API for other systems: opening a case, reading a case they opened, and the OpenAPI description.

Each request carries the system's token; errors are listed per field, as a code and a sentence.
"""

from collections.abc import Callable
from functools import cache
from http import HTTPStatus

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.case.events import Criterion
from core.errors import Refused
from core.integrations import api_clients
from core.integrations.api_clients import System
from core.services import opening
from ui.shell.process import database, moment
from ui.web import api_body, openapi
from ui.web.api_answers import case_response, refusal_response
from ui.web.api_types import EXAMPLE, REQUIRED, CaseSummary, Errors, NewCase
from ui.web.openapi import Answer, Operation, Parameter
from ui.web.rate_limit import Limit

PER_MINUTE = 120
MAX_KEY = 160
TITLE = "Approvals: cases of other systems"
DESCRIPTION = (
    "A system is let in with `python -m core system create NAME`, which prints its token. It opens cases in its own "
    "channel and reads those that it has opened. Messages are Spanish unless Accept-Language asks for English."
)
_limit = Limit(PER_MINUTE)


def description(_: Request) -> Response:
    """GET /api: the OpenAPI description."""
    return Response(document(), media_type="application/json")


@cache
def document() -> bytes:
    """The OpenAPI description, as JSON."""
    return msgspec.json.encode(openapi.document(TITLE, DESCRIPTION, OPERATIONS, REQUIRED))


async def open_case(request: Request) -> Response:
    """POST /api/cases: open a case; repeated requests with one Idempotency-Key open a single case."""
    try:
        body = await api_body.read(request)
    except Refused as refused:
        return refusal_response(request, refused)
    return await run_in_threadpool(_answer, request, lambda system, now: _open(request, system, body, now))


def read_case(request: Request) -> Response:
    """GET /api/cases/{code}: read a case that the system opened."""
    code = request.path_params["code"]
    return _answer(request, lambda system, now: case_response(api_clients.read(database(), system, code), now))


def _answer(request: Request, act: Callable[[System, int], Response]) -> Response:
    """Act for an authenticated system; every refusal becomes a JSON response."""
    now = moment()
    try:
        if not _limit.allows(request.client.host if request.client else "", now):
            raise Refused("too_many_requests")
        return act(api_clients.identify(database(), _token(request)), now)
    except Refused as refused:
        return refusal_response(request, refused)


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _open(request: Request, system: System, body: bytes, now: int) -> Response:
    new = api_body.decode(body, NewCase)
    key = request.headers.get("idempotency-key", "").strip()
    new_case = opening.Request(
        key=f"{system.name}:{key}" if key else "",
        flow=new.flow,
        channel=system.channel,
        international=new.international,
        client=None,
        client_name=new.client,
        contact_name=new.contact.name,
        contact_email=new.contact.email,
        contact_phone=new.contact.phone,
        service=new.service,
        criteria=tuple(Criterion(criterion.name, criterion.expected) for criterion in new.criteria),
    )
    code = api_clients.open_case(database(), system, new_case, now)
    return case_response(api_clients.read(database(), system, code), now, created=True)


_UNKNOWN = Answer(HTTPStatus.UNAUTHORIZED, Errors, "The token is missing, unknown or no longer valid.")
_TOO_MANY = Answer(HTTPStatus.TOO_MANY_REQUESTS, Errors, f"More than {PER_MINUTE} requests a minute.")
_BUSY = Answer(HTTPStatus.SERVICE_UNAVAILABLE, Errors, "The database is busy; nothing was kept.")
_KEY = Parameter(
    "Idempotency-Key",
    "header",
    {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
    "The same key opens one case, however often it is sent.",
)
OPERATIONS = (
    Operation(
        method="POST",
        path="/api/cases",
        endpoint=open_case,
        name="openCase",
        summary="Open a case.",
        parameters=(_KEY,),
        example=EXAMPLE,
        answers=(
            Answer(HTTPStatus.CREATED, CaseSummary, "The case, also when the same key is sent again.", ("Location",)),
            Answer(HTTPStatus.BAD_REQUEST, Errors, "The body is not the JSON that is expected."),
            _UNKNOWN,
            Answer(HTTPStatus.FORBIDDEN, Errors, "The system may not do this."),
            Answer(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                Errors,
                f"The body is larger than {api_body.MAX_BODY // 1024} KiB.",
            ),
            Answer(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                Errors,
                "Fields that are missing or wrong, each with its code and a sentence.",
            ),
            _TOO_MANY,
            _BUSY,
        ),
    ),
    Operation(
        method="GET",
        path="/api/cases/{code}",
        endpoint=read_case,
        name="readCase",
        summary="Read a case that this system has opened.",
        parameters=(Parameter("code", "path"),),
        example=None,
        answers=(
            Answer(HTTPStatus.OK, CaseSummary, "The case as it stands."),
            _UNKNOWN,
            Answer(HTTPStatus.NOT_FOUND, Errors, "This system has opened no such case."),
            _TOO_MANY,
        ),
    ),
)
ROUTES = (
    Route("/api", description, methods=["GET"]),
    *(Route(operation.path, operation.endpoint, methods=[operation.method]) for operation in OPERATIONS),
)
