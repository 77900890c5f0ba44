"""A generated case: every step is decided by `core.state` at random times that depend on its number only."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from core.case.commands import Actor, Attach, Close, Command, OpenCase, RegisterEnvironment, Review, Send, Validate
from core.case.events import Criterion, CriterionAnswer, Event
from core.case.model import Case, Item
from core.process.definition import checklist
from core.process.policy import Policy
from core.process.settings_catalogue import DAY, HOUR
from core.process.terms import CHANNEL_ROLE, PROCESS_ROLES, Channel, Environment, Flow, Kind, Role
from core.state import decide, rebuild

PEOPLE = 3  # per role, so that nobody reviews what they sent
CLIENTS = 400
CRITERIA = tuple(Criterion(name, "acordado") for name in ("Precio", "Plazo", "SLA"))
MEETS = tuple(CriterionAnswer(criterion.name, "meets") for criterion in CRITERIA)
FAILS = (CriterionAnswer("Precio", "fails", "no es lo acordado"), *MEETS[1:])
REJECTED = 0.03  # of the intake decisions
RETURNED = 0.09  # of the verdicts of a first cycle
COVERED = 0.7  # of the clients have their environments from the start
TYPICAL = {
    Kind.VALIDATE: 3 * HOUR,
    Kind.PRODUCE: 8 * HOUR,
    Kind.CORRECT: 6 * HOUR,
    Kind.REVIEW: 6 * HOUR,
    Kind.CLOSE: 3 * HOUR,
    Kind.SIGN_OFF: 5 * HOUR,
}  # the median working time of a work item


class Decision(NamedTuple):
    """A decision: the case before it and the events it caused."""

    before: Case | None
    events: tuple[Event, ...]


def person(role: Role, dice: Random) -> int:
    """The id of a random holder of the role."""
    return PROCESS_ROLES.index(role) * PEOPLE + 1 + dice.randrange(PEOPLE)


class GeneratedCase:
    """A case from its opening until it ends or `until` is reached; even numbers are estándar."""

    def __init__(self, policy: Policy, seed: int, number: int, opened_at: int, until: int) -> None:
        self.policy = policy
        self.dice = Random(seed * 10_000_019 + number)  # noqa: S311  (not a secret)
        self.number = number
        self.at = opened_at
        self.until = until
        self.case: Case | None = None
        self.due: dict[int, int] = {}  # when each open work item is acted on

    def decisions(self) -> Iterator[Decision]:
        """All decisions in order."""
        yield self._decided(self._request(), CHANNEL_ROLE[tuple(Channel)[self.number // 2 % 2]])
        while self.case and self.case.outcome is None:
            self._plan(self.case)
            number = min(self.due, key=lambda item: (self.due[item], item))
            self.at = max(self.at, self.due.pop(number))
            if self.at > self.until:
                return
            item = self.case.item(number)
            if item:
                yield from self._acts(self.case, item)

    def _plan(self, case: Case) -> None:
        open_now = {item.item for item in case.items}
        self.due = {item: at for item, at in self.due.items() if item in open_now}
        for item in case.items:
            if item.item not in self.due:
                slow = 3 if (item.phase, item.role) == (4, Role.RESPONSABLE_IMPLEMENTACION_B2B) else 1
                minutes = round(TYPICAL[item.work] * slow * self.dice.lognormvariate(0, 0.6))
                self.due[item.item] = self.policy.calendar.add(item.opened_at, minutes)

    def _acts(self, case: Case, item: Item) -> Iterator[Decision]:
        """Decide a work item: one decision, or two when a file is attached first."""
        missing = case.missing(item, self.at)
        if missing:  # wait for the client's environment
            self.at = self.policy.calendar.add(self.at, self.dice.randrange(DAY, 9 * DAY))
            if self.at <= self.until:
                yield self._decided(RegisterEnvironment(missing, "acta"), Role.RESPONSABLE_IMPLEMENTACION_B2B)
            return
        done = frozenset(
            placed.position for placed in checklist(item.work, item.phase, item.role, international=case.international)
        )
        match item.work:
            case Kind.VALIDATE:
                no = self.dice.random() < REJECTED
                verdict, reason = ("no", "no procede") if no else ("yes", "")
                command = Validate(item.item, item.version, verdict, reason, frozenset() if no else done)
                yield self._decided(command, item.role)
            case Kind.PRODUCE | Kind.CORRECT:
                yield from self._sends(case, item, done)
            case Kind.REVIEW:
                back = self.dice.random() < RETURNED / item.cycle
                choice, answers = ("return", FAILS) if back else ("approve", MEETS)
                sent = case.sent(item.document) if item.document else None
                barred = sent.sent_by if sent else None
                yield self._decided(Review(item.item, item.version, choice, answers), item.role, barred)
            case Kind.CLOSE | Kind.SIGN_OFF:
                yield self._decided(Close(item.item, item.version), item.role)

    def _sends(self, case: Case, item: Item, done: frozenset[int]) -> Iterator[Decision]:
        if item.phase > 1:
            sha256 = f"{self.number:032x}{item.item:032x}"
            file = Attach(item.item, item.version, sha256, "documento.pdf", "application/pdf", 40_000)
            decision = self._decided(file, item.role)
            yield decision
            case = self.case or case
            self.at += 60_000
        answers = {finding.number: "corregido" for finding in case.findings}
        now = case.item(item.item) or item
        yield self._decided(Send(item.item, now.version, done, answers), item.role)

    def _decided(self, command: Command, role: Role, barred: int | None = None) -> Decision:
        actor_id = person(role, self.dice)
        while actor_id == barred:
            actor_id = person(role, self.dice)
        before = self.case
        events = decide(self.policy, before, command, Actor(actor_id, frozenset((role,))), self.at)
        self.case = rebuild(events, before)
        return Decision(before, events)

    def _request(self) -> OpenCase:
        flow, channel = tuple(Flow)[self.number % 2], tuple(Channel)[self.number // 2 % 2]
        client = 1 + self.dice.randrange(CLIENTS)
        covered: dict[Environment, int | None] = dict.fromkeys(Environment) if self.dice.random() < COVERED else {}
        international = self.dice.random() < 0.2
        return OpenCase(flow, channel, international, client, "Enlace dedicado", CRITERIA, covered)
