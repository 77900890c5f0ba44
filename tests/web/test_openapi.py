"""The OpenAPI description against the routes: every status that it names, with the body that it names, and no other."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema
import msgspec
import pytest

from core.errors import Busy
from core.integrations import api_clients
from tests.support.api_requests import BODY, Answer, ask, post
from tests.support.drive_case import World
from ui.web import api, api_answers, api_body, api_types
from ui.web.api_body import malformed_places
from ui.web.api_types import NewCase
from ui.web.routes import ROUTES

DOCUMENT = json.loads(api.document())
SCHEMAS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]
NEW_CASE, NEW_CONTACT, NEW_CRITERION = SCHEMAS["NewCase"], SCHEMAS["NewContact"], SCHEMAS["NewCriterion"]
WRITE, READ = ("/api/cases", "post"), ("/api/cases/{code}", "get")


def described() -> Iterator[tuple[str, str, int]]:
    """Path, method and status of every answer that is described."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield from ((path, method, int(status)) for status in operation["responses"])


def read(token: str, code: str = "S-2026-0001") -> Answer:
    return ask("GET", f"/api/cases/{code}", token)


# --- each status ---
def forbidden(token: str, w: World) -> Answer:
    """The key of a person who has opened a case, by whatever chance."""
    w.open("sd-crm:pedido-1")
    return post(token)


def too_many(act: Callable[[], Answer]) -> Answer:
    answers = [act() for _ in range(api.PER_MINUTE + 1)]
    return answers[-1]


def busy(token: str, monkeypatch: pytest.MonkeyPatch) -> Answer:
    def taken(*_: object) -> None:
        raise Busy("database_busy", seconds=5)

    monkeypatch.setattr(api_clients, "open_case", taken)
    return post(token)


Scenario = Callable[[str, World, pytest.MonkeyPatch], Answer]
SCENARIOS: Mapping[tuple[str, str, int], Scenario] = {
    (*WRITE, 201): lambda token, _, __: post(token),
    (*WRITE, 400): lambda token, _, __: post(token, {**BODY, "canal": "operacion"}),
    (*WRITE, 401): lambda _, __, ___: post("x"),
    (*WRITE, 403): lambda token, w, _: forbidden(token, w),
    (*WRITE, 413): lambda token, _, __: post(token, b" " * (api_body.MAX_BODY + 1)),
    (*WRITE, 422): lambda token, _, __: post(token, {**BODY, "client": ""}),
    (*WRITE, 429): lambda token, _, __: too_many(lambda: post(token, b"")),
    (*WRITE, 503): lambda token, _, monkeypatch: busy(token, monkeypatch),
    (*READ, 200): lambda token, _, __: read(token, post(token).json["code"]),
    (*READ, 401): lambda _, __, ___: read("x"),
    (*READ, 404): lambda token, _, __: read(token),
    (*READ, 429): lambda token, _, __: too_many(lambda: read(token)),
}


def test_every_status_that_is_described_is_tried_and_every_refusal_is_described():
    assert set(described()) == set(SCENARIOS)
    refusals = {status for answers in (api_answers.BY_CODE, api_answers.BY_KIND) for status, _ in answers.values()}
    assert {status for _, _, status in described()} == {*refusals, 200, 201}


