"""What other systems may ask over HTTP: opening a case, reading one that they opened, and the description of both.

A system shows its token with every request; what is wrong is told field by field, as a code and a sentence.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.case.events import Criterion
from core.errors import Invalid, NotAllowed, NotFound, Refused
from core.integrations import api_clients
from core.integrations.api_clients import System
from core.process.definition import phase_of
from core.process.terms import ROLE_NAMES, Flow
from core.queries.inbox import Header
from core.services import opening
from ui.shell.process import database, moment
from ui.web.rate_limit import Limit
from ui.web.status_page import preferred
from ui.words.messages import sentence

DESCRIPTION = Path(__file__).parent / "templates" / "openapi.json"
MAX_BODY = 256 * 1024
PER_MINUTE = 120
_limit = Limit(PER_MINUTE)
_FIELDS = {"client_name": "client", "scope": "international", "key": "Idempotency-Key", "channel": "channel"}


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to ask about the request."""

    name: str = ""
    email: str = ""
    phone: str = ""


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request to open a case."""

    flow: Flow | None = None
    international: bool | None = None
    client: str = ""
    contact: Contact = Contact()
    service: str = ""
    criteria: tuple[Criterion, ...] = ()


def description(_: Request) -> Response:
    """The OpenAPI description."""
    return Response(DESCRIPTION.read_bytes(), media_type="application/json")


async def open_case(request: Request) -> Response:
    """POST /api/cases: open a case; the same Idempotency-Key opens one, however often it is sent."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            return _refused(request, Refused("body_too_large", limit=MAX_BODY), 413)
    return await run_in_threadpool(_answered, request, lambda system, now: _opened(request, system, bytes(body), now))


def read_case(request: Request) -> Response:
    """GET /api/cases/{code}: a case that the system has opened."""
    code = request.path_params["code"]
    return _answered(request, lambda system, now: _case(api_clients.read(database(), system, code), now, 200))


def _opened(request: Request, system: System, body: bytes, now: int) -> Response:
    asked = msgspec.json.decode(body, type=Asked)
    key = request.headers.get("idempotency-key", "").strip()
    given = opening.Request(
        key=f"{system.name}:{key}" if key else "",
        flow=asked.flow,
        channel=system.channel,
        international=asked.international,
        client=None,
        client_name=asked.client,
        contact_name=asked.contact.name,
        contact_email=asked.contact.email,
        contact_phone=asked.contact.phone,
        service=asked.service,
        criteria=asked.criteria,
    )
    code = api_clients.open_case(database(), system, given, now)
    return _case(api_clients.read(database(), system, code), now, 201)


def _answered(request: Request, act: Callable[[System, int], Response]) -> Response:
    """Let a known system do it; every refusal is an answer in JSON."""
    now = moment()
    if not _limit.allows(request.client.host if request.client else "", now):
        return _refused(request, Refused("too_many_requests"), 429, {"Retry-After": "60"})
    try:
        return act(api_clients.known(database(), _token(request)), now)
    except Invalid as refused:
        return _invalid(request, refused)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as cause:
        return _refused(request, Refused("body_malformed"), 400, field=_place(str(cause)))
    except Refused as refused:
        return _refused(request, refused, *_status(refused))


def _status(refused: Refused) -> tuple[int, dict[str, str]]:
    """The status of an answer that refuses, and the headers that belong to it."""
    if refused.code == "system_not_known":
        return 401, {"WWW-Authenticate": "Bearer"}
    if isinstance(refused, NotAllowed):
        return 403, {}
    return (404, {}) if isinstance(refused, NotFound) else (503, {"Retry-After": "5"})


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refused(
    request: Request, refused: Refused, status: int, more: Mapping[str, str] | None = None, field: str = ""
) -> Response:
    said = sentence(preferred(request), refused.code, refused.params)
    return _json({"errors": [{"field": field, "code": refused.code, "message": said}]}, status, more)


def _invalid(request: Request, refused: Invalid) -> Response:
    language = preferred(request)
    told = [
        {"field": _field(name), "code": problem.code, "message": sentence(language, problem.code, problem.params)}
        for name, problem in refused.problems.items()
    ]
    return _json({"errors": told}, 422)


def _field(name: str) -> str:
    """A field of the core as the body calls it."""
    if found := re.fullmatch(r"(criterion|expected)_(\d+)", name):
        return f"criteria[{found[2]}].{'name' if found[1] == 'criterion' else 'expected'}"
    return _FIELDS.get(name, name.replace("contact_", "contact."))


def _place(trouble: str) -> str:
    """Where in the body something has the wrong form, if that is said."""
    found = re.search(r"`\$\.?([^`]*)`", trouble) or re.search(r"unknown field `([^`]*)`", trouble)
    return found[1] if found else ""


def _case(head: Header, now: int, status: int) -> Response:
    case = head.case
    gate = case.gate(now)
    told = {
        "code": head.code,
        "client": head.client,
        "service": case.service,
        "flow": case.flow,
        "channel": case.channel,
        "international": case.international,
        "phase": {"number": case.phase, "name": phase_of(case.phase).name, "entered_at": _moment(case.entered_at)},
        "roles": sorted({ROLE_NAMES[item.role] for item in case.items}),
        "missing": case.missing(gate, now) if gate else None,
        "opened_at": _moment(case.opened_at),
        "outcome": case.outcome,
        "ended_at": _moment(case.ended_at) if case.ended_at else None,
    }
    return _json(told, status, {"Location": f"/api/cases/{head.code}"} if status == 201 else None)


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(told: Mapping[str, Any], status: int, more: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(told, status, {"Cache-Control": "no-store", **(more or {})})
