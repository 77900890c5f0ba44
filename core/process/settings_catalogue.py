"""Settings: their values and ranges, their section of the form, and which open work they affect.

The fields of `Policy` declare the settings. Checks, form, labels, preview and `settings show` follow from them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import reduce
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

from core.errors import BadCalendar, Problem
from core.network import url_of
from core.process.terms import REVIEW_ROLES, SYSTEMS
from core.process.working_time import Calendar

HOUR = 60
DAY = 8 * HOUR
MOST_DAYS = 260


class ValueKind:
    """A type of value, as plain JSON, with its widget in `ui/screens/settings_fields.py`."""

    range: ClassVar[str] = ""

    def problem(self, value: Any) -> Problem | None:
        """What is wrong with a value, if anything."""
        raise NotImplementedError

    def comparable(self, value: Any) -> Any:
        """The part of a value that counts when two settings are compared."""
        return value


@dataclass(frozen=True)
class Minutes(ValueKind):
    """Working minutes: at least `least`, at most 260 working days."""

    least: int = 0

    @property
    def range(self) -> str:  # type: ignore[override]  # depends on the declaration
        return f"{self.least}..{MOST_DAYS * DAY}"

    def problem(self, value: Any) -> Problem | None:
        if type(value) is not int:
            return Problem("working_time_malformed")
        in_range = self.least <= value <= MOST_DAYS * DAY
        return None if in_range else Problem("working_time_range", {"days": MOST_DAYS})


class YesNo(ValueKind):
    """True or false."""

    range = "false|true"

    def problem(self, value: Any) -> Problem | None:
        return None if type(value) is bool else Problem("choice_missing")


class ApprovalRule(ValueKind):
    """How many review roles must approve: `{"mode": "all" | "any" | "quorum", "quorum": 1..4}`."""

    range = f'{{"mode": all|any|quorum, "quorum": 1..{len(REVIEW_ROLES)}}}'

    def problem(self, value: Any) -> Problem | None:
        if not isinstance(value, Mapping) or not {"mode"} <= set(value) <= {"mode", "quorum"}:
            return Problem("choice_missing")
        quorum = value.get("quorum", len(REVIEW_ROLES))
        if value["mode"] not in ("all", "any", "quorum") or type(quorum) is not int:
            return Problem("choice_missing")
        return None if 1 <= quorum <= len(REVIEW_ROLES) else Problem("quorum_range", {"limit": len(REVIEW_ROLES)})

    def comparable(self, value: Any) -> Any:
        return value["mode"], value["quorum"] if value["mode"] == "quorum" else 0


class CalendarValue(ValueKind):
    """A field of the working calendar, which checks it; `name` is the field's name."""

    name: ClassVar[str]

    def problem(self, value: Any) -> Problem | None:
        try:
            Calendar.of({self.name: value})
        except BadCalendar as wrong:
            return Problem(wrong.code, {name: wrong.params[name] for name in ("date",) if name in wrong.params})
        return None


class Country(CalendarValue):
    name, range = "country", "ISO 3166"


class TimeZone(CalendarValue):
    name, range = "time_zone", "IANA"


class Weekdays(CalendarValue):
    name, range = "weekdays", "[0..6], Monday is 0"


class Hours(CalendarValue):
    name, range = "hours", '[["00:00", "24:00"]]'


class Dates(CalendarValue):
    name, range = "closed", '["YYYY-MM-DD"]'


class Endpoints(ValueKind):
    """The endpoints of other systems: `{system: {"url": …, "private": false}}`."""

    range = f'{{{"|".join(SYSTEMS)}: {{"url": http(s)://…, "private": false|true}}}}'

    def problem(self, value: Any) -> Problem | None:
        if not isinstance(value, Mapping) or not set(value) <= set(SYSTEMS):
            return Problem("endpoint_system", {"systems": list(SYSTEMS)})
        wrong = [system for system, endpoint in value.items() if not self._is_endpoint(endpoint)]
        return Problem("endpoint_malformed", {"system": wrong[0]}) if wrong else None

    def _is_endpoint(self, value: Any) -> bool:
        if not isinstance(value, Mapping) or not {"url"} <= set(value) <= {"url", "private"}:
            return False
        url = url_of(value["url"], ("http", "https")) if isinstance(value["url"], str) else None
        return bool(url and not url.username and not url.fragment) and type(value.get("private", False)) is bool


