"""The event log as OCEL 2.0 in JSON: activities with their cases, clients, work items and document versions."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

import msgspec

from core.exports.event_log import CaseLog, LogEvent
from core.exports.xes import moment
from core.process.definition import activities
from core.process.terms import ROLE_NAMES

Log = Callable[[], Iterable[CaseLog]]
OBJECTS = {
    "case": {"code": "string", "service": "string", "flow": "string", "international": "boolean"},
    "client": {"name": "string"},
    "work_item": {"kind": "string", "role": "string", "phase": "integer", "cycle": "integer", "due": "time"},
    "document_version": {
        "document": "string",
        "version": "integer",
        "name": "string",
        "sha256": "string",
        "size": "integer",
    },
}
EVENT = dict.fromkeys(("resource", "role", "lifecycle", "result", "on_behalf_of"), "string") | {
    "phase": "integer",
    "started": "time",
}
_json = msgspec.json.Encoder()


class Counts(NamedTuple):
    """The numbers of events and objects written."""

    events: int
    objects: int


def write(log: Log, sink: BinaryIO) -> Counts:
    """Write the log, which is read twice because its objects come first."""
    names = sorted({placed.activity.name for placed in activities()})
    sink.write(b'{"objectTypes":' + _json.encode([_type(name, attributes) for name, attributes in OBJECTS.items()]))
    sink.write(b',"eventTypes":' + _json.encode([_type(name, EVENT) for name in names]))
    sink.write(b',"objects":[')
    objects = _write_list(_objects(log()), sink)
    sink.write(b'],"events":[')
    events = _write_list((_event(case_log, entry) for case_log in log() for entry in case_log.entries), sink)
    sink.write(b"]}\n")
    return Counts(events, objects)


def _write_list(values: Iterable[dict[str, Any]], sink: BinaryIO) -> int:
    count = 0
    for value in values:
        sink.write((b"," if count else b"") + b"\n" + _json.encode(value))
        count += 1
    return count


def _type(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": attribute, "type": kind} for attribute, kind in attributes.items()]}


def _objects(log: Iterable[CaseLog]) -> Iterator[dict[str, Any]]:
    clients: set[int] = set()
    for case_log in log:
        head, case = case_log.head, _case_id(case_log)
        if head.client_id not in clients:
            clients.add(head.client_id)
            yield _object(_client_id(case_log), "client", head.opened_at, {"name": head.client})
        values: dict[str, Any] = {"code": head.code, "service": head.service, "flow": head.flow}
        values["international"] = bool(head.international)
        yield _object(case, "case", head.opened_at, values, (_client_id(case_log), "of"))
        for item in case_log.items:
            attributes = {"kind": item.kind, "role": ROLE_NAMES[item.role], "phase": item.phase, "cycle": item.cycle}
            attributes |= {"due": moment(item.due_at)}
            yield _object(_item_id(case_log, item.item), "work_item", item.opened_at, attributes, (case, "in"))
        for at, file in case_log.documents:
            attributes = {"document": file.document, "version": file.version, "name": file.name}
            attributes |= {"sha256": file.sha256, "size": file.size}
            yield _object(
                _version_id(case_log, file.document, file.version), "document_version", at, attributes, (case, "in")
            )


def _object(name: str, kind: str, at: int, values: dict[str, Any], *related: tuple[str, str]) -> dict[str, Any]:
    attributes = [{"name": attribute, "time": moment(at), "value": value} for attribute, value in values.items()]
    return {"id": name, "type": kind, "attributes": attributes, "relationships": _related(*related)}


def _event(case_log: CaseLog, entry: LogEvent) -> dict[str, Any]:
    values = {
        "resource": entry.resource,
        "role": ROLE_NAMES[entry.role],
        "lifecycle": entry.transition,
        "result": entry.result or None,
        "on_behalf_of": entry.on_behalf_of,
        "phase": entry.phase,
        "started": moment(entry.began_at),
    }
    related = [(_case_id(case_log), "case"), (_client_id(case_log), "client")]
    if entry.item is not None:
        related.append((_item_id(case_log, entry.item), "work_item"))
    related += [(_item_id(case_log, item), "opens") for item in entry.opens]
    if entry.document is not None and entry.version is not None:
        related.append((_version_id(case_log, entry.document, entry.version), "document_version"))
    return {
        "id": f"event:{case_log.head.code}:{entry.seq}",
        "type": entry.activity,
        "time": moment(entry.at),
        "attributes": [{"name": name, "value": value} for name, value in values.items() if value is not None],
        "relationships": _related(*related),
    }


def _related(*objects: tuple[str, str]) -> list[dict[str, str]]:
    return [{"objectId": name, "qualifier": how} for name, how in objects]


def _case_id(case_log: CaseLog) -> str:
    return f"case:{case_log.head.code}"


def _client_id(case_log: CaseLog) -> str:
    return f"client:{case_log.head.client_id}"


def _item_id(case_log: CaseLog, item: int) -> str:
    return f"work_item:{case_log.head.code}:{item}"


def _version_id(case_log: CaseLog, document: str, version: int) -> str:
    return f"document:{case_log.head.code}:{document}:{version}"
