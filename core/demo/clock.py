"""The demonstration's clock: a queue of timed actions, all carried out through the product's services.

(The file exceeds 250 lines because everything that people do in it shares the state of that queue.)
"""

import heapq
from collections.abc import Callable, Container
from datetime import datetime
from functools import partial
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from core.case.events import CriterionAnswer
from core.case.model import Case, Item, load
from core.case.recall import revocable
from core.demo import booking, documents
from core.demo.absences import LEAVES, Leaves
from core.demo.cast import Cast
from core.demo.comments import CommentScript
from core.demo.plan import WEEK, Plan, place_of
from core.documents.store import Store
from core.process.definition import LAST_PHASE, checklist
from core.process.policy import Policy
from core.process.settings_catalogue import DAY, HOUR
from core.process.terms import CHANNEL_ROLE, Channel, Document, Environment, Kind, Role
from core.process.working_time import MINUTE
from core.services import cases, environments, opening
from core.services.cases import SeenItem
from core.store import tables
from core.store.database import Database

_state = select(tables.cases.c.state).where(tables.cases.c.code == bindparam("code"))
EXPIRES = {"expired": -2 * HOUR * MINUTE, "expiring": 48 * HOUR * MINUTE}  # from the end, in ms
TAKEN, TAKEN_BACK = 0.45, 0.03  # shares of the work items
HANDED, GIVEN_BACK = 0.03, 0.03  # shares of claims: assigned by Proceso, given back
EVIDENCE = {5: Environment.TEST, 6: Environment.PRODUCTION}  # the phase in which the client is requested for it


class Opened:
    """A running case: its plan, its code, and what the queue has already handled."""

    def __init__(self, plan: Plan, code: str) -> None:
        self.plan = plan
        self.code = code
        self.last_item = self.last_call = 0
        self.phase = 0
        self.requested: set[Environment] = set()


