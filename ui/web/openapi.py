"""The OpenAPI document of a set of operations: their paths and the schemas of their bodies."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

Endpoint = Any  # as Starlette takes it: a function of a request, plain or asynchronous
SCHEMAS = "#/components/schemas/{name}"


class Parameter(NamedTuple):
    """A path or header parameter of an operation; always required."""

    name: str
    place: str  # "path" or "header"
    schema: Mapping[str, Any] = {"type": "string"}
    description: str = ""


class Answer(NamedTuple):
    """A status of an operation and the type of its body."""

    status: HTTPStatus
    body: type[Struct]
    description: str
    headers: Sequence[str] = ()


class Operation(NamedTuple):
    """One route, served and described; `example` is a request body, None when it reads none."""

    method: str
    path: str
    endpoint: Endpoint
    name: str
    summary: str
    parameters: Sequence[Parameter]
    example: Struct | None
    answers: Sequence[Answer]


def document(
    title: str, description: str, operations: Sequence[Operation], required: Mapping[type[Struct], Sequence[str]]
) -> dict[str, Any]:
    """The document, as JSON values.

    `required` names the fields that a request needs although its type makes them optional.
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    bodies = [type(operation.example) for operation in operations if operation.example is not None]
    types = {*bodies, *(answer.body for operation in operations for answer in operation.answers)}
    _, schemas = msgspec.json.schema_components(sorted(types, key=_name), ref_template=SCHEMAS)
    for type_, fields in required.items():
        _require(schemas[_name(type_)], fields)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": description},
        "security": [{"token": []}],
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": schemas},
    }


def _described(operation: Operation) -> dict[str, Any]:
    described = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": {str(answer.status.value): _answer(answer) for answer in operation.answers},
    }
    if operation.example is not None:
        example = msgspec.to_builtins(operation.example)
        content = {"application/json": {"schema": _reference(type(operation.example)), "example": example}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described = {"name": parameter.name, "in": parameter.place, "required": True, "schema": dict(parameter.schema)}
    return {**described, "description": parameter.description} if parameter.description else described


def _answer(answer: Answer) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": answer.description,
        "content": {"application/json": {"schema": _reference(answer.body)}},
    }
    if answer.headers:
        described["headers"] = {name: {"schema": {"type": "string"}} for name in answer.headers}
    return described


def _require(schema: dict[str, Any], fields: Sequence[str]) -> None:
    """Describe fields as required, without null or a default."""
    schema["required"] = list(fields)
    for field in fields:
        described = schema["properties"][field]
        described.pop("default", None)
        for choice in described.pop("anyOf", ()):
            described.update({} if choice == {"type": "null"} else choice)


def _reference(type_: type[Struct]) -> dict[str, str]:
    return {"$ref": SCHEMAS.format(name=_name(type_))}


def _name(type_: type) -> str:
    return type_.__name__
