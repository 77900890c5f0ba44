"""Plans of the demonstration's cases, computed beforehand without I/O; the same seed gives the same plans.

Most cases run freely. Staged cases are timed backwards from the end, so that they stop at a chosen work item, opened
just as long ago as makes it overdue, due soon or fresh.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from core.case.model import Item
from core.demo.cast import Cast
from core.process.definition import LAST_PHASE
from core.process.policy import Policy
from core.process.settings_catalogue import DAY, HOUR
from core.process.terms import CHANNEL_ROLE, REVIEW_ROLES, Channel, Flow, Kind, Role
from core.process.working_time import MINUTE, Calendar

WEEK = 7 * 24 * 60 * MINUTE
WEEKS = 35  # eight months
STAGED_WEEKS = 9  # in which staged cases were opened, and therefore fewer others
SLOW_WEEKS = 13
SLOW_PHASE, SLOW_ROLE, SLOW_FACTOR = 4, Role.RESPONSABLE_IMPLEMENTACION_B2B, 6
TYPICAL = {
    Kind.VALIDATE: 0.32,
    Kind.PRODUCE: 0.5,
    Kind.REVIEW: 0.36,
    Kind.CORRECT: 0.45,
    Kind.CLOSE: 0.3,
    Kind.SIGN_OFF: 0.4,
}  # the median time to act, as a share of the work item's allowance
SWIFT = {6: 0.6}  # phases whose allowance is seldom needed
REJECTIONS = (0.055, 0.045, 0.04, 0.03, 0.025, 0.025, 0.02, 0.015, 0.02)  # per phase reached
RETURNS = {Flow.ESTANDAR: 0.085, Flow.B2B: 0.24}  # per verdict in the first cycle; half of it in each later one
MAX_CYCLE = 4
FRESH = HOUR  # working minutes since the newest work items were opened


class Place(NamedTuple):
    """The position of a work item in the process; places compare in the order of the process."""

    phase: int
    step: int


def place_of(phase: int, kind: Kind, cycle: int = 1) -> Place:
    """The place of a work item. Steps: validate 0, produce 1, review 2, correct 3, review 4, …; close 1, sign off 2."""
    step = {Kind.VALIDATE: 0, Kind.PRODUCE: 1, Kind.CLOSE: 1, Kind.SIGN_OFF: 2}.get(kind)
    if step is None:
        step = 2 * cycle if kind is Kind.REVIEW else 2 * cycle - 1
    return Place(phase, step)


class Stage(NamedTuple):
    """A work item that is open at the end: `age` is how long, `without` its missing environment.

    In an estándar review it is open for each reviewing role except those that have `decided`.
    """

    phase: int
    kind: Kind
    age: str
    flow: Flow = Flow.ESTANDAR
    channel: Channel = Channel.OPERACION
    cycle: int = 1
    without: str = ""  # the environment that is missing, or `expired`, `expiring`
    decided: tuple[Role, ...] = ()

    @property
    def place(self) -> Place:
        return place_of(self.phase, self.kind, self.cycle)

    def elapsed(self, allowance: int) -> int:
        """Working minutes since the work item was opened."""
        return {
            "new": FRESH,
            "fresh": allowance * 3 // 10,
            "soon": allowance - 2 * HOUR,
            "overdue": allowance + 5 * HOUR,
            "late": allowance + 2 * DAY,
        }[self.age]


def _stages() -> Iterator[Stage]:
    b2b, mesa = Flow.B2B, Channel.MESA_DE_AYUDA
    yield Stage(2, Kind.REVIEW, "overdue")
    yield Stage(3, Kind.REVIEW, "soon", channel=mesa)
    yield Stage(4, Kind.REVIEW, "fresh", cycle=2)
    yield Stage(5, Kind.REVIEW, "late", channel=mesa, decided=(Role.GERENTE_COMERCIAL,))
    yield Stage(7, Kind.REVIEW, "new")
    yield Stage(9, Kind.SIGN_OFF, "fresh", channel=mesa)
    yield Stage(2, Kind.REVIEW, "soon", flow=b2b, channel=mesa)
    yield Stage(6, Kind.REVIEW, "overdue", flow=b2b, cycle=3, without="expiring")
    for channel, flow, other in ((Channel.OPERACION, Flow.ESTANDAR, b2b), (mesa, b2b, Flow.ESTANDAR)):
        yield Stage(1, Kind.VALIDATE, "new", flow, channel)
        yield Stage(2, Kind.VALIDATE, "soon", other, channel)
        yield Stage(3, Kind.VALIDATE, "overdue", flow, channel)
        yield Stage(4, Kind.CORRECT, "fresh", other, channel, cycle=2)
        yield Stage(5, Kind.PRODUCE, "fresh", flow, channel)
        yield Stage(6, Kind.VALIDATE, "late", other, channel, without="test")
        yield Stage(7, Kind.VALIDATE, "overdue", flow, channel, without="production")
        yield Stage(8, Kind.VALIDATE, "fresh", other, channel, without="expired")


STAGES = tuple(_stages())


@dataclass(frozen=True)
class Plan:
    """The plan of a case: its request, when it is opened, and its course."""

    seed: int
    number: int
    flow: Flow
    channel: Channel
    international: bool
    company: str
    opens_at: int = 0
    slow_since: int = 0
    stage: Stage | None = None

    def dice(self, *about: object) -> Random:
        """A random generator that depends only on the case and the subject."""
        return Random(":".join(map(str, (self.seed, self.number, *about))))  # noqa: S311  (not a secret)

    @property
    def rejected_in(self) -> int | None:
        """The phase in which the intake lane says No, if any."""
        if self.stage:
            return None
        chances = enumerate(REJECTIONS, start=1)
        return next((phase for phase, chance in chances if self.dice("reject", phase).random() < chance), None)

    @property
    def panel(self) -> tuple[Role, ...]:
        return (Role.GERENTE_COMERCIAL,) if self.flow is Flow.B2B else REVIEW_ROLES

    def returned_by(self, place: Place) -> Role | None:
        """The role of the panel that returns the document in this review, if any."""
        if self.stage:
            back = place.phase == self.stage.place.phase and place < self.stage.place and place.step >= 2
            return self.panel[(self.number + place.step) % len(self.panel)] if back else None
        cycle = place.step // 2
        if cycle >= MAX_CYCLE:
            return None
        chance = RETURNS[self.flow] / (1 if cycle == 1 else 2)
        return next((role for role in self.panel if self.dice("return", place, role).random() < chance), None)

    def minutes(self, policy: Policy, place: Place, kind: Kind, role: Role, since: int) -> int:
        """Working minutes until this role acts on a work item that was opened at `since`."""
        allowance = policy.deadlines[place.phase, role].first
        share = TYPICAL[kind] * SWIFT.get(place.phase, 1) * self.dice("minutes", place, role).lognormvariate(0, 0.55)
        late = self.stage is not None or since >= self.slow_since  # staged paths have no moments yet
        if late and (place.phase, role, kind) == (SLOW_PHASE, SLOW_ROLE, Kind.REVIEW):
            share *= SLOW_FACTOR
        return max(12, round(allowance * min(share, 4)))

    def stands_at(self, item: Item) -> bool:
        """Whether the work item stays open, because the case is staged there."""
        if self.stage is None or place_of(item.phase, item.work, item.cycle) != self.stage.place:
            return False
        return item.role not in self.stage.decided


def staged(seed: int, number: int, stage: Stage, company: tuple[str, bool], policy: Policy, end: int) -> Plan:
    """The plan of a case that reaches its stage before `end` and stays there."""
    name, international = company
    plan = Plan(seed, number, stage.flow, stage.channel, international, name, stage=stage)
    minutes = sum(plan_minutes(plan, policy))
    role = CHANNEL_ROLE[stage.channel] if stage.kind not in (Kind.REVIEW, Kind.SIGN_OFF) else plan.panel[0]
    minutes += stage.elapsed(policy.deadlines[stage.phase, role].first)
    return replace(plan, opens_at=working_before(policy.calendar, end, minutes))


def plan_minutes(plan: Plan, policy: Policy) -> Iterator[int]:
    """Working minutes of each step from the opening of a staged case to its stage."""
    assert plan.stage is not None
    intake = CHANNEL_ROLE[plan.channel]
    for place, kind in _path(plan.stage.place):
        if kind is not Kind.REVIEW:
            yield plan.minutes(policy, place, kind, intake, 0)
            continue
        back = plan.returned_by(place)
        yield max(plan.minutes(policy, place, kind, role, 0) for role in ((back,) if back else plan.panel))


def _path(target: Place) -> Iterator[tuple[Place, Kind]]:
    for phase in range(1, target.phase + 1):
        kinds = (Kind.VALIDATE, Kind.CLOSE) if phase == LAST_PHASE else (Kind.VALIDATE, Kind.PRODUCE)
        steps = [*kinds, *(() if phase in (1, LAST_PHASE) else (Kind.REVIEW,))]
        if phase == target.phase:
            steps = [*steps, *(Kind.CORRECT, Kind.REVIEW) * MAX_CYCLE][: target.step]
        yield from ((Place(phase, step), kind) for step, kind in enumerate(steps))


def working_before(calendar: Calendar, end: int, minutes: int) -> int:
    """The latest moment from which at least `minutes` of working time pass until `end`, in ms."""
    low, high = end - (minutes * 12 + 40 * DAY) * MINUTE, end
    while high - low > 1:
        middle = (low + high) // 2
        if calendar.working_ms(middle, end) >= minutes * MINUTE:
            low = middle
        else:
            high = middle
    return low


def plans(seed: int, cases: int, cast: Cast, policy: Policy, end: int) -> list[Plan]:
    """One plan per case: staged cases first, each with its own client, then free ones over eight months."""
    dice = Random(seed)  # noqa: S311
    companies = [(name, False) for name in cast.national] + [(name, True) for name in cast.international]
    dice.shuffle(companies)
    stages = STAGES[:cases]
    own, others = companies[: len(stages)], companies[len(stages) :]
    result = [staged(seed, n, *pair, policy, end) for n, pair in enumerate(zip(stages, own, strict=True))]
    start = end - WEEKS * WEEK
    weights = [dice.lognormvariate(0, 0.45) for _ in range(WEEKS)]
    weights[-STAGED_WEEKS:] = [weight * 0.4 for weight in weights[-STAGED_WEEKS:]]
    for n in range(len(stages), cases):
        name, international = others[n % len(others)]
        week = start + dice.choices(range(WEEKS), weights)[0] * WEEK
        opens_at = policy.calendar.add(week, dice.randrange(max(policy.calendar.minutes(week, week + WEEK), 1)))
        flow = dice.choices(tuple(Flow), (55, 45))[0]
        channel = dice.choices(tuple(Channel), (60, 40))[0]
        result.append(Plan(seed, n, flow, channel, international, name, opens_at, end - SLOW_WEEKS * WEEK))
    return result
