"""The process owner's settings: approval rules, deadlines, working calendar, four eyes on validation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Self

from core.errors import BadDefinition, Invalid
from core.process.definition import PHASES
from core.process.settings_catalogue import (
    DAY,
    HOUR,
    ApprovalRule,
    Country,
    Dates,
    Endpoints,
    Hours,
    Minutes,
    TimeZone,
    Weekdays,
    YesNo,
    catalogue,
    problems,
    setting,
)
from core.process.terms import INTAKE_ROLES, REVIEW_ROLES, REVIEWED_DOCUMENTS, SYSTEMS, Document, Flow, Role
from core.process.working_time import Calendar


class Rule(NamedTuple):
    """How many of the review roles must approve a document: `all`, `any`, or a `quorum` of n."""

    mode: str = "all"
    quorum: int = len(REVIEW_ROLES)

    @property
    def needed(self) -> int:
        return {"all": len(REVIEW_ROLES), "any": 1, "quorum": self.quorum}[self.mode]


class Panel(NamedTuple):
    """Who reviews a document and how many approvals it needs, by the rule `mode`."""

    mode: str
    roles: tuple[Role, ...]
    needed: int


class Allowance(NamedTuple):
    """Working minutes for a lane's first work item of a phase, and for its later ones."""

    first: int
    later: int


class Endpoint(NamedTuple):
    """The URL of another system that carries out an activity; `private` allows addresses of private networks."""

    url: str
    private: bool = False


USUAL_DAYS = 2
_INTAKE_DAYS = {1: 1, 6: 5, 7: 1, 9: 1}  # phases that differ from USUAL_DAYS
_REVIEW_DAYS = {7: 1, 8: 1, 9: 1}


def default_deadlines() -> Mapping[tuple[int, Role], Allowance]:
    """Working days per phase and role, the same for a lane's first and later work items."""
    days = {(p.number, role): _INTAKE_DAYS.get(p.number, USUAL_DAYS) for p in PHASES for role in INTAKE_ROLES}
    reviewed = [phase.number for phase in PHASES if phase.review]
    days |= {(number, role): _REVIEW_DAYS.get(number, USUAL_DAYS) for number in reviewed for role in REVIEW_ROLES}
    return {lane: Allowance(n * DAY, n * DAY) for lane, n in days.items()}


def _read_deadlines(stored: Mapping[str, Any]) -> Mapping[tuple[int, Role], Allowance]:
    lanes = ((*lane.split("/"), minutes) for lane, minutes in stored.items())
    return {(int(phase), Role(role)): Allowance(*minutes) for phase, role, minutes in lanes}


def _write_deadlines(deadlines: Mapping[tuple[int, Role], Allowance]) -> dict[str, list[int]]:
    return {f"{phase}/{role}": list(minutes) for (phase, role), minutes in deadlines.items()}


def _read_rules(stored: Mapping[str, Any]) -> Mapping[Document, Rule]:
    return {Document(document): Rule(**rule) for document, rule in stored.items()}


def _write_rules(rules: Mapping[Document, Rule]) -> dict[str, Any]:
    return {document.value: rule._asdict() for document, rule in rules.items()}


def _read_endpoints(stored: Mapping[str, Any]) -> Mapping[str, Endpoint]:
    return {system: Endpoint(**endpoint) for system, endpoint in stored.items()}


def _write_endpoints(endpoints: Mapping[str, Endpoint]) -> dict[str, Any]:
    return {system: endpoint._asdict() for system, endpoint in endpoints.items()}


_CALENDAR = {"country": Country(), "time_zone": TimeZone(), "weekdays": Weekdays(), "hours": Hours(), "closed": Dates()}


