"""The page of a status link: small, in plain language, without session or script."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from core.process.definition import PHASES, phase_of
from core.process.terms import OUTCOME_NAMES, ROLE_NAMES, Outcome
from core.services import status_links
from core.services.status_links import Status
from ui.shell.process import database, moment
from ui.web.rate_limit import Limit
from ui.words.format import ZONE, Format
from ui.words.messages import DEFAULT, LANGUAGES, term, text

PER_MINUTE = 60  # requests from one address
_limit = Limit(PER_MINUTE)
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


def answer(request: Request) -> Response:
    """Serve the page of the link, or one and the same page for unknown, expired and withdrawn links."""
    language, now = preferred(request), moment()
    if not _limit.allows(request.client.host if request.client else "", now):
        return _page(_no_case(language, "busy"), 429, {"Retry-After": "60"})
    status = status_links.status(database(), request.path_params["token"], now)
    return _page(_no_case(language, "none"), 404) if status is None else _page(_content(status, language, now), 200)


def preferred(request: Request) -> str:
    """The language that `?lang=` names, else the first that the browser accepts, else Spanish."""
    tags = [request.query_params.get("lang", "")]
    accepted = request.headers.get("accept-language", "").split(",")
    tags += [tag.split(";")[0] for tag in sorted(accepted, key=_quality, reverse=True)]
    codes = (tag.strip().split("-")[0].lower() for tag in tags)
    return next((tag for tag in codes if tag in LANGUAGES), DEFAULT)


def _quality(accepted: str) -> float:
    match = re.search(r";\s*q=([01](?:\.\d{0,3})?)", accepted)
    return float(match[1]) if match else 1.0


def _page(content: Mapping[str, Any], status: int, more: Mapping[str, str] | None = None) -> Response:
    other_languages = {code: name for code, name in LANGUAGES.items() if code != content["language"]}
    html = _pages.get_template("status.html").render(**content, others=other_languages)
    return HTMLResponse(html, status, {**_headers(), "Content-Language": content["language"], **(more or {})})


@cache
def _headers() -> dict[str, str]:
    """Headers against scripts, other hosts, indexing, caching and referrers."""
    style = _pages.get_template("status.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }


def _no_case(language: str, why: str) -> dict[str, Any]:
    """The content of a page without a case."""
    return {
        "language": language,
        "title": text(language, f"status-{why}"),
        "code": "",
        "headline": "",
        "says": text(language, f"status-{why}-says"),
        "facts": [],
        "asks": None,
        "steps": [],
        "steps_title": "",
        "foot": "",
    }


def _content(status: Status, language: str, now: int) -> dict[str, Any]:
    """The content of the page for its template."""
    fmt = Format(language, now, status.time_zone or ZONE)
    headline, says = _headline(status, language, fmt)
    foot = text(language, "status-foot", at=fmt.moment(now), expires=fmt.day(status.expires_at))
    return {
        "language": language,
        "title": text(language, "status-title"),
        "code": status.code,
        "headline": headline,
        "says": says,
        "facts": _facts(status, language, fmt),
        "asks": _asks(status, language),
        "steps": _steps(status, language),
        "steps_title": text(language, "status-phases"),
        "foot": foot,
    }


def _headline(status: Status, language: str, fmt: Format) -> tuple[str, str]:
    if status.outcome is None:
        name = phase_of(status.phase).name
        return text(language, "status-phase", number=status.phase, last=len(PHASES), name=name), ""
    ended = fmt.day(status.ended_at or status.entered_at)
    says = text(language, f"status-{status.outcome.value}-says", at=ended)
    return text(language, f"status-{status.outcome.value}"), f"{says} {OUTCOME_NAMES[status.outcome]}."


def _facts(status: Status, language: str, fmt: Format) -> list[tuple[str, str]]:
    """Who has the case, and since when."""
    if status.outcome is not None:
        return []
    roles = format_list([ROLE_NAMES[role] for role in status.roles], style="or", locale=language)
    since = text(language, "status-moment", at=fmt.day(status.since), ago=fmt.ago(status.since))
    return [(text(language, "status-who"), roles), (text(language, "status-since"), since)]


def _asks(status: Status, language: str) -> dict[str, Any] | None:
    """What is needed from the client, now and later."""
    if status.outcome is not None:
        return None
    needed = status.needed and text(language, "status-needed", environment=term(language, status.needed))
    return {
        "title": text(language, "status-from-you"),
        "waits": needed is not None,
        "now": needed or text(language, "status-nothing"),
        "later": [
            text(language, "status-later", environment=term(language, environment)) for environment in status.later
        ],
    }


def _steps(status: Status, language: str) -> list[dict[str, str]]:
    """The phases with their states."""
    steps = []
    for phase in PHASES:
        if phase.number < status.phase or status.outcome is Outcome.CLOSED:
            state = "done"
        elif phase.number > status.phase:
            state = "ahead"
        else:
            state = "stopped" if status.outcome else "current"
        steps.append({"name": phase.name, "state": state, "word": text(language, f"status-{state}")})
    return steps