@pytest.mark.parametrize(("path", "method", "status"), list(SCENARIOS))
def test_a_status_is_answered_as_it_is_described(
    served: World, token: str, monkeypatch: pytest.MonkeyPatch, path: str, method: str, status: int
):
    answer = SCENARIOS[path, method, status](token, served, monkeypatch)
    assert answer.status == status
    response = DOCUMENT["paths"][path][method]["responses"][str(status)]
    name = response["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert answer.headers["content-type"] == "application/json"
    decoded = msgspec.json.decode(answer.body, type=getattr(api_types, name))
    assert json.loads(msgspec.json.encode(decoded)) == answer.json
    jsonschema.validate(answer.json, {**SCHEMAS[name], "components": DOCUMENT["components"]})
    assert {header.lower() for header in response.get("headers", ())} <= set(answer.headers)


def test_every_route_for_other_systems_is_described():
    served = {(r.path, m.lower()) for r in ROUTES if r.path.startswith("/api/") for m in r.methods or () if m != "HEAD"}
    assert {(path, method) for path, method, _ in described()} == served


# --- what a request may hold ---
def changed(place: str, value: Any) -> dict[str, Any]:
    """The body with another value at `field`, `contact.field` or `criteria[0].field`."""
    outer, _, field = place.rpartition(".")
    if not outer:
        return {**BODY, field: value}
    if outer == "contact":
        return {**BODY, outer: {**BODY[outer], field: value}}
    first, *others = BODY["criteria"]
    return {**BODY, "criteria": [{**first, field: value}, *others]}


def without(place: str) -> dict[str, Any]:
    """The body without a field."""
    body = json.loads(json.dumps(BODY))
    outer, _, field = place.rpartition(".")
    del {"": body, "contact": body["contact"], "criteria[0]": body["criteria"][0]}[outer][field]
    return body


OBJECTS = {"": NEW_CASE, "contact": NEW_CONTACT, "criteria[0]": NEW_CRITERION}
FIELDS = {
    f"{outer}.{field}".lstrip("."): (schema, field)
    for outer, schema in OBJECTS.items()
    for field in schema["properties"]
}


@pytest.mark.parametrize("place", [place for place, (schema, field) in FIELDS.items() if field in schema["required"]])
def test_a_request_without_a_field_that_is_required_is_refused_there(token: str, place: str):
    answer = post(token, without(place))
    assert answer.status == (400 if place.startswith("criteria[") else 422)
    lacking = "criteria[0]" if answer.status == 400 else place
    assert all(field.startswith(lacking) for field in answer.codes)
    assert answer.codes


@pytest.mark.parametrize(
    "place", [place for place, (schema, field) in FIELDS.items() if field not in schema["required"]]
)
def test_a_request_without_a_field_that_is_not_required_opens_a_case(token: str, place: str):
    both_ways = changed("contact.phone", "+57 300 000 0000")
    del both_ways["contact"][place.rpartition(".")[2]]
    assert post(token, both_ways).status == 201


def test_what_is_required_and_has_no_default_is_everything_but_the_two_addresses():
    required = {place for place, (schema, field) in FIELDS.items() if field in schema["required"]}
    assert set(FIELDS) - required == {"contact.email", "contact.phone"}
    with_default = {place for place, (schema, field) in FIELDS.items() if "default" in schema["properties"][field]}
    assert with_default == {"contact.email", "contact.phone"}


@pytest.mark.parametrize("outer", OBJECTS)
def test_a_field_that_is_not_described_is_refused_at_its_place(token: str, outer: str):
    assert OBJECTS[outer]["additionalProperties"] is False
    place = f"{outer}.ajeno".lstrip(".")
    answer = post(token, changed(place, "x"))
    assert (answer.status, answer.codes) == (400, {place: "body_malformed"})


LIMITS = [
    (place, value, described)
    for place, (schema, field) in FIELDS.items()
    for described in [schema["properties"][field]]
    for value in (
        *(["x" * (described["maxLength"] + 1)] if "maxLength" in described else []),
        *([""] if described.get("minLength") else []),
        *([[]] if described.get("minItems") else []),
        *([BODY["criteria"][:1] * (described["maxItems"] + 1)] if "maxItems" in described else []),
    )
]


@pytest.mark.parametrize(("place", "value", "described"), LIMITS)
def test_a_value_beyond_a_limit_that_is_described_is_refused_there(token: str, place: str, value: Any, described: Any):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, {**described, "components": DOCUMENT["components"]})
    answer = post(token, changed(place, value))
    assert answer.status == 422
    assert answer.codes[place] in {"text_too_long", "criteria_too_many"} or answer.codes[place].endswith("_missing")


@pytest.mark.parametrize(
    ("place", "most"),
    [
        (place, described["maxLength"])
        for place, (schema, field) in FIELDS.items()
        for described in [schema["properties"][field]]
        if "maxLength" in described
    ],
)
def test_a_text_as_long_as_is_described_is_not_too_long(token: str, place: str, most: int):
    answer = post(token, changed(place, "x" * most))
    assert answer.status == 201 or answer.codes.get(place) in {"phone_malformed", "email_malformed"}


def test_the_limits_of_the_description_are_tried():
    assert {place for place, _, _ in LIMITS} == {
        *("client", "service", "criteria", "contact.name", "contact.email", "contact.phone"),
        *("criteria[0].name", "criteria[0].expected"),
    }


def test_the_example_of_the_description_opens_a_case(token: str):
    media = DOCUMENT["paths"]["/api/cases"]["post"]["requestBody"]["content"]["application/json"]
    jsonschema.validate(media["example"], {**NEW_CASE, "components": DOCUMENT["components"]})
    assert post(token, media["example"]).status == 201


# --- where a body is malformed ---
@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({**BODY, "flow": 1, "service": None, "ajeno": {}}, ["flow", "service", "ajeno"]),
        ({"contact": {"name": 1, "phone": [], "x.y": 0}}, ["contact.name", "contact.phone", "contact.x.y"]),
        (
            {"criteria": [{"name": "A", "expected": "1"}, {"nombre": "B"}, 3]},
            ["criteria[1]", "criteria[1].nombre", "criteria[2]"],
        ),
        ({"criteria": {}, "contact": []}, ["criteria", "contact"]),
        (BODY, []),
        ("x", [""]),
    ],
)
def test_every_place_that_is_malformed_is_named(body: Any, places: list[str]):
    assert list(malformed_places(body, NewCase)) == places


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"contact": ' * 20_000, b'{"service": 7, ', b'{"service": "\xff"}'])
def test_a_body_that_is_no_json_is_refused_as_a_whole(token: str, body: bytes):
    answer = post(token, body)
    assert (answer.status, answer.codes) == (400, {"": "body_malformed"})


def test_of_very_many_places_the_first_are_named(token: str):
    answer = post(token, {f"f{number}": 0 for number in range(10_000)})
    assert answer.status == 400
    assert len(answer.codes) == api_body.MAX_PLACES
