"""Request bodies: read up to a limit and decoded into their type."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct
from starlette.requests import Request

from core.errors import Refused

MAX_BODY = 256 * 1024
MAX_PLACES = 50  # reported places of a malformed body
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
Body = TypeVar("Body", bound=Struct)


class Malformed(Refused):
    """A body that does not match its type; `places` are paths such as `contact.name`, «» for the whole body."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__("body_malformed")
        self.places = places


async def read(request: Request) -> bytes:
    """Read the body; raises Refused when it is larger than MAX_BODY."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise Refused("body_too_large", limit=MAX_BODY)
    return bytes(body)


def decode(body: bytes, type_: type[Body]) -> Body:
    """Decode a body into its type; raises Malformed."""
    try:
        return msgspec.json.decode(body, type=type_)
    except NOT_JSON as cause:  # also valid JSON of another type
        raise Malformed(_places(body, type_)) from cause


def _places(body: bytes, type_: type[Struct]) -> list[str]:
    try:
        value = msgspec.json.decode(body)
    except NOT_JSON:
        return [""]
    return list(islice(malformed_places(value, type_), MAX_PLACES))


def malformed_places(value: Any, type_: Any, place: str = "") -> Iterator[str]:
    """The paths at which a JSON value does not match a type; a missing field is reported at its object."""
    if get_origin(type_) is Annotated:
        type_ = get_args(type_)[0]
    if isinstance(type_, type) and issubclass(type_, Struct) and isinstance(value, dict):
        fields = {field.encode_name: field for field in msgspec.structs.fields(type_)}
        if any(field.required and name not in value for name, field in fields.items()):
            yield place
        for name, inner in value.items():
            inside = f"{place}.{name}" if place else name
            yield from malformed_places(inner, fields[name].type, inside) if name in fields else (inside,)
    elif get_origin(type_) is tuple and isinstance(value, list):
        for number, inner in enumerate(value):
            yield from malformed_places(inner, get_args(type_)[0], f"{place}[{number}]")
    elif not _is_of(value, type_):
        yield place


def _is_of(value: Any, type_: Any) -> bool:
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError:
        return False
    return True
