"""Responses of the API: a case, or why a request was refused; each status has one type of body."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from core.errors import Invalid, NotAllowed, NotFound, Problem, Refused
from core.process.definition import phase_of
from core.process.terms import ROLE_NAMES
from core.queries.case import Header
from ui.web.api_body import Malformed
from ui.web.api_types import CaseSummary, Errors, FieldError, PhaseSummary
from ui.web.status_page import preferred
from ui.words.messages import sentence

FIELDS = {"client_name": "client", "scope": "international", "key": "Idempotency-Key"}
BY_CODE: Mapping[str, tuple[HTTPStatus, Mapping[str, str]]] = {
    "system_not_known": (HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"}),
    "body_too_large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {}),
    "too_many_requests": (HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "60"}),
}
BY_KIND: Mapping[type[Refused], tuple[HTTPStatus, Mapping[str, str]]] = {
    Malformed: (HTTPStatus.BAD_REQUEST, {}),
    Invalid: (HTTPStatus.UNPROCESSABLE_ENTITY, {}),
    NotAllowed: (HTTPStatus.FORBIDDEN, {}),
    NotFound: (HTTPStatus.NOT_FOUND, {}),
    Refused: (HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "5"}),
}


def case_response(header: Header, now: int, *, created: bool = False) -> Response:
    """A case as its originating system may read it."""
    case = header.case
    gate = case.gate(now)
    summary = CaseSummary(
        code=header.code,
        client=header.client,
        service=case.service,
        flow=case.flow,
        channel=case.channel,
        international=case.international,
        phase=PhaseSummary(case.phase, phase_of(case.phase).name, _moment(case.entered_at)),
        roles=tuple(sorted({ROLE_NAMES[item.role] for item in case.items})),
        missing=case.missing(gate, now) if gate else None,
        opened_at=_moment(case.opened_at),
        outcome=case.outcome,
        ended_at=_moment(case.ended_at) if case.ended_at else None,
    )
    if created:
        return _response(summary, HTTPStatus.CREATED, {"Location": f"/api/cases/{header.code}"})
    return _response(summary, HTTPStatus.OK)


def refusal_response(request: Request, refused: Refused) -> Response:
    """Why a request was refused, in the language of its Accept-Language."""
    language = preferred(request)
    errors = tuple(
        FieldError(field, problem.code, sentence(language, problem.code, problem.params))
        for field, problem in _problems(refused)
    )
    by_kind = next(answer for kind, answer in BY_KIND.items() if isinstance(refused, kind))
    status, headers = BY_CODE.get(refused.code, by_kind)
    return _response(Errors(errors), status, headers)


def _problems(refused: Refused) -> list[tuple[str, Problem]]:
    """The problems, each with its place in the request."""
    match refused:
        case Malformed():
            return [(place, Problem("body_malformed")) for place in refused.places]
        case Invalid():
            return [(_place(field), problem) for field, problem in refused.problems.items()]
    return [("", Problem(refused.code, refused.params))]


def _place(field: str) -> str:
    """The name in the request body of a field of the core."""
    name, _, number = field.rpartition("_")
    if name in ("criterion", "expected") and number.isdecimal():
        return f"criteria[{number}].{'name' if name == 'criterion' else 'expected'}"
    return FIELDS.get(field, field.replace("contact_", "contact."))


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _response(body: Struct, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    all_headers = {"Cache-Control": "no-store", **(headers or {})}
    return Response(msgspec.json.encode(body), status, all_headers, media_type="application/json")
