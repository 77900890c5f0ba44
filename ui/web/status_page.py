"""The page of a status link: served without a session, small, in plain words, without a script."""

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

PER_MINUTE = 60  # looks from one address
_limit = Limit(PER_MINUTE)
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


def answer(request: Request) -> Response:
    """The page of the link, or the same page for whatever leads nowhere: unknown, expired, withdrawn."""
    language, now = preferred(request), moment()
    if not _limit.allows(request.client.host if request.client else "", now):
        return _page(_nothing(language, "busy"), 429, {"Retry-After": "60"})
    found = status_links.status(database(), request.path_params["token"], now)
    return _page(_nothing(language, "none"), 404) if found is None else _page(_words(found, language, now), 200)


def preferred(request: Request) -> str:
    """The language that `?lang=` names, else the first that the browser accepts, else Spanish."""
    asked = [request.query_params.get("lang", "")]
    accepted = request.headers.get("accept-language", "").split(",")
    asked += [each.split(";")[0] for each in sorted(accepted, key=_quality, reverse=True)]
    known = (each.strip().split("-")[0].lower() for each in asked)
    return next((each for each in known if each in LANGUAGES), DEFAULT)


def _quality(accepted: str) -> float:
    found = re.search(r";\s*q=([01](?:\.\d{0,3})?)", accepted)
    return float(found[1]) if found else 1.0


def _page(words: Mapping[str, Any], status: int, more: Mapping[str, str] | None = None) -> Response:
    others = {code: name for code, name in LANGUAGES.items() if code != words["language"]}
    told = _pages.get_template("status.html").render(**words, others=others)
    return HTMLResponse(told, status, {**_headers(), "Content-Language": words["language"], **(more or {})})


@cache
def _headers() -> dict[str, str]:
    """What keeps the page to itself: no script, no other host, no index, no copy, no trace of its address."""
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


def _nothing(language: str, why: str) -> dict[str, Any]:
    """The page of a link that shows nothing."""
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


def _words(found: Status, language: str, now: int) -> dict[str, Any]:
    """Everything that the page says, ready to be put in its place."""
    fmt = Format(language, now, found.time_zone or ZONE)
    headline, says = _headline(found, language, fmt)
    foot = text(language, "status-foot", at=fmt.moment(now), expires=fmt.day(found.expires_at))
    return {
        "language": language,
        "title": text(language, "status-title"),
        "code": found.code,
        "headline": headline,
        "says": says,
        "facts": _facts(found, language, fmt),
        "asks": _asks(found, language),
        "steps": _steps(found, language),
        "steps_title": text(language, "status-phases"),
        "foot": foot,
    }


def _headline(found: Status, language: str, fmt: Format) -> tuple[str, str]:
    if found.outcome is None:
        name = phase_of(found.phase).name
        return text(language, "status-phase", number=found.phase, last=len(PHASES), name=name), ""
    ended = fmt.day(found.ended_at or found.entered_at)
    says = text(language, f"status-{found.outcome.value}-says", at=ended)
    return text(language, f"status-{found.outcome.value}"), f"{says} {OUTCOME_NAMES[found.outcome]}."


def _facts(found: Status, language: str, fmt: Format) -> list[tuple[str, str]]:
    """Who has it, and since when."""
    if found.outcome is not None:
        return []
    roles = format_list([ROLE_NAMES[role] for role in found.roles], style="or", locale=language)
    since = text(language, "status-moment", at=fmt.day(found.since), ago=fmt.ago(found.since))
    return [(text(language, "status-who"), roles), (text(language, "status-since"), since)]


def _asks(found: Status, language: str) -> dict[str, Any] | None:
    """What is needed from the client, now and later."""
    if found.outcome is not None:
        return None
    needed = found.needed and text(language, "status-needed", environment=term(language, found.needed))
    return {
        "title": text(language, "status-from-you"),
        "waits": needed is not None,
        "now": needed or text(language, "status-nothing"),
        "later": [text(language, "status-later", environment=term(language, each)) for each in found.later],
    }


def _steps(found: Status, language: str) -> list[dict[str, str]]:
    """The phases, each with how it stands in a word."""
    steps = []
    for phase in PHASES:
        if phase.number < found.phase or found.outcome is Outcome.CLOSED:
            state = "done"
        elif phase.number > found.phase:
            state = "ahead"
        else:
            state = "stopped" if found.outcome else "current"
        steps.append({"name": phase.name, "state": state, "word": text(language, f"status-{state}")})
    return steps