class Leaf(NamedTuple):
    """A single value that a person changes, with its path in the JSON of its setting and its label.

    `field`: `soon`, `4/proceso/first`, `contrato`, `hours`; `of`: the lane or document; `label`: the message
    `owner-…` without its prefix.
    """

    setting: str
    keys: tuple[str | int, ...]
    field: str
    label: str
    of: str
    kind: ValueKind

    @property
    def path(self) -> str:
        """`soon`, `deadlines/4/proceso/first`, `calendar/hours`."""
        return self.setting if self.field == self.setting else f"{self.setting}/{self.field}"

    def value(self, settings: Mapping[str, Any]) -> Any:
        """Look the value up in settings as plain JSON."""
        return reduce(lambda node, key: node[key], self.keys, settings[self.setting])


@dataclass(frozen=True)
class Setting:
    """A stored setting: one value (named "") or several named `values`, once or per lane or document (`subjects`).

    `part`: its section of the form, "" when only the command line sets it. `affects`: the open work for which a change
    is previewed (see `services/settings_preview.py`). `read` and `write`: from and to plain JSON.
    """

    values: Mapping[str, ValueKind]
    subjects: tuple[str, ...] = ()
    part: str = ""
    affects: str = ""
    read: Callable[[Any], Any] = lambda value: value
    write: Callable[[Any], Any] = lambda value: value

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of its JSON; none when it is a single value."""
        return self.subjects or tuple(filter(None, self.values))

    def leaves(self, name: str) -> Iterator[Leaf]:
        """Its single values, in order."""
        for subject in self.subjects or ("",):
            for place, (value_name, kind) in enumerate(self.values.items()):
                path = tuple(filter(None, (subject, value_name)))
                keys = (subject, place) if subject and value_name else path  # a lane's two times are a list
                label = "-".join(filter(None, (name, value_name))).replace("_", "-")
                yield Leaf(name, keys, "/".join(path) or name, label, subject, kind)

    def problems(self, name: str, given: Any) -> Iterator[tuple[str, Problem]]:
        """Check some or all of its values, given as plain JSON; yields problems by field."""
        leaves = list(self.leaves(name))
        if self.names:
            if not isinstance(given, Mapping) or not all(map(self._has_form, given.values())):
                yield name, Problem("setting_malformed", {"setting": name})
                return
            if unknown := sorted(set(given) - set(self.names)):
                yield name, Problem("setting_unknown", {"names": unknown, "known": list(self.names)})
            leaves = [leaf for leaf in leaves if leaf.keys[0] in given]
        for leaf in leaves:
            if problem := leaf.kind.problem(leaf.value({name: given})):
                yield leaf.field, problem

    def _has_form(self, value: Any) -> bool:
        listed = self.subjects and all(self.values)
        return not listed or (isinstance(value, list | tuple) and len(value) == len(self.values))


def setting(default: Any, values: ValueKind | Mapping[str, ValueKind], **more: Any) -> Any:
    """Declare a setting as a field of the policy; a callable `default` is its factory."""
    options = {"default_factory": default} if callable(default) else {"default": default}
    named = {"": values} if isinstance(values, ValueKind) else values
    return field(**options, metadata={"setting": Setting(named, **more)})


def catalogue(policy: Any) -> dict[str, Setting]:
    """The settings that a policy (or its class) declares, by name."""
    return {row.name: row.metadata["setting"] for row in fields(policy) if "setting" in row.metadata}


def leaves(policy: Any, part: str | None = None) -> list[Leaf]:
    """The single values of a policy's settings, or those in one part of the form."""
    declared = catalogue(policy).items()
    return [leaf for name, row in declared if part is None or row.part == part for leaf in row.leaves(name)]


def problems(policy: Any, given: Mapping[str, Any]) -> dict[str, Problem]:
    """Check settings given as plain JSON, for form, command line and startup; returns problems by field."""
    known = catalogue(policy)
    wrong = {
        name: Problem("setting_unknown", {"names": [name], "known": list(known)}) for name in given if name not in known
    }
    for name, value in given.items():
        wrong |= dict(known[name].problems(name, value)) if name in known else {}
    return wrong


def assemble(values: Iterable[tuple[Leaf, Any]]) -> dict[str, Any]:
    """Assemble single values, in the order of their leaves, into the plain JSON of their settings."""
    settings: dict[str, Any] = {}
    for leaf, value in values:
        node: Any = settings
        path = (leaf.setting, *leaf.keys)
        for key, following in pairwise(path):
            node = node.setdefault(key, [] if isinstance(following, int) else {})
        if isinstance(node, list):
            node.append(value)
        else:
            node[path[-1]] = value
    return settings