class Run:
    """One run of the clock over all plans, up to `end`."""

    def __init__(
        self, db: Database, store: Store, cast: Cast, people: dict[Role, list[int]], policy: Policy, end: int
    ) -> None:
        self.db = db
        self.store = store
        self.cast = cast
        self.people = people
        self.policy = policy
        self.end = end
        self.clients: dict[str, int] = {}
        self.opened = 0
        self._queue: list[tuple[int, int, Callable[[int], None]]] = []
        self._ticket = count()
        by_login = {member.login: number for number, member in enumerate(cast.people, start=1)}
        self.leaves = Leaves(by_login, policy.calendar, end)
        self._turns = booking.turns(policy.calendar, end)
        self._talk = CommentScript(db, cast, self._case, self._after)

    def go(self, plans: list[Plan], progress: Callable[[float, int], None]) -> None:
        """Run all actions due up to `end`; `progress` gets the share of time passed and the number of cases opened."""
        for plan in plans:
            self._at(plan.opens_at, partial(self._open, plan))
        self._talk.remind(self._at, self.end)
        for turn in self._turns:
            self._at(turn.at, partial(booking.connect, self.db, self.people[Role.PROCESO][0], connected=turn.connected))
        for leave in LEAVES:
            self._at(self.leaves.recorded_at(leave, self.end), partial(self.leaves.record, self.db, leave))
        start = self._queue[0][0]
        while self._queue and self._queue[0][0] <= self.end:
            at, _, action = heapq.heappop(self._queue)
            action(at)
            progress((at - start) / (self.end - start), self.opened)
        self._talk.read(self.end)
        progress(1, self.opened)

    def _at(self, at: int, action: Callable[[int], None]) -> None:
        heapq.heappush(self._queue, (at, next(self._ticket), action))

    def _after(self, since: int, minutes: int, action: Callable[[int], None]) -> None:
        self._at(self.policy.calendar.add(since, minutes), action)

    # --- opening, and scheduling what follows ---
    def _open(self, plan: Plan, at: int) -> None:
        dice = plan.dice("request")
        contact = self.cast.contact(plan.company, Random(plan.company))  # noqa: S311
        known = self.clients.get(plan.company)
        request = opening.Request(
            key=f"demo-{plan.seed}-{plan.number}",
            flow=plan.flow,
            channel=plan.channel,
            international=plan.international,
            client=known,
            client_name="" if known else plan.company,
            contact_name=contact.name,
            contact_email=contact.email,
            contact_phone=contact.phone,
            service=dice.choice(self.cast.services),
            criteria=self.cast.expected(dice),
        )
        code = opening.open_case(self.db, self._handler(plan, CHANNEL_ROLE[plan.channel]), request, at)
        self.opened += 1
        opened, case = Opened(plan, code), self._case(code)
        self.clients[plan.company] = case.client
        self._follow(opened, case, at)
        if plan.stage is None and dice.random() < 0.14:
            self._after(at, dice.randrange(4 * DAY, 20 * DAY), partial(self._hand_over, opened))

    def _follow(self, opened: Opened, case: Case, at: int) -> None:
        """Schedule actions for the case's new work items, calls and phase."""
        for item in case.items:
            if item.item > opened.last_item:
                self._plan_taking(opened, item)
                if not opened.plan.stands_at(item):
                    self._plan_item(opened, item)
        for call in case.calls:
            if call.call > opened.last_call:
                dice = opened.plan.dice("booking", call.call)
                fails = at > self._turns[0].at
                self._after(at, 2, partial(booking.answer, self.db, opened.code, call.call, dice, fails=fails))
        opened.last_item, opened.last_call = case.last_item, case.last_call
        if case.phase != opened.phase and case.outcome is None:
            opened.phase = case.phase
            self._plan_environment(opened, case, at)

    def _plan_item(self, opened: Opened, item: Item) -> None:
        plan, since = opened.plan, item.opened_at
        place = place_of(item.phase, item.work, item.cycle)
        minutes = plan.minutes(self.policy, place, item.work, item.role, since)
        if plan.stage and plan.stage.place == place:
            minutes = HOUR
        if item.work in (Kind.PRODUCE, Kind.CORRECT):
            self._after(since, minutes * 7 // 10, partial(self._attach, opened, item.item))
        self._after(since, minutes, partial(self._act, opened, item.item))

    def _plan_taking(self, opened: Opened, item: Item) -> None:
        """Schedule the claim of some work items, by the person who will decide them."""
        dice = opened.plan.dice("take", item.item)
        if dice.random() < TAKEN:
            self._after(item.opened_at, dice.randrange(5, 45), partial(self._take, opened, item.item))

    def _plan_environment(self, opened: Opened, case: Case, at: int) -> None:
        stage, needed = opened.plan.stage, EVIDENCE.get(case.phase)
        if needed is None or needed in case.environments:
            return
        if stage is None:
            minutes = round(opened.plan.dice("environment", needed).lognormvariate(0, 0.7) * 3.5 * DAY)
            self._ask_environment(opened, needed, at, minutes)
        elif stage.without in EXPIRES and needed is Environment.PRODUCTION:
            self._register(opened, needed, at, expires_at=self.end + EXPIRES[stage.without])
        elif stage.without != needed:
            self._register(opened, needed, at)

    def _ask_environment(self, opened: Opened, needed: Environment, at: int, minutes: int) -> None:
        opened.requested.add(needed)
        self._after(at, minutes, partial(self._register, opened, needed))

    # --- actions ---
    def _register(self, opened: Opened, kind: Environment, at: int, expires_at: int | None = None) -> None:
        opened.requested.discard(kind)
        dice = opened.plan.dice("evidence", kind, at)
        case = self._case(opened.code)
        if case.outcome or case.has(kind, at):
            return
        if expires_at is None and opened.plan.stage is None and dice.random() < 0.4:
            expires_at = at + dice.choice((4, 13, 26, 52)) * WEEK
        person = dice.choice(self.people[Role.RESPONSABLE_IMPLEMENTACION_B2B] * 2 + self.people[Role.PROCESO])
        evidence = dice.choice(self.cast.evidence[kind])
        environments.register_environment(self.db, person, case.client, kind, evidence, at, expires_at=expires_at)

    def _hand_over(self, opened: Opened, at: int) -> None:
        case = self._case(opened.code)
        if case.outcome is None and case.phase < LAST_PHASE - 1:
            other = next(channel for channel in Channel if channel is not case.channel)
            dice = opened.plan.dice("hand over")
            person, reason = dice.choice(self.people[Role.PROCESO]), dice.choice(self.cast.hand_overs)
            self._follow(opened, cases.hand_over(self.db, person, opened.code, other, reason, at), at)

    def _take(self, opened: Opened, number: int, at: int) -> None:
        case = self._case(opened.code)
        item = case.item(number)
        if item and item.held_by is None:
            on, dice = self._on(opened, case, item, at), opened.plan.dice("hands", number)
            chance, coordinator = dice.random(), self.people[Role.PROCESO][0]
            if chance < HANDED and on.for_person is None and on.person != coordinator:
                cases.assign(self.db, coordinator, opened.code, number, on.person, at)
                return
            cases.take(self.db, on.person, opened.code, number, at, for_person=on.for_person)
            if chance > 1 - GIVEN_BACK:
                self._after(at, dice.randrange(20, 90), partial(self._give_back, opened, number, on))

    def _give_back(self, opened: Opened, number: int, on: SeenItem, at: int) -> None:
        item = self._case(opened.code).item(number)
        if item and item.held_by == (on.for_person or on.person):
            cases.give_back(self.db, item.held_by, opened.code, number, at)

    def _take_back(self, opened: Opened, number: int, at: int) -> None:
        """Take a decision back, if nobody has started on what followed."""
        decision = revocable(self._case(opened.code), number)
        if decision:
            reason = opened.plan.dice("second thoughts", number).choice(self.cast.second_thoughts)
            absent = decision.for_person
            after = cases.take_back(self.db, decision.person, opened.code, number, reason, at, for_person=absent)
            self._follow(opened, after, at)

    def _attach(self, opened: Opened, number: int, at: int) -> None:
        case = self._case(opened.code)
        item = case.item(number)
        if item is None or item.document is None:
            return
        dice = opened.plan.dice("attach", item.phase, item.cycle)
        if item.document is Document.CRO and dice.random() < 0.3:
            return
        day = datetime.fromtimestamp(at / 1000, ZoneInfo(self.policy.calendar.time_zone)).date()
        paper = documents.write(self.cast, opened.plan, opened.code, case, item.document, day)
        as_file = documents.as_docx if item.document is not Document.CRO and dice.random() < 0.25 else documents.as_pdf
        cases.attach(self.db, self.store, self._on(opened, case, item, at), as_file(paper), paper.file_name, at)

    def _act(self, opened: Opened, number: int, at: int) -> None:
        case = self._case(opened.code)
        item = case.item(number)
        if item is None:
            return  # withdrawn meanwhile
        match item.work:
            case Kind.VALIDATE:
                after = self._validate(opened, case, item, at)
            case Kind.PRODUCE | Kind.CORRECT:
                dice = opened.plan.dice("answers", item.phase, item.cycle)
                answers = {finding.number: dice.choice(self.cast.answers) for finding in case.findings}
                after = cases.send(
                    self.db, self._on(opened, case, item, at), at, done=_ticked(case, item), answers=answers
                )
            case Kind.REVIEW:
                after = self._review(opened, case, item, at)
            case Kind.CLOSE | Kind.SIGN_OFF:
                after = cases.close(self.db, self._on(opened, case, item, at), at)
        if opened.plan.stage is None and opened.plan.dice("second thoughts", number).random() < TAKEN_BACK:
            self._after(at, 4, partial(self._take_back, opened, number))
        self._follow(opened, after, at)

    def _validate(self, opened: Opened, case: Case, item: Item, at: int) -> Case:
        plan = opened.plan
        on = self._on(opened, case, item, at)
        if plan.rejected_in == item.phase:
            reason = plan.dice("rejection").choice(self.cast.rejections[item.phase])
            return cases.validate(self.db, on, "no", at, reason=reason)
        missing = case.missing(item, at)
        if missing is None:
            return cases.validate(self.db, on, "yes", at, done=_ticked(case, item))
        if missing not in opened.requested:
            self._ask_environment(opened, missing, at, plan.dice("renewal", at).randrange(DAY, 4 * DAY))
        self._after(at, 4 * HOUR, partial(self._act, opened, item.item))
        return case

    def _review(self, opened: Opened, case: Case, item: Item, at: int) -> Case:
        place = place_of(item.phase, item.work, item.cycle)
        dice = opened.plan.dice("review", place, item.role)
        on = self._on(opened, case, item, at)
        if opened.plan.returned_by(place) is not item.role:
            answers = tuple(
                CriterionAnswer(criterion.name, dice.choices(("meets", "not_applicable"), (12, 1))[0])
                for criterion in case.criteria
            )
            return cases.review(self.db, on, "approve", at, answers=answers)
        failed = set(dice.sample(case.criteria, dice.choice((0, 1, 1, 2))))
        answers = tuple(
            CriterionAnswer(c.name, "fails", dice.choice(self.cast.failures))
            if c in failed
            else CriterionAnswer(c.name, "meets")
            for c in case.criteria
        )
        written = not failed or dice.random() < 0.5
        reason = dice.choice(self.cast.findings) if written else ""
        self._talk.about_return(opened, case, item, on.person, at)
        return cases.review(self.db, on, "return", at, answers=answers, reason=reason)

    # --- reading ---
    def _case(self, code: str) -> Case:
        with self.db.reading() as connection:
            return load(connection.execute(_state, {"code": code}).scalar_one())

    def _on(self, opened: Opened, case: Case, item: Item, at: int) -> SeenItem:
        sent = case.sent(item.document) if item.work is Kind.REVIEW and item.document else None
        barred = {sent.sent_by, sent.sent_for} - {None} if sent else set[int | None]()
        holder = self._handler(opened.plan, item.role, barred)
        substitute = self.leaves.substitute(holder, item.role, at)
        if substitute in barred:  # four eyes bar the substitute: another holder acts
            holder, substitute = self._handler(opened.plan, item.role, {*barred, holder}), None
        person, absent = (holder, None) if substitute is None else (substitute, holder)
        return SeenItem(person, opened.code, item.item, item.version, absent)

    def _handler(self, plan: Plan, role: Role, barred: Container[int | None] = ()) -> int:
        """The person of the role who handles this case, except those barred by the four-eyes rule."""
        able = [person for person in self.people[role] if person not in barred]
        return plan.dice("who", role).choice(able)


def _ticked(case: Case, item: Item) -> frozenset[int]:
    to_tick = checklist(item.work, item.phase, item.role, international=case.international)
    return frozenset(placed.position for placed in to_tick)