@dataclass(frozen=True)
class Policy:
    """The process owner's settings, one field per setting, checked on construction.

    To add a setting, declare it here and add its label (`owner-NAME`, optionally `owner-NAME-help`) in both
    languages. `soon`: working minutes before a deadline from which work is due soon; `escalate_after`: working minutes
    past it after which work is escalated to Proceso; `templates` are files, not settings.
    """

    rules: Mapping[Document, Rule] = setting(
        lambda: dict.fromkeys(REVIEWED_DOCUMENTS, Rule()),
        ApprovalRule(),
        subjects=tuple(document.value for document in REVIEWED_DOCUMENTS),
        part="aprobacion",
        affects="rule",
        read=_read_rules,
        write=_write_rules,
    )
    deadlines: Mapping[tuple[int, Role], Allowance] = setting(
        default_deadlines,
        {"first": Minutes(least=1), "later": Minutes(least=1)},
        subjects=tuple(_write_deadlines(default_deadlines())),
        part="plazos",
        affects="deadlines",
        read=_read_deadlines,
        write=_write_deadlines,
    )
    calendar: Calendar = setting(
        Calendar, _CALENDAR, part="calendario", affects="calendar", read=Calendar.of, write=Calendar.as_settings
    )
    soon: int = setting(4 * HOUR, Minutes(), part="avisos", affects="soon")
    escalate_after: int = setting(DAY, Minutes(), part="avisos", affects="escalation")
    four_eyes_on_validation: bool = setting(False, YesNo(), part="aprobacion", affects="four_eyes")
    endpoints: Mapping[str, Endpoint] = setting(dict, Endpoints(), read=_read_endpoints, write=_write_endpoints)
    templates: Mapping[Document, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = self.as_settings()
        if wrong := problems(self, settings):
            raise Invalid(wrong)
        for name, declared in catalogue(self).items():
            if missing := sorted(set(declared.subjects) - set(settings[name] if declared.subjects else ())):
                raise BadDefinition(f"{name}: there is no value for {', '.join(missing)}")

    def system_of(self, activity: str) -> str | None:
        """The system that carries out an activity, or None when none has an endpoint for it."""
        return next((system for system in self.endpoints if SYSTEMS[system] == activity), None)

    def panel(self, flow: Flow, document: Document) -> Panel:
        """B2B: the Gerente Comercial alone; estándar: the document's rule over all review roles."""
        if flow is Flow.B2B:
            return Panel("b2b", (Role.GERENTE_COMERCIAL,), 1)
        rule = self.rules[document]
        return Panel(rule.mode, REVIEW_ROLES, rule.needed)

    def due(self, phase: int, role: Role, opened_at: int, *, first: bool) -> tuple[int, int]:
        """When a work item is due and from when it is due soon, both in ms since 1970 UTC."""
        allowance = self.deadlines[phase, role]
        minutes = allowance.first if first else allowance.later
        soon = self.calendar.add(opened_at, max(minutes - self.soon, 0))
        return self.calendar.add(opened_at, minutes), soon

    def escalates(self, due_at: int) -> int:
        """When work due at `due_at` is escalated to Proceso, in ms since 1970 UTC."""
        return self.calendar.add(due_at, self.escalate_after)

    @classmethod
    def of(cls, settings: Mapping[str, Any], templates: Mapping[Document, str] | None = None) -> Self:
        """Build from stored settings (plain JSON) over the defaults; raises Invalid with the problems by field."""
        return cls(templates=templates or {}).changed(settings)

    def changed(self, settings: Mapping[str, Any]) -> Self:
        """Replace the given settings (plain JSON); raises Invalid with the problems by field."""
        if wrong := problems(self, settings):
            raise Invalid(wrong)
        known = catalogue(self)
        chosen: dict[str, Any] = {}
        for name, value in settings.items():
            before = known[name].write(getattr(self, name))
            chosen[name] = known[name].read({**before, **value} if isinstance(before, Mapping) else value)
        return replace(self, **chosen)

    def as_settings(self) -> dict[str, Any]:
        """The settings as plain JSON, which `of` reads back."""
        return {name: declared.write(getattr(self, name)) for name, declared in catalogue(self).items()}
