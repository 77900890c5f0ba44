"""The log as XES (IEEE 1849): a trace per case, with the extensions Concept, Time, Lifecycle and Organizational."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from core.exports.event_log import CaseLog, LogEvent
from core.process.terms import ROLE_NAMES

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = {
    "concept": "Concept",
    "time": "Time",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
}
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not allowed in XML 1.0


def write(log: Iterable[CaseLog], sink: BinaryIO) -> int:
    """Write the log, case after case, and return its number of events."""
    count, xml = 0, _Xml(sink)
    with xml.within("log", {"xes.version": "1849.2016", "xes.features": "", "xmlns": NAMESPACE}):
        for prefix, name in EXTENSIONS.items():
            with xml.within("extension", {"name": name, "prefix": prefix, "uri": f"{NAMESPACE}{prefix}.xesext"}):
                pass
        with xml.within("classifier", {"name": "Activity", "keys": "concept:name"}):
            pass
        for case_log in log:
            with xml.within("trace", {}):
                _case(xml, case_log)
                for entry in case_log.entries:
                    _event(xml, entry)
            count += len(case_log.entries)
    xml.end()
    return count


def moment(ms: int) -> str:
    """Return a time in UTC with milliseconds, as ISO 8601."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def clean(text: str) -> str:
    """Replace each character that XML does not allow with U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


class _Xml:
    """A writer of XML directly into a file."""

    def __init__(self, sink: BinaryIO) -> None:
        self._out = XMLGenerator(sink, encoding="utf-8", short_empty_elements=True)
        self._out.startDocument()

    @contextmanager
    def within(self, name: str, attributes: dict[str, str]) -> Iterator[None]:
        self._out.startElement(name, AttributesImpl(attributes))
        yield
        self._out.endElement(name)
        if name == "trace":
            self._out.characters("\n")

    def value(self, kind: str, key: str, value: str | None) -> None:
        if value is not None:
            with self.within(kind, {"key": key, "value": clean(value)}):
                pass

    def end(self) -> None:
        self._out.endDocument()


def _case(xml: _Xml, case_log: CaseLog) -> None:
    head = case_log.head
    xml.value("string", "concept:name", head.code)
    xml.value("string", "client", head.client)
    xml.value("string", "service", head.service)
    xml.value("string", "flow", head.flow)
    xml.value("boolean", "international", str(bool(head.international)).lower())
    xml.value("date", "opened", moment(head.opened_at))


def _event(xml: _Xml, entry: LogEvent) -> None:
    with xml.within("event", {}):
        xml.value("string", "concept:name", entry.activity)
        xml.value("date", "time:timestamp", moment(entry.at))
        xml.value("date", "start_timestamp", moment(entry.began_at))
        xml.value("string", "org:resource", entry.resource)
        xml.value("string", "org:role", ROLE_NAMES[entry.role])
        xml.value("string", "lifecycle:transition", entry.transition)
        xml.value("int", "phase", str(entry.phase))
        xml.value("string", "result", entry.result or None)
        xml.value("string", "on_behalf_of", entry.on_behalf_of)
