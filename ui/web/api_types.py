"""Types of the API's requests and responses: JSON is decoded, encoded and described by them.

Constraints given only in `Meta(extra_json_schema=…)` are enforced by the core, with a code and a sentence per field
(422); the types themselves refuse a body of another form (400).
"""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from core.case.rules.opening import MAX_CRITERIA
from core.case.rules.texts import MAX_TEXT
from core.process.definition import PHASES
from core.process.terms import Channel, Environment, Flow, Outcome
from core.services.opening import MAX_NAME
from core.text import MAX_EMAIL


def _text(most: int, least: int = 1) -> Meta:
    return Meta(extra_json_schema={"minLength": least, "maxLength": most} if least else {"maxLength": most})


Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]


# --- requests ---
class NewContact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An e-mail address or a phone number is needed."""

    name: Annotated[str, _text(MAX_NAME)] = ""
    email: Annotated[str, _text(MAX_EMAIL, 0)] = ""
    phone: Annotated[str, _text(MAX_NAME, 0)] = ""


class NewCriterion(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the client's review criteria and the value that is expected."""

    name: Annotated[str, _text(MAX_TEXT)]
    expected: Annotated[str, _text(MAX_TEXT)]


class NewCase(Struct, frozen=True, forbid_unknown_fields=True):
    """The client's request for a service."""

    flow: Flow | None = None
    international: bool | None = None
    client: Annotated[
        str,
        _text(MAX_NAME),
        Meta(description="A known client by its name, whatever its accents and case; else a new one."),
    ] = ""
    contact: NewContact = NewContact()
    service: Annotated[str, _text(MAX_TEXT)] = ""
    criteria: Annotated[
        tuple[NewCriterion, ...], Meta(extra_json_schema={"minItems": 1, "maxItems": MAX_CRITERIA})
    ] = ()


# These fields may be absent or null when decoded, so that one response names all that are missing.
REQUIRED: Mapping[type[Struct], tuple[str, ...]] = {NewCase: NewCase.__struct_fields__, NewContact: ("name",)}
EXAMPLE = NewCase(
    flow=Flow.B2B,
    international=False,
    client="Transportes Andinos S.A.S.",
    contact=NewContact("Rosa Peña", "rosa@cliente.example"),
    service="Integración de pagos",
    criteria=(NewCriterion("SLA", "99,5 %"),),
)


# --- answers ---
class PhaseSummary(Struct, frozen=True, forbid_unknown_fields=True):
    """The phase that a case is in, or was in when it ended."""

    number: Annotated[int, Meta(ge=1, le=len(PHASES))]
    name: str
    entered_at: Moment


class CaseSummary(Struct, frozen=True, forbid_unknown_fields=True):
    """A case as its originating system may read it: without people, contacts and documents."""

    code: Annotated[str, Meta(examples=["S-2026-0117"])]
    client: str
    service: str
    flow: Flow
    channel: Channel
    international: bool
    phase: PhaseSummary
    roles: Annotated[tuple[str, ...], Meta(description="Who has the case now.")]
    missing: Annotated[Environment | None, Meta(description="The client's environment that the case waits for.")]
    opened_at: Moment
    outcome: Outcome | None
    ended_at: Moment | None


class FieldError(Struct, frozen=True, forbid_unknown_fields=True):
    """One problem of a request."""

    field: Annotated[
        str, Meta(description="Where in the body, or the name of a header; empty when it is the whole request.")
    ]
    code: str
    message: Annotated[str, Meta(description="Spanish unless Accept-Language asks for English.")]


class Errors(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a request was refused."""

    errors: Annotated[tuple[FieldError, ...], Meta(min_length=1)]
