"""A case in memory, driven with `state.decide` only, for tables of rules."""

from dataclasses import replace
from typing import Any

from core.case.commands import (
    Actor,
    Attach,
    Close,
    Command,
    OpenCase,
    RegisterEnvironment,
    Review,
    Send,
    TakeBack,
    Validate,
)
from core.case.events import CriterionAnswer, Event
from core.case.model import Case, Item
from core.process.definition import checklist
from core.process.policy import Policy
from core.process.terms import CHANNEL_ROLE, REVIEWED_DOCUMENTS, Channel, Document, Environment, Flow, Kind, Role
from core.state import decide, evolve
from tests.support.drive_case import CRITERIA, MEETS
from tests.support.people import HOLDER, ID, MINUTE, PROCESO, ROLES, START, VALIDATOR

POLICY = Policy(templates={document: f"template of {document}" for document in (Document.CRO, *REVIEWED_DOCUMENTS)})


def acting(login: str, for_login: str | None = None) -> Actor:
    """A person of the cast as an actor, with their roles or those of the person they substitute."""
    return Actor(ID[login], frozenset(ROLES[for_login or login]), ID[for_login] if for_login else None)


class PureCase:
    """A case and its record; the clock advances one minute per command."""

    def __init__(self, flow: Flow = Flow.ESTANDAR, *, policy: Policy | None = None, **changes: Any) -> None:
        self.policy = policy or POLICY
        self.now = START
        self.record: list[Event] = []
        self._case: Case | None = None
        complete: dict[str, Any] = {
            "channel": Channel.OPERACION,
            "international": False,
            "client": 1,
            "service": "Integración de pagos",
            "criteria": CRITERIA,
        }
        command = OpenCase(flow, **{**complete, **changes})
        self.do(command, HOLDER[CHANNEL_ROLE[command.channel]])

    @property
    def case(self) -> Case:
        assert self._case is not None
        return self._case

    def item(self, role: Role | None = None) -> Item:
        """The open work item (of `role`, when there are several)."""
        return next(item for item in self.case.items if role in (None, item.role))

    def do(self, command: Command, actor: Actor | str, after: int = MINUTE) -> tuple[Event, ...]:
        """Decide a command and apply its events; raises Refused."""
        actor = acting(actor) if isinstance(actor, str) else actor
        events = decide(self.policy, self._case, command, actor, self.now + after)
        self.now += after
        for event in events:
            self._case = evolve(self._case, event)
        self.record += events
        return events

    def bodies(self, *kinds: type) -> list[Any]:
        return [event.body for event in self.record if isinstance(event.body, kinds)]

    # --- commands on the open work item ---
    def ticked(self) -> frozenset[int]:
        """Every position of the open work item's checklist."""
        item = self.case.items[0]
        to_tick = checklist(item.work, item.phase, item.role, international=self.case.international)
        return frozenset(placed.position for placed in to_tick)

    def validate(self, verdict: str = "yes", who: Actor | str | None = None, reason: str = "") -> tuple[Event, ...]:
        item = self.item()
        reason = reason or ("no cumple" if verdict == "no" else "")
        command = Validate(item.item, item.version, verdict, reason, self.ticked())
        return self.do(command, who or VALIDATOR[item.role])

    def attach(self, who: Actor | str | None = None) -> tuple[Event, ...]:
        item = self.item()
        command = Attach(item.item, item.version, f"sha-{self.case.version}", "documento.pdf", "application/pdf", 9)
        return self.do(command, who or HOLDER[item.role])

    def send(self, who: Actor | str | None = None, answers: dict[int, str] | None = None) -> tuple[Event, ...]:
        item = self.item()
        if answers is None:
            answers = {finding.number: "corregido" for finding in self.case.findings}
        return self.do(Send(item.item, item.version, self.ticked(), answers), who or HOLDER[item.role])

    def review(
        self,
        role: Role = Role.GERENTE_COMERCIAL,
        verdict: str = "approve",
        *,
        who: Actor | str | None = None,
        answers: tuple[CriterionAnswer, ...] = MEETS,
        reason: str = "",
    ) -> tuple[Event, ...]:
        item = self.item(role)
        return self.do(Review(item.item, item.version, verdict, answers, reason), who or HOLDER[role])

    def close(self, role: Role | None = None, who: Actor | str | None = None) -> tuple[Event, ...]:
        item = self.item(role)
        return self.do(Close(item.item, item.version), who or HOLDER[item.role])

    def register(self, environment: Environment, who: str = PROCESO, expires_at: int | None = None) -> None:
        self.do(RegisterEnvironment(environment, "acta 12", expires_at), who)

    def take_back(self, item: int, who: Actor | str, reason: str = "era otro") -> tuple[Event, ...]:
        return self.do(TakeBack(item, reason), who)

    # --- going on ---
    def step(self) -> None:
        """Carry out the next act towards the case's close."""
        item = self.case.items[0]
        match item.work:
            case Kind.VALIDATE:
                if missing := self.case.missing(item, self.now + MINUTE):
                    self.register(missing)
                self.validate()
            case Kind.PRODUCE | Kind.CORRECT:
                newest = self.case.newest(item.document) if item.document else None
                if newest is None or newest.sent_by is not None:
                    self.attach()
                else:
                    self.send()
            case Kind.REVIEW:
                self.review(item.role)
            case Kind.CLOSE | Kind.SIGN_OFF:
                self.close(item.role)

    def to(self, phase: int, work: Kind = Kind.VALIDATE) -> "PureCase":
        """Step the case to a phase in which the kind of work is open."""
        while not (self.case.phase == phase and any(item.work is work for item in self.case.items)):
            assert self.case.outcome is None
            self.step()
        return self

    def to_end(self) -> "PureCase":
        while self.case.outcome is None:
            self.step()
        return self


def with_policy(**changes: Any) -> Policy:
    return replace(POLICY, **changes)
