"""What the process owner sets: approval rules, deadlines, the working calendar, four eyes on validation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from core.process.definition import BadDefinition
from core.process.terms import INTAKE_ROLES, REVIEW_ROLES, REVIEWED_DOCUMENTS, SYSTEMS, Document, Flow, Role
from core.process.working_time import BadCalendar, Calendar


class Rule(NamedTuple):
    """How many of the four review roles must approve a document: `all`, `any`, or a `quorum` of n."""

    mode: str = "all"
    quorum: int = len(REVIEW_ROLES)

    @property
    def needed(self) -> int:
        return {"all": len(REVIEW_ROLES), "any": 1, "quorum": self.quorum}[self.mode]


class Panel(NamedTuple):
    """Who reviews a document and how many approvals it needs; `mode` says by which rule."""

    mode: str
    roles: tuple[Role, ...]
    needed: int


class Allowance(NamedTuple):
    """Working minutes for a lane's first work item of a phase, and for its later ones."""

    first: int
    later: int


class Endpoint(NamedTuple):
    """Where another system takes an activity; `private` allows an address inside one's own network."""

    url: str
    private: bool = False

    def problem(self) -> str:
        """What is against it: a way, a host, and no secret in the address."""
        found = urlsplit(self.url)
        if found.scheme not in ("http", "https") or not found.hostname or found.username or found.fragment:
            return "an endpoint is http:// or https:// with a host, and neither a user nor a fragment"
        return "" if type(self.private) is bool else "`private` is true or false"


PLAIN = ("soon", "escalate_after", "four_eyes_on_validation", "templates")
SETTINGS = ("rules", "deadlines", "calendar", "soon", "escalate_after", "four_eyes_on_validation", "endpoints")
HOUR = 60
DAY = 8 * HOUR
_INTAKE_DAYS = {1: 1, 2: 2, 3: 2, 4: 2, 5: 2, 6: 5, 7: 1, 8: 2, 9: 1}
_REVIEW_DAYS = {2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 1, 8: 1, 9: 1}


def default_deadlines() -> Mapping[tuple[int, Role], Allowance]:
    """Working days per phase and role, the same for a lane's first and later work items."""
    intake = {(p, r): d for p, d in _INTAKE_DAYS.items() for r in INTAKE_ROLES}
    review = {(p, r): d for p, d in _REVIEW_DAYS.items() for r in REVIEW_ROLES}
    return {key: Allowance(days * DAY, days * DAY) for key, days in (intake | review).items()}


@dataclass(frozen=True)
class Policy:
    """The process owner's settings, as one value that is checked when it is made.

    `soon`: working minutes before a deadline from which work is due soon; `escalate_after`: working minutes past it
    after which it is brought before Proceso.
    """

    rules: Mapping[Document, Rule] = field(default_factory=lambda: dict.fromkeys(REVIEWED_DOCUMENTS, Rule()))
    deadlines: Mapping[tuple[int, Role], Allowance] = field(default_factory=default_deadlines)
    calendar: Calendar = field(default_factory=Calendar)
    soon: int = 4 * HOUR
    escalate_after: int = DAY
    four_eyes_on_validation: bool = False
    templates: Mapping[Document, str] = field(default_factory=dict)
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.rules) != set(REVIEWED_DOCUMENTS):
            raise BadDefinition("each reviewed document needs one approval rule")
        for document, rule in self.rules.items():
            if rule.mode not in ("all", "any", "quorum") or not 1 <= rule.quorum <= len(REVIEW_ROLES):
                raise BadDefinition(f"the approval rule of {document} is none of all, any, quorum of 1 to 4")
        if set(self.deadlines) != set(default_deadlines()):
            raise BadDefinition("each lane of each phase needs one deadline")
        if any(minutes <= 0 for allowance in self.deadlines.values() for minutes in allowance):
            raise BadDefinition("a deadline is at least one working minute")
        if any(type(minutes) is not int or minutes < 0 for minutes in (self.soon, self.escalate_after)):
            raise BadDefinition("`soon` and `escalate_after` are numbers of working minutes")
        if type(self.four_eyes_on_validation) is not bool:
            raise BadDefinition("`four_eyes_on_validation` is true or false")

        unknown = sorted(set(self.endpoints) - set(SYSTEMS))
        if unknown:
            raise BadDefinition(f"there is no system {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
        for system, endpoint in self.endpoints.items():
            if problem := endpoint.problem():
                raise BadDefinition(f"{system}: {problem}")

    def system_of(self, activity: str) -> str | None:
        """The system that carries an activity out, when it has an endpoint."""
        return next((system for system in self.endpoints if SYSTEMS[system] == activity), None)

    def panel(self, flow: Flow, document: Document) -> Panel:
        """B2B: the Gerente Comercial alone; estándar: the document's rule over the four review roles."""
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
        """When work that was due at that moment is brought before Proceso."""
        return self.calendar.add(due_at, self.escalate_after)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """From the stored settings (plain JSON); what is not set keeps its default. BadDefinition or BadCalendar."""
        unknown = sorted(set(settings) - {*SETTINGS, "templates"})
        if unknown:
            raise BadDefinition(f"there is no setting {', '.join(unknown)}; there are {', '.join(SETTINGS)}")
        chosen: dict[str, Any] = {name: value for name, value in settings.items() if name in PLAIN}
        try:
            if "rules" in settings:
                given = {Document(d): Rule(**rule) for d, rule in settings["rules"].items()}
                chosen["rules"] = dict.fromkeys(REVIEWED_DOCUMENTS, Rule()) | given
            if "deadlines" in settings:
                lanes = ((*lane.split("/"), minutes) for lane, minutes in settings["deadlines"].items())
                given_lanes = {(int(phase), Role(role)): Allowance(*minutes) for phase, role, minutes in lanes}
                chosen["deadlines"] = {**default_deadlines(), **given_lanes}
            if "calendar" in settings:
                chosen["calendar"] = Calendar.of(settings["calendar"])
            if "endpoints" in settings:
                chosen["endpoints"] = {name: Endpoint(**given) for name, given in settings["endpoints"].items()}
            return cls(**chosen)
        except (BadDefinition, BadCalendar):
            raise
        except (TypeError, AttributeError, ValueError) as cause:
            raise BadDefinition(f"a setting does not have the form it needs: {cause}") from cause

    def as_settings(self) -> dict[str, Any]:
        """As plain JSON, which `of` reads back."""
        return {
            "rules": {document: rule._asdict() for document, rule in self.rules.items()},
            "deadlines": {f"{phase}/{role}": list(minutes) for (phase, role), minutes in self.deadlines.items()},
            "calendar": self.calendar.as_settings(),
            "soon": self.soon,
            "escalate_after": self.escalate_after,
            "four_eyes_on_validation": self.four_eyes_on_validation,
            "endpoints": {name: endpoint._asdict() for name, endpoint in self.endpoints.items()},
        }
